"""Comparisons to begin with: each asks one question about the learning rate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lrgui.core.config import Arm, ComparisonConfig, ComparisonGround, Experiment
from lrgui.core.config.lengths import epochs
from lrgui.core.config.optimizer import Adagrad, Adam, Nadam, RmsProp, Sgd
from lrgui.core.config.schedule import Constant, Cosine, HoldThenDecay, OneCycle, Sgdr
from lrgui.core.messages import Message, format_learning_rate, say

NEIGHBOURS = (0.25, 0.5, 1.0, 2.0, 4.0)
"""The five rates around one, as multiples: nearer than half decades, they find a better one more often."""


@dataclass(frozen=True, slots=True)
class ComparisonPreset:
    """A question, and the arms that answer it.

    Parameters
    ----------
    name : str
        One word, unique.
    title : Message
        What a person reads in the list.
    told : Message
        What is asked, and what to look at.
    arms : tuple of Arm
        What is compared; where ``own_optimizer`` is true, each with its own optimizer, else with that of the
        experiment.
    fields : mapping of str to value
        What else it sets; data and model stay as they are.
    own_optimizer : bool
        Whether the arms bring their optimizers.
    own_rates : bool
        Whether each arm is to have the rate that a sweep with its optimizer recommends: those given are what is taken
        where there was no sweep.
    """

    name: str
    title: Message
    told: Message
    arms: tuple[Arm, ...]
    fields: Mapping[str, Any] = field(default_factory=dict)
    own_optimizer: bool = True
    own_rates: bool = False

    def config(self, base: Experiment) -> ComparisonConfig:
        """Return the comparison on the base's data and model.

        Raises
        ------
        pydantic.ValidationError
            An arm does not go with them: a warm-up longer than a run on very little data.
        """
        arms = self.arms
        if not self.own_optimizer:
            arms = tuple(arm.model_copy(update={"optimizer": base.optimizer}) for arm in arms)
        return comparison_on(base, arms, **self.fields)


def comparison_on(base: Experiment, arms: tuple[Arm, ...], **fields: Any) -> ComparisonConfig:
    """Return a comparison of arms on the base's data and model; of a comparison, also on what else its arms share.

    Raises
    ------
    pydantic.ValidationError
        An arm does not go with them.
    """
    names = ComparisonGround.model_fields if isinstance(base, ComparisonGround) else Experiment.model_fields
    kept = {name: getattr(base, name) for name in names}
    return ComparisonConfig(**{**kept, **fields, "arms": arms})


def around(base: Experiment, learning_rate: float, run: int = 3, seeds: int = 4) -> ComparisonConfig:
    """Return five constant rates around one, each twice the one before: what was predicted, measured.

    Parameters
    ----------
    base : Experiment
        Data, model and optimizer; that of the sweep.
    learning_rate : float
        The one that was predicted.
    run, seeds : int
        How many epochs and seeds each has.
    """
    rates = [min(learning_rate * factor, 1e3) for factor in NEIGHBOURS]
    arms = tuple(
        Arm(name=format_learning_rate(rate), learning_rate=rate, optimizer=base.optimizer)
        for rate in dict.fromkeys(rates)
    )
    return comparison_on(base, arms, epochs=run, seeds=seeds)


def with_own_rates(config: ComparisonConfig, recommended: Callable[[int], float | None]) -> ComparisonConfig:
    """Return a comparison with the rates that sweeps recommend; an arm without a recommendation keeps its own.

    Parameters
    ----------
    config : ComparisonConfig
        Of a preset with ``own_rates``.
    recommended : callable
        From an arm's number to what a sweep with its optimizer recommends.
    """
    arms = tuple(
        arm.model_copy(update={"learning_rate": recommended(number) or arm.learning_rate})
        for number, arm in enumerate(config.arms)
    )
    return comparison_on(config, arms)


_MOMENTUM = Sgd(momentum=0.9)

PRESETS: tuple[ComparisonPreset, ...] = (
    ComparisonPreset(
        "fixed_or_decay",
        say("Fixed against the article's decay"),
        say(
            "Adam at 1e-3 for fifteen epochs, and the same with a rate that falls by a tenth in each epoch after the "
            "tenth: the first ten epochs are the same, to the last digit. Look at what the last five bring."
        ),
        (
            Arm(name="fixed", learning_rate=1e-3, optimizer=Adam()),
            Arm(name="hold, then decay", learning_rate=1e-3, optimizer=Adam(), schedule=HoldThenDecay()),
        ),
        {"epochs": 15},
    ),
    ComparisonPreset(
        "static_or_dynamic",
        say("Constant against cosine, restarts and one cycle"),
        say(
            "SGD with momentum, the same highest rate for all but the one cycle, which can take a higher one: does a "
            "rate that changes end higher than one that stays?"
        ),
        (
            Arm(name="constant", learning_rate=0.05, optimizer=_MOMENTUM),
            Arm(name="cosine", learning_rate=0.05, optimizer=_MOMENTUM, schedule=Cosine()),
            Arm(name="restarts (SGDR)", learning_rate=0.05, optimizer=_MOMENTUM, schedule=Sgdr(floor=0.001)),
            Arm(name="one cycle", learning_rate=0.15, optimizer=_MOMENTUM, schedule=OneCycle()),
        ),
        {"epochs": 7, "seeds": 6},
    ),
    ComparisonPreset(
        "warmup_or_none",
        say("Warm-up against none at a high rate"),
        say(
            "A rate that is nearly too high, with and without a warm-up of one epoch: look at the loss of the first "
            "steps, and at how many seeds come through."
        ),
        (
            Arm(name="no warm-up", learning_rate=0.03, optimizer=Adam()),
            Arm(name="warm-up", learning_rate=0.03, optimizer=Adam(), schedule=Constant(warmup=epochs(1))),
        ),
        {"epochs": 6},
    ),
    ComparisonPreset(
        "optimizers",
        say("Optimizers at their own rates"),
        say(
            "Each optimizer at the rate that a sweep with it recommends, and at a usual one until it is swept: at one "
            "rate for all, the winner would be the one that the rate happens to suit."
        ),
        (
            Arm(name="SGD", learning_rate=0.1, optimizer=Sgd()),
            Arm(name="SGD, momentum", learning_rate=0.05, optimizer=_MOMENTUM),
            Arm(name="Adam", learning_rate=4e-3, optimizer=Adam()),
            Arm(name="Nadam", learning_rate=4e-3, optimizer=Nadam()),
            Arm(name="RMSprop", learning_rate=2e-3, optimizer=RmsProp()),
            Arm(name="Adagrad", learning_rate=0.05, optimizer=Adagrad()),
        ),
        {"epochs": 5},
        own_rates=True,
    ),
)
"""In the order in which they are offered. Five rates around a marker are made by ``around``."""
