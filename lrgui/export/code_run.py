"""What code for a schedule has to know of the run, and how numbers are written in it."""

from dataclasses import dataclass
from typing import Any

from lrgui.core.config.lengths import Length
from lrgui.core.config.training import TrainingConfig
from lrgui.core.messages import Refused, say
from lrgui.core.schedules import rates
from lrgui.export.optimizer_code import optimizer_code


def number(value: float) -> str:
    """Write a number so that reading it gives the same one to twelve digits."""
    rounded = float(f"{value:.12g}")
    return (
        repr(int(rounded)) if rounded.is_integer() and abs(rounded) < 1e9 and isinstance(value, int) else repr(rounded)
    )


def numbers(values: Any) -> str:
    """Write a list of numbers."""
    return "[" + ", ".join(number(value) for value in values) + "]"


@dataclass(frozen=True)
class CodeRun:
    """The training that a schedule is written for; ``steps`` are those of the whole run."""

    config: TrainingConfig

    @property
    def rate(self) -> float:
        """The highest planned rate."""
        return self.config.learning_rate

    @property
    def steps_per_epoch(self) -> int:
        """Steps of an epoch.

        Raises
        ------
        Refused
            Nobody knows, because the data were not read yet.
        """
        if (steps := self.config.steps_per_epoch) is None:
            raise Refused(
                say("How many steps an epoch has is not known before the data are loaded: preview them first.")
            )
        return steps

    @property
    def steps(self) -> int:
        """Steps of the whole run."""
        return self.steps_per_epoch * self.config.epochs

    @property
    def warmup(self) -> int:
        """Steps of the warm-up."""
        return self.config.schedule.warmup.steps(self.steps_per_epoch)

    @property
    def rest(self) -> int:
        """Steps behind the warm-up."""
        return self.steps - self.warmup

    @property
    def first(self) -> float:
        """The rate to which the warm-up rises."""
        return float(rates(self.config.schedule, self.rate, self.steps, self.steps_per_epoch)[self.warmup])

    def count(self, length: Length | None) -> int:
        """Return how many steps a length is; None is the whole run behind the warm-up."""
        return self.rest if length is None else length.steps(self.steps_per_epoch)

    def optimizer(self) -> str:
        """Write the optimizer that takes ``learning_rate``, with the fields that are not Keras's own defaults."""
        return optimizer_code(self.config.optimizer)
