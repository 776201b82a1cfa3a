"""One of the settings that are compared, how it is typed, and what it is called."""

from collections.abc import Sequence
from copy import copy
from typing import Any

from pydantic import Field

from lrgui.core.config.base import Choice, Config, split_at_commas
from lrgui.core.config.fields import field_specs
from lrgui.core.config.optimizer import Optimizer
from lrgui.core.config.plateau import Plateau
from lrgui.core.config.schedule import Schedule
from lrgui.core.config.training import TrainingConfig
from lrgui.core.messages import Message, Text, format_learning_rate, joined, plainly, say


def as_in_a_training(name: str) -> Any:
    """Return the declaration of a field that a training has, too."""
    return copy(TrainingConfig.model_fields[name])


class Arm(Config):
    """All that one of several trainings does not share with the others.

    ``name`` is what people call it; left empty, it is called by what makes it different.
    """

    name: str = Field("", max_length=60)
    learning_rate: float = as_in_a_training("learning_rate")
    schedule: Schedule = as_in_a_training("schedule")
    optimizer: Optimizer = as_in_a_training("optimizer")
    plateau: Plateau = as_in_a_training("plateau")


def parse_arm(text: str) -> dict[str, Any]:
    """Read an arm as it is typed: ``cosine,warmup=1ep,learning_rate=1e-2,optimizer=sgd:momentum=0.9``.

    First comes the schedule; its fields and those of the arm follow in any order. Inside optimizer and plateau colons
    stand where commas stand otherwise.
    """
    schedule, *parts = split_at_commas(text)
    arm: dict[str, Any] = {}
    inner = [schedule]
    for part in parts:
        key, _, value = part.partition("=")
        field = key.strip().replace("-", "_")
        if field in Arm.model_fields and field != "schedule":
            arm[field] = value.strip()
        else:
            inner.append(part)
    arm |= {field: arm[field].replace(":", ",") for field in ("optimizer", "plateau") if field in arm}
    return {**arm, "schedule": ",".join(inner)}


_READY_NAMES = (
    *(say("fixed"), say("hold, then decay"), say("constant"), say("cosine"), say("restarts (SGDR)"), say("one cycle")),
    *(say("no warm-up"), say("warm-up"), say("SGD, momentum")),
)
"""What the arms of ready comparisons are called: a name that is one of these follows the reader's language."""


def _own_name(arm: Arm) -> Text:
    return next((name for name in _READY_NAMES if name.text == arm.name), arm.name)


def names_of(arms: Sequence[Arm]) -> tuple[Text, ...]:
    """Return a name for each arm, no two alike: its own, or as little as tells it from the others."""
    ways = (_schedule, _rate, _schedule_and_rate, _optimizer, _optimizer_and_rate, _most, _all)
    found = [_own_name(arm) for arm in arms]
    called: list[Text] = []
    unnamed = [place for place, name in enumerate(found) if not name]
    for way in ways:
        called = [way(arms[place]) for place in unnamed]
        if len({plainly(name) for name in (*called, *found) if name}) == len(arms):
            break
    for place, name in zip(unnamed, called if unnamed else [], strict=True):
        found[place] = name
    return _numbered(found)


def _numbered(names: list[Text]) -> tuple[Text, ...]:
    """Return the names, with a number behind those that come again."""
    seen: dict[str, int] = {}
    numbered: list[Text] = []
    for name in names:
        count = seen[plainly(name)] = seen.get(plainly(name), 0) + 1
        numbered.append(name if count == 1 else Message("{name} ({count})", {"name": name, "count": count}))
    return tuple(numbered)


def _schedule(arm: Arm) -> Text:
    return Message("{schedule:lower}", {"schedule": arm.schedule.title})  # it may stand in a sentence


def _rate(arm: Arm) -> str:
    return format_learning_rate(arm.learning_rate)


def _schedule_and_rate(arm: Arm) -> Text:
    return joined((_schedule(arm), _rate(arm)), " ")


def _optimizer(arm: Arm) -> Text:
    return arm.optimizer.title


def _optimizer_and_rate(arm: Arm) -> Text:
    return joined((_optimizer(arm), _rate(arm)), " ")


def _most(arm: Arm) -> Text:
    return joined((_optimizer(arm), _schedule_and_rate(arm)), " ")


def _all(arm: Arm) -> Text:
    changes = (_changes(choice) for choice in (arm.schedule, arm.optimizer, arm.plateau))
    return joined([_most(arm), *filter(None, changes)], " ")


def _changes(choice: Choice) -> str:
    """Return what a choice has that is not as usual."""
    given = [(spec.name, getattr(choice, spec.name), spec.default) for spec in field_specs(type(choice))]
    return ",".join(f"{name}={value}" for name, value, default in given if value != default)
