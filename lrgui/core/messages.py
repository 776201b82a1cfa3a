"""What a person is told: a text with named values, rendered only where it is shown.

Rooms that know no Qt and no language make messages; the window and the command line render them. ``str(message)`` is
the sentence in the language of now, which ``speak`` sets. The store keeps text and values, so that a message can be
shown in another language later.
"""

import math
import re
import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Translate = Callable[[str], str]


def speak(translate: Translate) -> None:
    """Render messages through ``translate`` from now on: it gets an English text and returns the reader's."""
    global _formatter
    _formatter = _Formatter(translate)


def as_written(text: str) -> str:
    """Return a text as it stands in the program, in English: for what machines read."""
    return text


def format_learning_rate(learning_rate: float, digits: int = 2) -> str:
    """Write a rate as people write it: ``0.31``, ``10``, ``4.0e-3``.

    Parameters
    ----------
    learning_rate : float
        Any number; what is not finite is written as ``nan`` or ``inf``.
    digits : int
        Significant digits, at least 1.

    Returns
    -------
    str
        Plain notation from 0.01 up to 1,000, powers of ten elsewhere, with no padding in the exponent.
    """
    if learning_rate == 0 or not math.isfinite(learning_rate):
        return f"{learning_rate:g}"
    mantissa, exponent = f"{learning_rate:.{digits - 1}e}".split("e")
    rounded = float(f"{mantissa}e{exponent}")
    if 0.01 <= abs(rounded) < 1000:
        # At least three digits, or 310 would be written 3.1e+02; none are added, because it is rounded already.
        return f"{rounded:.{max(digits, 3)}g}"
    return f"{mantissa}e{int(exponent)}"


def write_number(value: float | int | None) -> str:
    """Write a number as one would type it: ``1e-7``, ``0.001``, ``32``, ``off``."""
    if value is None:
        return "off"
    if isinstance(value, int):
        return str(value)
    shortest = repr(float(value)).replace("e-0", "e-").removesuffix(".0")
    return shortest if len(shortest) <= 6 else format_learning_rate(value, 3)


def format_percent(share: float) -> str:
    """Write a share from 0 to 1 in percent with one decimal: ``96.4 %``."""
    return f"{100 * share:.1f} %"


def format_duration(seconds: float) -> str:
    """Write a time as people say it: ``0.8 s``, ``12 s``, ``3 min 05 s``, ``1 h 04 min``."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    if seconds < 59.5:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"


class _Formatter(string.Formatter):
    """``str.format`` with more formats: ``rate``, ``number`` (1,000 without zeros behind), ``percent``, ``duration``.

    A message may stand in a message, and be made to fit there: ``lower``, ``upper``, or ``capital`` at its beginning.
    """

    def __init__(self, translate: Translate) -> None:
        self.translate = translate

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Message) or format_spec in ("lower", "upper", "capital"):
            value = value.render(self.translate) if isinstance(value, Message) else str(value)
            return _cased(value, format_spec)
        if format_spec == "rate":
            return format_learning_rate(float(value))
        if format_spec == "percent":
            return format_percent(float(value))
        if format_spec == "duration":
            return format_duration(float(value))
        if format_spec == "number":
            return f"{value:,.0f}" if float(value).is_integer() else format_learning_rate(float(value))
        return str(super().format_field(value, format_spec))


_formatter = _Formatter(as_written)
"""Writes in the language of now."""


def _cased(text: str, case: str) -> str:
    match case:
        case "lower":
            return text.lower()
        case "upper":
            return text.upper()
        case "capital":
            return text[:1].upper() + text[1:]
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """A text for a person, with the values that it speaks of.

    Parameters
    ----------
    text : str
        English, with ``{name}`` where a value goes; ``{name:rate}`` writes a learning rate, ``{name:percent}`` a
        share from 0 to 1, ``{name:number}`` a bound, ``{name:duration}`` seconds. A message among the values takes
        ``{name:lower}``, ``{name:upper}`` and ``{name:capital}``.
    values : mapping of str to value
        Numbers, texts or messages by name.
    """

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.text)  # its values may be lists, which have none

    def render(self, translate: Translate | None = None) -> str:
        """Return the sentence in the language of now, or with each text passed through ``translate`` first."""
        formatter = _formatter if translate is None else _Formatter(translate)
        text = formatter.translate(self.text)
        if "{" not in text and "}" not in text:  # as most are
            return text
        return formatter.vformat(text, (), self.values)

    def __str__(self) -> str:
        return self.render()


Text = Message | str
"""What a person is told: a message, or words that are the same in every language, such as a name of their own."""


def say(text: str, /, **values: Any) -> Message:
    """Make a message, and mark its text for translation."""
    return Message(text, values)


def joined(parts: Iterable[Text], between: str = ", ") -> Message:
    """Put messages and plain texts into one, with the same words or signs between them."""
    named = {f"part{place}": part for place, part in enumerate(parts)}
    return Message(between.join(f"{{{name}}}" for name in named), named)


def plainly(told: Text) -> str:
    """Return a text as it stands in the program, in English: to compare texts, and for what machines read."""
    return told.render(as_written) if isinstance(told, Message) else told


def before_colon(told: Text) -> str:
    """Return what stands before the first colon, in the language of now: the news without the reason."""
    return str(told).replace("\uff1a", ":").partition(":")[0]


_NAME, _FORMAT = re.compile(r"[a-z_][a-z_0-9]*"), re.compile(r",?(\.\d{1,2})?[a-z]*")


def check_text(text: str) -> None:
    """Refuse what the text of no message asks for: attributes of values, or a width of a billion letters.

    For texts that others have written: in a lesson, in a file with a run.

    Raises
    ------
    ValueError, TypeError
        It does, or is no text with names in braces.
    """
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is not None and not (_NAME.fullmatch(name) and _FORMAT.fullmatch(form or "") and not conversion):
            raise ValueError(f"a message that is none: {text[:80]!r}")


class Refused(Exception):
    """Something asked for cannot be done; carries the message that says why and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message
