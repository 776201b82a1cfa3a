"""Rates that only ever fall. ``r`` is the learning rate, ``k`` the step after the warm-up, from 0."""

from typing import Any, Literal

from lrgui.core.config.base import described
from lrgui.core.config.lengths import Length, epochs
from lrgui.core.config.schedule.base import OptionalLength, ScheduleChoice, floor_share, whole_length
from lrgui.core.messages import say


def _factor(default: float) -> Any:
    return described(default, "Factor", "What the rate is multiplied by.", gt=0, le=1)


def _every(default: float, what: str) -> Any:
    return described(epochs(default), "Every", what, gt=0)


class Step(ScheduleChoice):
    """Drops: ``r factor ** floor(k / every)`` (He and others, arXiv 1512.03385, section 3.4, drop it by ten)."""

    title = say("Step")
    summary = say("Drops by the same factor every few epochs.")

    name: Literal["step"] = "step"
    factor: float = _factor(0.5)
    every: Length = _every(3, "How long the rate stays between two drops.")


class Exponential(ScheduleChoice):
    """Exponential decay: ``r factor ** (k / every)``; as a staircase, of whole ``every`` only.

    Source: ``keras.optimizers.schedules.ExponentialDecay``.
    """

    title = say("Exponential")
    summary = say("Falls by the same factor in every epoch or step, smoothly or in stairs.")

    name: Literal["exponential"] = "exponential"
    factor: float = _factor(0.8)
    every: Length = _every(1, "How long it takes to fall by the factor: 1 is every step, 1 epoch every epoch.")
    staircase: bool = described(False, "Staircase", "Fall at the end of each such length, not within it.")


class Shrink(ScheduleChoice):
    """The rate loses a share of itself at every step: ``rate -= rate * share``, from ``r``.

    It is computed as ``rate -= rate / (1 / share)``: for a hundredth, just as a program says ``rate -= rate / 100``.
    In closed form, ``r (1 - share) ** k``.
    """

    title = say("Shrink")
    summary = say("Loses a hundredth of itself at every step: gone after a few hundred steps.")

    name: Literal["shrink"] = "shrink"
    share: float = described(
        0.01, "Share", "What the rate loses at each step, as a share of itself.", gt=0, lt=1, scale="log"
    )


class HoldThenDecay(ScheduleChoice):
    """Held, then multiplied by ``exp(-decay)`` at the beginning of each further epoch.

    ``r`` for ``k < hold``, then ``r exp(-decay (floor((k - hold) / every) + 1))``. With ten epochs and a decay of 0.1
    it is the example in Keras's documentation of ``keras.callbacks.LearningRateScheduler``.
    """

    title = say("Hold, then decay")
    summary = say("The full rate for ten epochs, then a tenth less in each: times e^-0.1.")

    name: Literal["hold_then_decay"] = "hold_then_decay"
    hold: Length = described(epochs(10), "Hold", "How long the rate is held.", ge=0)
    decay: float = described(0.1, "Decay", "The rate is multiplied by e to the minus this.", ge=0, le=100)
    every: Length = described(epochs(1), "Every", "How long between two decays.", gt=0, advanced=True)


class InverseTime(ScheduleChoice):
    """Inverse time: ``r / (1 + decay k / every)``; as a staircase, of whole ``every`` only.

    Source: ``keras.optimizers.schedules.InverseTimeDecay``; Robbins and Monro, 1951, for the idea.
    """

    title = say("Inverse time")
    summary = say("One over the time: falls fast at first, then ever slower.")

    name: Literal["inverse_time"] = "inverse_time"
    decay: float = described(0.5, "Decay", "How much is added to the divisor, which begins at 1.", ge=0, le=1e6)
    every: Length = _every(1, "How long it takes until that is added.")
    staircase: bool = described(False, "Staircase", "Fall at the end of each such length, not within it.")


class InverseSqrt(ScheduleChoice):
    """Inverse square root: ``r sqrt(scale / (scale + k))``.

    Behind a linear warm-up as long as its scale it is that of the transformer (Vaswani and others, arXiv 1706.03762,
    section 5.3).
    """

    title = say("Inverse square root")
    summary = say("One over the root of the time: the decay of the first transformers, behind a warm-up.")

    name: Literal["inverse_sqrt"] = "inverse_sqrt"
    scale: Length = described(epochs(1), "Scale", "After three times as long, the rate is halved.", gt=0)


class Linear(ScheduleChoice):
    """A straight line: ``r (floor + (1 - floor) (1 - min(k / length, 1)))``.

    Source: ``keras.optimizers.schedules.PolynomialDecay`` with power 1.
    """

    title = say("Linear")
    summary = say("A straight line down to a floor.")

    name: Literal["linear"] = "linear"
    length: OptionalLength = whole_length()
    floor: float = floor_share()


class Polynomial(ScheduleChoice):
    """A power of a straight line: ``r (floor + (1 - floor) (1 - min(k / length, 1)) ** power)``.

    Source: ``keras.optimizers.schedules.PolynomialDecay``.
    """

    title = say("Polynomial")
    summary = say("A power of a straight line: 2 falls early, 0.5 late.")

    name: Literal["polynomial"] = "polynomial"
    power: float = described(2.0, "Power", "1 is a straight line; more falls earlier.", gt=0, le=100)
    length: OptionalLength = whole_length()
    floor: float = floor_share()


class Cosine(ScheduleChoice):
    """Half a cosine: ``r (floor + (1 - floor) (1 + cos(pi min(k / length, 1))) / 2)``.

    Source: Loshchilov and Hutter, arXiv 1608.03983, without restarts; ``keras.optimizers.schedules.CosineDecay``.
    """

    title = say("Cosine")
    summary = say("Half a cosine: slow at both ends. A good first choice.")

    name: Literal["cosine"] = "cosine"
    length: OptionalLength = whole_length()
    floor: float = floor_share()


class FlatCosine(ScheduleChoice):
    """The full rate for a share ``flat`` of the run, then half a cosine from there to the end.

    Source: fastai's ``fit_flat_cos``.
    """

    title = say("Flat, then cosine")
    summary = say("The full rate for most of the run, then half a cosine to the floor.")

    name: Literal["flat_cosine"] = "flat_cosine"
    flat: float = described(0.75, "Flat", "For which share of its length the rate is held.", ge=0, lt=1)
    length: OptionalLength = whole_length()
    floor: float = floor_share()
