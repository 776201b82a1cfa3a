"""A schedule as Python code for Keras: its own class where there is one, else a plain function and a small callback.

What the code defines is always ``learning_rate``, for the optimizer, and ``callbacks``, for ``model.fit``.
"""

from lrgui.core.config.lengths import epochs
from lrgui.core.config.plateau import ReduceOnPlateau
from lrgui.core.config.schedule import Constant, HoldThenDecay, OneCycle, ScheduleChoice
from lrgui.core.config.training import TrainingConfig
from lrgui.core.messages import plainly
from lrgui.core.schedules import cycled_momentum, momentums
from lrgui.export.code_run import CodeRun, number
from lrgui.export.keras_classes import cosine_with_warmup, keras_class
from lrgui.export.plain_functions import momentum_body, plain_body

_EACH_STEP = '''

class EachStep(keras.callbacks.Callback):
    """Gives the optimizer its rate before every step."""

    def on_train_begin(self, logs=None):
        self.step = 0

    def on_train_batch_begin(self, batch, logs=None):
        self.model.optimizer.learning_rate = rate_at(self.step)
        self.step += 1


learning_rate = RATE
callbacks = [EachStep()]'''

_EACH_EPOCH = """def rate_of(epoch, rate):
    return rate if epoch < {hold} else rate * math.exp(-{decay})


learning_rate = {rate}
callbacks = [keras.callbacks.LearningRateScheduler(rate_of)]"""


def schedule_code(config: TrainingConfig) -> str:
    """Write a training's schedule as code.

    Parameters
    ----------
    config : TrainingConfig
        Its schedule is written out for its number of steps and for its learning rate.

    Returns
    -------
    str
        Python that imports Keras, where needed math and numpy, and nothing of this program.
    """
    run = CodeRun(config)
    code = _definitions(config.schedule, run)
    return "\n".join([_head(run, code), code, *_plateau(config, run), "", *_use(run)]) + "\n"


def _head(run: CodeRun, code: str) -> str:
    """Write what the code is, and its imports, as a formatter would."""
    config = run.config
    steps = f"{run.steps:,} steps, {config.epochs} epochs of {run.steps_per_epoch:,} steps"
    lines = [f"# {plainly(config.schedule.title)}: {steps}."]
    lines += ["import math", ""] if "math." in code else []
    lines += ["import keras"]
    lines += ["import numpy as np"] if "np." in code else []
    return "\n".join([*lines, "", ""] if code.startswith("def") else [*lines, ""])


def _definitions(schedule: ScheduleChoice, run: CodeRun) -> str:
    """Write what defines ``learning_rate`` and ``callbacks``."""
    own = keras_schedule(schedule, run)
    return own or f"RATE = {number(run.rate)}\n{rate_function(schedule, run)}{_EACH_STEP}"


def keras_schedule(schedule: ScheduleChoice, run: CodeRun) -> str | None:
    """Write what defines ``learning_rate`` and ``callbacks`` by Keras's own classes; None where it has none."""
    if run.warmup == 0 and schedule == Constant():
        return f"learning_rate = {number(run.rate)}\ncallbacks = []"
    if isinstance(schedule, HoldThenDecay) and run.warmup == 0 and _by_the_epoch(schedule):
        return _EACH_EPOCH.format(hold=int(schedule.hold.amount), decay=number(schedule.decay), rate=number(run.rate))
    own = cosine_with_warmup(schedule, run) if run.warmup else keras_class(schedule, run)
    return None if own is None else f"learning_rate = {own}\ncallbacks = []"


def _by_the_epoch(schedule: HoldThenDecay) -> bool:
    hold = schedule.hold
    return schedule.every == epochs(1) and (
        hold.amount == 0 or (hold.unit == "epochs" and float(hold.amount).is_integer())
    )


def rate_function(schedule: ScheduleChoice, run: CodeRun) -> str:
    """Write ``rate_at(step)``, which may use ``RATE``, ``math`` and ``np``, with the warm-up in front of it."""
    own = keras_class(schedule, run)
    defined = f"decay = {own}\n" if own else ""
    body = [*_warmup(schedule, run), *(["return float(decay(step))"] if own else plain_body(schedule, run))]
    return f"{defined}\n\n{_defined('rate_at', body)}\n"


def momentum_function(schedule: OneCycle, run: CodeRun) -> str:
    """Write ``momentum_at(step)``; during the warm-up it is high."""
    before = [f"step = max(step - {run.warmup}, 0)"] if run.warmup else []
    return _defined("momentum_at", [*before, *momentum_body(schedule, run)])


def _defined(name: str, body: list[str]) -> str:
    lines = "\n".join(f"    {line}" if line else "" for line in body)
    return f"def {name}(step):\n{lines}"


def _warmup(schedule: ScheduleChoice, run: CodeRun) -> list[str]:
    if not run.warmup:
        return []
    first, start = number(run.first), number(schedule.warmup_start)
    risen = f"{start} + (1 - {start}) * step / {run.warmup}"
    if schedule.warmup_shape == "exponential":
        risen = f"{start} ** (1 - step / {run.warmup})"
    return [f"if step < {run.warmup}:  # warm-up", f"    return {first} * ({risen})", f"step -= {run.warmup}"]


def _plateau(config: TrainingConfig, run: CodeRun) -> list[str]:
    """Write the rule on top, where Keras can have one: on a rate that nothing else sets."""
    rule = config.plateau
    if not isinstance(rule, ReduceOnPlateau):
        return []
    if config.schedule != Constant():
        return ["# The plateau rule is left out: Keras's own lowers a constant rate only."]
    return [
        "rule = keras.callbacks.ReduceLROnPlateau(",
        f'    monitor="{rule.monitor}",',
        f"    factor={number(rule.factor)},",
        f"    patience={rule.patience},",
        f"    min_delta={number(rule.min_delta)},",
        f"    cooldown={rule.cooldown},",
        f"    min_lr={number(rule.floor * run.rate)},",
        ")",
        "callbacks.append(rule)",
    ]


def _use(run: CodeRun) -> list[str]:
    config = run.config
    cycled = momentums(config.schedule, cycled_momentum(config.optimizer), run.steps, run.steps_per_epoch) is not None
    note = ["# The momentum stays as it is: Keras's optimizer holds it as a plain number."] if cycled else []
    return [
        *note,
        f"# model.compile(optimizer={run.optimizer()}, ...)",
        f"# model.fit(..., epochs={config.epochs}, batch_size={config.batch_size}, callbacks=callbacks)",
    ]
