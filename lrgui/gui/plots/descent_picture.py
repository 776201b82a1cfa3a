"""Walks on a function as a picture: the paths, and loss and rate of each step."""

from collections.abc import Sequence
from pathlib import Path as FilePath

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from lrgui.core.descent import Path
from lrgui.core.messages import Message, before_colon, format_learning_rate, say
from lrgui.gui.plots.contour_plot import landscape_of
from lrgui.gui.plots.descent_plot import axis_titles
from lrgui.gui.plots.picture import TITLE_HEIGHT, panel, save_panels
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.series_look import dashes_of
from lrgui.gui.plots.sheet import ROOMY, STANDARD, Size, light_and_offscreen, units_of
from lrgui.gui.plots.trails import Trail, Trails
from lrgui.gui.theme import themes

_LINE, _BELOW, _INDENT = 20, 20, 38
"""Pixels: the height of what is said of a walker, the room below all, and what its number takes of the line."""


def draw_descent(paths: Sequence[Path], file: FilePath, size: Size = STANDARD) -> None:
    """Draw walkers on a function of one or two variables.

    Parameters
    ----------
    paths : sequence of Path
        On the same function, at least one; what is computed of them is drawn.
    file : pathlib.Path
        Where to write it, as PNG or, where it ends so, as SVG.
    size : tuple of int
        Width and height in pixels.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    with light_and_offscreen():
        function, place = paths[0].function, _on_the_function(paths)
        width, height = units_of(size, ROOMY)
        left, room = round(width * 0.58), height - TITLE_HEIGHT
        told = _LINE * len(paths) + _BELOW
        half = (room - told) / 2
        panels = [
            (place, panel(0, 0, left, room)),
            (_over_steps(say("loss"), [path.f for path in paths]), panel(left, told, width - left, half)),
            (
                _over_steps(say("learning rate"), [path.learning_rate for path in paths]),
                panel(left, told + half, width - left, half),
            ),
        ]
        walkers = panel(left, 0, width - left, told)
        save_panels(
            say("Descent: {function}", function=function.title),
            panels,
            file,
            size,
            lambda painter: _tell(painter, paths, walkers),
            ROOMY,
        )


def _tell(painter: QPainter, paths: Sequence[Path], room: QRectF) -> None:
    """Say of each walker, behind its number in its colour, what it is and how it ended."""
    font = painter.font()
    font.setPixelSize(13)
    for number, path in enumerate(paths):
        line = QRectF(room.left(), room.top() + number * _LINE, room.width(), _LINE)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(themes.current.color(f"series{number}"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, f"●  {number + 1}")
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(themes.current.color("text"))
        words = line.adjusted(_INDENT, 0, 0, 0)
        whole, brief = _words(path)
        fits = painter.fontMetrics().horizontalAdvance(whole) <= words.width()
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, whole if fits else _cut(painter, brief, words))


def _cut(painter: QPainter, words: str, room: QRectF) -> str:
    return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))


def _words(path: Path) -> tuple[str, str]:
    """Return what a walker is and how it ended, and the same without the reason."""
    walker, ended = path.walker, path.ended
    rate, schedule = format_learning_rate(walker.learning_rate, 3), str(walker.schedule.title).lower()
    told = f"{walker.title} {rate}, {schedule}"
    if ended is None:
        return told, told
    return f"{told}: {ended.message}", f"{told}: {before_colon(ended.message)}"


def _on_the_function(paths: Sequence[Path]) -> Plot:
    function = paths[0].function
    plot = Plot(*axis_titles(function), robust=False)
    plot.add(landscape_of(plot.data_changed, function)).take_in(path.w for path in paths)
    trails = plot.add(Trails(plot.data_changed))
    trails.show([Trail(path, number, selected=False) for number, path in enumerate(paths) if path.known])
    trails.position = max(path.known for path in paths)
    return plot


def _over_steps(title: Message, columns: Sequence[np.ndarray]) -> Plot:
    plot = Plot(say("step"), title, whole_x=True)
    for number, values in enumerate(columns):
        curve = plot.curve("", f"series{number}", width=2, style=dashes_of(number))
        curve.set(np.arange(len(values)), values)
    return plot
