"""A history is made, a run written into it, and read again."""

from pathlib import Path

import numpy as np

from lrgui.core.config import TrainingConfig
from lrgui.core.events import Finished, StepsEnded
from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import Run, fresh_id
from lrgui.core.store import Store
from lrgui.core.store.store import FILE_NAME

_LOSS = np.array([2.3, 1.1, 0.7])


def check(folder: Path | None) -> None:
    """Write and read a run of three steps.

    Raises
    ------
    Refused
        The history cannot be opened or written, or what is read differs from what was written.
    """
    assert folder is not None
    told: list[Message] = []
    store = Store(folder / FILE_NAME, told=told.append)
    try:
        run = _written(store)
        if told or not store.flush():
            raise Refused(told[0] if told else say("The history is not written."))
        read = store.load(run.id)
        if read.config != run.config or not np.array_equal(read.steps["loss"], _LOSS):
            raise Refused(say("What is read from the history differs from what was written."))
    finally:
        store.close()


def _written(store: Store) -> Run:
    run = Run(fresh_id(), "training", TrainingConfig())
    store.begin(run)
    steps = np.arange(len(_LOSS))
    for event in (
        StepsEnded({"step": steps, "learning_rate": np.full(len(_LOSS), 1e-3), "loss": _LOSS}),
        Finished(say("Done.")),
    ):
        run.apply(event)
        store.take(run, event)
    return run
