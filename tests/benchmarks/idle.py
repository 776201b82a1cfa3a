"""The open window when nobody does anything: what it takes of the processor."""

import tempfile
import time
from pathlib import Path

from tests.benchmarks.display import use_a_display
from tests.benchmarks.measure import Result, compare

_SECONDS = 20
_PERCENT = 0.5


def idle() -> Result:
    """Percent of one processor, with every page visited and TensorFlow loaded, against 0.5."""
    use_a_display()
    from PySide6.QtCore import QEventLoop
    from PySide6.QtTest import QTest

    from lrgui.app import create_application, create_window

    create_application()
    with tempfile.TemporaryDirectory() as profile:
        window, loop = create_window(Path(profile)), QEventLoop()
        window.runner.prepared.connect(lambda _: loop.quit())
        window.resize(1280, 800)
        window.show()
        loop.exec()
        for name in ("descent", "schedules", "train", "compare", "history", "find"):
            window.pages.show_page(name)
            QTest.qWait(1000)
        _percent(3)  # what the pages had still to do
        result = compare("idle", lambda: _percent(_SECONDS), lambda: _PERCENT, limit=1.0, unit="%", blocks=3, warm_up=0)
        window.close()
    return result


def _percent(seconds: float) -> float:
    """Return how much of a processor this process takes while Qt's own loop waits for events."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, before = QEventLoop(), time.process_time()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    began = time.perf_counter()
    loop.exec()
    return 100 * (time.process_time() - before) / (time.perf_counter() - began)
