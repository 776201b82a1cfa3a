"""Where files are written that leave the program: beside the window, or between the runs of the worker."""

import traceback
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal, Slot

from lrgui.core.messages import Message, Refused, say
from lrgui.gui.export_choice import Choice, Progress, Target
from lrgui.lanes import LaneThread, thread_for
from lrgui.worker import Runner

_CLOSE_MS = 5000


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """Something to be written; ``progress`` stops it."""

    choice: Choice
    target: Target
    progress: Progress = field(default_factory=Progress)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an order ended: ``told`` is the sentence, ``exists`` whether only a file of that name is in the way."""

    order: Order
    told: Message
    written: bool
    exists: bool = False
    details: str = ""


class _Writer(QObject):
    """Lives in a thread, and writes one thing after the other."""

    ended = Signal(object)

    @Slot(object)
    def write(self, order: Order) -> None:
        """Write one, and say how that ended."""
        self.ended.emit(outcome_of(order))


def outcome_of(order: Order) -> Outcome:
    """Write what is ordered, here and now, and return how that ended."""
    from lrgui.export.writing import Exists

    try:
        return Outcome(order, order.choice.write(order.target, order.progress), written=True)
    except Refused as refusal:
        return Outcome(order, refusal.message, written=False, exists=isinstance(refusal, Exists))
    except Exception as error:
        told = say("Nothing was written: {reason}", reason=str(error) or type(error).__name__)
        return Outcome(order, told, written=False, details=traceback.format_exc())


class ExportLane(QObject):
    """Takes orders, and hands out how each ended by ``ended(Outcome)``, in the window's thread.

    ``went_on(int, int)`` tells how many of how many files of the order are written.

    Parameters
    ----------
    runner : Runner
        In whose worker that is written which must not meet a run.
    parent : QObject
        Its owner.
    """

    ended = Signal(object)
    went_on = Signal(int, int)

    _ordered = Signal(object)
    _ordered_between_runs = Signal(object)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._between_runs = _Writer()
        runner.adopt(self._between_runs)
        self._ordered_between_runs.connect(self._between_runs.write)
        self._between_runs.ended.connect(self.ended)
        self._writer: _Writer | None = None
        self._thread: LaneThread | None = None
        self._last: Order | None = None

    def order(self, choice: Choice, target: Target) -> Order:
        """Have something written."""
        order = self._last = Order(choice, target, Progress(self.went_on.emit))
        if choice.between_runs:
            self._ordered_between_runs.emit(order)
        else:
            self._open()
            self._ordered.emit(order)
        return order

    def _open(self) -> None:
        if self._thread is None:
            self._writer = _Writer()
            self._thread = thread_for(self._writer, "exports")
            self._ordered.connect(self._writer.write)
            self._writer.ended.connect(self.ended)

    def close(self) -> None:
        """Write no more than the file that is being written, and end the thread."""
        if self._last is not None:
            self._last.progress.stop()
        if self._thread is not None:
            self._thread.quit()
            self._thread.wait(_CLOSE_MS)
