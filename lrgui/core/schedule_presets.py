"""Schedules to begin with: some that are good, each with when, and some that break, each with what one sees then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lrgui.core.config.base import Choice
from lrgui.core.config.lengths import Length, epochs
from lrgui.core.config.optimizer import Adam, Sgd
from lrgui.core.config.plateau import NoPlateau, ReduceOnPlateau
from lrgui.core.config.schedule import (
    Constant,
    Cosine,
    Exponential,
    FlatCosine,
    HoldThenDecay,
    InverseSqrt,
    Linear,
    OneCycle,
    ScheduleChoice,
    Sgdr,
    Shrink,
    Step,
    Triangular,
)
from lrgui.core.config.training import TrainingConfig
from lrgui.core.messages import Message, say


@dataclass(frozen=True, slots=True)
class SchedulePreset:
    """A schedule with the run that it is for.

    Parameters
    ----------
    name : str
        One word, unique.
    title : Message
        What a person reads in the list.
    told : Message
        When it is good; of one that breaks, what one sees and why.
    schedule : ScheduleChoice
        What is planned.
    fields : mapping of str to value
        What else it sets of a ``TrainingConfig``; the rest stays as it was.
    plateau : Choice
        The rule on top: off, unless the preset is about it.
    breaks : bool
        Whether it is made to go wrong.
    """

    name: str
    title: Message
    told: Message
    schedule: ScheduleChoice
    fields: Mapping[str, Any] = field(default_factory=dict)
    plateau: Choice = field(default_factory=NoPlateau)
    breaks: bool = False

    def config(self, base: TrainingConfig) -> TrainingConfig:
        """Return the training with this preset's schedule; data, model and what it does not speak of are the base's.

        Raises
        ------
        pydantic.ValidationError
            The schedule does not fit into an epoch of these data.
        """
        kept = {name: getattr(base, name) for name in type(base).model_fields}
        return TrainingConfig(**{**kept, **self.fields, "schedule": self.schedule, "plateau": self.plateau})


def _adam(learning_rate: float, run: int) -> dict[str, Any]:
    return {"optimizer": Adam(), "learning_rate": learning_rate, "epochs": run}


def _momentum(learning_rate: float, run: int) -> dict[str, Any]:
    return {"optimizer": Sgd(momentum=0.9), "learning_rate": learning_rate, "epochs": run}


GOOD: tuple[SchedulePreset, ...] = (
    SchedulePreset(
        "hold_then_decay",
        say("Hold ten epochs, then decay"),
        say(
            "The rate stays for ten epochs and then falls by a tenth in each: times e^-0.1. Good when training is well "
            "on its way at a rate that you trust, and the last few percent are wanted."
        ),
        HoldThenDecay(),
        _adam(1e-3, 15),
    ),
    SchedulePreset(
        "shrink",
        say("Shrink by a hundredth at every step"),
        say(
            "rate -= rate / 100 at each step. Simple, but it counts steps and not epochs: good for runs of a few "
            "hundred steps, and on larger data it is at nothing before the first epoch is over."
        ),
        Shrink(),
        _adam(1e-3, 10),
    ),
    SchedulePreset(
        "cosine",
        say("Cosine to zero"),
        say("A good first choice for any run whose length is known: full rate at first, and a gentle end at zero."),
        Cosine(),
        _adam(4e-3, 10),
    ),
    SchedulePreset(
        "warmup_cosine",
        say("Warm-up, then cosine"),
        say(
            "The rate rises for an epoch and then falls by half a cosine. Good for high rates, large batches and "
            "transformers, whose first steps at full rate would throw the weights far away."
        ),
        Cosine(warmup=epochs(1)),
        _adam(1e-2, 10),
    ),
    SchedulePreset(
        "one_cycle",
        say("One cycle with momentum"),
        say(
            "Up to a rate that would be too high for long, then far down, with the momentum the other way round. Good "
            "for short runs with SGD: learn fast in the middle, settle at the end."
        ),
        OneCycle(),
        _momentum(0.3, 10),
    ),
    SchedulePreset(
        "step",
        say("Drop by ten, twice"),
        say(
            "The classic for images with SGD and momentum: a tenth of the rate, and later a tenth of that. Good when "
            "you want to see in the loss what each drop brings."
        ),
        Step(factor=0.1, every=epochs(4)),
        _momentum(0.1, 12),
    ),
    SchedulePreset(
        "restarts",
        say("Cosine with warm restarts"),
        say(
            "Each cycle ends at the floor with a model that can be used, and the next one looks elsewhere: 1, 2 and 4 "
            "epochs here. Good when you do not know how long to train, or want several models of one run."
        ),
        Sgdr(floor=0.001),
        _adam(4e-3, 7),
    ),
    SchedulePreset(
        "triangular",
        say("Triangles between two rates"),
        say(
            "Up and down between the two ends that a range test has found. Good when no single rate is to be trusted: "
            "every cycle passes through the best one."
        ),
        Triangular(cycle=epochs(2)),
        _momentum(0.1, 8),
    ),
    SchedulePreset(
        "flat_cosine",
        say("Flat, then cosine"),
        say(
            "The full rate for three quarters of the run, then down. Good when the constant rate works well already: "
            "only the end is changed, which is where the noise of the steps costs accuracy."
        ),
        FlatCosine(),
        _adam(4e-3, 12),
    ),
    SchedulePreset(
        "linear",
        say("Straight down"),
        say("As good as a cosine in most runs, and easy to explain: halfway through the run, half of the rate."),
        Linear(),
        _adam(4e-3, 10),
    ),
    SchedulePreset(
        "transformer",
        say("Warm-up, then inverse root"),
        say(
            "The first transformers' schedule: a straight rise, then one over the root of the time. Good for long runs "
            "whose end is not planned, because it never comes to zero."
        ),
        InverseSqrt(warmup=epochs(1), scale=epochs(1)),
        _adam(4e-3, 12),
    ),
    SchedulePreset(
        "plateau",
        say("Wait, and halve on a plateau"),
        say(
            "No plan at all: the rate is halved when the validation loss has not fallen for two epochs. Good when "
            "nobody knows how long the run will need; the drawn line is where it begins."
        ),
        Constant(),
        _adam(4e-3, 20),
        ReduceOnPlateau(),
    ),
)
"""When each is good stands beside it. The first two are the examples that a beginner meets first."""

BREAKING: tuple[SchedulePreset, ...] = (
    SchedulePreset(
        "too_high",
        say("A rate that is far too high"),
        say(
            "The first steps throw the weights so far away that they do not come back: the loss jumps in the first "
            "epoch, and then stays where guessing is."
        ),
        Constant(),
        _adam(1.0, 10),
        breaks=True,
    ),
    SchedulePreset(
        "gone_in_an_epoch",
        say("Nothing left after the first epoch"),
        say(
            "The rate loses a fifth of itself at every step and is gone after some dozens: the loss hardly moves and "
            "lies flat from the first epoch on. It looks like a model that cannot learn, but it is not allowed to."
        ),
        Shrink(share=0.2),
        _adam(1e-3, 10),
        breaks=True,
    ),
    SchedulePreset(
        "decay_twice",
        say("Two decays on top of each other"),
        say(
            "A falling schedule, and a plateau rule that lowers it again whenever the loss is slow, as it is because "
            "of the first: the solid line drops below the dashed one, and the run freezes early."
        ),
        Exponential(factor=0.7),
        _adam(1e-3, 15),
        ReduceOnPlateau(factor=0.2, patience=1, min_delta=0.02),
        breaks=True,
    ),
    SchedulePreset(
        "endless_warmup",
        say("A warm-up as long as the run"),
        say(
            "Nine of ten epochs go by on the way up, and the whole decay has to fit into the last one: for most of the "
            "run the rate is far below what it could be, so that the loss falls late and is not done at the end."
        ),
        Cosine(warmup=epochs(9), warmup_start=0.0),
        _adam(1e-3, 10),
        breaks=True,
    ),
    SchedulePreset(
        "restart_at_the_end",
        say("A restart just before the end"),
        say(
            "The cycles of 1, 2 and 4 epochs are over after seven, and the eighth begins again at the full rate: the "
            "validation loss jumps up in the last epoch, and the run ends with a worse model than it had before."
        ),
        Sgdr(floor=0.001),
        _momentum(0.5, 8),
        breaks=True,
    ),
    SchedulePreset(
        "steps_for_epochs",
        say("Steps taken for epochs"),
        say(
            "Meant was a drop every 3 epochs, but it says 3 steps: on the digits the rate is halved fourteen times in "
            "the first epoch, and the loss lies flat from then on."
        ),
        Step(every=Length(3)),
        _adam(4e-3, 10),
        breaks=True,
    ),
)
"""What one sees stands beside it."""

PRESETS: tuple[SchedulePreset, ...] = GOOD + BREAKING
"""All of them, in the order in which they are offered."""


def preset_of(config: TrainingConfig) -> SchedulePreset | None:
    """Return the preset that a training is, whatever its data and model."""
    return next((preset for preset in PRESETS if _is(preset, config)), None)


def _is(preset: SchedulePreset, config: TrainingConfig) -> bool:
    wanted = {**preset.fields, "schedule": preset.schedule, "plateau": preset.plateau}
    return all(getattr(config, name) == value for name, value in wanted.items())
