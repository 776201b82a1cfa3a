"""What reading data of a person's own gives."""

from dataclasses import dataclass

from lrgui.core.config.dataset.facts import Kind
from lrgui.training.raw import Raw


@dataclass(frozen=True, eq=False)
class Found:
    """The two parts, what an example is, and what the classes are called; no names where numbers are predicted."""

    raw: Raw
    kind: Kind
    class_names: tuple[str, ...]
