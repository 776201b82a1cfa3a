"""Ready comparisons and ready failures of the gradient-descent lab, each with the sentence that explains it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from lrgui.core.descent.lab import DescentConfig
from lrgui.core.messages import Message, say


@dataclass(frozen=True)
class Preset:
    """What to look at, and what it shows.

    ``kind`` tells a comparison of walkers from one thing gone wrong (or, once, right). The fields are those of
    ``DescentConfig``, walkers as they are typed.
    """

    name: str
    kind: Literal["comparison", "failure"]
    title: Message
    explanation: Message
    function: str
    start: tuple[float, ...]
    steps: int
    walkers: tuple[str, ...]
    seed: int = 0

    @cached_property
    def config(self) -> DescentConfig:
        """What the lab is asked."""
        # Walkers are given as they are typed; the config reads them.
        return DescentConfig.model_validate(
            {name: getattr(self, name) for name in ("function", "start", "steps", "walkers", "seed")}
        )


_ALL = (
    Preset(
        "fixed_against_shrinking",
        "comparison",
        say("Fixed against shrinking rate"),
        say(
            "Both start just below the limit 2/L and jump from side to side. The fixed rate goes on jumping; with "
            "one that shrinks by 1 % a step the jumps shrink faster and faster: it is there after thirty."
        ),
        "parabola", (5.0,), 120,
        ("sgd,learning_rate=0.99", "sgd,learning_rate=0.99,schedule=shrink"),
    ),
    Preset(
        "momentum_in_a_ravine",
        "comparison",
        say("Momentum in a ravine"),
        say(
            "The steep walls limit the rate, and along the flat floor plain descent creeps. Momentum adds up along "
            "the floor and cancels out across it: it arrives first."
        ),
        "bowl,condition=100", (5.0, 2.0), 300,
        ("sgd,learning_rate=0.018", "momentum,learning_rate=0.018", "nesterov,learning_rate=0.01"),
    ),
    Preset(
        "adam_at_a_saddle",
        "comparison",
        say("Adam at a saddle"),
        say(
            "Beside the ridge the slope that leads away is tiny. Descent takes it as it is and lingers; Adam divides "
            "each axis by the size of its own slope and is off at once."
        ),
        "x**2 - y**2 + y**4/8", (2.5, 1e-12), 200,
        ("sgd,learning_rate=0.1", "adam,learning_rate=0.1"),
    ),
    Preset(
        "out_of_a_local_minimum",
        "comparison",
        say("Out of a local minimum"),
        say(
            "A small fixed rate is caught in the first valley. A rate that starts large, noise, and warm restarts get "
            "out of it, and settle in the wider and deeper one while their rate falls."
        ),
        "two_valleys", (3.2, 2.4), 220,
        (
            "sgd,learning_rate=0.1",
            "sgd,learning_rate=1.5,schedule=cosine",
            "sgd,learning_rate=0.4,schedule=cosine,noise=2",
            "sgd,learning_rate=1.3,schedule=sgdr:first_cycle=20:multiplier=2",
        ),
    ),
    Preset(
        "bias_correction",
        "comparison",
        say("Adam without bias correction"),
        say(
            "Adam's memories begin at zero. Left uncorrected, the size of the slopes is underrated more than the "
            "slopes are: the first step is three times as long as the rate says."
        ),
        "parabola", (5.0,), 100,
        ("adam,learning_rate=0.5", "adam,learning_rate=0.5,bias_correction=false"),
    ),
    Preset(
        "noise",
        "comparison",
        say("Noise: where decay wins"),
        say(
            "With noise in the gradient, as batches bring it, a fixed rate never comes to rest: it dances around the "
            "minimum. A rate that decays averages the noise out."
        ),
        "parabola", (5.0,), 300,
        ("sgd,learning_rate=0.3,noise=4", "sgd,learning_rate=0.3,noise=4,schedule=inverse_time"),
    ),
    Preset(
        "too_small",
        "failure",
        say("Far too small"),
        say("A hundred steps, and not a tenth of the way: nothing is wrong but the rate."),
        "parabola", (5.0,), 100, ("sgd,learning_rate=0.0003",),
    ),
    Preset(
        "just_right",
        "failure",
        say("Just right"),
        say("Each step leaves three fifths of the distance, on the same side: it is there after some twenty steps."),
        "parabola", (5.0,), 40, ("sgd,learning_rate=0.2",),
    ),
    Preset(
        "above_the_limit",
        "failure",
        say("Above 2/L"),
        say("Each step overshoots by more than it set out from: the loss grows without end."),
        "parabola", (5.0,), 60, ("sgd,learning_rate=1.1",),
    ),
    Preset(
        "decays_too_soon",
        "failure",
        say("Decays before it arrives"),
        say("The rate halves at every step: all steps that it will ever take together do not reach the minimum."),
        "parabola", (5.0,), 60, ("sgd,learning_rate=0.1,schedule=exponential:factor=0.5",),
    ),
    Preset(
        "ravine",
        "failure",
        say("Ravine"),
        say("Just below the limit: it jumps from wall to wall, and along the floor it still creeps."),
        "bowl,condition=100", (5.0, 2.0), 60, ("sgd,learning_rate=0.0195",),
    ),
    Preset(
        "saddle",
        "failure",
        say("Saddle"),
        say("Exactly on the ridge the slope to either side is zero: it comes to rest where nothing is lowest."),
        "saddle", (2.5, 0.0), 200, ("sgd,learning_rate=0.1",),
    ),
    Preset(
        "plateau",
        "failure",
        say("Plateau"),
        say("Far from the minimum this function is level: there is next to no slope to follow, at whatever rate."),
        "plateau", (5.5,), 200, ("sgd,learning_rate=0.5",),
    ),
)  # fmt: skip

PRESETS: Mapping[str, Preset] = {preset.name: preset for preset in _ALL}
"""By name, in the order in which they are offered."""
