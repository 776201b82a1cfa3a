"""Runs as PNG files, drawn without a screen by the same plots that the window shows."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from lrgui.core.advice import advise
from lrgui.core.config import Experiment, RangeTestConfig, TrainingConfig
from lrgui.core.messages import format_learning_rate, say
from lrgui.core.runs import Run
from lrgui.core.sweeps import sweeps_of
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.range_test_plot import RangeTestPlot
from lrgui.gui.theme import Theme, themes

Size = tuple[int, int]

_MARGIN, _GAP, TITLE_HEIGHT = 20, 16, 40


def draw_range_test(run: Run, path: Path, size: Size = (1280, 720)) -> None:
    """Draw a sweep with its suggestions and the marker on the recommended rate.

    Parameters
    ----------
    run : Run
        Of kind ``range_test``; with whatever it measured.
    path : Path
        Where to write the PNG.
    size : tuple of int
        Width and height in pixels.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    with light_and_offscreen():
        plot = RangeTestPlot()
        sweeps = sweeps_of(run.steps)
        smoothing = run.config.smoothing if isinstance(run.config, RangeTestConfig) else 0.9
        plot.show_sweeps(sweeps, smoothing)
        if run.planned is not None:
            plot.show_plan(float(run.planned.learning_rates[0]), float(run.planned.learning_rates[-1]))
        if sweeps:
            advice = advise(sweeps)
            plot.show_suggestions(advice.suggestions, advice.recommended)
            plot.set_learning_rate(advice.recommended.learning_rate)
        width, height = size
        save_panels(f"Range test: {_experiment(run)}", [(plot, panel(0, 0, width, height - TITLE_HEIGHT))], path, size)


def draw_training(run: Run, path: Path, size: Size = (1280, 720)) -> None:
    """Draw a training: loss, accuracy, and the learning rate of each step.

    Parameters
    ----------
    run : Run
        Of kind ``training``; with whatever it measured.
    path : Path
        Where to write the PNG.
    size : tuple of int
        Width and height in pixels.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    with light_and_offscreen():
        width, height = size
        upper = round((height - TITLE_HEIGHT) * 0.6)
        panels = [
            (_loss_plot(run), panel(0, 0, width / 2, upper)),
            (_accuracy_plot(run), panel(width / 2, 0, width / 2, upper)),
            (_rate_plot(run), panel(0, upper, width, height - TITLE_HEIGHT - upper)),
        ]
        save_panels(f"Training: {_experiment(run)}", panels, path, size)


def _loss_plot(run: Run) -> Plot:
    plot = Plot("step", "loss", whole_x=True)
    plot.curve("each step", "raw").set(run.steps["step"], run.steps["loss"])
    _pair(plot, run, "step", "loss", "val_loss")
    return plot


def _accuracy_plot(run: Run) -> Plot:
    plot = Plot("epoch", "accuracy", whole_x=True)
    _pair(plot, run, "epoch", "accuracy", "val_accuracy")
    return plot


def _pair(plot: Plot, run: Run, x: str, training: str, validation: str) -> None:
    positions = run.epochs[x] + (1 if x == "epoch" else 0)
    plot.curve("training", "loss", width=2.5, symbol="o").set(positions, run.epochs[training])
    dashed = plot.curve("validation", "validation", width=2.5, style=Qt.PenStyle.DashLine, symbol="s")
    dashed.set(positions, run.epochs[validation])


def _rate_plot(run: Run) -> Plot:
    plot = Plot("step", "learning rate", whole_x=True)
    if run.planned is not None:
        planned = run.planned.learning_rates
        plot.curve("planned", "learning_rate", style=Qt.PenStyle.DashLine).set(np.arange(len(planned)), planned)
    plot.curve("reported by the optimizer", "learning_rate", width=2.5).set(
        run.steps["step"], run.steps["learning_rate"]
    )
    return plot


def _experiment(run: Run) -> str:
    config = run.config
    assert isinstance(config, Experiment)
    words = [config.dataset.title, config.model.title, config.optimizer.title]
    if isinstance(config, TrainingConfig):
        rate = format_learning_rate(config.learning_rate)
        words.append(str(say("learning rate {rate}, {epochs} epochs", rate=rate, epochs=config.epochs)))
    return "  ·  ".join(words)


def panel(x: float, y: float, width: float, height: float) -> QRectF:
    """Return the room for a plot in this part of the picture, which begins below its title."""
    return QRectF(x, y + TITLE_HEIGHT, width, height).adjusted(_MARGIN, _GAP / 2, -_MARGIN, -_GAP)


def save_panels(
    title: str,
    panels: list[tuple[Plot, QRectF]],
    path: Path,
    size: Size,
    also: Callable[[QPainter], None] | None = None,
) -> None:
    """Draw plots into their rooms, below a title, and what ``also`` draws, and write the picture.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    picture = QPixmap(*size)
    picture.fill(themes.current.color("card"))
    painter = QPainter(picture)
    font = painter.font()
    font.setBold(True)
    font.setPixelSize(16)
    painter.setFont(font)
    painter.setPen(themes.current.color("text"))
    room = QRectF(_MARGIN, _GAP / 2, size[0] - 2 * _MARGIN, TITLE_HEIGHT - _GAP / 2)
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
    for plot, place in panels:
        painter.drawPixmap(place.topLeft(), _drawn(plot, place.size().toSize()))
    if also is not None:
        also(painter)
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not picture.save(str(path), "PNG"):
        raise OSError(f"{path} could not be written")


def _drawn(plot: Plot, size: QSize) -> QPixmap:
    plot.resize(size)
    plot.fit()
    # The room for the numbers is known only when there are some: the second picture has it.
    plot.picture()
    picture = plot.picture()
    plot.deleteLater()
    return picture


@contextmanager
def light_and_offscreen() -> Iterator[None]:
    """Let Qt draw without a display and in the light theme, and put the theme back afterwards."""
    if QApplication.instance() is None:
        _make_application()
    before = themes.current
    themes.current = Theme.load("light")
    try:
        yield
    finally:
        themes.current = before


_applications: list[QApplication] = []
"""Keeps the application alive that was made here."""


def _make_application() -> None:
    # Without a display Qt would end the program, and none is needed to draw into memory.
    if sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication(["lrgui"])
    font = application.font()
    font.setPixelSize(13)
    application.setFont(font)
    _applications.append(application)
