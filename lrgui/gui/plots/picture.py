"""Runs as PNG files, drawn without a screen by the same plots that the window shows."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from lrgui.core.advice import advice_of
from lrgui.core.config import Experiment, RangeTestConfig, TrainingConfig
from lrgui.core.messages import Message, Text, format_learning_rate, joined, say
from lrgui.core.runs import Run
from lrgui.core.scores import score_in
from lrgui.core.sweeps import sweeps_of
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.range_test_plot import RangeTestPlot
from lrgui.gui.plots.sheet import COMFORTABLE, STANDARD, Size, light_and_offscreen, sheet, units_of
from lrgui.gui.theme import themes

_MARGIN, _GAP, TITLE_HEIGHT, _TITLE_PIXELS = 20, 16, 40, 16


def draw_range_test(run: Run, path: Path, size: Size = STANDARD) -> None:
    """Draw a sweep with its suggestions and the marker on the recommended rate.

    Parameters
    ----------
    run : Run
        Of kind ``range_test``; with whatever it measured.
    path : Path
        Where to write it, as PNG or, where it ends so, as SVG.
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
            advice = advice_of(run)
            plot.show_suggestions(advice.suggestions, advice.recommended, advice.peak)
            plot.set_learning_rate(advice.recommended.learning_rate)
        width, height = units_of(size)
        save_panels(
            say("Range test: {experiment}", experiment=_experiment(run)),
            [(plot, panel(0, 0, width, height - TITLE_HEIGHT))],
            path,
            size,
        )


def draw_training(run: Run, path: Path, size: Size = STANDARD) -> None:
    """Draw a training: loss, accuracy, and the learning rate of each step.

    Parameters
    ----------
    run : Run
        Of kind ``training``; with whatever it measured.
    path : Path
        Where to write it, as PNG or, where it ends so, as SVG.
    size : tuple of int
        Width and height in pixels.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    with light_and_offscreen():
        width, height = units_of(size)
        upper = round((height - TITLE_HEIGHT) * 0.6)
        panels = [
            (_loss_plot(run), panel(0, 0, width / 2, upper)),
            (_score_plot(run), panel(width / 2, 0, width / 2, upper)),
            (_rate_plot(run), panel(0, upper, width, height - TITLE_HEIGHT - upper)),
        ]
        save_panels(say("Training: {experiment}", experiment=_experiment(run)), panels, path, size)


def _loss_plot(run: Run) -> Plot:
    plot = Plot(say("step"), say("loss"), whole_x=True)
    plot.curve(say("each step"), "raw").set(run.steps["step"], run.steps["loss"])
    _pair(plot, run, "step", "loss", "val_loss")
    return plot


def _score_plot(run: Run) -> Plot:
    score = score_in(run.epochs)
    plot = Plot(say("epoch"), score.title, whole_x=True)
    _pair(plot, run, "epoch", score.name, score.of_validation)
    return plot


def _pair(plot: Plot, run: Run, x: str, training: str, validation: str) -> None:
    positions = run.epochs[x] + (1 if x == "epoch" else 0)
    plot.curve(say("training"), "loss", width=2.5, symbol="o").set(positions, run.epochs[training])
    dashed = plot.curve(say("validation"), "validation", width=2.5, style=Qt.PenStyle.DashLine, symbol="s")
    dashed.set(positions, run.epochs[validation])


def _rate_plot(run: Run) -> Plot:
    plot = Plot(say("step"), say("learning rate"), whole_x=True)
    if run.planned is not None:
        planned = run.planned.learning_rates
        plot.curve(say("planned"), "learning_rate", style=Qt.PenStyle.DashLine).set(np.arange(len(planned)), planned)
    plot.curve(say("reported by the optimizer"), "learning_rate", width=2.5).set(
        run.steps["step"], run.steps["learning_rate"]
    )
    return plot


def _experiment(run: Run) -> Message:
    config = run.config
    assert isinstance(config, Experiment)
    words: list[Text] = [config.dataset.title, config.model.title, config.optimizer.title]
    if isinstance(config, TrainingConfig):
        rate = format_learning_rate(config.learning_rate)
        words.append(say("learning rate {rate}, {epochs} epochs", rate=rate, epochs=config.epochs))
    return joined(words, "  ·  ")


def panel(x: float, y: float, width: float, height: float) -> QRectF:
    """Return the room for a plot in this part of the picture, which begins below its title."""
    return QRectF(x, y + TITLE_HEIGHT, width, height).adjusted(_MARGIN, _GAP / 2, -_MARGIN, -_GAP)


def save_panels(
    title: Text,
    panels: list[tuple[Plot, QRectF]],
    path: Path,
    size: Size,
    also: Callable[[QPainter], None] | None = None,
    layout: Size = COMFORTABLE,
) -> None:
    """Draw plots into their rooms, below a title, and what ``also`` draws, and write the picture.

    Rooms are in units of the layout, see ``sheet.units_of``.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with sheet(path, size, title, layout) as painter:
        draw_title(painter, title, units_of(size, layout)[0])
        for plot, room in panels:
            draw_plot(plot, painter, room)
            plot.deleteLater()
        if also is not None:
            also(painter)


def draw_title(painter: QPainter, title: Text, width: float) -> None:
    """Write the line above all plots; what has no room at its end is left out."""
    painter.save()
    font = painter.font()
    font.setBold(True)
    font.setPixelSize(_TITLE_PIXELS)
    painter.setFont(font)
    painter.setPen(themes.current.color("text"))
    room = QRectF(_MARGIN, _GAP / 2, width - 2 * _MARGIN, TITLE_HEIGHT - _GAP / 2)
    words = QFontMetricsF(font).elidedText(str(title), Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
    painter.restore()


def draw_plot(plot: Plot, painter: QPainter, room: QRectF) -> None:
    """Draw a plot, laid out for its room; one that stands on the screen is there as it was."""
    before = plot.size()
    plot.resize(room.size().toSize())
    try:
        painter.save()
        painter.translate(room.topLeft())
        plot.draw(painter)
        painter.restore()
    finally:
        plot.resize(before)


def names_fit(plot: Plot, room: QRectF) -> bool:
    """Return whether a plot as large as a room has room for the names of all its lines."""
    before = plot.size()
    plot.resize(room.size().toSize())
    try:
        plot.picture()
        return plot.names_fit()
    finally:
        plot.resize(before)
