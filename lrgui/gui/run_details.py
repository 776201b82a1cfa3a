"""What is shown of a kept run beyond its line, as it is read from the history."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lrgui.core.messages import Message, Refused, say
from lrgui.core.repeats import tell_repeat
from lrgui.core.runs import Run
from lrgui.core.store import Store


@dataclass(frozen=True, slots=True, eq=False)
class Details:
    """A run itself, by what it was made, and how it repeats another."""

    run: Run
    origin: Mapping[str, Mapping[str, Any]]
    repeated: Message | None = None


def read_details(store: Store, run_id: str) -> Details | Refused:
    """Read a run whole, and how it repeats another, if it does; return why that cannot be where it cannot."""
    try:
        run, origin = store.load(run_id), store.origin(run_id)
    except Refused as refused:
        return refused
    repeated = None
    if run.repeat_of is not None and run.ended:
        try:
            original = store.load(run.repeat_of)
            repeated = tell_repeat(original, run, store.origin(original.id), origin)
        except Refused:
            repeated = say("It repeats a run that is no longer there.")
    return Details(run, origin, repeated)
