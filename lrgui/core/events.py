"""What a run emits: small frozen classes of plain data, and their union.

A job calls ``emit(event)`` on its own thread; every event of a run reaches its listeners in the order of emission,
and the last one is one of ``Ended``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lrgui.core.messages import Message

Floats = NDArray[np.float64]
Columns = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Progressed:
    """Work before the first step: importing, a download, building the model.

    ``fraction`` is done, from 0 to 1, or None when it cannot be known.
    """

    message: Message
    fraction: float | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """What the run is about to do.

    ``learning_rates`` has the shape (steps,): the planned rate of every step of the whole run.
    """

    learning_rates: Floats
    steps_per_epoch: int
    epochs: int
    parameters: int


@dataclass(frozen=True, slots=True)
class StepsEnded:
    """Some steps are done: equal-length arrays by name, at least ``step``, ``learning_rate`` and ``loss``.

    ``step`` counts from 0 over the whole run, ``learning_rate`` is the one that the optimizer used, and ``loss`` is
    the true loss of that step's batch.
    """

    columns: Columns


@dataclass(frozen=True, slots=True)
class EpochEnded:
    """An epoch is done.

    ``values`` holds ``loss, accuracy, val_loss, val_accuracy, learning_rate, learning_rate_low,
    learning_rate_high``; ``learning_rate`` is the one at the epoch's last step, low and high its range. ``step`` is
    the number of steps done so far.
    """

    epoch: int
    step: int
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class FactorMoved:
    """From this step on the planned rate is multiplied by ``factor``."""

    step: int
    factor: float


@dataclass(frozen=True, slots=True)
class Ended:
    """A run is over. ``evaluation`` holds the final ``loss`` and ``accuracy`` on the validation data, if measured."""

    message: Message
    evaluation: Mapping[str, float] = field(default_factory=dict)


class Finished(Ended):
    """The run did all its steps."""

    __slots__ = ()


class Stopped(Ended):
    """The run was asked to end, and keeps what it has."""

    __slots__ = ()


class Diverged(Ended):
    """The loss ran away or is no longer a number."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Failed(Ended):
    """Something broke. ``message`` is one plain sentence, ``details`` the traceback for those who want it."""

    details: str = ""


Event = Progressed | Planned | StepsEnded | EpochEnded | FactorMoved | Ended
Emit = Callable[[Event], None]
