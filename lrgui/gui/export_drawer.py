"""Pictures for who writes in another thread: Qt draws widgets in the window's thread only."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal, Slot

from lrgui.core.messages import Refused, say
from lrgui.core.runs import Run
from lrgui.gui.export_choice import Size

_LOOK_SECONDS = 0.05


@dataclass(slots=True, eq=False)
class _Work:
    draw: Callable[[], None]
    done: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None


class Drawer(QObject):
    """Lives in the window's thread, and draws there what any thread asks for."""

    _asked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._closing = threading.Event()
        self._asked.connect(self._do)

    def render(self, run: Run, path: Path, size: Size) -> None:
        """Draw a run into a file; see ``plots.export_picture.render``.

        Raises
        ------
        OSError, Refused
            As ``render`` does, and as ``do``.
        """
        from lrgui.gui.plots import export_picture

        self.do(lambda: export_picture.render(run, path, size))

    def do(self, draw: Callable[[], None]) -> None:
        """Call a function in the window's thread, and return when it has; what it raises is raised here.

        Raises
        ------
        Refused
            The window closes meanwhile.
        """
        work = _Work(draw)
        if QThread.currentThread() is self.thread():
            self._do(work)
        else:
            self._asked.emit(work)
            while not work.done.wait(_LOOK_SECONDS):
                if self._closing.is_set():
                    raise Refused(say("The window was closed."))
        if work.error is not None:
            raise work.error

    @Slot(object)
    def _do(self, work: _Work) -> None:
        try:
            work.draw()
        except Exception as error:  # it belongs to who has asked
            work.error = error
        finally:
            work.done.set()

    def close(self) -> None:
        """Let nobody wait any more."""
        self._closing.set()
