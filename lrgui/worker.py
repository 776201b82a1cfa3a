"""The one thread between the window and training.

The worker runs one job at a time in a ``QThread``; the runner, on the window's side, starts and stops runs and takes
every event to its run. Nothing here knows Keras.
"""

import itertools
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from lrgui.core.config import Config
from lrgui.core.control import Control
from lrgui.core.events import Emit, Ended, Event, Failed
from lrgui.core.messages import Refused, say
from lrgui.core.runs import Run

Job = Callable[[Any, Emit, Control], None]


@dataclass(frozen=True, slots=True)
class Jobs:
    """What a window can have done: the jobs, and the import that they need."""

    find: Job
    train: Job
    load: Callable[[], None]


# macOS gives a QThread half a megabyte, on which numerics crash; the main thread has eight.
_STACK_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Order:
    run_id: str
    job: Job
    config: Config
    control: Control


@dataclass(frozen=True, slots=True)
class _Emitted:
    run_id: str
    event: Event


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The preparation is over; ``failure`` is why it failed, if it did."""

    failure: str = ""


class _Thread(QThread):
    """A thread that Python knows from its start to its end.

    With Qt's own ``run`` each slot call would get a Python thread state of its own, gone when the slot returns, and
    with it everything thread-local: TensorFlow's first tensor after its import would crash.
    """

    def run(self) -> None:
        self.exec()


class Worker(QObject):
    """Lives in the worker thread and runs what it is handed, one after the other."""

    emitted = Signal(object)

    @Slot(object)
    def prepare(self, load: Callable[[], None]) -> None:
        """Do slow imports ahead of the first run."""
        try:
            load()
        except Exception:  # a run will meet the same failure, and tell it
            self.emitted.emit(_Prepared(traceback.format_exc()))
        else:
            self.emitted.emit(_Prepared())

    @Slot(object)
    def run(self, order: _Order) -> None:
        """Run one job to its end. Its last event is an ``Ended``, whatever the job does."""
        ended = False

        def emit(event: Event) -> None:
            nonlocal ended
            ended = ended or isinstance(event, Ended)
            self.emitted.emit(_Emitted(order.run_id, event))

        try:
            order.job(order.config, emit, order.control)
        except Refused as refusal:
            emit(Failed(refusal.message))
        except Exception as error:
            reason = str(error) or type(error).__name__
            emit(Failed(say("The run failed: {reason}", reason=reason), {}, traceback.format_exc()))
        if not ended:
            emit(Failed(say("The job returned without saying how it ended.")))


class Runner(QObject):
    """Starts and stops runs from the window's thread; one at a time.

    ``run_started(Run)``, ``run_changed(Run, Event)`` and ``run_ended(Run)`` are emitted on the window's thread.
    Events of a run that was dropped are ignored.
    """

    run_started = Signal(object)
    run_changed = Signal(object, object)
    run_ended = Signal(object)
    run_dropped = Signal(object)
    prepared = Signal(str)
    idle = Signal()

    _ordered = Signal(object)
    _prepare_ordered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._run: Run | None = None
        self._control = Control()
        self._busy_with = ""
        self._thread = _Thread()
        self._thread.setObjectName("worker")
        self._thread.setStackSize(_STACK_BYTES)
        self._worker = Worker()
        self._worker.moveToThread(self._thread)
        self._ordered.connect(self._worker.run)
        self._prepare_ordered.connect(self._worker.prepare)
        self._worker.emitted.connect(self._receive)
        self._thread.start()

    @property
    def run(self) -> Run | None:
        """The run that is waiting or running, if any."""
        return self._run

    @property
    def busy(self) -> bool:
        """Whether the worker still works, be it on a run that was dropped."""
        return bool(self._busy_with)

    @property
    def paused(self) -> bool:
        """Whether the current run is held."""
        return self._run is not None and self._control.paused

    def prepare(self, load: Callable[[], None]) -> None:
        """Let the worker import what runs need; ``prepared`` tells the end, and the failure if any."""
        self._prepare_ordered.emit(load)

    def start(self, kind: str, job: Job, config: Config) -> str:
        """Hand a job to the worker.

        Returns
        -------
        str
            The run's id.

        Raises
        ------
        Refused
            Another run has not ended yet.
        """
        if self.busy:
            raise Refused(say("A run is still going: stop it or wait for its end, then start the next."))
        run = Run(id=f"run-{next(self._numbers)}", kind=kind, config=config)
        self._run, self._control, self._busy_with = run, Control(), run.id
        self.run_started.emit(run)
        self._ordered.emit(_Order(run.id, job, config, self._control))
        return run.id

    def stop(self) -> None:
        """End the current run after its chunk and keep what it has."""
        self._control.stop()

    def pause(self) -> None:
        """Hold the current run before its next chunk."""
        self._control.pause()

    def resume(self) -> None:
        """Let the current run go on."""
        self._control.resume()

    def set_factor(self, factor: float) -> None:
        """Multiply the current run's planned rate from its next step on."""
        self._control.factor = factor

    def cancel(self) -> None:
        """End the current run and drop it: none of its later events changes anything."""
        if (run := self._run) is None:
            return
        self._run = None
        self._control.stop()
        self.run_dropped.emit(run)

    def shutdown(self, timeout_ms: int = 10_000) -> bool:
        """Stop the run, then the thread; return whether the thread ended in time."""
        self._control.stop()
        self._thread.quit()
        return bool(self._thread.wait(timeout_ms))

    @Slot(object)
    def _receive(self, emitted: _Emitted | _Prepared) -> None:
        if isinstance(emitted, _Prepared):
            self.prepared.emit(emitted.failure)
            return
        ended = isinstance(emitted.event, Ended)
        if ended and emitted.run_id == self._busy_with:
            self._busy_with = ""
        if (run := self._run) is not None and run.id == emitted.run_id:
            if ended:
                self._run = None
            run.apply(emitted.event)
            self.run_changed.emit(run, emitted.event)
            if ended:
                self.run_ended.emit(run)
        if ended and not self.busy:
            self.idle.emit()
