"""How many examples there are of each class, as bars."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from lrgui.core.messages import say
from lrgui.gui.theme import themes
from lrgui.gui.widgets.card import GAP
from lrgui.gui.words import show

MOST_NAMED = 20
"""Up to so many classes each bar has its name and count; beyond, they are told to the mouse."""

_ROW = 18
_WIDEST_NAME = 110


class ClassHistogram(QWidget):
    """A bar for each class: lying, with name and count; many classes stand side by side without them."""

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._counts = np.zeros(0, np.int64)
        show(self.setAccessibleName, say("Examples of each class"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        themes.changed.connect(self.update)

    def show_counts(self, counts: NDArray[np.int64], names: Sequence[str]) -> None:
        """Show counts of shape (classes,), with the names of the classes.

        Raises
        ------
        ValueError
            There are not as many names as counts.
        """
        if len(counts) != len(names):
            raise ValueError(f"{len(names)} names for {len(counts)} counts")
        self._counts, self._names = counts, names
        told = "; ".join(self._tell(number) for number in range(min(len(names), MOST_NAMED)))
        show(self.setAccessibleDescription, told)
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room that all bars need (Qt's hook)."""
        return QSize(260, _ROW * len(self._names) if self._named else 96)

    @property
    def _named(self) -> bool:
        return len(self._names) <= MOST_NAMED

    def _tell(self, number: int) -> str:
        return f"{self._names[number]}: {self._counts[number]:,}"

    def bar(self, number: int) -> QRectF:
        """Return where the bar of a class lies."""
        share = self._counts[number] / max(1, self._counts.max(initial=0))
        if self._named:
            left = self._name_width() + GAP
            room = self.width() - left - self._count_width() - GAP
            return QRectF(left, number * _ROW + 3, max(1.0, share * room), _ROW - 6)
        step, height = self.width() / len(self._names), max(1.0, share * (self.height() - 2))
        return QRectF(number * step, self.height() - height, max(1.0, step - 1), height)

    def _name_width(self) -> float:
        metrics = QFontMetricsF(self._small())
        return min(max((metrics.horizontalAdvance(name) for name in self._names), default=0), _WIDEST_NAME)

    def _count_width(self) -> float:
        return QFontMetricsF(self._small()).horizontalAdvance(f"{self._counts.max(initial=0):,}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars (Qt's hook)."""
        painter = QPainter(self)
        painter.setFont(self._small())
        for number in range(len(self._names)):
            bar = self.bar(number)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, self._named)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(themes.current.color("accent"))
            painter.drawRoundedRect(bar, 2, 2)
            if self._named:
                self._paint_words(painter, number, bar)
        painter.end()

    def _paint_words(self, painter: QPainter, number: int, bar: QRectF) -> None:
        metrics, width = QFontMetricsF(self._small()), self._name_width()
        row = QRectF(0, number * _ROW, self.width(), _ROW)
        name = metrics.elidedText(self._names[number], Qt.TextElideMode.ElideRight, width)
        painter.setPen(themes.current.color("text"))
        painter.drawText(QRectF(0, row.y(), width, _ROW), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(themes.current.color("dim"))
        after = QRectF(bar.right() + GAP / 2, row.y(), self._count_width() + GAP, _ROW)
        painter.drawText(after, Qt.AlignmentFlag.AlignVCenter, f"{self._counts[number]:,}")

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(12)
        return font

    def event(self, event: QEvent) -> bool:
        """Tell of the bar under the mouse (Qt's hook)."""
        if isinstance(event, QHelpEvent) and len(self._names):
            share = event.pos().y() / _ROW if self._named else event.pos().x() / self.width() * len(self._names)
            number = int(share)
            QToolTip.showText(event.globalPos(), self._tell(number) if 0 <= number < len(self._names) else "", self)
            return True
        return super().event(event)
