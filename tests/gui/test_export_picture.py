"""Pictures for other programs: of the exact size, in colours that print, and of whatever was measured."""

import errno
import time
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QImage

from lrgui.core.config import Arm, ComparisonConfig, RangeTestConfig, TrainingConfig
from lrgui.core.control import Control
from lrgui.core.events import EpochEnded, Planned, StepsEnded
from lrgui.core.messages import Refused
from lrgui.core.runs import Run
from lrgui.core.sweeps import sweeps_of
from lrgui.gui.plots.export_picture import image_of, render, render_plot
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.range_test_plot import RangeTestPlot
from lrgui.gui.plots.sheet import Paper
from lrgui.gui.theme import Theme, themes
from tests.gui.fake_comparison import comparing
from tests.gui.fake_jobs import sweep, training
from tests.gui.plotting import settle

SVG = "{http://www.w3.org/2000/svg}"


def done(job, kind, config):
    run = Run("a", kind, config)
    job(config, run.apply, Control())
    return run


RUNS = {
    "sweep": lambda: done(sweep(), "range_test", RangeTestConfig()),
    "training": lambda: done(training(), "training", TrainingConfig(epochs=3)),
    "comparison": lambda: done(
        comparing(),
        "comparison",
        ComparisonConfig(arms=tuple(Arm(optimizer=name) for name in ("sgd", "adam", "rmsprop")), seeds=3),
    ),
}


def words(path):
    return " ".join("".join(text.itertext()) for text in ElementTree.parse(path).iter(f"{SVG}text"))


@pytest.mark.parametrize("kind", RUNS)
@pytest.mark.parametrize("size", [(1280, 720), (500, 900)])
def test_that_a_run_is_drawn_in_exactly_the_size_that_was_asked_for(qapp, tmp_path, kind, size):
    run = RUNS[kind]()
    render(run, tmp_path / "run.png", size)
    image = QImage(str(tmp_path / "run.png"))
    assert (image.width(), image.height()) == size
    assert image.pixelColor(1, 1).name() == "#ffffff"
    render(run, tmp_path / "run.svg", size)
    root = ElementTree.parse(tmp_path / "run.svg").getroot()
    assert (root.get("width"), root.get("height")) == tuple(map(str, size))
    assert "learning rate" in words(tmp_path / "run.svg")


def test_that_a_drawing_has_lines_and_letters_that_every_program_can_show(qapp, tmp_path):
    render(RUNS["sweep"](), tmp_path / "sweep.svg")
    text = (tmp_path / "sweep.svg").read_text(encoding="utf-8")
    assert "<image" not in text
    assert 'font-family="' in text and "sans-serif" in text
    assert ElementTree.fromstring(text).find(f"{SVG}title").text.startswith("Range test: Digits")
    for word in ("1e-4", "loss", "smoothed", "Minimum / 10"):
        assert word in words(tmp_path / "sweep.svg")


def test_that_only_what_lies_in_the_area_of_a_drawing_is_clipped(qapp, tmp_path):
    """Qt's own way to draw a scene clips the numbers beside the area as well."""
    render(RUNS["sweep"](), tmp_path / "sweep.svg")
    clipped, free = [], []

    def sort(element, inside):
        inside = inside or element.get("clip-path") is not None
        for child in element:
            sort(child, inside)
        if element.tag == f"{SVG}text":
            (clipped if inside else free).append("".join(element.itertext()).strip())

    sort(ElementTree.parse(tmp_path / "sweep.svg").getroot(), False)
    assert {"learning rate", "1e-4", "smoothed"} <= set(free)
    assert "Minimum / 10" in clipped


@pytest.mark.parametrize("steps", [0, 1, 40])
def test_that_a_run_that_measured_little_or_no_numbers_is_still_a_picture(qapp, tmp_path, steps):
    run = Run("a", "training", TrainingConfig(epochs=2))
    run.apply(Planned(np.full(40, 1e-3), 20, 2, 10))
    if steps:
        columns = {"step": np.arange(steps), "learning_rate": np.full(steps, 1e-3), "loss": np.full(steps, np.nan)}
        run.apply(StepsEnded({**columns, "accuracy": np.full(steps, np.nan)}))
    if steps == 40:
        values = dict.fromkeys(("loss", "val_loss", "accuracy", "val_accuracy"), np.nan)
        rates = dict.fromkeys(("learning_rate", "learning_rate_low", "learning_rate_high"), 1e-3)
        run.apply(EpochEnded(0, 20, {**values, **rates}))
    for name in ("run.png", "run.svg"):
        render(run, tmp_path / name, (800, 500))
        assert (tmp_path / name).stat().st_size > 2000


