"""What is asked of a worker, and what it answers: plain data, the same on both sides."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lrgui.cluster.wire import Packed
from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.control import Control
from lrgui.core.events import ArmEnded, Ended, Examined
from lrgui.core.messages import Message

Epoch = tuple[int, int, Mapping[str, float]]
"""Epoch, step and values, as in ``EpochEnded``."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What travels with a run of a person's own files, of all of them together.

    Attributes
    ----------
    content : str
        The hash of what is sent.
    model, dataset, labels : str
        Where in it the files lie that the config speaks of; empty where it speaks of none.
    programs : mapping of str to tuple of str
        Of each program that a person has allowed to be run, by the hash of its content, what of it went well already.
    """

    content: str
    model: str = ""
    dataset: str = ""
    labels: str = ""
    programs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Order:
    """One run.

    Attributes
    ----------
    batch, topic : str
        What it belongs to, and where it is told of.
    number : int
        Which of the batch it is, from 0.
    group : int
        What is paused, stopped or removed together with it: its arm.
    config : TrainingConfig or RangeTestConfig
        What is asked.
    versions : mapping of str to str
        What the worker has to have.
    neighbours : int
        How many workers share a computer, at most.
    reins : Reins
        What was said to the batch by then.
    parcel : Parcel or None
        What comes with it.
    examined : bool
        Whether the answers of the model are wanted, too.
    """

    batch: str
    topic: str
    number: int
    group: int
    config: TrainingConfig | RangeTestConfig
    versions: Mapping[str, str]
    neighbours: int = 1
    reins: "Reins" = field(default_factory=lambda: Reins())
    parcel: Parcel | None = None
    examined: bool = False


@dataclass(frozen=True, slots=True)
class Bundle:
    """Runs that go to a worker together, in their order; at least one. What they share travels once."""

    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class Reins:
    """What was said to a batch: as ``Control`` has it. ``held`` and ``ended`` are groups."""

    stopping: bool = False
    paused: bool = False
    pace: float | None = None
    held: frozenset[int] = frozenset()
    ended: frozenset[int] = frozenset()


def reins_of(control: Control, groups: Collection[int]) -> Reins:
    """Return what a batch of these groups has been told by now."""
    states = {group: control.arms.state(group) for group in groups}
    return Reins(
        control.stopping,
        control.paused,
        control.pace,
        frozenset(group for group, state in states.items() if state == "paused"),
        frozenset(group for group, state in states.items() if state in ("stopped", "removed")),
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """What a run found before its first step.

    Steps of an epoch and of all, epochs, parameters of the model, and the hashes of a person's own files.
    """

    steps_per_epoch: int
    steps: int
    epochs: int
    parameters: int
    model_content: str = ""
    data_content: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run.

    Attributes
    ----------
    number : int
        Which.
    worker : str
        Where, as Dask calls it.
    how : str
        ``ended`` to its end; ``stopped`` before it; ``refused`` with a sentence for people; ``broke`` with another;
        ``unfit``: that worker cannot do it.
    seconds : float
        What it took.
    """

    number: int
    worker: str
    how: Literal["ended", "stopped", "refused", "broke", "unfit"]
    seconds: float = 0.0
    ground: Ground | None = None
    end: ArmEnded | Ended | None = None
    steps: Packed = field(default_factory=dict)
    epochs: tuple[Epoch, ...] = ()
    examined: Examined | None = None
    message: Message | None = None
    details: str = ""
