"""The process of a live window: reads what a script's sweep tells it, draws it, and ends with the script."""

import os
import sys
import threading
from contextlib import suppress

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from lrgui import display
from lrgui.core.live import from_line
from lrgui.core.messages import Refused
from lrgui.core.profile import user_profile

_AT_ONCE = 65_536


class Reader(QObject):
    """Reads lines on a thread of its own. ``told`` carries an event, ``ended`` comes when there will be no more."""

    told = Signal(object)
    ended = Signal()

    def __init__(self, source: int) -> None:
        super().__init__()
        self._source = source

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        # Not through sys.stdin: Python could not lock it at the end while this thread waits in it.
        rest = b""
        while more := os.read(self._source, _AT_ONCE):
            *lines, rest = (rest + more).split(b"\n")
            for line in lines:
                # What another version of the program says beside is left out.
                with suppress(ValueError):
                    self.told.emit(from_line(line))
        self.ended.emit()


def main() -> int:
    """Show the window until it is closed or the script ends; 2 if no window can open here, which is said on stdout."""
    try:
        display.check()
    except Refused as refused:
        print(refused)
        return 2
    from lrgui.gui.live_window import LiveWindow
    from lrgui.gui.plots.repaint import shared_repainter
    from lrgui.gui.settings import Settings
    from lrgui.gui.theme import themes
    from lrgui.gui.words import language_of_the_system, words

    app = QApplication(sys.argv[:1])
    app.setApplicationName("lrgui")
    app.setStyle("Fusion")
    settings = Settings(user_profile())
    themes.choose(settings.theme)
    words.choose(settings.language or language_of_the_system())
    window, reader = LiveWindow(), Reader(sys.stdin.fileno())
    themes.dress()
    shared_repainter().sparing = True  # the script computes as long as it is open
    reader.told.connect(window.take)
    reader.ended.connect(app.quit)
    window.show()
    reader.start()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
