"""Whether a condition of a lesson holds in the window."""

from collections.abc import Sequence

from lrgui.core.config import Choice, TrainingConfig
from lrgui.core.config.fields import choice_name
from lrgui.core.lessons.conditions import (
    Condition,
    FieldIs,
    PageShown,
    PictureShown,
    RunEnded,
    StepReached,
    WalkerIs,
)
from lrgui.core.runs import Run
from lrgui.gui.lessons.stage import Stage

PICTURES = ("paths", "surface", "table")
"""The pictures of the descent, in the order of their tabs."""


def holds(condition: Condition, stage: Stage, runs: Sequence[Run]) -> bool:
    """Return whether a condition holds; ``runs`` are those that have ended since the step began."""
    match condition:
        case PageShown():
            return stage.pages.current == condition.page
        case FieldIs():
            return _written(stage.field(condition.page, condition.field)) in condition.value.split()
        case RunEnded():
            return any(_is_meant(condition, run, stage) for run in runs)
    return "descent" in stage.pages and _holds_in_descent(condition, stage)


def _holds_in_descent(condition: Condition, stage: Stage) -> bool:
    page = stage.descent
    match condition:
        case WalkerIs():
            walkers = page.walks.config.walkers
            if condition.walker > len(walkers):
                return False
            walker = walkers[condition.walker - 1]
            fits = condition.rate_from <= walker.learning_rate <= condition.rate_to
            return fits and condition.schedule in ("", choice_name(type(walker.schedule)))
        case StepReached():
            return page.player.position >= min(condition.step, page.player.last)
        case PictureShown():
            return page.picture.tabs.currentIndex() == PICTURES.index(condition.picture)
    raise TypeError(f"no such condition: {condition!r}")


def _written(value: object) -> str:
    return choice_name(type(value)) if isinstance(value, Choice) else str(value)


def _is_meant(condition: RunEnded, run: Run, stage: Stage) -> bool:
    if run.kind != condition.run:
        return False
    if not isinstance(run.config, TrainingConfig):
        return True
    if condition.schedule not in ("", choice_name(type(run.config.schedule))):
        return False
    if condition.times_from is None and condition.times_to is None:
        return True
    recommended = stage.recommended
    if recommended is None or recommended.learning_rate is None:
        return True  # nobody can say what the right rate would be
    times = run.config.learning_rate / recommended.learning_rate
    return (condition.times_from or 0.0) <= times <= (condition.times_to or times)
