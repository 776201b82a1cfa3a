"""Above the axes: what each line is, and under the pointer what it says there."""

import math

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from lrgui.core.messages import format_learning_rate
from lrgui.gui.plots.layers import Band, Curve, draw_symbols
from lrgui.gui.plots.polylines import polygon
from lrgui.gui.sizes import px
from lrgui.gui.theme import themes

SAMPLE, GAP, BETWEEN = 20, 6, 16
"""Pixels: a line sample, what is between it and its name, and between one name and the next sample."""


class Legend(QWidget):
    """A strip of line samples with their names; keeps its height whether or not there is anything to name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: list[Curve | Band] = []
        self._values: dict[int, float] = {}
        self._at = ""
        self._left = 0
        self._look: object = None
        self._fit_font()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _fit_font(self) -> None:
        self.setFixedHeight(self.fontMetrics().height() + 6)

    def changeEvent(self, event: QEvent) -> None:
        """Take the height of another font (Qt's hook)."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_font()

    def sizeHint(self) -> QSize:
        """Return the height of a line of text (Qt's hook)."""
        return QSize(100, self.height())

    def show_entries(self, entries: list[Curve | Band], left: int) -> None:
        """Name these, from ``left`` pixels on, where the plot's area begins."""
        look = [(entry, entry.name, entry.meaning) for entry in entries], left
        if look != self._look:
            self._look, self._entries, self._left = look, entries, left
            self.update()

    def show_values(self, at: str, values: dict[int, float]) -> None:
        """Put values behind the names (by position among the entries) and say at the right where they are."""
        if (at, values) != (self._at, self._values):
            self._at, self._values = at, values
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw (Qt's hook)."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), themes.current.color("card"))
        room = self.width() - 6
        if self._at:
            painter.setPen(themes.current.color("dim"))
            painter.drawText(self.rect().adjusted(0, 0, -6, -3), Qt.AlignmentFlag.AlignRight, self._at)
            room -= self.fontMetrics().horizontalAdvance(self._at) + px(BETWEEN)
        x = float(self._left + 2)
        for index, entry in enumerate(self._entries):
            text = self._text(index, entry)
            width = px(SAMPLE + GAP) + self.fontMetrics().horizontalAdvance(text)
            left_over = len(self._entries) - index
            if x + width + (px(BETWEEN + 24) if left_over > 1 else 0) > room:
                painter.setPen(themes.current.color("dim"))
                painter.drawText(QPointF(x, self.fontMetrics().ascent()), f"+ {left_over}")
                break
            self._draw_sample(painter, entry, x)
            painter.setPen(themes.current.color("dim"))
            painter.drawText(QPointF(x + px(SAMPLE + GAP), self.fontMetrics().ascent()), text)
            x += width + px(BETWEEN)

    def _draw_sample(self, painter: QPainter, entry: Curve | Band, x: float) -> None:
        """Draw a sample as large as the plot below is drawn."""
        scale = themes.current.scale
        painter.save()
        painter.translate(x, 0)
        painter.scale(scale, scale)
        draw_sample(painter, entry, 0, self.fontMetrics().height() / 2 / scale)
        painter.restore()

    def _text(self, index: int, entry: Curve | Band) -> str:
        value = self._values.get(index, math.nan)
        return f"{entry.name}  {format_learning_rate(value, 3)}" if math.isfinite(value) else str(entry.name)

    def fits(self) -> bool:
        """Return whether there is room for all names."""
        widths = (px(SAMPLE + GAP) + self.fontMetrics().horizontalAdvance(str(entry.name)) for entry in self._entries)
        return self._left + 2 + sum(widths) + px(BETWEEN) * (len(self._entries) - 1) <= self.width() - 6


def draw_sample(painter: QPainter, entry: Curve | Band, x: float, middle: float) -> None:
    """Draw a piece of a line, with its symbol, or of a band."""
    if isinstance(entry, Band):
        color = themes.current.brush(entry.meaning, min(1.0, 1.5 * entry.alpha))
        painter.fillRect(QRectF(x, middle - 4, SAMPLE, 8), color)
        return
    pen = entry.pen()
    if entry.line:
        painter.setPen(pen)
        painter.drawLine(QLineF(x, middle, x + SAMPLE, middle))
    if entry.symbol:
        pen.setStyle(Qt.PenStyle.SolidLine)
        middles = [x + SAMPLE / 2] if entry.line else [x + 3, x + SAMPLE / 2, x + SAMPLE - 3]
        points = polygon(np.array(middles), np.full(len(middles), middle))
        draw_symbols(painter, points, entry.symbol, pen, entry.width)
