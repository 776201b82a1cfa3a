"""Programs that print the clock when their window has been painted for the first time, or can be used, and end."""

import os
import sys
import time
from typing import Any


def program() -> None:
    """Start the program as ``main.py`` does."""
    import lrgui.app
    from lrgui.__main__ import main

    # The entry builds the window from this name; nothing else is changed.
    lrgui.app.MainWindow = _telling(lrgui.app.MainWindow)  # type: ignore[misc]
    sys.exit(main([]))


def usable() -> None:
    """Start the program as ``main.py`` does, and wait for its first page: its button has been painted, and acts."""
    import lrgui.app
    from lrgui.__main__ import main

    lrgui.app.MainWindow = _usable(lrgui.app.MainWindow)  # type: ignore[misc]
    sys.exit(main([]))


def bare() -> None:
    """Open a window with an empty plot, and nothing else."""
    import pyqtgraph
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = _telling(QMainWindow)()
    window.setCentralWidget(pyqtgraph.PlotWidget())
    window.resize(1280, 800)
    window.show()
    sys.exit(app.exec())


def _telling(window_class: Any) -> Any:
    """Return the window's class with one thing more: at the first paint it prints the clock and ends the process."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Telling(window_class):  # type: ignore[misc]
        def showEvent(self, event: Any) -> None:
            super().showEvent(event)
            self.windowHandle().installEventFilter(self)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Expose and self.windowHandle().isExposed():
                # Qt paints all there is while it handles this event; then the loop comes back.
                QTimer.singleShot(0, self, _tell)
            return bool(super().eventFilter(watched, event))

    return Telling


def _usable(window_class: Any) -> Any:
    """Return the window's class with one thing more: when its page has been painted it does as ``_telling``'s."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Usable(window_class):  # type: ignore[misc]
        def complete(self, first_page: str) -> None:
            super().complete(first_page)
            self.find_page.button.installEventFilter(self)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and self.find_page.button.isEnabled():
                QTimer.singleShot(0, self, _tell)
            return bool(super().eventFilter(watched, event))

    return Usable


def _tell() -> None:
    print(time.perf_counter(), flush=True)
    os._exit(0)
