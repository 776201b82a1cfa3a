"""The schedules for which Keras has a class of its own."""

from lrgui.core.config.schedule import (
    Cosine,
    Exponential,
    InverseTime,
    Linear,
    Piecewise,
    Polynomial,
    ScheduleChoice,
    Sgdr,
    Step,
)
from lrgui.export.code_run import CodeRun, number, numbers

_SCHEDULES = "keras.optimizers.schedules"


def keras_class(schedule: ScheduleChoice, run: CodeRun) -> str | None:
    """Write the object that gives the rates behind the warm-up; None where Keras has no class for them."""
    rate = number(run.rate)
    match schedule:
        case Step():
            every = schedule.every.steps(run.steps_per_epoch)
            return _call("ExponentialDecay", rate, decay_steps=every, decay_rate=schedule.factor, staircase=True)
        case Exponential(factor=factor, staircase=staircase):
            every = schedule.every.steps(run.steps_per_epoch)
            return _call("ExponentialDecay", rate, decay_steps=every, decay_rate=factor, staircase=staircase)
        case InverseTime(decay=decay, staircase=staircase):
            every = schedule.every.steps(run.steps_per_epoch)
            return _call("InverseTimeDecay", rate, decay_steps=every, decay_rate=decay, staircase=staircase)
        case Linear() | Polynomial():
            power = schedule.power if isinstance(schedule, Polynomial) else 1.0
            end = schedule.floor * run.rate
            return _call(
                "PolynomialDecay", rate, decay_steps=run.count(schedule.length), end_learning_rate=end, power=power
            )
        case Cosine(floor=floor):
            return _call("CosineDecay", rate, decay_steps=run.count(schedule.length), alpha=floor)
        case Sgdr():
            return _call(
                "CosineDecayRestarts",
                rate,
                first_decay_steps=schedule.first_cycle.steps(run.steps_per_epoch),
                t_mul=schedule.multiplier,
                m_mul=schedule.amplitude,
                alpha=schedule.floor,
            )
        case Piecewise():
            # There, a boundary is the last step of a level; here it is the first of the next one.
            boundaries = [boundary.steps(run.steps_per_epoch) - 1 for boundary in schedule.boundaries]
            levels = [run.rate * share for share in schedule.shares]
            return f"{_SCHEDULES}.PiecewiseConstantDecay({boundaries}, {numbers(levels)})"
    return None


def cosine_with_warmup(schedule: ScheduleChoice, run: CodeRun) -> str | None:
    """Write Keras's cosine with its own linear warm-up; None for all other schedules."""
    if not isinstance(schedule, Cosine) or schedule.warmup_shape != "linear":
        return None
    return _call(
        "CosineDecay",
        number(schedule.warmup_start * run.rate),
        decay_steps=run.count(schedule.length),
        alpha=schedule.floor,
        warmup_target=run.rate,
        warmup_steps=run.warmup,
    )


def _call(name: str, rate: str, **given: float) -> str:
    """Write a call; what is false or the class's own default is left out only if it says nothing."""
    words = [f"{key}={value}" if isinstance(value, bool) else f"{key}={number(value)}" for key, value in given.items()]
    lines = "".join(f"    {word},\n" for word in [rate, *(word for word in words if word != "staircase=False")])
    return f"{_SCHEDULES}.{name}(\n{lines})"
