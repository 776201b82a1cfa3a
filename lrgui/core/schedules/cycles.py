"""Tables of rates that fall and rise again; their formulas stand at their configs."""

import numpy as np

from lrgui.core.config.schedule import ExpRange, OneCycle, Sgdr, Triangular, Triangular2
from lrgui.core.config.schedule.cycles import TriangularChoice
from lrgui.core.schedules.decays import half_cosine
from lrgui.core.schedules.run import Stretch, Table


def cycle_starts(first: int, multiplier: float, steps: int) -> Table:
    """Return at which step each cycle begins that begins before ``steps``, of cosines with restarts.

    With a multiplier that is not whole, a start may lie between two steps.
    """
    if multiplier == 1.0:
        return np.arange(0.0, steps, first)
    starts, length = [0.0], float(first)
    while starts[-1] + length < steps:
        starts.append(starts[-1] + length)
        length *= multiplier
    return np.array(starts)


def sgdr(choice: Sgdr, run: Stretch) -> Table:
    """Go down by half a cosine, and begin again at the first step of each cycle."""
    first = choice.first_cycle.steps(run.steps_per_epoch)
    starts = cycle_starts(first, choice.multiplier, run.steps)
    cycles = np.arange(len(starts))
    cycle = np.searchsorted(starts, run.step, side="right") - 1
    progress = (run.step - starts[cycle]) / (first * choice.multiplier**cycles)[cycle]
    return run.scaled((choice.amplitude**cycles)[cycle] * half_cosine(progress), choice.floor)


def _triangle(choice: TriangularChoice, run: Stretch) -> Table:
    """Return the height at each step: 0 at both ends of a cycle, 1 in its middle."""
    periods = run.periods(choice.cycle)
    return 1.0 - np.abs(2.0 * (periods - np.floor(periods)) - 1.0)


def triangular(choice: Triangular, run: Stretch) -> Table:
    """Go straight up and down."""
    return run.scaled(_triangle(choice, run), choice.base)


def triangular2(choice: Triangular2, run: Stretch) -> Table:
    """Go straight up and down, half as high in each cycle."""
    return run.scaled(_triangle(choice, run) * 0.5 ** run.periods(choice.cycle, whole=True), choice.base)


def exp_range(choice: ExpRange, run: Stretch) -> Table:
    """Go straight up and down, lower at each step."""
    return run.scaled(_triangle(choice, run) * choice.gamma**run.step, choice.base)


def _phases(choice: OneCycle, run: Stretch) -> tuple[Table, Table]:
    """Return the corners of one cycle: at which step, and with which share of the rate."""
    last = run.length(choice.length) - 1.0
    top = choice.rise * last
    if choice.phases == "two":
        return np.array([0.0, top, last]), np.array([choice.start, 1.0, choice.end])
    return np.array([0.0, top, 2 * top, last]), np.array([choice.start, 1.0, choice.start, choice.end])


def _joined(choice: OneCycle, run: Stretch, corners: Table, heights: Table) -> Table:
    """Return what goes through the heights at the corners, and stays at the last one."""
    place = np.interp(run.step, corners, np.arange(float(len(corners))))
    phase = np.minimum(place.astype(np.int64), len(corners) - 2)
    share = place - phase
    left = 1.0 - share if choice.shape == "linear" else half_cosine(share)
    joined = heights[phase] * left + heights[phase + 1] * (1.0 - left)
    return np.clip(joined, heights.min(), heights.max())


def one_cycle(choice: OneCycle, run: Stretch) -> Table:
    """Rise to the learning rate, and fall to the end."""
    return run.learning_rate * _joined(choice, run, *_phases(choice, run))


def one_cycle_momentum(choice: OneCycle, run: Stretch) -> Table:
    """Fall to the low momentum while the rate rises, come back, and stay."""
    corners = _phases(choice, run)[0]
    heights = np.full(len(corners), choice.high_momentum)
    heights[1] = choice.low_momentum
    return _joined(choice, run, corners, heights)
