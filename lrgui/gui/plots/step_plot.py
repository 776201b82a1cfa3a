"""What walkers measure, over their steps, with a line at the step of now."""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from lrgui.core.descent import Path
from lrgui.core.messages import Message, Text, say
from lrgui.gui.plots.decimation import decimated
from lrgui.gui.plots.layers import Layer
from lrgui.gui.plots.mapping import Floats, Mapping, to_axis
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.plot_words import line_in_words
from lrgui.gui.plots.polylines import line_parts, polygon, smooth_line
from lrgui.gui.plots.resolution import dots_per_unit
from lrgui.gui.plots.series_look import dashes_of
from lrgui.gui.plots.trails import Trail
from lrgui.gui.theme import themes

Measured = Callable[[Path], Floats | None]
_EMPTY = np.empty(0)


class StepLines(Layer):
    """A line for each walker, drawn once into a picture; a frame adds the step of now and the values there.

    Parameters
    ----------
    changed : callable
        Called when it looks different.
    measured : callable
        Returns what is shown of a path, shape (known,), or None where there is nothing.
    """

    def __init__(self, changed: Callable[[], None], measured: Measured) -> None:
        super().__init__(changed)
        self._measured = measured
        self.position = 0.0
        self._lines: list[tuple[Trail, Floats]] = []
        self._decimated: list[tuple[Floats, Floats]] | None = None
        self._picture: tuple[object, QPixmap] | None = None

    def show(self, trails: Sequence[Trail]) -> None:
        """Show what is known of these walkers."""
        values = ((trail, self._measured(trail.path)) for trail in sorted(trails, key=lambda trail: trail.selected))
        self._lines = [(trail, _EMPTY if line is None else line) for trail, line in values]
        self._decimated = self._picture = None
        self._changed()

    def in_words(self, quantity: Text) -> list[Message]:
        """Return where the line of each walker begins and ends."""
        return [
            told
            for trail, values in sorted(self._lines, key=lambda line: line[0].number)
            for told in line_in_words(say("walker {number}", number=trail.number + 1), values)
        ]

    def x_extent(self) -> tuple[float, float] | None:
        """Return the first and the last step that can be."""
        return (0.0, float(max(trail.path.steps for trail, _ in self._lines))) if self._lines else None

    def y_positions(self, mapping: Mapping) -> list[Floats]:
        """Return the lines, decimated."""
        return [y for _, y in self._columns(mapping)]

    def _columns(self, mapping: Mapping) -> list[tuple[Floats, Floats]]:
        if self._decimated is None:
            columns = max(int(mapping.width), 1)
            self._decimated = [
                decimated(np.arange(len(values), dtype=np.float64), to_axis(values, mapping.log_y), columns)
                for _, values in self._lines
            ]
        return self._decimated

    def lay_out(self, mapping: Mapping) -> None:
        """Forget the picture: the axes show something else."""
        self._picture = None

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the lines, the step of now and the values there."""
        ratio = dots_per_unit(painter)
        key = mapping, ratio, themes.current.name
        if self._picture is None or self._picture[0] != key:
            self._picture = key, self._drawn(mapping, ratio)
        painter.drawPixmap(QPointF(0, 0), self._picture[1])
        x = mapping.x_pixel(self.position)
        painter.setPen(themes.current.pen("dim", 1.0))
        painter.drawLine(QLineF(x, 0, x, mapping.height))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for trail, values in self._lines:
            if len(values):
                self._dot(painter, mapping, trail, values)

    def _dot(self, painter: QPainter, mapping: Mapping, trail: Trail, values: Floats) -> None:
        step = min(int(self.position), len(values) - 1)
        x, y = mapping.x_pixel(step), mapping.y_pixel(float(values[step]))
        if np.isfinite(y) and -20 < y < mapping.height + 20:
            painter.setPen(QPen(themes.current.color("card"), 1.5))
            painter.setBrush(themes.current.brush(trail.meaning))
            painter.drawEllipse(QPointF(x, y), 4.5, 4.5)

    def _drawn(self, mapping: Mapping, ratio: float) -> QPixmap:
        picture = QPixmap(max(round(mapping.width * ratio), 1), max(round(mapping.height * ratio), 1))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self._decimated = None  # for another width they are others
        for (trail, _), (x, y) in zip(self._lines, self._columns(mapping), strict=True):
            pen = themes.current.pen(trail.meaning, 2.4 if trail.selected else 1.6, dashes_of(trail.number))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            for part in line_parts(*smooth_line(mapping.x_pixels(x), mapping.y_pixels(y)), mapping.height):
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(part[0]) <= 1000)
                painter.drawPolyline(polygon(*part))
        painter.end()
        return picture


class StepPlot(Plot):
    """A plot of one quantity over the steps; the parameters are those of ``Plot`` and ``StepLines``."""

    def __init__(self, title: Text, measured: Measured, *, log_y: bool = False, robust: bool = True) -> None:
        super().__init__(say("step"), title, log_y=log_y, whole_x=True, robust=robust)
        self.lines = self.add(StepLines(self.data_changed, measured))

    def show_walks(self, trails: Sequence[Trail]) -> None:
        """Show these walkers as far as they are known."""
        if trails:
            self.set_x_range(0, max(trail.path.steps for trail in trails))
        self.lines.show(trails)

    def show_position(self, position: float) -> None:
        """Put the line at a position at once."""
        self.lines.position = position
        self.refresh_soon()
