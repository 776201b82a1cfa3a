"""What is known of data: what kind of examples they are, how many, and what is to be predicted."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lrgui.core.config.dataset.base import DatasetChoice

Kind = Literal["images", "table", "points"]
"""What an example is; points are tables of two features, which can be drawn."""

InputType = Literal["uint8", "float32", "string"]
"""How examples are held: pixels, numbers, or paths of files that are read when their batch comes."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a data set.

    Attributes
    ----------
    kind : str
        ``images``, ``table`` or ``points``.
    example_shape : tuple of int
        Height, width and channels of an image, else the number of features.
    class_names : tuple of str
        What the classes are called; empty where a number is to be predicted.
    training_examples, validation_examples : int
        How many there are of each.
    input_type : str
        How they are held in memory.
    class_weights : tuple of float
        What the loss of each class counts while training; empty where all count the same.
    target_deviation : float
        What a number to be predicted was divided by; 1 if it was not standardised.
    """

    kind: Kind
    example_shape: tuple[int, ...]
    class_names: tuple[str, ...]
    training_examples: int
    validation_examples: int
    input_type: InputType = "float32"
    class_weights: tuple[float, ...] = ()
    target_deviation: float = 1.0

    @property
    def regression(self) -> bool:
        """Whether a number is predicted, and not a class."""
        return not self.class_names

    @property
    def outputs(self) -> int:
        """How many outputs a model has: one for each class, or one number."""
        return len(self.class_names) or 1


Stamp = tuple[int, int]
_known: dict["DatasetChoice", tuple[Stamp, Facts]] = {}


def stamp(path: Path) -> Stamp:
    """Return size and time of change of a file or folder.

    Raises
    ------
    OSError
        There is none.
    """
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns


def remember(dataset: "DatasetChoice", facts: Facts, when_read: Stamp) -> None:
    """Keep what was found in a file of a person's own, as long as the file is the same."""
    _known[dataset] = when_read, facts


def known(dataset: "DatasetChoice", path: Path) -> Facts | None:
    """Return what was found in a file in this process; None if it was not read, or has changed since."""
    found = _known.get(dataset)
    try:
        return found[1] if found is not None and found[0] == stamp(path) else None
    except OSError:
        return None
