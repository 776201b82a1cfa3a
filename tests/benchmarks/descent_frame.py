"""The gradient-descent page while it plays: eight walkers of 10,000 steps, on the screen at every frame."""

import tempfile
import time
from pathlib import Path

import numpy as np

from tests.benchmarks.descent import CONFIG
from tests.benchmarks.display import use_a_display
from tests.benchmarks.measure import Result, compare

_FRAME_MS = 1000 / 60
_FRAMES = 60


def descent_frame() -> Result:
    """Milliseconds from one position in time to all plots painted with it, against a frame of 16.7 ms."""
    use_a_display()
    from PySide6.QtCore import QEventLoop, QTimer

    from lrgui.app import create_application, create_window

    app = create_application()
    with tempfile.TemporaryDirectory() as profile:
        window = create_window(Path(profile))
        window.settings.remember_config(CONFIG)
        window.resize(1280, 800)
        window.show()
        window.pages.show_page("descent")
        page, loop = window.pages["descent"], QEventLoop()
        loaded = QTimer(interval=20)
        # TensorFlow loads in the background meanwhile: frames are measured when both are done.
        loaded.timeout.connect(lambda: loop.quit() if page.walks.complete and window.note.text() == "Ready." else None)
        loaded.start()
        loop.exec()
        loaded.stop()
        starts = iter(np.linspace(0, 9_000, 40))

        def frame_ms() -> float:
            """Play on from some step at the highest speed; return the median of the frames."""
            position, times = float(next(starts)), []
            page.player.go_to(position)
            app.processEvents()
            for frame in range(_FRAMES):
                began = time.perf_counter()
                page.player.go_to(position + frame * 200 / 60)
                app.processEvents()  # paints what was asked for, and ends when there is nothing left
                times.append(1000 * (time.perf_counter() - began))
            return float(np.median(times))

        result = compare("descent_frame", frame_ms, lambda: _FRAME_MS, limit=1.0, unit="ms", blocks=15)
        window.close()
    return result
