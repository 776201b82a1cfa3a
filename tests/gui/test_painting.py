"""When plots are painted, how long it takes, and what it leaves behind."""

import sys
import time

import numpy as np
import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from lrgui.gui.plots.plot import Curve, Plot
from lrgui.gui.plots.repaint import Repainter, shared_repainter
from tests.gui.fake_jobs import fake_jobs, sweep
from tests.gui.plotting import settle
from tests.gui.windows import find, make_window, shown


class Counted(Plot):
    """Counts how often it is painted."""

    def __init__(self, **options):
        super().__init__("step", "loss", whole_x=True, **options)
        self.painted = 0

    def paint_layers(self, painter):
        super().paint_layers(painter)
        self.painted += 1


class Slow:
    """Takes its time to paint."""

    def __init__(self, seconds):
        self.seconds, self.painted, self.seen = seconds, [], True

    def is_seen(self):
        return self.seen

    def repaint_now(self):
        self.painted.append(time.perf_counter())
        time.sleep(self.seconds)


@pytest.fixture
def plot(qtbot):
    plot = Counted()
    qtbot.addWidget(plot)
    plot.resize(600, 300)
    plot.show()
    qtbot.waitExposed(plot)
    settle(qtbot, plot)
    plot.painted = 0
    return plot


def run_for(seconds):
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def test_that_nothing_is_painted_from_a_data_signal(plot):
    curve = plot.curve("loss", "loss")
    for n in range(1, 1000):
        curve.set(np.arange(n), np.ones(n))
    assert plot.painted == 0


def test_that_many_changes_are_painted_once(qtbot, plot):
    curve = plot.curve("loss", "loss")
    for n in range(1, 1000):
        curve.set(np.arange(n), np.ones(n))
    settle(qtbot, plot)
    assert 1 <= plot.painted <= 2


def test_that_a_plot_at_rest_keeps_no_timer_and_is_not_painted(plot):
    run_for(0.3)
    assert plot.painted == 0
    assert not shared_repainter().active


def test_that_a_hidden_plot_is_not_painted_until_it_is_shown(qtbot, plot):
    curve = plot.curve("loss", "loss")
    settle(qtbot, plot)
    plot.hide()
    plot.painted = 0
    curve.set([0, 1, 2], [3.0, 2.0, 1.0])
    run_for(0.2)
    assert plot.painted == 0
    assert not shared_repainter().active
    plot.show()
    settle(qtbot, plot)
    assert plot.painted > 0
    assert plot.mapping.y[0] < 1.0 < 3.0 < plot.mapping.y[1]


def paint_all_the_time(repainter, plots, seconds):
    feed = QTimer(interval=2)
    feed.timeout.connect(lambda: [repainter.request(plot) for plot in plots])
    feed.start()
    run_for(seconds)
    feed.stop()


def test_that_plots_are_painted_at_most_thirty_times_a_second_one_at_a_time(qapp):
    repainter, plots = Repainter(), [Slow(0.0), Slow(0.0), Slow(0.0)]
    paint_all_the_time(repainter, plots, 1.0)
    times = np.sort(np.concatenate([plot.painted for plot in plots]))
    assert 10 <= len(times) <= 32
    assert np.diff(times).min() > 0.028
    counts = [len(plot.painted) for plot in plots]
    assert max(counts) - min(counts) <= 1


def test_that_slow_plots_are_painted_for_a_tenth_of_the_time(qapp):
    repainter, plot = Repainter(), Slow(0.03)
    paint_all_the_time(repainter, [plot], 1.5)
    assert 3 <= len(plot.painted) <= 6


def test_that_a_run_leaves_twenty_frames_a_second_and_a_twentieth_of_the_time(qapp):
    repainter, quick, slow = Repainter(), Slow(0.0), Slow(0.03)
    repainter.sparing = True
    paint_all_the_time(repainter, [quick], 1.0)
    assert 8 <= len(quick.painted) <= 21
    assert np.diff(quick.painted).min() > 0.045
    paint_all_the_time(repainter, [slow], 1.5)
    assert 2 <= len(slow.painted) <= 4


def test_that_plots_are_painted_sparingly_from_the_start_of_a_run_to_its_end(qtbot, tmp_path):
    window = shown(qtbot, make_window(tmp_path, fake_jobs(find=sweep(seconds=0.01))))
    repainter, seen = shared_repainter(), []
    window.runner.run_changed.connect(lambda *_: seen.append(repainter.sparing))
    assert not repainter.sparing
    find(qtbot, window)
    qtbot.waitUntil(lambda: not repainter.sparing)
    assert seen and all(seen)
    window.close()


