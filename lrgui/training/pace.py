"""What makes a run wait: a pause, and a pace at which one can watch it."""

from collections.abc import Callable
from typing import Any

from lrgui.core.control import Control
from lrgui.training.callbacks import ChunkCallback
from lrgui.training.loops import TrainingLoop


class Hold(ChunkCallback):
    """Holds before a chunk until the run may go on, and between two parts of a validation while it is paused.

    While the run has a pace, a chunk is a single step; back at full speed the next chunk is a long one again. The
    steps are the same ones at every pace: the same traced loop runs them, only more of them at a time.

    Parameters
    ----------
    loop : TrainingLoop
        What runs the chunks.
    control : Control
        Of the run.
    flush : callable
        Emits what has been measured so far, so that nothing of it waits with the run.
    """

    def __init__(self, loop: TrainingLoop, control: Control, flush: Callable[[], None]) -> None:
        super().__init__(loop)
        self._control = control
        self._flush = flush

    def on_chunk_begin(self) -> None:
        """Wait for the run's turn, and learn how long its chunk may be."""
        if self._control.holding:
            self._flush()
        self.loop.one_step = self._control.wait_for_turn()

    def on_test_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Wait while paused."""
        self._control.wait_while_paused()