def test_that_a_run_that_predicts_a_number_is_drawn_with_its_score(qapp, tmp_path):
    run = Run("a", "training", TrainingConfig(epochs=2))
    run.apply(Planned(np.full(4, 1e-3), 2, 2, 10))
    columns = {"step": np.arange(4), "learning_rate": np.full(4, 1e-3), "loss": np.ones(4), "mae": np.ones(4)}
    run.apply(StepsEnded(columns))
    for epoch in range(2):
        values = {"loss": 1.0, "val_loss": 1.0, "r2": 0.5, "val_r2": 0.4, "mae": 1.0, "val_mae": 1.0}
        rates = dict.fromkeys(("learning_rate", "learning_rate_low", "learning_rate_high"), 1e-3)
        run.apply(EpochEnded(epoch, 2 * (epoch + 1), {**values, **rates}))
    render(run, tmp_path / "run.svg")
    assert "R2" in words(tmp_path / "run.svg") and "accuracy" not in words(tmp_path / "run.svg")


@pytest.mark.parametrize("size", [(50, 720), (1280, 50_000)])
def test_that_a_size_that_nobody_can_draw_is_refused_in_words(qapp, tmp_path, size):
    with pytest.raises(Refused, match="each side takes"):
        render(RUNS["sweep"](), tmp_path / "run.png", size)
    assert not list(tmp_path.iterdir())


def test_that_what_is_dim_on_the_screen_is_dark_on_paper():
    paper, light = Paper.load(), Theme.load("light")
    assert paper.color("dim") == light.color("text")
    assert paper.on_paper and not light.on_paper
    assert not paper.pen("loss").isCosmetic()


@pytest.fixture
def plot(qtbot):
    plot = RangeTestPlot()
    qtbot.addWidget(plot)
    plot.resize(600, 320)
    run = RUNS["sweep"]()
    plot.show_sweeps(sweeps_of(run.steps), 0.9)
    plot.set_learning_rate(3e-3)
    plot.show()
    settle(qtbot, plot)
    return plot


def test_that_a_plot_is_drawn_as_it_is_shown_and_stands_on_the_screen_as_before(plot, qtbot, tmp_path):
    plot.area.setXRange(-3, -1, padding=0)
    settle(qtbot, plot)
    before, shown = plot.grab().toImage(), plot.mapping
    render_plot(plot, "My title", tmp_path / "plot.svg", (900, 600))
    settle(qtbot, plot)
    assert plot.grab().toImage() == before
    assert plot.mapping == shown
    told = words(tmp_path / "plot.svg")
    assert "My title" in told and "1e-2" in told
    assert "1e-6" not in told


def test_that_a_dark_window_gives_a_white_picture(plot, qapp):
    before = themes.current = Theme.load("dark")
    try:
        image = image_of(plot, (1200, 640))
        assert themes.current is before
    finally:
        themes.current = Theme.load("light")
    assert (image.width(), image.height()) == (1200, 640)
    assert image.pixelColor(2, 2).name() == "#ffffff"


def test_that_a_long_run_is_drawn_in_a_moment(qapp, tmp_path):
    count = 200_000
    run = Run("a", "training", TrainingConfig(epochs=2))
    rates = np.full(count, 1e-3)
    run.apply(Planned(rates, count // 2, 2, 10))
    losses = np.random.default_rng(0).random(count)
    run.apply(StepsEnded({"step": np.arange(count), "learning_rate": rates, "loss": losses, "accuracy": losses}))
    began = time.perf_counter()
    render(run, tmp_path / "run.svg")
    assert time.perf_counter() - began < 10
    assert (tmp_path / "run.svg").stat().st_size < 2_000_000


def test_that_no_name_is_left_out_where_a_legend_has_no_room(qapp, tmp_path):
    optimizers = ("sgd", "adam", "rmsprop", "nadam", "adamw", "adagrad")
    arms = tuple(Arm(optimizer=name, learning_rate=rate) for name in optimizers for rate in (1e-3, 1e-2))[:8]
    run = done(
        comparing(accuracies=tuple(np.linspace(0.6, 0.9, 8))), "comparison", ComparisonConfig(arms=arms, seeds=2)
    )
    render(run, tmp_path / "arms.svg", (900, 600))
    told = words(tmp_path / "arms.svg")
    assert all(told.count(str(name)) == 1 for name in run.config.names)
    assert "+ " not in told


def test_that_a_plot_of_many_lines_names_them_all_on_paper(qtbot, tmp_path):
    plot = Plot("step", "accuracy", whole_x=True)
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    for number in range(9):
        plot.curve(f"A long name of run {number}", f"series{number}").set([0, 1], [0, number])
    plot.show()
    settle(qtbot, plot)
    before = plot.grab().toImage()
    render_plot(plot, "", tmp_path / "plot.svg", (900, 600))
    told = words(tmp_path / "plot.svg")
    assert all(f"A long name of run {number}" in told for number in range(9))
    settle(qtbot, plot)
    assert plot.grab().toImage() == before


def test_that_a_full_disk_is_an_error_that_says_so(qapp):
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with pytest.raises(OSError) as refused:
        render(RUNS["sweep"](), full, (400, 300))
    assert refused.value.errno == errno.ENOSPC
