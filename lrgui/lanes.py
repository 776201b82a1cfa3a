"""Threads that work beside the window: what each is made of, how a job runs in one, and the lane of inspections."""

import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from lrgui.core.config import Config
from lrgui.core.control import Control
from lrgui.core.events import Emit, Event, Failed
from lrgui.core.messages import Message, Refused, say

Job = Callable[[Any, Emit, Control], None]

# macOS gives a QThread half a megabyte, on which numerics crash; the main thread has eight.
_STACK_BYTES = 8 * 1024 * 1024
# How often an inspection that waits for the imports looks whether it is still wanted.
_LOOK_SECONDS = 0.05


class LaneThread(QThread):
    """A thread that Python knows from its start to its end.

    With Qt's own ``run`` each slot call would get a Python thread state of its own, gone when the slot returns, and
    with it everything thread-local: TensorFlow's first tensor after its import would crash.
    """

    def run(self) -> None:
        """Turn the thread's event loop (Qt's hook)."""
        self.exec()


def thread_for(worker: QObject, name: str) -> LaneThread:
    """Return a thread that has just started, with the worker in it."""
    thread = LaneThread()
    thread.setObjectName(name)
    thread.setStackSize(_STACK_BYTES)
    worker.moveToThread(thread)
    thread.start()
    return thread


def run_guarded(job: Job, config: Any, emit: Emit, control: Control) -> None:
    """Run a job; what it raises becomes its last event."""
    try:
        job(config, emit, control)
    except Refused as refusal:
        emit(Failed(refusal.message))
    except Exception as error:
        reason = str(error) or type(error).__name__
        emit(Failed(say("The run failed: {reason}", reason=reason), {}, traceback.format_exc()))


@dataclass(frozen=True, slots=True)
class Prepared:
    """The preparation is over; ``failure`` is why it failed, if it did."""

    failure: Message | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """An order: what is wanted, and its number among all that were."""

    number: int
    job: Job
    config: Config
    control: Control


@dataclass(frozen=True, slots=True)
class Inspected:
    """An event of an inspection, with the number of its order."""

    number: int
    event: Event


class Inspector(QObject):
    """Lives in a thread of its own and makes previews, one after the other."""

    emitted = Signal(object)

    def __init__(self, imported: threading.Event) -> None:
        super().__init__()
        self._imported = imported

    @Slot(object)
    def inspect(self, order: Inspection) -> None:
        """Make one, unless it is no longer wanted; imports under way in the other thread come first."""

        def emit(event: Event) -> None:
            self.emitted.emit(Inspected(order.number, event))

        # Two threads that import the same modules would hold each other up, or see them half made.
        while not order.control.stopping and not self._imported.wait(_LOOK_SECONDS):
            pass
        if not order.control.stopping:
            run_guarded(order.job, order.config, emit, order.control)
