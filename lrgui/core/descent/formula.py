"""A step written out with its numbers, as one would do it by hand, and the table to check it against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lrgui.core.descent.path import Path
from lrgui.core.functions.function import Point
from lrgui.core.messages import Message, say


@dataclass(frozen=True)
class Row:
    """One entry of the table: what a walker sees there, and the step with which it leaves; None where it stays."""

    step: int
    w: Point
    f: float
    gradient: Point
    learning_rate: float
    update: Point | None


def step_lines(path: Path, entry: int, digits: int = 5) -> tuple[Message, ...]:
    """Return the step that leaves an entry as lines with the numbers put in: ``w = 2.4 - 0.2 x 4.8 = 1.44``.

    In two variables every number that differs from axis to axis is a pair, and the line holds for each axis.

    Parameters
    ----------
    path : Path
        The entry and the one after it must be known.
    entry : int
        From 0.
    digits : int
        Significant digits that are shown; the computation itself has all of them.
    """
    rule, rate = path.rule, float(path.learning_rate[entry])
    before, after = path.state(entry), path.state(entry + 1)
    values: dict[str, Sequence[float]] = {"rate": (rate,), "g": tuple(path.gradient[entry].tolist())}
    for place, letter in enumerate(("w", *rule.memory)):
        values[letter] = [axis[place] for axis in before]
        values[f"{letter}_next"] = [axis[place] for axis in after]
    single: dict[str, float] = {**rule.numbers, **(rule.step_numbers(rate, entry) if rule.step_numbers else {})}
    values |= {name: (number,) for name, number in single.items()}
    return tuple(_line(template, values, digits) for template in rule.lines)


def _line(template: str, values: Mapping[str, Sequence[float]], digits: int) -> Message:
    """Put the numbers in: behind an operator a negative one stands in parentheses."""
    shown: dict[str, str] = {}
    for name, numbers in values.items():
        bare = f"= {{{name}}}" in template
        shown[name] = _written(numbers, digits, bare)
    return say(template, **shown)


def _written(numbers: Sequence[float], digits: int, bare: bool) -> str:
    if len(numbers) > 1:
        return f"({', '.join(plain(number, digits) for number in numbers)})"
    text = plain(numbers[0], digits)
    return f"({text})" if text.startswith("-") and not bare else text


def plain(number: float, digits: int = 5) -> str:
    """Return a number in so many significant digits, without padding: ``2.4``, ``1e-7``."""
    mantissa, e, exponent = f"{number + 0.0:.{digits}g}".partition("e")
    return f"{mantissa}e{int(exponent)}" if e else mantissa


def rows(path: Path, first: int = 0, last: int | None = None) -> list[Row]:
    """Return the table of a path as far as it is known, or a part of it, with nothing rounded and nothing scaled.

    Parameters
    ----------
    first, last : int
        From this entry up to, but without, that one; to the last known one if not given.
    """
    upto = path.known if last is None else min(last, path.known)
    w, f, gradient, rates, update = path.w, path.f, path.gradient, path.learning_rate, path.update
    return [
        Row(
            entry,
            tuple(w[entry].tolist()),
            float(f[entry]),
            tuple(gradient[entry].tolist()),
            float(rates[entry]),
            tuple(update[entry].tolist()) if entry + 1 < path.known else None,
        )
        for entry in range(first, upto)
    ]
