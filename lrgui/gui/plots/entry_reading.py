"""What a point of a path says when the pointer comes near it: walker, step, place, and loss there."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from lrgui.core.descent.formula import plain
from lrgui.core.messages import say
from lrgui.gui.plots.layers import Layer
from lrgui.gui.plots.mapping import Mapping
from lrgui.gui.plots.trails import Trail, Trails
from lrgui.gui.theme import themes

_REACH = 9.0
_AWAY = 14.0


class EntryReading(Layer):
    """A small box beside the entry that is nearest to the pointer.

    Parameters
    ----------
    changed : callable
        Called when it looks different.
    trails : Trails
        The paths that are read.
    """

    def __init__(self, changed: Callable[[], None], trails: Trails) -> None:
        super().__init__(changed)
        self._trails = trails
        self.entry: tuple[Trail, int] | None = None

    def point(self, pixel: QPointF | None) -> bool:
        """Read the entry near a pixel of the area, none for None; return whether it is another one than before."""
        before, self.entry = self.entry, None if pixel is None else self._nearest(pixel)
        return before != self.entry

    def _nearest(self, pixel: QPointF) -> tuple[Trail, int] | None:
        nearest, found = _REACH, None
        for trail, (x, y) in self._trails.laid_out():
            away = np.hypot(x - pixel.x(), y - pixel.y())
            index = int(np.argmin(away))
            if away[index] < nearest:
                nearest, found = float(away[index]), (trail, index)
        return found

    def text(self) -> str:
        """Return what is read, empty if nothing is."""
        if self.entry is None or self.entry[1] >= self.entry[0].path.known:
            return ""
        trail, index = self.entry
        place = ", ".join(plain(part) for part in trail.path.w[index].tolist())
        return str(
            say(
                "walker {number}, step {step:,}: w = {place}, f = {value}",
                number=trail.number + 1,
                step=index,
                place=f"({place})" if trail.path.w.shape[1] > 1 else place,
                value=plain(float(trail.path.f[index])),
            )
        )

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the box inside the area, and a ring around the entry."""
        if not (text := self.text()) or self.entry is None:
            return
        trail, index = self.entry
        pixels = next((pixels for other, pixels in self._trails.laid_out() if other is trail), None)
        if pixels is None:
            return
        theme, metrics = themes.current, QFontMetricsF(painter.font())
        x, y = float(pixels[0][index]), float(pixels[1][index])
        width, height = metrics.horizontalAdvance(text) + 16, metrics.height() + 8
        left = min(max(x + _AWAY, 2.0), max(mapping.width - width - 2, 2.0))
        top = y - _AWAY - height if y - _AWAY - height > 2 else y + _AWAY
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("text"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, y), 5.0, 5.0)
        painter.setPen(theme.pen("edge"))
        painter.setBrush(theme.brush("card", 0.95))
        painter.drawRoundedRect(QRectF(left, top, width, height), 5, 5)
        painter.setPen(theme.color("text"))
        painter.drawText(QRectF(left, top, width, height), Qt.AlignmentFlag.AlignCenter, text)
