"""Rates that fall and rise again. ``r`` is the learning rate, ``k`` the step after the warm-up, from 0."""

from typing import Literal

from pydantic import ValidationInfo, field_validator

from lrgui.core.config.base import described, refused
from lrgui.core.config.lengths import Length, epochs
from lrgui.core.config.schedule.base import OptionalLength, ScheduleChoice, floor_share, whole_length
from lrgui.core.messages import say


class Sgdr(ScheduleChoice):
    """Cosine with warm restarts: half a cosine to the floor, then from the top again.

    In cycle ``i``, from 0, which lasts ``first_cycle multiplier ** i`` steps, at its share ``t``:
    ``r (floor + (1 - floor) amplitude ** i (1 + cos(pi t)) / 2)``.

    Source: Loshchilov and Hutter, arXiv 1608.03983, equation 5;
    ``keras.optimizers.schedules.CosineDecayRestarts``.
    """

    title = say("Cosine with restarts")
    summary = say("Half a cosine, then from the top again, each time for longer (SGDR).")

    name: Literal["sgdr"] = "sgdr"
    first_cycle: Length = described(epochs(1), "First cycle", "How long until the first restart.", gt=0)
    multiplier: float = described(
        2.0, "Multiplier", "How many times longer each cycle is than the one before.", ge=1, le=100
    )
    amplitude: float = described(
        1.0, "Amplitude", "What the top is multiplied by at each restart.", gt=0, le=1, advanced=True
    )
    floor: float = floor_share()


class TriangularChoice(ScheduleChoice):
    """Straight up and down: in each cycle, ``x`` goes from 0 to 1 and back.

    Source: Smith, arXiv 1506.01186, section 3.1; a cycle is two of his step sizes, each of 2 to 8 epochs.
    """

    cycle: Length = described(epochs(2), "Cycle", "How long it takes up and down again.", gt=0)
    base: float = described(
        0.1, "Base", "The lower rate, as a share of the learning rate, which is the upper.", ge=0, le=1
    )


class Triangular(TriangularChoice):
    """Straight up and down between ``base`` and 1: ``r (base + (1 - base) x)``; "triangular" in Smith's paper."""

    title = say("Triangular")
    summary = say("Straight up and down again between two rates (Smith's cyclical rates).")

    name: Literal["triangular"] = "triangular"


class Triangular2(TriangularChoice):
    """Each cycle half as high above ``base``: ``r (base + (1 - base) x / 2 ** i)`` in cycle ``i``, from 0."""

    title = say("Triangular, halved")
    summary = say("Triangular, but each cycle is half as high as the one before.")

    name: Literal["triangular2"] = "triangular2"


class ExpRange(TriangularChoice):
    """The height shrinks at every step: ``r (base + (1 - base) x gamma ** k)``; "exp_range" in Smith's paper."""

    title = say("Triangular, falling")
    summary = say("Triangular, but the top falls by a factor at every step.")

    name: Literal["exp_range"] = "exp_range"
    gamma: float = described(0.999, "Gamma", "What the height is multiplied by at every step.", gt=0, le=1)


class OneCycle(ScheduleChoice):
    """One rise and one fall, with the momentum the other way round.

    From ``start`` up to ``r`` in the share ``rise`` of its length, then down to ``end``: at once in two phases; in
    three, first down to ``start`` as fast as it rose, then on to ``end``. Each phase is half a cosine or a straight
    line; the last step of the length is at the end. The momentum falls from ``high_momentum`` to ``low_momentum``
    while the rate rises, and comes back as it falls.

    Source: Smith and Topin, arXiv 1708.07120; Smith, arXiv 1803.09820, for the momentum.
    """

    title = say("One cycle")
    summary = say("Up to a high rate, then far down, in one go: super-convergence.")

    name: Literal["one_cycle"] = "one_cycle"
    rise: float = described(0.3, "Rise", "For which share of its length the rate rises.", gt=0, lt=1)
    start: float = described(
        0.04, "Start", "Where it begins, as a share of the learning rate, which is its top.", ge=0, le=1
    )
    end: float = described(4e-6, "End", "Where it ends, as a share of the learning rate.", ge=0, le=1, scale="log")
    phases: Literal["two", "three"] = described(
        "two", "Phases", "Up and down; or up, down as fast, and then on to the end.", advanced=True
    )
    shape: Literal["cosine", "linear"] = described(
        "cosine", "Shape", "Whether each phase is half a cosine or a straight line.", advanced=True
    )
    length: OptionalLength = whole_length()
    momentum: Literal["auto", "cycled", "fixed"] = described(
        "auto",
        "Momentum",
        "Whether it goes down as the rate goes up: auto does so for SGD with momentum. Only SGD can.",
        advanced=True,
    )
    low_momentum: float = described(
        0.85, "Low momentum", "The momentum where the rate is highest.", ge=0, lt=1, advanced=True
    )
    high_momentum: float = described(
        0.95, "High momentum", "The momentum where the rate is lowest.", ge=0, lt=1, advanced=True
    )

    @field_validator("phases")
    @classmethod
    def _three_phases_have_room(cls, phases: str, info: ValidationInfo) -> str:
        rise = info.data.get("rise")
        if phases == "three" and rise is not None and rise >= 0.5:
            raise refused(say("Three phases need a rise below 0.5: the fall takes as long, and then there is a third."))
        return phases

    @field_validator("high_momentum")
    @classmethod
    def _high_is_not_below_low(cls, high: float, info: ValidationInfo) -> float:
        low = info.data.get("low_momentum")
        if low is not None and high < low:
            raise refused(say("High momentum is {high}, and must not be below the low one, {low}.", high=high, low=low))
        return high