def test_that_a_line_that_did_not_change_is_not_laid_out_again(qtbot, plot):
    laid_out = []

    class Noted(Curve):
        def _lay_out(self, mapping):
            super()._lay_out(mapping)
            laid_out.append(self.name)

    still, growing = (plot.add(Noted(plot.data_changed, name, "loss")) for name in ("still", "growing"))
    still.set([0, 100], [1.0, 2.0])
    plot.repaint_now()
    laid_out.clear()
    for n in range(2, 10):
        growing.set(np.arange(n), np.linspace(1, 2, n))
        plot.repaint_now()
    assert laid_out.count("growing") == 8
    assert laid_out.count("still") == 0
    plot.resize(500, 300)
    plot.grab()
    assert laid_out.count("still") == 1


def test_that_axes_that_stay_as_they_are_are_not_set_again(qtbot, plot):
    curve, changed = plot.curve("loss", "loss"), []
    curve.set([0, 100], [1.0, 2.0])
    plot.repaint_now()
    plot.area.sigStateChanged.connect(changed.append)
    for n in range(2, 10):
        curve.set(np.linspace(0, 100, n), np.linspace(1, 2, n))
        plot.repaint_now()
    assert changed == []
    curve.set([0, 500], [1.0, 9.0])
    plot.repaint_now()
    assert changed


def test_that_a_plot_that_qt_has_deleted_is_passed_over(qtbot):
    frame = QWidget()
    qtbot.addWidget(frame)
    gone = Counted(parent=frame)
    frame.show()
    qtbot.waitExposed(frame)
    curve = gone.curve("loss", "loss")
    curve.set([0, 1], [1.0, 2.0])
    gone.deleteLater()
    run_for(0.1)
    assert not shared_repainter().active
    curve.set([0, 1, 2], [1.0, 2.0, 3.0])
    run_for(0.1)
    assert not shared_repainter().active


def test_that_a_million_points_are_repainted_quickly(qtbot, plot):
    x = np.arange(1_000_000)
    y = 1 + 1 / (1 + x / 1000) + np.random.default_rng(0).normal(0, 0.1, len(x))
    curve = plot.curve("loss", "loss")
    seconds = []
    for _ in range(5):
        curve.set(x, y)
        began = time.perf_counter()
        plot.repaint_now()
        seconds.append(time.perf_counter() - began)
    # Some 20 ms; drawing a million points takes a second.
    assert min(seconds) < 0.2


def test_that_setting_a_million_points_costs_nothing_until_then(plot):
    x = np.arange(1_000_000)
    curve = plot.curve("loss", "loss")
    began = time.perf_counter()
    for _ in range(1000):
        curve.set(x, x)
    assert (time.perf_counter() - began) / 1000 < 1e-3


def test_that_growing_data_seldom_redraw_the_numbers(qtbot, plot):
    curve = plot.curve("loss", "loss")
    ranges = set()
    for n in range(1, 400):
        curve.set(np.arange(n), 2 / np.sqrt(1 + np.arange(n)))
        plot.prepare()
        ranges.add((plot.mapping.x, plot.mapping.y))
    assert len(ranges) < 16


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_that_some_hundred_painted_frames_leave_the_references_to_none_level(qtbot, plot):
    curve = plot.curve("loss", "loss", symbol="o")
    plot.curve("other", "validation").set([0, 100], [1.0, 2.0])

    def paint(frames):
        for n in range(frames):
            curve.set(np.arange(100), np.sin(np.arange(100) + n))
            plot.repaint_now()

    paint(50)
    before, painted = sys.getrefcount(None), plot.painted
    paint(400)
    assert plot.painted >= painted + 400
    assert abs(sys.getrefcount(None) - before) < 100


def test_that_a_thick_line_that_swings_a_thousand_times_costs_little_more_than_a_thin_one(qtbot):
    x = np.arange(100_000)

    def seconds(width):
        plot = Plot("step", "rate", whole_x=True)
        qtbot.addWidget(plot)
        plot.resize(860, 170)
        curve = plot.curve("", "learning_rate", width=width)
        plot.show()
        measured = []
        for number in range(4):
            curve.set(x, np.abs(x % 40 - 20.0) + number)
            start = time.perf_counter()
            plot.repaint_now()
            measured.append(time.perf_counter() - start)
        return min(measured)

    # Stroked as it is, the thick one takes more than a hundred times as long.
    assert seconds(2.0) < 20 * seconds(1.0)
