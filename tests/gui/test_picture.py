"""Runs as PNG files."""

import os
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtGui import QImage

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.events import EpochEnded, Planned, StepsEnded
from lrgui.core.runs import Run
from lrgui.gui.plots.picture import draw_range_test, draw_training
from lrgui.gui.theme import Theme, themes
from tests.gui.plotting import RATES, losses


def sweep(count=85):
    run = Run("a", "range_test", RangeTestConfig())
    run.apply(Planned(RATES, 44, 3, 4000))
    columns = {"step": np.arange(count), "learning_rate": RATES[:count], "loss": losses()[:count]}
    run.apply(StepsEnded(columns))
    return run


def training(epochs=3):
    run = Run("b", "training", TrainingConfig(epochs=3))
    rates = np.full(30, 1e-3)
    run.apply(Planned(rates, 10, 3, 4000))
    run.apply(StepsEnded({"step": np.arange(30), "learning_rate": rates, "loss": np.linspace(2, 1, 30)}))
    for epoch in range(epochs):
        values = dict.fromkeys(("accuracy", "val_accuracy"), 0.5 + epoch / 10)
        values |= dict.fromkeys(("loss", "val_loss"), 2.0 - epoch / 2)
        values |= dict.fromkeys(("learning_rate", "learning_rate_low", "learning_rate_high"), 1e-3)
        run.apply(EpochEnded(epoch, 10 * (epoch + 1), values))
    return run


def count(image, meaning):
    wanted = Theme.load("light").color(meaning).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_that_a_sweep_is_drawn_with_its_curve_and_marker(qapp, tmp_path):
    draw_range_test(sweep(), tmp_path / "sweep.png")
    image = QImage(str(tmp_path / "sweep.png"))
    assert (image.width(), image.height()) == (1280, 720)
    assert count(image, "loss") > 1000
    assert count(image, "marker") > 1000


def test_that_several_sweeps_are_drawn_with_their_band(qapp, tmp_path):
    run = Run("a", "range_test", RangeTestConfig(repeats=3))
    run.apply(Planned(np.tile(RATES, 3), 44, 3, 4000, repeats=3))
    for repeat, level in enumerate((0.5, 1.0, 1.5)):
        columns = {"step": 101 * repeat + np.arange(101), "learning_rate": RATES, "loss": level * losses(seed=repeat)}
        run.apply(StepsEnded({**columns, "accuracy": np.zeros(101), "repeat": np.full(101, repeat)}))
    draw_range_test(run, tmp_path / "three.png")
    draw_range_test(sweep(101), tmp_path / "one.png")
    three, one = (QImage(str(tmp_path / name)) for name in ("three.png", "one.png"))
    assert count(three, "loss") > 1000
    assert count(one, "card") - count(three, "card") > 20_000


def test_that_a_training_is_drawn_with_loss_and_rate(qapp, tmp_path):
    draw_training(training(), tmp_path / "training.png", size=(900, 600))
    image = QImage(str(tmp_path / "training.png"))
    assert (image.width(), image.height()) == (900, 600)
    for meaning in ("loss", "validation", "learning_rate"):
        assert count(image, meaning) > 100, meaning


@pytest.mark.parametrize(("draw", "run"), [(draw_range_test, sweep(0)), (draw_training, training(0))])
def test_that_a_run_with_nothing_measured_is_still_a_picture(qapp, tmp_path, draw, run):
    draw(run, tmp_path / "empty.png")
    assert QImage(str(tmp_path / "empty.png")).width() == 1280


def test_that_the_picture_is_light_and_the_window_stays_as_it_was(qapp, tmp_path):
    before = themes.current = Theme.load("dark")
    try:
        draw_range_test(sweep(), tmp_path / "sweep.png")
        assert themes.current is before
        assert count(QImage(str(tmp_path / "sweep.png")), "card") > 500_000
    finally:
        themes.current = Theme.load("light")


def test_that_a_place_that_cannot_be_written_is_told(qapp, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError):
        draw_range_test(sweep(), tmp_path / "file" / "sweep.png")


def test_that_a_program_without_display_and_application_can_draw(tmp_path):
    code = (
        "from pathlib import Path; from tests.gui.test_picture import sweep; "
        "from lrgui.gui.plots.picture import draw_range_test; draw_range_test(sweep(), Path('sweep.png').absolute())"
    )
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment["PYTHONPATH"] = os.getcwd()
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "sweep.png").stat().st_size > 10_000
