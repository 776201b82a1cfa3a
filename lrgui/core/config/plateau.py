"""A rule on top of any schedule: lower the rate when the model no longer gets better."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from lrgui.core.config.base import Choice, described, parse_choice
from lrgui.core.messages import say

Monitored = Literal["val_loss", "val_accuracy", "loss", "accuracy"]


class PlateauChoice(Choice):
    """Whether the rate waits for the model, and how."""


class NoPlateau(PlateauChoice):
    """The schedule alone."""

    title = say("Off")
    summary = say("The schedule alone.")

    name: Literal["none"] = "none"


class ReduceOnPlateau(PlateauChoice):
    """The whole schedule is multiplied by ``factor`` whenever ``patience`` epochs brought nothing new.

    Better is lower for a loss and higher for an accuracy, by more than ``min_delta``. The product of all factors
    never falls below ``floor``. Source: ``keras.callbacks.ReduceLROnPlateau``.
    """

    title = say("On plateau")
    summary = say("Lowers the rate whenever some epochs brought nothing new.")

    name: Literal["reduce_on_plateau"] = "reduce_on_plateau"
    monitor: Monitored = described("val_loss", "Monitor", "What has to get better.")
    factor: float = described(0.5, "Factor", "What the rate is multiplied by each time.", gt=0, lt=1)
    patience: int = described(
        2, "Patience", "For how many epochs nothing may get better.", ge=1, le=10_000, unit="epochs"
    )
    min_delta: float = described(
        1e-4, "Least change", "By how much it has to get better to count.", ge=0, le=1e3, advanced=True
    )
    cooldown: int = described(
        0, "Cooldown", "How many epochs are not counted after each time.", ge=0, le=10_000, unit="epochs",
        advanced=True,
    )  # fmt: skip
    floor: float = described(
        0.0, "Floor", "The share of the rate below which it is never brought.", ge=0, le=1, advanced=True
    )


PLATEAUS: tuple[type[PlateauChoice], ...] = (NoPlateau, ReduceOnPlateau)

Plateau = Annotated[
    Annotated[NoPlateau | ReduceOnPlateau, Field(discriminator="name")],
    BeforeValidator(parse_choice),
]
