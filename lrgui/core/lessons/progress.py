"""How far somebody has come in a lesson, and what was guessed and seen on the way; kept as JSON."""

import json
import math
from dataclasses import asdict, dataclass, field
from typing import Any

from lrgui.core.json_text import parsed


@dataclass
class StepRecord:
    """What became of one step.

    ``guess`` is a number, in a choice that of the option; None if nobody guessed. ``outcome`` and ``values`` were read
    when it was done.
    """

    done: bool = False
    guess: float | None = None
    outcome: float | None = None
    values: dict[str, float | None] = field(default_factory=dict)


@dataclass
class Progress:
    """Where somebody is in a lesson: the number of the step from 0, and a record for each step."""

    place: int = 0
    records: list[StepRecord] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(record.done for record in self.records)

    def fitted(self, steps: int) -> "Progress":
        """Return it for a lesson of so many steps: a file may have changed since."""
        records = [*self.records[:steps], *(StepRecord() for _ in range(steps - len(self.records)))]
        return Progress(min(max(self.place, 0), steps - 1), records)


def to_json(progress: dict[str, Progress]) -> str:
    """Write how far somebody has come, by the names of the lessons."""
    return json.dumps({name: _plain(asdict(each)) for name, each in progress.items()})


def from_json(text: str) -> dict[str, Progress]:
    """Read it back; what does not fit is forgotten."""
    try:
        return {
            str(name): Progress(int(each["place"]), [StepRecord(**record) for record in each["records"]])
            for name, each in parsed(text).items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return {}


def _plain(value: Any) -> Any:
    """Return the same with nothing in it that JSON does not have."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
