"""Real runs for tests: start one, gather its events, look at its columns."""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from lrgui.core.control import Control
from lrgui.core.events import Ended, Event, StepsEnded
from lrgui.jobs import Job

T = TypeVar("T")


def run(
    job: Job, config: Any, control: Control | None = None, watch: Callable[[Event], None] | None = None
) -> list[Event]:
    """Run a job to its end; ``watch`` sees each event when it is emitted. There is one end, and it comes last."""
    events: list[Event] = []

    def emit(event: Event) -> None:
        events.append(event)
        if watch is not None:
            watch(event)

    job(config, emit, control or Control())
    assert [isinstance(event, Ended) for event in events] == [False] * (len(events) - 1) + [True]
    return events


def of_kind(events: list[Event], kind: type[T]) -> list[T]:
    """Return the events of one class."""
    return [event for event in events if isinstance(event, kind)]


def column(events: list[Event], name: str) -> np.ndarray:
    """Return a column of all steps of a run."""
    parts = [event.columns[name] for event in of_kind(events, StepsEnded)]
    return np.concatenate(parts) if parts else np.empty(0)
