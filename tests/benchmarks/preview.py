"""The preview of a schedule: how soon the curve follows a field that was changed."""

import itertools
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.display import use_a_display
from tests.benchmarks.measure import Result, compare

_FRAME_MS = 1000 / 60
_STEPS = 100_000


def preview() -> Result:
    """From a changed field to a repainted curve of 100,000 steps, against a frame of 16.7 ms."""
    use_a_display()
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtWidgets import QWidget

    from lrgui.app import create_application
    from lrgui.core.config import TrainingConfig
    from lrgui.gui.furnishing import furnished
    from lrgui.gui.main_window import MainWindow
    from lrgui.gui.settings import Settings
    from lrgui.gui.theme import themes
    from lrgui.worker import Jobs, Runner

    create_application()
    with tempfile.TemporaryDirectory() as profile:
        window = furnished(MainWindow(Settings(Path(profile))), Runner(), Jobs(*[_nothing] * 9))
        themes.use("light")
        window.resize(1280, 800)
        window.show()
        window.pages.show_page("schedules")
        page: Any = window.pages["schedules"]
        # 1,437 examples in batches of 57 are 25 steps an epoch.
        page.form.set_value(TrainingConfig(schedule="cosine", batch_size=57, epochs=_STEPS // 25))
        assert page.plot.run.steps == _STEPS
        field = page.form.findChild(QWidget, "schedule.cosine.floor")
        floors = itertools.cycle(("0.1", "0.2", "0.3"))
        _until_quiet(0.5)

        paints = _Paints(page.plot)

        def change_ms() -> float:
            paints.count = 0
            began = time.perf_counter()
            field.setText(next(floors))
            while not paints.count:
                QCoreApplication.processEvents()
            return 1000 * (time.perf_counter() - began)

        result = compare("preview", change_ms, lambda: _FRAME_MS, limit=1.0, unit="ms", blocks=60, warm_up=5)
        window.close()
    return result


class _Paints:
    """Counts how often a plot is painted; the event is over when ``processEvents`` returns."""

    def __init__(self, plot: Any) -> None:
        from PySide6.QtCore import QEvent, QObject
        from PySide6.QtWidgets import QGraphicsView

        class Filter(QObject):
            def eventFilter(_, watched: QObject, event: QEvent) -> bool:
                self.count += event.type() == QEvent.Type.Paint
                return False

        self.count = 0
        self._viewport = plot.findChild(QGraphicsView).viewport()
        self._filter = Filter()
        self._viewport.installEventFilter(self._filter)


def _nothing(*_: object) -> None:
    """Stand in for a job: none is run here."""


def _until_quiet(seconds: float) -> None:
    """Let the window come up and paint."""
    from PySide6.QtCore import QCoreApplication

    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        QCoreApplication.processEvents()
