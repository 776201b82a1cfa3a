"""What every config is made of: frozen, closed to unknown names, and described field by field."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from lrgui.core.messages import Message, Text, say


class Config(BaseModel):
    """A frozen set of fields. What is not finite or not known is refused when it is made.

    Defaults are checked as what is given: 32 examples a batch are too many for 20 samples whoever says so.
    """

    # What checks a config is made when it is first asked for: the start of the window does not need that of every one.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, validate_default=True, defer_build=True)


class Choice(Config):
    """One entry of a choice that brings fields of its own; told apart by its literal field ``name``."""

    title: ClassVar[Message]
    summary: ClassVar[Text] = ""
    comes_along: ClassVar[bool] = False
    """Whether a form takes it by itself as soon as it goes with the others, and else neither keeps nor shows it."""

    @classmethod
    def why_not(cls, chosen: Mapping[str, Any]) -> Message | None:
        """Say why this entry does not go with the others, or nothing.

        ``chosen`` holds the classes of the experiment's other choices by field, ``{"dataset": Digits}``. A form does
        not offer what is refused here, and a config of it cannot be made.
        """
        return None


def described(
    default: Any,
    title: str,
    description: str,
    *,
    group: str = "",
    unit: str = "",
    scale: Literal["linear", "log"] = "linear",
    advanced: bool = False,
    kind: Literal["", "path", "folder", "name"] = "",
    **bounds: Any,
) -> Any:
    """Declare a field once: for the form, the command line, the settings and the message for bad input.

    Parameters
    ----------
    default : object
        What it is when nothing is said.
    title, description : str
        A word or two for the form; a sentence for the tooltip and the help. Marked for translation.
    group : str
        The card of the form that it stands in.
    unit : str
        Shown after the number.
    scale : {"linear", "log"}
        How arrow keys step: by one, or by a tenth of a decade.
    advanced : bool
        Folded away in the form at first.
    kind : str
        ``path`` for a text that is the path of a file or folder, ``folder`` of a folder, ``name`` for one that names
        something; else the type says it all.
    **bounds
        pydantic's ``gt``, ``ge``, ``lt``, ``le``.
    """
    extra: dict[str, Any] = {"group": group, "unit": unit, "scale": scale, "advanced": advanced}
    if kind:
        extra["kind"] = kind
    return Field(default, title=title, description=description, json_schema_extra=extra, **bounds)


def parse_choice(value: Any) -> Any:
    """Read a choice as it is typed, ``name,key=value,...``, into a dict; leave everything else as it is.

    Commas inside parentheses or double quotes part nothing: ``expression,formula=max(rate, 1e-3)`` has one field, and
    so has ``csv,path="one, two.csv"``, whose quotes are left out.
    """
    if not isinstance(value, str):
        return value
    name, *parts = (part.strip() for part in split_at_commas(value))
    fields: dict[str, Any] = {"name": name}
    for part in parts:
        key, equals, text = part.partition("=")
        if not equals:
            raise refused(
                say("After the name come key=value pairs with commas between them; '{part}' is none.", part=part)
            )
        fields[key.strip().replace("-", "_")] = _unquoted(text.strip())
    return fields


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


def split_at_commas(text: str) -> list[str]:
    """Return the parts between the commas that stand in no parentheses and in no double quotes."""
    parts, begin, depth, quoted = [], 0, 0, False
    for place, character in enumerate(text):
        quoted ^= character == '"'
        if not quoted:
            depth = max(0, depth + (character == "(") - (character == ")"))
        if character == "," and not depth and not quoted:
            parts.append(text[begin:place])
            begin = place + 1
    return [*parts, text[begin:]]


def parse_optional(value: Any) -> Any:
    """Read ``none`` and ``off`` as no value; leave everything else as it is."""
    return None if isinstance(value, str) and value.lower() in ("none", "off") else value


def refused(message: Message, at: tuple[str, ...] = ()) -> PydanticCustomError:
    """Return the error to raise in a validator, with the whole sentence that a person is to read.

    ``at`` is the path from the validated field down to the one at which the sentence is to stand:
    ``("cosine", "warmup")`` in a validator of ``schedule``.
    """
    # pydantic cannot take halves of letters, which a terminal hands over for bytes that are no UTF-8.
    sentence = str(message).encode("utf-8", "backslashreplace").decode("utf-8")
    return PydanticCustomError("refused", "{sentence}", {"sentence": sentence, "message": message, "at": at})
