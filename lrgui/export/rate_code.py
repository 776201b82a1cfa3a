"""Code that gives an optimizer the rate of every step of a training, and what lowers it besides.

Keras's own classes where nothing else moves the rate; else a plain function of the step and a small callback.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lrgui.core.config.plateau import ReduceOnPlateau
from lrgui.core.config.schedule import Constant, OneCycle
from lrgui.core.config.training import TrainingConfig
from lrgui.core.events import FactorMoved
from lrgui.core.schedules import cycled_momentum, momentums
from lrgui.export.code_run import CodeRun, number
from lrgui.export.optimizer_code import optimizer_code
from lrgui.export.schedule_code import keras_schedule, momentum_function, rate_function

_EACH_STEP = '''\
class EachStep(keras.callbacks.Callback):
    """Gives the optimizer its rate before every step: that of a function, times a factor."""

    def __init__(self, rate_at, factor_at=lambda step: 1.0):
        super().__init__()
        self.rate_at, self.factor_at, self.step = rate_at, factor_at, 0

    def on_train_batch_begin(self, batch, logs=None):
        factor = np.float32(self.factor_at(self.step))
        self.model.optimizer.learning_rate = factor * np.float32(self.rate_at(self.step))
        self.step += 1'''

_PLATEAU = '''\
class Plateau(keras.callbacks.Callback):
    """Lowers a factor as Keras's ReduceLROnPlateau lowers a constant rate; a schedule goes on below it."""

    def __init__(self, monitor, factor, patience, min_delta, cooldown, floor):
        super().__init__()
        self.monitor, self.by, self.patience = monitor, factor, patience
        self.min_delta, self.cooldown, self.floor = min_delta, cooldown, floor
        self.factor, self.best, self.waited, self.cooling = 1.0, math.inf, 0, 0

    def on_epoch_end(self, epoch, logs=None):
        value = -logs[self.monitor] if self.monitor.endswith("accuracy") else logs[self.monitor]
        if self.cooling:
            self.cooling -= 1
            self.waited = 0
        if value + self.min_delta < self.best:
            self.best, self.waited = value, 0
        elif not self.cooling:
            self.waited += 1
            if self.waited >= self.patience and self.factor > self.floor:
                self.factor = max(self.factor * self.by, self.floor)
                self.cooling, self.waited = self.cooldown, 0'''

_CYCLED = '''\
class CycledSGD(keras.optimizers.SGD):
    """SGD whose momentum is another one at every step."""

    def __init__(self, *given, momentum_at, steps, **named):
        super().__init__(*given, **named)
        self.table = np.array([momentum_at(step) for step in range(steps)], "float32")

    def build(self, variables):
        super().build(variables)
        self.velocities = itertools.cycle(self.momentums)  # each step updates all variables in their order

    def update_step(self, gradient, variable, learning_rate):
        ops, velocity = keras.ops, next(self.velocities)
        momentum = ops.take(ops.convert_to_tensor(self.table), self.iterations)
        learning_rate = ops.cast(learning_rate, variable.dtype)
        self.assign(velocity, velocity * momentum - gradient * learning_rate)
        step = velocity * momentum - gradient * learning_rate if self.nesterov else velocity
        self.assign_add(variable, step)'''

_MOVED = """\
MOVES = {moves}


def moved(step):
    return next((factor for first, factor in reversed(MOVES) if first <= step), 1.0)
"""


Class = Literal["EachStep", "Plateau", "CycledSGD"]

CLASSES: dict[Class, tuple[str, str, tuple[str, ...]]] = {
    "EachStep": (
        "Keras has no schedule of its own for this rate: a callback sets it before every step.",
        _EACH_STEP,
        ("import keras", "import numpy as np"),
    ),
    "Plateau": (
        "Keras's own plateau rule works on a constant rate only; this one goes on top of any schedule.",
        _PLATEAU,
        ("import keras", "import math"),
    ),
    "CycledSGD": (
        "Keras's optimizer holds its momentum as a plain number; here it falls while the rate rises.",
        _CYCLED,
        ("import itertools", "import keras", "import numpy as np"),
    ),
}
"""The small classes that some rates need, each with a sentence, its code and its imports."""


@dataclass(frozen=True)
class RateCode:
    """What a training's rate takes.

    ``classes`` are those of ``CLASSES`` that ``code`` uses; it defines ``optimizer`` and ``callbacks``.
    """

    code: str
    classes: tuple[Class, ...]
    imports: tuple[str, ...]


def rate_code(config: TrainingConfig, moves: Sequence[FactorMoved] = ()) -> RateCode:
    """Write what defines ``optimizer`` and ``callbacks``, for the number of steps and the rate of a training.

    Parameters
    ----------
    config : TrainingConfig
        The training.
    moves : sequence of FactorMoved
        Those of a hand are made again, each at its step.
    """
    run = CodeRun(config)
    by_hand = [move for move in moves if move.by == "hand"]
    plateau = config.plateau if isinstance(config.plateau, ReduceOnPlateau) else None
    own = keras_schedule(config.schedule, run)
    if own is not None and not by_hand and (plateau is None or config.schedule == Constant()):
        rule = [f"callbacks.append({_keras_rule(plateau, run)})"] if plateau else []
        return _with_optimizer(config, run, [own, *rule], ())
    return _each_step(config, run, by_hand, plateau)


def _each_step(
    config: TrainingConfig, run: CodeRun, moves: Sequence[FactorMoved], plateau: ReduceOnPlateau | None
) -> RateCode:
    lines = [f"RATE = {number(run.rate)}", rate_function(config.schedule, run)]
    factors: list[str] = []
    if moves:
        lines.append("\n" + _MOVED.format(moves=[(move.step, move.factor) for move in moves]))
        factors.append("moved(step)")
    if plateau is not None:
        lines.append(f"\nplateau = Plateau(\n{_plateau_words(plateau)})")
        factors.append("plateau.factor")
    factor = f", lambda step: {' * '.join(factors)}" if factors else ""
    callbacks = [f"EachStep(rate_at{factor})", *(["plateau"] if plateau is not None else [])]
    lines.append(f"\nlearning_rate = RATE\ncallbacks = [{', '.join(callbacks)}]")
    return _with_optimizer(config, run, lines, ("EachStep", *(("Plateau",) if plateau is not None else ())))


def _plateau_words(rule: ReduceOnPlateau) -> str:
    return (
        f'    monitor="{rule.monitor}",\n    factor={number(rule.factor)},\n    patience={rule.patience},\n'
        f"    min_delta={number(rule.min_delta)},\n    cooldown={rule.cooldown},\n    floor={number(rule.floor)},\n"
    )


def _keras_rule(rule: ReduceOnPlateau, run: CodeRun) -> str:
    words = _plateau_words(rule).replace("floor=" + number(rule.floor), f"min_lr={number(rule.floor * run.rate)}")
    return f"\n    keras.callbacks.ReduceLROnPlateau(\n{_indented(words)}    )\n"


def _indented(text: str) -> str:
    return "".join(f"    {line}" if line.strip() else line for line in text.splitlines(keepends=True))


def _with_optimizer(config: TrainingConfig, run: CodeRun, lines: list[str], classes: tuple[Class, ...]) -> RateCode:
    """Add the optimizer that takes the rate, and its momentum where that is cycled."""
    schedule = config.schedule
    momentum = momentums(schedule, cycled_momentum(config.optimizer), run.steps, run.steps_per_epoch)
    if isinstance(schedule, OneCycle) and momentum is not None:
        lines = [*lines, f"\n\n{momentum_function(schedule, run)}\n\n"]
        given = f"learning_rate, momentum_at=momentum_at, steps={run.steps}"
        lines.append(f"optimizer = {optimizer_code(config.optimizer, first=given, cls='CycledSGD')}")
        classes = (*classes, "CycledSGD")
    else:
        lines = [*lines, f"optimizer = {optimizer_code(config.optimizer)}"]
    code = "\n".join(lines)
    words = {"math.": "import math", "np.": "import numpy as np"}
    return RateCode(code, classes, ("import keras", *(line for word, line in words.items() if word in code)))
