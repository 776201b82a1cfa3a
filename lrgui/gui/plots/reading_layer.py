"""What all curves say under the pointer: a line through them, and a box with the numbers."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QApplication

from lrgui.core.messages import Text, format_learning_rate
from lrgui.gui.plots.layers import Layer
from lrgui.gui.plots.mapping import Mapping
from lrgui.gui.theme import themes

_MARGIN, _DOT, _AWAY = 8.0, 8.0, 14.0


class Reading(NamedTuple):
    """One curve under the pointer: its colour's meaning, its name, and its value there."""

    meaning: str
    name: Text
    value: float


class ReadingLayer(Layer):
    """A vertical line where the pointer is, and beside it what each curve says there."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__(changed)
        self.x: float | None = None
        self.title: Text = ""
        self.readings: Sequence[Reading] = ()

    def show(self, x: float, title: Text, readings: Sequence[Reading]) -> None:
        """Stand at an x (user units), under a title; whoever calls has it painted."""
        self.x, self.title, self.readings = x, title, readings

    def clear(self) -> None:
        """Show nothing."""
        self.x, self.title, self.readings = None, "", ()

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw line, points and box."""
        if self.x is None:
            return
        x = mapping.x_pixel(self.x)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(themes.current.pen("edge"))
        painter.drawLine(QLineF(x, 0, x, mapping.height))
        for reading in self.readings:
            y = mapping.y_pixel(reading.value)
            if math.isfinite(y):
                painter.setPen(QPen(themes.current.color("card"), 1.5))
                painter.setBrush(themes.current.brush(reading.meaning))
                painter.drawEllipse(QPointF(x, y), 4.5, 4.5)
        self._paint_box(painter, mapping, x)

    def _paint_box(self, painter: QPainter, mapping: Mapping, x: float) -> None:
        font = QApplication.font()
        metrics = QFontMetricsF(font)
        values = [format_learning_rate(reading.value, 3) for reading in self.readings]
        named = max((metrics.horizontalAdvance(str(reading.name)) for reading in self.readings), default=0.0)
        counted = max((metrics.horizontalAdvance(value) for value in values), default=0.0)
        width = max(metrics.horizontalAdvance(str(self.title)), named + counted + _DOT + 6 + 16) + 2 * _MARGIN
        row = metrics.height() + 2
        box = self._place(mapping, x, width, row * (1 + len(values)) + 2 * _MARGIN - 4)
        painter.setFont(font)
        painter.setPen(themes.current.pen("line"))
        painter.setBrush(themes.current.brush("card", 0.94))
        painter.drawRoundedRect(box, 6, 6)
        line = box.adjusted(_MARGIN, _MARGIN - 2, -_MARGIN, 0)
        line.setHeight(row)
        painter.setPen(themes.current.color("dim"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, str(self.title))
        for reading, value in zip(self.readings, values, strict=True):
            line.translate(0, row)
            self._paint_reading(painter, line, reading, value)

    @staticmethod
    def _place(mapping: Mapping, x: float, width: float, height: float) -> QRectF:
        left = x + _AWAY if x + _AWAY + width <= mapping.width else x - _AWAY - width
        return QRectF(min(max(left, 0.0), max(mapping.width - width, 0.0)), 6, width, height)

    @staticmethod
    def _paint_reading(painter: QPainter, line: QRectF, reading: Reading, value: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(themes.current.brush(reading.meaning))
        painter.drawEllipse(QRectF(line.left(), line.center().y() - _DOT / 2 - 1, _DOT, _DOT))
        painter.setPen(themes.current.color("text"))
        painter.drawText(line.adjusted(_DOT + 6, 0, 0, 0), Qt.AlignmentFlag.AlignLeft, str(reading.name))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, value)
