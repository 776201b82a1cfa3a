"""Schedules that Keras has no class for, as the body of a plain function of the step behind the warm-up."""

import re
from collections.abc import Callable
from typing import Any

from lrgui.core.config.schedule import (
    Constant,
    Drawn,
    ExpRange,
    FlatCosine,
    Formula,
    HoldThenDecay,
    InverseSqrt,
    OneCycle,
    ScheduleChoice,
    Shrink,
    Triangular,
    Triangular2,
)
from lrgui.export.code_run import CodeRun, number, numbers

Lines = list[str]

_OF_NUMPY = frozenset({"cos", "e", "exp", "floor", "log", "pi", "sign", "sin", "sqrt", "tan", "tanh", "where"})
"""What a formula may speak of that Python itself does not have; min, max and abs it has."""


def plain_body(schedule: ScheduleChoice, run: CodeRun) -> Lines:
    """Write the lines that end with ``return`` of the rate at ``step``, of which 0 is the end of the warm-up.

    They may use ``math``, ``np`` and ``RATE``, the highest planned rate.
    """
    return _BODIES[type(schedule)](schedule, run)


def _constant(choice: Constant, run: CodeRun) -> Lines:
    return ["return RATE"]


def _shrink(choice: Shrink, run: CodeRun) -> Lines:
    divisor = number(1 / choice.share).removesuffix(".0")
    return [f"# rate -= rate / {divisor} at every step", f"return RATE * (1 - {number(choice.share)}) ** step"]


def _hold_then_decay(choice: HoldThenDecay, run: CodeRun) -> Lines:
    hold, every = run.count(choice.hold), run.count(choice.every)
    return [
        f"decays = max(0, (step - {hold}) // {every} + 1)",
        f"return RATE * math.exp(-{number(choice.decay)} * decays)",
    ]


def _inverse_sqrt(choice: InverseSqrt, run: CodeRun) -> Lines:
    return [f"return RATE / math.sqrt(1 + step / {run.count(choice.scale)})"]


def _flat_cosine(choice: FlatCosine, run: CodeRun) -> Lines:
    flat, floor = number(choice.flat), number(choice.floor)
    return [
        f"progress = min(step / {run.count(choice.length)}, 1)",
        f"beyond = max(progress - {flat}, 0) / (1 - {flat})",
        "left = (1 + math.cos(math.pi * beyond)) / 2",
        f"return RATE * ({floor} + (1 - {floor}) * left)",
    ]


def _triangle(choice: Triangular | Triangular2 | ExpRange, run: CodeRun, lowered: str) -> Lines:
    base = number(choice.base)
    return [
        f"cycles = step / {run.count(choice.cycle)}",
        f"height = (1 - abs(2 * (cycles % 1) - 1)){lowered}",
        f"return RATE * ({base} + (1 - {base}) * height)",
    ]


def _triangular(choice: Triangular, run: CodeRun) -> Lines:
    return _triangle(choice, run, "")


def _triangular2(choice: Triangular2, run: CodeRun) -> Lines:
    return _triangle(choice, run, " / 2 ** math.floor(cycles)")


def _exp_range(choice: ExpRange, run: CodeRun) -> Lines:
    return _triangle(choice, run, f" * {number(choice.gamma)} ** step")


def _corners(choice: OneCycle, run: CodeRun) -> list[float]:
    last = run.count(choice.length) - 1
    top = choice.rise * last
    return [0, top, 2 * top, last] if choice.phases == "three" else [0, top, last]


def _one_cycle(choice: OneCycle, run: CodeRun) -> Lines:
    shares = (
        [choice.start, 1.0, choice.start, choice.end] if choice.phases == "three" else [choice.start, 1.0, choice.end]
    )
    return _through(choice, run, shares, "shares", "RATE * ")


def momentum_body(choice: OneCycle, run: CodeRun) -> Lines:
    """Write the lines that end with ``return`` of the momentum at ``step``, of which 0 is the end of the warm-up."""
    heights = [choice.high_momentum] * len(_corners(choice, run))
    heights[1] = choice.low_momentum
    return _through(choice, run, heights, "heights", "")


def _through(choice: OneCycle, run: CodeRun, heights: list[float], called: str, scale: str) -> Lines:
    """Write what goes through these heights at the corners of the cycle, and stays at the last one."""
    left = "1 - share" if choice.shape == "linear" else "(1 + math.cos(math.pi * share)) / 2"
    return [
        f"corners = {numbers(_corners(choice, run))}",
        f"{called} = {numbers(heights)}",
        "step = min(step, corners[-1])",
        "phase = max(i for i in range(len(corners) - 1) if corners[i] <= step)",
        "share = (step - corners[phase]) / (corners[phase + 1] - corners[phase])",
        f"left = {left}",
        f"return {scale}({called}[phase] * left + {called}[phase + 1] * (1 - left))",
    ]


def _formula(choice: Formula, run: CodeRun) -> Lines:
    words = set(re.findall(r"[a-z]+", choice.formula)) & _OF_NUMPY
    imported = [f"from numpy import {', '.join(sorted(words))}", ""] if words else []
    return [
        *imported,
        "step = np.float64(step)",
        f"epoch, steps, epochs, rate = step // {run.steps_per_epoch}, {run.rest}, "
        f"{number(run.rest / run.steps_per_epoch)}, RATE",
        'with np.errstate(all="ignore"):',
        f"    return float({choice.formula})",
    ]


def _drawn(choice: Drawn, run: CodeRun) -> Lines:
    x, y = zip(*choice.points, strict=True)
    place = f"step / {max(run.rest - 1, 1)}"
    if choice.lines == "log":
        return [f"return RATE * float(np.exp(np.interp({place}, {numbers(x)}, np.log({numbers(y)}))))"]
    return [f"return RATE * float(np.interp({place}, {numbers(x)}, {numbers(y)}))"]


_BODIES: dict[type[ScheduleChoice], Callable[[Any, CodeRun], Lines]] = {
    Constant: _constant,
    Shrink: _shrink,
    HoldThenDecay: _hold_then_decay,
    InverseSqrt: _inverse_sqrt,
    FlatCosine: _flat_cosine,
    Triangular: _triangular,
    Triangular2: _triangular2,
    ExpRange: _exp_range,
    OneCycle: _one_cycle,
    Formula: _formula,
    Drawn: _drawn,
}
