"""An axis that says what it shows: a title in words, plain numbers, quiet lines."""

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QApplication

from lrgui.core.messages import Text
from lrgui.gui.plots.ticks import Ticks, linear_ticks, log_ticks
from lrgui.gui.theme import themes

_TICK = 4
_GAP = 5
_ROOMS = (30, 40, 54, 72, 100, 140)
"""Tried one after the other: how many pixels of an axis a number has to itself."""


class Axis(pg.AxisItem):  # type: ignore[misc]
    """The left or the bottom axis of a plot; draws itself, in the theme's colours.

    Parameters
    ----------
    side : str
        ``left`` or ``bottom``.
    title : Message or str
        Words, with the unit if there is one.
    log : bool
        Whether positions are powers of ten.
    whole : bool
        Whether only whole numbers make sense.
    """

    def __init__(self, side: str, title: Text, *, log: bool = False, whole: bool = False) -> None:
        self._title, self._log, self._whole = title, log, whole
        self._ticks: tuple[tuple[float, ...], Ticks] | None = None
        self._numbered = False
        self._fitted: tuple[list[str], str, float, QFont] | None = None
        super().__init__(side)
        self.enableAutoSIPrefix(False)
        self.fit_room()

    @property
    def vertical(self) -> bool:
        """Whether it is the left axis."""
        return bool(self.orientation == "left")

    @property
    def title(self) -> str:
        """The words beside the axis."""
        return str(self._title)

    @title.setter
    def title(self, title: Text) -> None:
        self._title = title
        self.update()

    @property
    def named(self) -> Text:
        """The title as it was given, for whoever shows it in another language."""
        return self._title

    @property
    def log(self) -> bool:
        """Whether positions are powers of ten."""
        return self._log

    @log.setter
    def log(self, log: bool) -> None:
        self._log, self._ticks = log, None

    @property
    def numbered(self) -> bool:
        """Whether there are numbers: not before there is anything to measure."""
        return self._numbered

    @numbered.setter
    def numbered(self, numbered: bool) -> None:
        self._numbered, self._ticks = numbered, None

    def ticks(self) -> Ticks:
        """Return the ticks of what is shown now."""
        length = self.size().height() if self.vertical else self.size().width()
        key = (*self.range, length)
        if self._ticks is None or self._ticks[0] != key:
            self._ticks = key, self._make_ticks(length)
        return self._ticks[1]

    def _make_ticks(self, length: float) -> Ticks:
        low, high = self.range
        if not self._numbered:
            return Ticks([], [], [])
        for room in _ROOMS:
            most = max(2, int(length / room))
            ticks = log_ticks(low, high, most) if self._log else linear_ticks(low, high, most, self._whole)
            if self._has_room(ticks, length):
                break
        return ticks

    def _has_room(self, ticks: Ticks, length: float) -> bool:
        if len(ticks.major) < 2:
            return True
        metrics = QFontMetricsF(_font())
        distance = (ticks.major[1] - ticks.major[0]) / (self.range[1] - self.range[0]) * length
        if self.vertical:
            return bool(distance >= 2 * metrics.height())
        widest = max(metrics.horizontalAdvance(label) for label in ticks.labels)
        return bool(distance >= (14 + widest if self._log else 18 + 2 * widest))

    def fit_room(self) -> bool:
        """Make room for the numbers and the title; return whether that moved anything."""
        # With each frame of a run this is asked, and seldom anything has changed.
        fitted = self.ticks().labels, self.title, self.size().height(), _font()
        if fitted == self._fitted:
            return False
        self._fitted = fitted
        metrics = QFontMetricsF(_font())
        if not self.vertical:
            needed = round(_TICK + 2 + metrics.height() + (metrics.height() + 2 if self._title else 0))
            changed = bool(self.fixedHeight != needed)
            if changed:
                self.setHeight(needed)
            return changed
        numbers = max((metrics.horizontalAdvance(label) for label in self.ticks().labels), default=0)
        title = (metrics.height() * (1 + self._title_lines().count("\n")) + 4) if self._title else 0
        needed = round(max(numbers, 28) + _TICK + _GAP + title)
        # A little too much room is left alone: the plot should not jump for the width of a digit.
        changed = bool(self.fixedWidth is None or not needed <= self.fixedWidth <= needed + 14)
        if changed:
            self.setWidth(needed)
        return changed

    def _title_lines(self) -> str:
        """Return the title beside a low plot in two lines, as far as its words allow."""
        title = self.title
        words = title.split()
        room = self.size().height()
        if room < 1 or QFontMetricsF(_font()).horizontalAdvance(title) <= room or len(words) < 2:
            return title
        breaks = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
        return "\n".join(min(breaks, key=lambda lines: max(map(len, lines))))

    def boundingRect(self) -> QRectF:
        """Return its room but for the pixels next to the area: Qt would paint all of it with the area (Qt's hook)."""
        room = QRectF(QPointF(0, 0), self.size())
        return room.adjusted(0, -8, -2, 8) if self.vertical else room.adjusted(0, 2, 0, 0)

    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw the axis (Qt's and pyqtgraph's hook)."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setFont(_font())
        painter.setPen(themes.current.pen("line"))
        box = QRectF(QPointF(0, 0), self.size())
        if self.vertical:
            painter.drawLine(QPointF(box.right() - 1, box.top()), QPointF(box.right() - 1, box.bottom()))
        else:
            painter.drawLine(box.topLeft(), box.topRight())
        ticks = self.ticks()
        for positions, length in ((ticks.minor, _TICK / 2), (ticks.major, _TICK)):
            for position in positions:
                self._draw_tick(painter, box, self._pixel(position, box), length)
        painter.setPen(themes.current.color("dim"))
        for position, label in zip(ticks.major, ticks.labels, strict=True):
            self._draw_number(painter, box, self._pixel(position, box), label)
        self._draw_title(painter, box)

    def _pixel(self, position: float, box: QRectF) -> float:
        low, high = (float(end) for end in self.range)
        share = (position - low) / (high - low)
        return box.bottom() - share * box.height() if self.vertical else box.left() + share * box.width()

    def _draw_tick(self, painter: QPainter, box: QRectF, at: float, length: float) -> None:
        if self.vertical:
            painter.drawLine(QPointF(box.right() - 1 - length, at), QPointF(box.right() - 1, at))
        else:
            painter.drawLine(QPointF(at, box.top()), QPointF(at, box.top() + length))

    def _draw_number(self, painter: QPainter, box: QRectF, at: float, label: str) -> None:
        metrics = painter.fontMetrics()
        width, height = metrics.horizontalAdvance(label), metrics.height()
        if self.vertical:
            top = min(max(at - height / 2, box.top() - 1), box.bottom() + 3 - height)
            rect = QRectF(box.right() - _TICK - _GAP - width, top, width + 1, height)
        else:
            # A number at the very end moves inwards rather than being cut off.
            left = min(max(at - width / 2, box.left() - 12), box.right() - width)
            rect = QRectF(left, box.top() + _TICK + 2, width + 1, height)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, label)

    def _draw_title(self, painter: QPainter, box: QRectF) -> None:
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextDontClip
        if not self.vertical:
            painter.drawText(box, flags | Qt.AlignmentFlag.AlignBottom, self.title)
            return
        painter.save()
        painter.translate(box.left(), box.bottom())
        painter.rotate(-90)
        painter.drawText(
            QRectF(0, 0, box.height(), box.width()), flags | Qt.AlignmentFlag.AlignTop, self._title_lines()
        )
        painter.restore()


def _font() -> QFont:
    return QFont(QApplication.font())
