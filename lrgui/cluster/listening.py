"""What a batch is made of, and who hears of it."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from lrgui.cluster.orders import Epoch, Ground, Outcome
from lrgui.cluster.wire import Array
from lrgui.core.config import RangeTestConfig, TrainingConfig


class Asked(Protocol):
    """A run that is to be carried out."""

    @property
    def config(self) -> TrainingConfig | RangeTestConfig:
        """What is asked."""
        ...

    @property
    def group(self) -> int:
        """What is held, stopped and removed together with it."""
        ...

    @property
    def examined(self) -> bool:
        """Whether the answers of its model are wanted."""
        ...


class Listener(Protocol):
    """Takes what a batch tells, in the thread of ``Batch.run``; ``number`` is the place of the run in the batch."""

    def began(self, number: int, ground: Ground) -> None:
        """Hear that a run has begun; again, where it was lost and begins anew."""

    def rows(self, number: int, first: int, columns: Mapping[str, Array]) -> None:
        """Hear of steps from ``first`` on; some may have been told before."""

    def epochs(self, number: int, first: int, epochs: Sequence[Epoch]) -> None:
        """Hear of epochs in the same way."""

    def ended(self, number: int, outcome: Outcome) -> None:
        """Hear that a run has come to its end, or as far as it was let."""
