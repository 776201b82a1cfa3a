"""What a run emits: small frozen classes of plain data, and their union.

A job calls ``emit(event)`` on its own thread; every event of a run reaches its listeners in the order of emission,
and the last one is one of ``Ended``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from lrgui.core.data_summary import DataSummary
from lrgui.core.messages import Message, say
from lrgui.core.summaries import ModelSummary

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

    ``learning_rates`` has the shape (steps,): the planned rate of every step of the whole run, its ``repeats`` one
    after the other. A sweep may end before its last step; the next one then begins at once. ``model_content`` is the
    hash of the file that the model came from, if it came from one, and ``data_content`` that of a person's own data.
    """

    learning_rates: Floats
    steps_per_epoch: int
    epochs: int
    parameters: int
    repeats: int = 1
    model_content: str = ""
    data_content: str = ""


@dataclass(frozen=True, slots=True)
class StepsEnded:
    """Some steps are done: equal-length arrays by name, at least ``step``, ``learning_rate``, ``loss``, ``accuracy``.

    ``step`` counts from 0 over the whole run, ``learning_rate`` is the one that the optimizer used, and ``loss`` and
    ``accuracy`` are the true ones of that step's batch, before its update. Where the momentum is cycled there is
    ``momentum`` as well, the one of that step's update; range tests have ``repeat``: which of their sweeps it is, from
    0.

    Comparisons have ``arm``, the number of the arm, and ``seed``; all rows of one event are of one arm and seed, and
    ``step`` counts from 0 in each. Where any arm cycles its momentum, the others have NaN there.
    """

    columns: Columns


@dataclass(frozen=True, slots=True)
class EpochEnded:
    """An epoch is done.

    ``values`` holds ``loss, accuracy, val_loss, val_accuracy, learning_rate, learning_rate_low,
    learning_rate_high``; ``learning_rate`` is the one at the epoch's last step, low and high its range; with a
    plateau rule there is ``plateau_factor`` as well, the rule's factor in that epoch. ``step`` is the number of steps
    done so far. Comparisons have ``arm``, ``seed``, and the ``seconds`` that this arm has taken with this seed so far;
    ``epoch`` and ``step`` count in each of them.
    """

    epoch: int
    step: int
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class FactorMoved:
    """From this step on the planned rate is multiplied by ``factor``.

    A hand on the slider and a rule of the run (``by``) have a factor each; the rate is multiplied by both. A repeat
    replays the hand's moves, and the rule acts again.
    """

    step: int
    factor: float
    by: Literal["hand", "rule"] = "hand"


HowArmEnded = Literal["finished", "stopped", "removed", "diverged"]


@dataclass(frozen=True, slots=True)
class ArmEnded:
    """An arm of a comparison takes no further step with this seed."""

    arm: int
    seed: int
    how: HowArmEnded
    message: Message


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """What a model says of a whole plane.

    Attributes
    ----------
    classes : array of int, shape (rows, columns)
        The class at each point of an even grid; the first row has the lowest y, the first column the lowest x.
    extent : tuple of float
        Lowest and highest x, lowest and highest y: the middles of the outermost points.
    points : array, shape (n, 2)
        The training examples, x and y.
    labels : array of int, shape (n,)
        Their classes.
    """

    classes: NDArray[np.int64]
    extent: tuple[float, float, float, float]
    points: NDArray[np.float64]
    labels: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Examined:
    """What a run's model answers to the validation examples at its end.

    Attributes
    ----------
    class_names : tuple of str
        What the classes stand for.
    labels, predictions : array of int, shape (n,)
        True and predicted classes of the examples that were evaluated.
    outputs : array, shape (n,)
        The model's output for the class that it predicts; a probability where it ends in a softmax.
    shown : array of int, shape (k,)
        Which of the examples are here to be seen: wrong ones first, and of these the surest first.
    inputs : array, shape (k, height, width, channels) or (k, features)
        What was shown to the model: uint8 images with the whole range of brightness, or rows of float64.
    feature_names : tuple of str
        Of the columns of a table; empty for images.
    surface : Surface or None
        For points in a plane.
    """

    class_names: tuple[str, ...]
    labels: NDArray[np.int64]
    predictions: NDArray[np.int64]
    outputs: Floats
    shown: NDArray[np.int64]
    inputs: NDArray[Any]
    feature_names: tuple[str, ...] = ()
    surface: Surface | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """What data and model of a config look like before a run.

    ``data`` is None where they are not on this computer yet; ``note`` then says so.
    """

    model: ModelSummary
    data: DataSummary | None = None
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """How far a batch of independent runs has come that is carried out by several workers.

    ``failed`` are those that broke. ``seconds_left`` is None until a first run has ended. ``dashboard`` is the address
    of Dask's own page on the workers, empty where there is none.
    """

    workers: int
    running: int
    waiting: int
    done: int
    failed: int = 0
    seconds_left: float | None = None
    dashboard: str = ""

    @property
    def message(self) -> Message:
        """All of it in one line."""
        counts = say(
            "workers {workers:,}, running {running:,}, waiting {waiting:,}, done {done:,}, failed {failed:,}",
            workers=self.workers,
            running=self.running,
            waiting=self.waiting,
            done=self.done,
            failed=self.failed,
        )
        if self.seconds_left is None:
            return counts
        return say("{counts}; about {time:duration} left", counts=counts, time=self.seconds_left)


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


Event = Progressed | Planned | StepsEnded | EpochEnded | ArmEnded | FactorMoved | Examined | Described | Spread | Ended
Emit = Callable[[Event], None]
