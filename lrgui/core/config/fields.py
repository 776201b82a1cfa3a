"""The fields of a config as data: what the form, the command line and the messages for bad input are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from lrgui.core.config.base import Choice, Config
from lrgui.core.config.lengths import Length
from lrgui.core.config.points import Point
from lrgui.core.messages import Message, say

Kind = Literal[
    "whole", "number", "flag", "word", "choice", "text", "path", "folder", "name", "length", "lengths", "numbers",
    "points",
]  # fmt: skip
Path = tuple[str, ...]

_MOST_TOLD = 100

_NOUNS = {
    "whole": say("a whole number"),
    "number": say("a number"),
    "numbers": say("numbers, with spaces between them, each"),
    "length": say("a length in steps (100) or in epochs (3 epochs)"),
    "lengths": say("lengths in steps (100) or in epochs (3 epochs), with spaces between them"),
}

_KINDS: dict[Any, Kind] = {bool: "flag", int: "whole", float: "number", str: "text", Length: "length"}
_LISTS: dict[Any, Kind] = {float: "numbers", Length: "lengths", Point: "points"}

_RANGES = {
    ("from", "to"): say("{noun} from {low:number} to {high:number}"),
    ("from", "below"): say("{noun} from {low:number}, below {high:number}"),
    ("above", "to"): say("{noun} above {low:number}, at most {high:number}"),
    ("above", "below"): say("{noun} above {low:number} and below {high:number}"),
    ("from", None): say("{noun}, at least {low:number}"),
    ("above", None): say("{noun} above {low:number}"),
    (None, "to"): say("{noun}, at most {high:number}"),
    (None, "below"): say("{noun} below {high:number}"),
    (None, None): say("{noun}"),
}


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: its type in one word, its bounds, and what people read of it.

    ``options`` are the values of a word, or the ``Choice`` classes of a choice. ``minimum`` and ``maximum`` are None
    where there is no bound; ``above`` and ``below`` tell that a bound itself is excluded.
    """

    name: str
    kind: Kind
    default: Any
    title: Message
    description: Message
    group: str
    unit: str
    scale: Literal["linear", "log"]
    advanced: bool
    optional: bool
    options: tuple[Any, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    above: bool = False
    below: bool = False

    def allowed(self) -> Message:
        """Say what the field takes: ``a whole number from 1 to 20``."""
        match self.kind:
            case "flag":
                return say("true or false")
            case "word":
                return say("one of {options}", options=", ".join(self.options))
            case "choice":
                return say("one of {options}", options=", ".join(choice_name(o) for o in self.options))
            case "text":
                return say("a formula")
            case "path" | "folder":
                return say("the path of a file or folder")
            case "name":
                return say("a name")
            case "points":
                return say("points like 0:1 0.5:0.3 1:0, with spaces between them")
        noun = _NOUNS[self.kind]
        low = None if self.minimum is None else "above" if self.above else "from"
        high = None if self.maximum is None else "below" if self.below else "to"
        places = {"noun": noun, "low": self.minimum, "high": self.maximum}
        bounded = Message(_RANGES[low, high].text, places)
        return say("{bounded}, or none", bounded=bounded) if self.optional else bounded


def choice_name(choice: type[Choice]) -> str:
    """Return the word that stands for a choice on the command line and in files."""
    return str(choice.model_fields["name"].default)


@cache
def field_specs(config: type[Config]) -> tuple[FieldSpec, ...]:
    """Return the fields of a config in the order of their declaration.

    Left out are a choice's own ``name``, and lists of configs, which are no field of a form.
    """
    fields = config.model_fields.items()
    return tuple(_spec(name, info) for name, info in fields if name != "name" and not _lists_configs(info))


def _lists_configs(info: FieldInfo) -> bool:
    listed = get_args(info.annotation)[:1] if get_origin(info.annotation) is tuple else ()
    return any(isinstance(each, type) and issubclass(each, Config) for each in listed)


def field_at(config: type[Config], path: Path) -> FieldSpec | None:
    """Return the field at ``("learning_rate",)`` or, inside a choice, ``("optimizer", "adam", "beta_1")``."""
    specs = {spec.name: spec for spec in field_specs(config)}
    spec = specs.get(path[0]) if path else None
    if spec is None or len(path) < 3 or spec.kind != "choice":
        return spec
    inner = {choice_name(option): option for option in spec.options}.get(path[1])
    return field_at(inner, path[2:]) or spec if inner else spec


def _owner(config: type[Config], path: Path) -> type[Config]:
    """Return the config, or the choice inside it, that the last name of the path is a field of."""
    spec = field_at(config, path[:1])
    if len(path) < 3 or spec is None or spec.kind != "choice":
        return config
    inner = {choice_name(option): option for option in spec.options}.get(path[1])
    return _owner(inner, path[2:]) if inner else config


def problems(config: type[Config], error: ValidationError) -> Mapping[Path, Message]:
    """Turn pydantic's errors into one sentence a field, by the field's path; no more than a person would read."""
    found: dict[Path, Message] = {}
    for entry in error.errors(include_url=False)[:_MOST_TOLD]:
        # The place in a list is left out: the list is one field.
        path = tuple(part for part in entry["loc"] if isinstance(part, str))
        context = entry.get("ctx", {})
        if isinstance(message := context.get("message"), Message):
            found[*path, *context.get("at", ())] = message
        else:
            found[path] = _sentence(config, path, entry["type"], entry["input"])
    return found


def _sentence(config: type[Config], path: Path, kind: str, given: Any) -> Message:
    spec = field_at(config, path)
    if kind == "extra_forbidden" or spec is None:
        known = ", ".join(field.name for field in field_specs(_owner(config, path)))
        return say(
            "There is no field '{name}'; there are {known}.", name=path[-1] if path else "", known=known or "none"
        )
    if isinstance(given, Mapping):
        given = given.get("name", "")
    return say("{title} takes {allowed}, not '{given}'.", title=spec.title, allowed=spec.allowed(), given=given)


def _spec(name: str, info: FieldInfo) -> FieldSpec:
    types = _plain_types(info.annotation)
    optional = NoneType in types
    types = tuple(kind for kind in types if kind is not NoneType)
    kind, options = _kind(types)
    extra: dict[str, Any] = dict(info.json_schema_extra) if isinstance(info.json_schema_extra, dict) else {}
    bounds: dict[str, Any] = {}
    for constraint in (*info.metadata, *_constraints_of_parts(info.annotation)):
        for low in ("gt", "ge"):
            if (value := getattr(constraint, low, None)) is not None:
                bounds |= {"minimum": value, "above": low == "gt"}
        for high in ("lt", "le"):
            if (value := getattr(constraint, high, None)) is not None:
                bounds |= {"maximum": value, "below": high == "lt"}
    return FieldSpec(
        name=name,
        kind=extra.pop("kind", kind),
        default=info.get_default(),
        title=say(info.title or name),
        description=say(info.description or ""),
        optional=optional,
        options=options,
        **bounds,
        **extra,
    )


def _constraints_of_parts(annotation: Any) -> tuple[Any, ...]:
    """Return the bounds of each number in a list of numbers."""
    part = get_args(annotation)[0] if get_origin(annotation) is tuple else None
    field = next((each for each in get_args(part)[1:] if isinstance(each, FieldInfo)), None)
    return tuple(field.metadata) if field else ()


def _plain_types(annotation: Any) -> tuple[Any, ...]:
    """Unfold Annotated and unions down to plain types and literals."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _plain_types(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return tuple(plain for part in get_args(annotation) for plain in _plain_types(part))
    return (annotation,)


def _kind(types: tuple[Any, ...]) -> tuple[Kind, tuple[Any, ...]]:
    first = types[0]
    if get_origin(first) is Literal:
        return "word", get_args(first)
    if isinstance(first, type) and issubclass(first, Choice):
        return "choice", types
    if get_origin(first) is tuple:
        return _LISTS[_plain_types(get_args(first)[0])[0]], ()
    return _KINDS[first], ()
