"""One field of a config with several values: the configs that differ in nothing else."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from lrgui.core.config.base import Choice, Config, split_at_commas
from lrgui.core.config.fields import FieldSpec, Path, choice_name, field_specs, problems
from lrgui.core.config.lengths import Length, written
from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import Run, RunStatus
from lrgui.core.scores import score_in

MOST_VALUES = 50
"""More runs than that are no comparison that anybody could read."""

AnyConfig = TypeVar("AnyConfig", bound=Config)


@dataclass(frozen=True, slots=True)
class Variation(Generic[AnyConfig]):
    """A config, and what is different in it: ``learning rate 1e-3``."""

    name: str
    config: AnyConfig


def fields_to_vary(config: Config) -> dict[Path, FieldSpec]:
    """Return the fields that count in a config, by path: its own, and those of what is chosen in it."""
    found: dict[Path, FieldSpec] = {}
    for spec in field_specs(type(config)):
        found[spec.name,] = spec
        chosen = getattr(config, spec.name)
        if isinstance(chosen, Choice):
            name = choice_name(type(chosen))
            found |= {(spec.name, name, inner.name): inner for inner in field_specs(type(chosen))}
    return found


def value_at(config: Config, path: Path) -> Any:
    """Return what a config has at a path; of a choice, its name."""
    value = getattr(config, path[0]) if len(path) == 1 else getattr(getattr(config, path[0]), path[2])
    return choice_name(type(value)) if isinstance(value, Choice) else value


def typed_values(text: str) -> list[str]:
    """Return the words between the commas; those inside parentheses part nothing."""
    return [word for part in split_at_commas(text) if (word := part.strip())]


def variations(config: AnyConfig, path: Path, values: Sequence[Any]) -> list[Variation[AnyConfig]]:
    """Return the config once with each of the values at a path; a value that comes again is left out.

    Parameters
    ----------
    config : Config
        What all of them are otherwise. A choice that is varied to what it is keeps its fields.
    path : tuple of str
        One of ``fields_to_vary``.
    values : sequence
        As they were typed, or as they are.

    Raises
    ------
    Refused
        A value does not fit (the message says what does), there are fewer than two different ones, or more than
        ``MOST_VALUES``.
    """
    spec = fields_to_vary(config)[path]
    found: dict[AnyConfig, Variation[AnyConfig]] = {}
    for value in values:
        varied = _with(config, path, value)
        found.setdefault(varied, Variation(_name(spec, value), varied))
    if len(found) < 2:
        raise Refused(say("Give at least two different values."))
    if len(found) > MOST_VALUES:
        raise Refused(say("{given} values are too many: give at most {most}.", given=len(found), most=MOST_VALUES))
    return list(found.values())


def _with(config: AnyConfig, path: Path, value: Any) -> AnyConfig:
    raw: dict[str, Any] = {name: getattr(config, name) for name in type(config).model_fields}
    current = raw[path[0]]
    if len(path) > 1:
        raw[path[0]] = {**current.model_dump(), path[2]: value}
    elif not isinstance(current, Choice) or choice_name(type(current)) != value:
        raw[path[0]] = value
    try:
        return type(config)(**raw)
    except ValidationError as error:
        raise Refused(next(iter(problems(type(config), error).values()))) from error


def _name(spec: FieldSpec, value: Any) -> str:
    titles = {choice_name(option): option.title for option in spec.options} if spec.kind == "choice" else {}
    told = (say("on") if value else say("off")) if isinstance(value, bool) else titles.get(value, value)
    return str(Message("{field:lower} {value}", {"field": spec.title, "value": told}))


def proposed_values(config: Config, path: Path) -> list[str]:
    """Return a few values of what is typed worth comparing, around the one that it has."""
    spec, value = fields_to_vary(config)[path], value_at(config, path)
    if spec.kind not in ("whole", "number"):
        return [word for word in _lengths_around(spec, value) if _fits(config, path, word)]
    words = [_typed(near, log=spec.scale == "log") for near in _around(spec, value)]
    return [word for word in words if _fits(config, path, word)]


def _around(spec: FieldSpec, value: float | None) -> list[float | None]:
    if value is None:
        return [None, 100, 1000] if spec.kind == "whole" else [None, 0.01, 0.1]
    if spec.scale == "log":
        return [value / 10, value, value * 10]
    if spec.kind == "whole":
        return [value // 2, value, value * 2] if value > 1 else [value, value + 1, value + 2]
    return [*sorted({0.0, 0.5, 0.9, value})] if spec.maximum == 1 else [value / 2, value, value * 2]


def _lengths_around(spec: FieldSpec, value: Any) -> list[str]:
    """Return lengths around one; of a formula or a list only itself, from which another can be typed."""
    if spec.kind != "length":
        return [written(value) if isinstance(value, tuple) else str(value)]
    length = value or Length(1, "epochs")
    if length.amount == 0:
        return [str(length), "1 epoch", "2 epochs"]
    half = length.amount / 2 if length.unit == "epochs" else max(1.0, length.amount // 2)
    around = [str(Length(amount, length.unit)) for amount in (half, length.amount, 2 * length.amount)]
    return ["none", *around] if value is None else list(dict.fromkeys(around))


def _typed(value: float | None, *, log: bool) -> str:
    if value is None:
        return "off"
    if value == 0 or abs(value) >= (0.1 if log else 1e-3):
        return f"{value:.6g}"
    mantissa, exponent = f"{value:.5e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"


def _fits(config: Config, path: Path, value: Any) -> bool:
    try:
        _with(config, path, value)
    except Refused:
        return False
    return True


def compared(runs: Sequence[Run], asked: int) -> Message:
    """Say what came of runs that differ in one field: how many of those asked for were done, and which is the best."""
    done = [run for run in runs if run.status is not RunStatus.FAILED]
    failed = [run.name for run in runs if run.status is RunStatus.FAILED]
    measured = [run for run in done if score_in(run.evaluation).name in run.evaluation]
    told = say("{done} of {asked} runs are done.", done=len(done), asked=asked)
    if measured:
        score = score_in(measured[0].evaluation)
        best = max(measured, key=lambda run: run.evaluation.get(score.name, -math.inf))
        told = say(
            "{told} The best is {name}, with {accuracy}.",
            told=told,
            name=best.name,
            accuracy=score.told(best.evaluation[score.name]),
        )
    return say("{told} Failed: {names}.", told=told, names=", ".join(failed)) if failed else told
