"""What the history says of a run in a word or two."""

import time
from dataclasses import dataclass
from datetime import date, datetime

from lrgui.core.config import DATASETS, MODELS, OPTIMIZERS, OWN_DATA, SCHEDULES, Choice
from lrgui.core.config.fields import choice_name
from lrgui.core.config.optimizer import OwnOptimizer
from lrgui.core.messages import Message, Text, format_duration, format_learning_rate, format_percent, joined, say
from lrgui.core.runs import STATES, RunStatus
from lrgui.core.store import Entry

DASH = "–"  # noqa: RUF001 (the typographic dash of an empty cell)

KINDS = {"range_test": say("Sweep"), "training": say("Training"), "comparison": say("Comparison")}

_DAYS = (say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun"))
_MONTHS = (
    *(say("Jan"), say("Feb"), say("Mar"), say("Apr"), say("May"), say("Jun")),
    *(say("Jul"), say("Aug"), say("Sep"), say("Oct"), say("Nov"), say("Dec")),
)

_CHOICES: tuple[type[Choice], ...] = (*DATASETS, *OWN_DATA, *MODELS, *OPTIMIZERS, OwnOptimizer, *SCHEDULES)
_TITLES = {choice_name(choice): choice.title for choice in _CHOICES}


@dataclass(frozen=True, slots=True)
class Look:
    """How a state is shown: the glyph, the colour by meaning, and the word."""

    glyph: str
    meaning: str
    word: Message


LOOKS = {
    RunStatus.WAITING: Look("timer-sand", "dim", STATES[RunStatus.WAITING]),
    RunStatus.RUNNING: Look("play-circle-outline", "accent", STATES[RunStatus.RUNNING]),
    RunStatus.FINISHED: Look("check-circle-outline", "good", STATES[RunStatus.FINISHED]),
    RunStatus.STOPPED: Look("stop-circle-outline", "dim", STATES[RunStatus.STOPPED]),
    RunStatus.DIVERGED: Look("trending-up", "error", STATES[RunStatus.DIVERGED]),
    RunStatus.FAILED: Look("alert-circle-outline", "error", STATES[RunStatus.FAILED]),
    RunStatus.INTERRUPTED: Look("power-plug-off-outline", "validation", STATES[RunStatus.INTERRUPTED]),
}

_DIVERGED_SWEEP = Look("trending-up", "good", STATES[RunStatus.DIVERGED])


def look_of(entry: Entry) -> Look:
    """Return how the state of a run is shown: a sweep is meant to diverge, a training is not."""
    if entry.kind == "range_test" and entry.status is RunStatus.DIVERGED:
        return _DIVERGED_SWEEP
    return LOOKS[entry.status]


def title_of(choice: str | None) -> Text:
    """Return the title of a choice by its name; the name itself where this program does not know it."""
    return _TITLES.get(choice, choice) if choice else ""


def name_of(entry: Entry) -> Text:
    """Return what a run is called: its own name, or what it is."""
    return entry.name or KINDS.get(entry.kind, entry.kind)


def what_of(entry: Entry) -> Message:
    """Return what was run, in one line."""
    kind = KINDS.get(entry.kind, entry.kind) if entry.name else ""
    schedule = "" if entry.schedule in (None, "constant") else title_of(entry.schedule)
    parts = [kind, title_of(entry.dataset), title_of(entry.model), title_of(entry.optimizer), schedule]
    return joined([part for part in parts if part], " · ")


def rate_of(entry: Entry) -> str:
    """Return the rate of a training; a sweep has none."""
    return DASH if entry.learning_rate is None else format_learning_rate(entry.learning_rate, 3)


def accuracy_of(entry: Entry) -> str:
    """Return the accuracy at the end."""
    return DASH if entry.final_accuracy is None else format_percent(entry.final_accuracy)


def duration_of(entry: Entry) -> str:
    """Return how long it took."""
    return format_duration(entry.seconds)


def when(started: float, now: float | None = None) -> str:
    """Return a moment as one says it today: ``today 14:32``, ``yesterday 09:10``, ``Mon 12:01``, ``12 Oct``.

    Parameters
    ----------
    started, now : float
        As ``time.time`` tells it.
    """
    moment = datetime.fromtimestamp(started)
    today = date.fromtimestamp(time.time() if now is None else now)
    days = (today - moment.date()).days
    if days == 0:
        return str(say("today {time}", time=f"{moment:%H:%M}"))
    if days == 1:
        return str(say("yesterday {time}", time=f"{moment:%H:%M}"))
    if 1 < days < 7:
        return f"{_DAYS[moment.weekday()]} {moment:%H:%M}"
    named = {"day": moment.day, "month": _MONTHS[moment.month - 1], "year": moment.year}
    told = say("{day} {month}", **named) if moment.year == today.year else say("{day} {month} {year}", **named)
    return str(told)
