"""How the arms of a comparison stand, in words: from what was measured, and what hands have asked of them."""

from collections.abc import Callable

from lrgui.core.comparison import ArmResult, Comparison, measured, table
from lrgui.core.config import ComparisonConfig
from lrgui.core.messages import Text
from lrgui.core.runs import Run
from lrgui.gui.widgets.compare_table import ArmRow, State


def rows_of(run: Run, held: Callable[[int], bool]) -> tuple[tuple[Text, ...], list[ArmRow]]:
    """Return the titles and rows of a run's arms; ``held`` tells whether a hand has paused an arm.

    Arms that were removed keep their line, with nothing in it.
    """
    assert isinstance(run.config, ComparisonConfig)
    comparison = measured(run)
    titles, cells = table(comparison)
    there = dict(zip((arm.index for arm in comparison.arms), cells, strict=True))
    rows = []
    for arm, name in enumerate(run.config.names):
        if arm in there:
            rows.append(ArmRow(arm, tuple(there[arm]), _state(run, comparison, arm, held)))
        else:
            rows.append(ArmRow(arm, (name, *("" for _ in titles[1:])), "removed"))
    return tuple(titles), rows


def _state(run: Run, comparison: Comparison, arm: int, held: Callable[[int], bool]) -> State:
    result = next(each for each in comparison.arms if each.index == arm)
    ended = {seed.how for seed in result.seeds if seed.how is not None}
    if len(ended) and all(seed.how is not None for seed in result.seeds):
        return _ended(result)
    if run.ended:
        return "stopped"
    if held(arm):
        return "paused"
    return "training" if any(len(seed.step) for seed in result.seeds) else "waiting"


def _ended(result: ArmResult) -> State:
    ways = [seed.how for seed in result.seeds]
    if "diverged" in ways:
        return "diverged"
    return "stopped" if "stopped" in ways else "finished"
