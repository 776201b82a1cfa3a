"""The key of a picture: what each line is, in as many rows as that takes."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QApplication

from lrgui.gui.plots.layers import Band, Curve
from lrgui.gui.plots.legend import BETWEEN, GAP, SAMPLE, draw_sample
from lrgui.gui.theme import themes


class Key:
    """Samples of lines with their names, row by row; unlike a legend it leaves none out.

    Parameters
    ----------
    entries : sequence of Curve or Band
        What is named.
    width : float
        How long a row may be.
    """

    def __init__(self, entries: Sequence[Curve | Band], width: float) -> None:
        metrics = QFontMetricsF(QApplication.font())
        self._row, self._ascent = metrics.height() + 4, metrics.ascent()
        self._placed: list[tuple[Curve | Band, float, float]] = []
        x = y = 0.0
        for entry in entries:
            needed = SAMPLE + GAP + metrics.horizontalAdvance(str(entry.name))
            if x and x + needed > width:
                x, y = 0.0, y + self._row
            self._placed.append((entry, x, y))
            x += needed + BETWEEN
        self.height = y + self._row if self._placed else 0.0

    def draw(self, painter: QPainter, left: float, top: float) -> None:
        """Draw all rows, from this corner on."""
        painter.save()
        painter.setFont(QApplication.font())
        for entry, x, y in self._placed:
            draw_sample(painter, entry, left + x, top + y + self._ascent / 2 + 2)
            painter.setPen(themes.current.color("text"))
            painter.drawText(QPointF(left + x + SAMPLE + GAP, top + y + self._ascent), str(entry.name))
        painter.restore()
