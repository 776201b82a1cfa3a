"""What looks on while the window is open: the log, the trace of a hard end, and the offer to report the last one."""

import sys
import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QObject, QtMsgType, Slot, qInstallMessageHandler

from lrgui import __version__, logs
from lrgui.core.messages import Message, plainly, say
from lrgui.core.profile import log_folder
from lrgui.core.runs import Run
from lrgui.crashes import CrashFile, crash_of_before
from lrgui.gui.closing import Closing
from lrgui.installed import parts, system

if TYPE_CHECKING:
    from lrgui.gui.main_window import MainWindow

_LEVELS = {QtMsgType.QtDebugMsg: 10, QtMsgType.QtInfoMsg: 20, QtMsgType.QtWarningMsg: 30}
_WORST = 40


class Watch(QObject):
    """Begins when the window has been painted, so that start-up does not wait for it, and ends with the program.

    Parameters
    ----------
    window : MainWindow
        What is watched.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._folder = window, log_folder()
        self.closing = Closing(window)
        logs.start(self._folder)
        versions = ", ".join(f"{part.name} {part.version}" for part in parts())
        logs.log.info("started: lrgui %s, %s, %s", __version__, plainly(system()), versions)
        self._trace = crash_of_before(self._folder)
        self._crash_file = CrashFile(self._folder)
        self._before = qInstallMessageHandler(self._take_from_qt)
        threading.excepthook, self._thread_hook = self._take_from_thread, threading.excepthook
        runner = window.runner
        runner.run_started.connect(self._run_started)
        runner.run_ended.connect(self._run_ended)
        runner.prepared.connect(self._prepared)
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self.end)
        if self._trace:
            self._offer()

    @Slot()
    def end(self) -> None:
        """Leave everything as it was: the program has come to its end."""
        qInstallMessageHandler(self._before)
        threading.excepthook = self._thread_hook
        logs.log.info("ended")
        self._crash_file.close()
        logs.stop()

    def _offer(self) -> None:
        logs.log.warning("the last time it ended by itself:\n%s", self._trace.rstrip())
        told = say("The program ended by itself the last time. Runs that went on then are in the history.")
        self._window.notify(told, (say("Show what happened"), self._show_report))

    def _show_report(self) -> None:
        from lrgui.gui.crash_report import CrashReport
        from lrgui.report import report

        told = say("The program ended by itself the last time.")
        rest = say("Runs that went on then are in the history, up to their last second.")
        CrashReport(self._window, told, rest, report(self._trace), self._folder).open()

    @Slot(object)
    def _run_started(self, run: Run) -> None:
        logs.log.info("run %s started: %s", run.id[:8], run.kind)

    @Slot(object)
    def _run_ended(self, run: Run) -> None:
        logs.log.info("run %s ended: %s after %d steps", run.id[:8], run.status.value, len(run.steps))
        if run.details:
            logs.log.error("run %s failed:\n%s", run.id[:8], run.details.rstrip())

    @Slot(object)
    def _prepared(self, failure: Message | None) -> None:
        if failure:
            logs.log.error("TensorFlow could not be loaded: %s", plainly(failure))
        else:
            logs.log.info("TensorFlow is loaded")

    def _take_from_qt(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        logs.log.log(_LEVELS.get(kind, _WORST), "Qt: %s", text)
        if self._before is not None:
            self._before(kind, context, text)
        elif sys.stderr is not None:
            sys.stderr.write(f"{text}\n")

    def _take_from_thread(self, hooked: Any) -> None:
        name = hooked.thread.name if hooked.thread is not None else "a thread"
        logs.log.error("Nobody caught this in %s:", name, exc_info=hooked[:3])
        self._thread_hook(hooked)
