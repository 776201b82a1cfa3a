"""What the thread that writes is told to do, and what it knows of a run that goes on."""

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from lrgui.core.runs import Run
from lrgui.core.store import saving

Apply = Callable[[sqlite3.Connection], None]


@dataclass(slots=True)
class Followed:
    """A run that is looked at: what of it is ``written``, and whether it has ``ended``."""

    run: Run
    written: saving.Written | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Begin:
    """Follow a run."""

    run: Run


@dataclass(frozen=True, slots=True)
class End:
    """Write the end of a run."""

    run_id: str


@dataclass(frozen=True, slots=True)
class Change:
    """Change rows of runs; to ``forget`` is to follow these no longer."""

    run_ids: frozenset[str]
    apply: Apply
    forget: bool = False


@dataclass(frozen=True, slots=True)
class Flush:
    """Tell when all that was asked for before is on the disk."""

    done: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class Close:
    """Write what is left, and end."""


Order = Begin | End | Change | Flush | Close
