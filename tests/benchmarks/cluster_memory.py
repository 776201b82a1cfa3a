"""What a thousand runs in processes of their own leave in the window."""

import os
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from lrgui.core.config import Arm, ComparisonConfig
from lrgui.core.config.place import Placement, Processes
from lrgui.core.control import Control
from lrgui.core.events import Emit
from lrgui.core.runs import Run, RunStatus
from tests.benchmarks import measure

if TYPE_CHECKING:
    from lrgui.gui.main_window import MainWindow

_MEGABYTES = 200.0
_TIMEOUT_MS = 600_000
_MANY = ComparisonConfig(
    epochs=2, seeds=50, arms=tuple(Arm(learning_rate=10 ** (place / 10 - 3)) for place in range(10))
)


def cluster_memory() -> measure.Result:
    """What 1,000 runs of 88 steps add to the window while they stream in, at the most."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as profile:
        above = _above_idle(Path(profile))
    ratio = above / _MEGABYTES
    return measure.Result("cluster_memory", above, _MEGABYTES, ratio, ratio, ratio, 1.0, "MB", 1)


def _above_idle(profile: Path) -> float:
    """Return by how many MB the window grows at the most; connected and with one comparison behind it, it is idle."""
    from lrgui import jobs
    from lrgui.app import create_application
    from tests.gui.fake_jobs import fake_jobs
    from tests.gui.windows import make_window

    def compare(config: ComparisonConfig, emit: Emit, control: Control) -> None:
        jobs.compare(config, emit, control, on=window.settings.placement.on)

    create_application()
    window = make_window(profile, fake_jobs(compare=compare))
    window.show()
    window.pages.show_page("compare")
    window.compare_desk.places.choose(Placement(on=Processes(workers=2)))
    _done(window, _MANY.model_copy(update={"seeds": 1}))
    with _Peak() as peak:
        for seed in (0, 50):
            _done(window, _MANY.model_copy(update={"seed": seed}))
    window.close()
    jobs.leave_clusters()
    return peak.most - peak.idle


def _done(window: "MainWindow", config: ComparisonConfig) -> None:
    """Compare by the window's own action, and return when it has shown the end."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    ended: list[Run] = []
    window.runner.run_ended.connect(ended.append)
    window.runner.run_ended.connect(loop.quit)
    window.pages["compare"].form.show_comparison(config)
    window.actions_["compare"].trigger()
    QTimer.singleShot(_TIMEOUT_MS, loop.quit)
    loop.exec()
    if not ended or ended[0].status is not RunStatus.FINISHED:
        raise RuntimeError(str(ended[0].message) if ended else "it has not ended")


class _Peak:
    """Looks at the memory of this process as long as it is entered, in MB."""

    def __enter__(self) -> "_Peak":
        import psutil

        self._process, self._over = psutil.Process(), threading.Event()
        self.idle = self.most = self._now()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.05):
            self.most = max(self.most, self._now())

    def _now(self) -> float:
        return float(self._process.memory_info().rss / 1e6)
