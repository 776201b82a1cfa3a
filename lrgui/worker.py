"""The one thread between the window and training, with a lane beside it for short inspections.

The worker runs one job at a time in a ``QThread``; the runner, on the window's side, starts and stops runs and takes
every event to its run. The inspector does the same for previews, which never wait for a run. Nothing here knows Keras.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot

from lrgui.core.arms import ArmReins
from lrgui.core.config import Config, Experiment
from lrgui.core.config.dataset import DatasetChoice
from lrgui.core.control import FULL_SPEED, Control
from lrgui.core.events import Ended, Event, FactorMoved, Failed
from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import Run, fresh_id
from lrgui.lanes import Inspected, Inspection, Inspector, Job, Prepared, run_guarded, thread_for

if TYPE_CHECKING:
    from lrgui.core.config.place import PlaceChoice


@dataclass(frozen=True, slots=True)
class Jobs:
    """What a window can have done: the jobs, and the import that they need."""

    find: Job
    train: Job
    load: Callable[[], None]
    preview: Job
    fetch: Job
    describe: Job
    add_data: Job
    compare: Job
    save: Callable[[Experiment, Path], Message]
    at_hand: Callable[[DatasetChoice], bool] = lambda dataset: True
    write_logs: Callable[[Run, Path], None] | None = None
    load_again: Callable[[], None] | None = None
    missing_for: "Callable[[PlaceChoice], Message | None]" = lambda place: None
    leave_clusters: Callable[[], None] = lambda: None


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


class Worker(QObject):
    """Lives in the worker thread and runs what it is handed, one after the other."""

    emitted = Signal(object)

    def __init__(self, imported: threading.Event) -> None:
        super().__init__()
        self._imported = imported

    @Slot(object)
    def prepare(self, load: Callable[[], None]) -> None:
        """Do slow imports ahead of the first run."""
        try:
            load()
        except Refused as refused:
            self.emitted.emit(Prepared(refused.message))
        except Exception as error:  # a run will meet the same failure, and tell it
            self.emitted.emit(Prepared(say("TensorFlow could not be loaded: {reason}", reason=str(error))))
        else:
            self.emitted.emit(Prepared())
        finally:
            self._imported.set()

    @Slot(object)
    def run(self, order: _Order) -> None:
        """Run one job to its end. Its last event is an ``Ended``, whatever the job does."""
        ended = False

        def emit(event: Event) -> None:
            nonlocal ended
            ended = ended or isinstance(event, Ended)
            self.emitted.emit(_Emitted(order.run_id, event))

        run_guarded(order.job, order.config, emit, order.control)
        if not ended:
            emit(Failed(say("The job returned without saying how it ended.")))


class Runner(QObject):
    """Starts and stops runs from the window's thread, one at a time, and inspections beside them.

    ``run_started(Run)``, ``run_changed(Run, Event)`` and ``run_ended(Run)`` are emitted on the window's thread.
    Events of a run that was dropped are ignored. ``inspected(Event)`` brings what the newest inspection says; answers
    of older ones are ignored.
    """

    run_started = Signal(object)
    run_changed = Signal(object, object)
    run_ended = Signal(object)
    run_dropped = Signal(object)
    prepared = Signal(object)
    idle = Signal()
    inspected = Signal(object)

    _ordered = Signal(object)
    _inspection_ordered = Signal(object)
    _prepare_ordered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._control, self._pace = Control(), FULL_SPEED
        self._busy_with = ""
        self._imported = threading.Event()
        self._imported.set()
        self._inspection, self._inspection_control = 0, Control()
        self._worker, self._inspector = Worker(self._imported), Inspector(self._imported)
        self._thread = thread_for(self._worker, "worker")
        self._inspector_thread = thread_for(self._inspector, "inspector")
        self._ordered.connect(self._worker.run)
        self._prepare_ordered.connect(self._worker.prepare)
        self._inspection_ordered.connect(self._inspector.inspect)
        self._worker.emitted.connect(self._receive)
        self._inspector.emitted.connect(self._receive_inspected)

    @property
    def run(self) -> Run | None:
        """The run that is waiting or running, if any."""
        return self._run

    @property
    def busy(self) -> bool:
        """Whether the worker still works, be it on a run that was dropped."""
        return bool(self._busy_with)

    @property
    def importing(self) -> bool:
        """Whether what runs need is still being imported, which nothing can interrupt."""
        return not self._imported.is_set()

    @property
    def paused(self) -> bool:
        """Whether the current run is held."""
        return self._run is not None and self._control.paused

    def adopt(self, helper: QObject) -> None:
        """Let an object live in the worker's thread: its slots are called between runs, never during one."""
        helper.moveToThread(self._thread)

    def prepare(self, load: Callable[[], None]) -> None:
        """Let the worker import what runs need; ``prepared`` tells the end, and a message if it failed."""
        self._imported.clear()
        self._prepare_ordered.emit(load)

    def start(
        self,
        kind: str,
        job: Job,
        config: Config,
        name: str = "",
        repeat_of: str | None = None,
        replay: Sequence[FactorMoved] = (),
    ) -> str:
        """Hand a job to the worker.

        Parameters
        ----------
        kind : str
            What sort of run it is.
        job, config
            What is done, and what it is asked.
        name : str
            What the run is called, if it has a name already.
        repeat_of : str, optional
            The id of the run that this one repeats.
        replay : sequence of FactorMoved
            The ``factor_moves`` of that run: the hand's are made again, each at its step.

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
        run = Run(id=fresh_id(), kind=kind, config=config, name=name, repeat_of=repeat_of)
        self._run, self._control, self._busy_with = run, Control(replay), run.id
        self._apply_pace()
        self.run_started.emit(run)
        self._ordered.emit(_Order(run.id, job, config, self._control))
        return run.id

    def stop(self) -> None:
        """End the current run after its chunk and keep what it has."""
        self._control.stop()

    def pause(self) -> None:
        """Hold the current run before its next chunk."""
        self._control.pause()
        self._slowed()

    def resume(self) -> None:
        """Let the current run go on."""
        self._control.resume()

    @property
    def pace(self) -> float | None:
        """Steps per second at which runs go, ``FULL_SPEED`` or ``STEPPING``."""
        return self._pace

    def set_pace(self, pace: float | None) -> None:
        """Let the current run and all later ones go at a pace; ``STEPPING`` waits for ``step_once``."""
        self._pace = pace
        self._apply_pace()

    def step_once(self) -> None:
        """Let the current run take one step more, if it is stepping."""
        self._control.step_once()

    def _apply_pace(self) -> None:
        self._control.pace = self._pace
        if self._pace is not None:
            self._slowed()

    def _slowed(self) -> None:
        """Remember that the current run's seconds tell nothing of this computer."""
        if self._run is not None:
            self._run.slowed = True

    @property
    def arms(self) -> ArmReins:
        """The reins of the current run's arms, if it is a comparison; set directly, they act after the chunk."""
        return self._control.arms

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

    def inspect(self, job: Job, config: Config) -> None:
        """Ask for an inspection; it takes the place of the last one, and waits for no run.

        Its events come by ``inspected``. None of them ends a run: what the job says last is its answer.
        """
        self.cancel_inspection()
        self._inspection_control = Control()
        self._inspection_ordered.emit(Inspection(self._inspection, job, config, self._inspection_control))

    def cancel_inspection(self) -> None:
        """Ask the inspection under way, if any, to end; nothing that it still says is heard."""
        self._inspection += 1
        self._inspection_control.stop()

    def shutdown(self, timeout_ms: int = 10_000) -> bool:
        """Stop run and inspection, then the threads; return whether these ended in time.

        What they said at last is heard before this returns: how the run ended is to be kept.
        """
        self._control.stop()
        self._inspection_control.stop()
        deadline = time.monotonic() + timeout_ms / 1000
        threads = self._thread, self._inspector_thread
        for thread in threads:
            thread.quit()
        ended = all(thread.wait(max(0, round(1000 * (deadline - time.monotonic())))) for thread in threads)
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)
        return ended

    @Slot(object)
    def _receive_inspected(self, inspected: Inspected) -> None:
        if inspected.number == self._inspection:
            self.inspected.emit(inspected.event)

    @Slot(object)
    def _receive(self, emitted: _Emitted | Prepared) -> None:
        if isinstance(emitted, Prepared):
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
