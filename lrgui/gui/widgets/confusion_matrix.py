"""Which class was taken for which, as a square of counts."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lrgui.core.messages import Message, say
from lrgui.gui.theme import themes
from lrgui.gui.words import show

MOST_NUMBERED = 20
"""Up to so many classes the counts are written; beyond, cells are colours and tell their count to the mouse."""

_GAP = 6
_WIDEST_CELL, _LEAST_CELL = 76, 17
_WIDEST_NAME = 96
_SMALL, _LARGE = 12, 17
"""Pixels of the letters, and of the counts where their cells are large."""

_PALEST = 0.14
"""Strength of a cell with a single example: to be told from an empty one."""


class ConfusionMatrix(QWidget):
    """Counts by true class (rows) and predicted class (columns).

    What is right, on the diagonal, has one colour and what is wrong another, each the stronger the larger its count
    is beside the largest of its kind. ``pointed`` carries the sentence about the cell under the mouse, or nothing.
    """

    pointed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._counts = np.zeros((0, 0), np.int64)
        self._names: Sequence[str] = ()
        self._most = {True: 1, False: 1}
        self._at: tuple[int, int] | None = None
        self.setMouseTracking(True)
        show(self.setAccessibleName, say("Confusion matrix"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        themes.changed.connect(self.update)

    def show_counts(self, counts: NDArray[np.int64], names: Sequence[str]) -> None:
        """Show counts of shape (classes, classes), rows the true classes, with the names of the classes.

        Raises
        ------
        ValueError
            There are not as many names as rows and columns.
        """
        if counts.shape != (len(names), len(names)):
            raise ValueError(f"{len(names)} names for counts of shape {counts.shape}")
        self._counts, self._names, self._at = counts, names, None
        diagonal = np.eye(len(names), dtype=bool)
        self._most = {right: max(1, int(counts[diagonal == right].max(initial=0))) for right in (True, False)}
        right = int(np.trace(counts))
        show(
            self.setAccessibleDescription,
            say("{right} of {count} examples on the diagonal", right=right, count=int(counts.sum())),
        )
        self.setMinimumHeight(self._least_height())
        self.updateGeometry()
        self.update()

    def _least_height(self) -> int:
        if not 0 < len(self._names) <= MOST_NUMBERED:
            return 0
        return round(self._head() + len(self._names) * _LEAST_CELL)

    def sizeHint(self) -> QSize:
        """Return what lets every count be read (Qt's hook)."""
        return QSize(300, max(120, self._least_height()))

    @property
    def _numbered(self) -> bool:
        return len(self._names) <= MOST_NUMBERED

    def _head(self) -> float:
        """Return the height over the cells: the axis's title, and the names of the columns if there is room."""
        line = QFontMetricsF(self._small()).height()
        return 2 * line + _GAP if self._numbered else line + _GAP

    def grid(self) -> QRectF:
        """Return where the cells lie."""
        classes = max(1, len(self._names))
        metrics = QFontMetricsF(self._small())
        widest = max((metrics.horizontalAdvance(name) for name in self._names), default=0)
        left = metrics.height() + _GAP + (min(widest, _WIDEST_NAME) + _GAP if self._numbered else 0)
        top = self._head()
        height = (self.height() - top - 1) / classes
        width = min((self.width() - left - 1) / classes, _WIDEST_CELL)
        if not self._numbered:
            width = height = max(1, int(min(width, height)))
        return QRectF(left, top, max(width, 1) * classes, max(height, 1) * classes)

    def place(self, row: int, column: int) -> QRectF:
        """Return where a cell lies."""
        grid, classes = self.grid(), len(self._names)
        width, height = grid.width() / classes, grid.height() / classes
        return QRectF(grid.x() + column * width, grid.y() + row * height, width, height)

    def cell_at(self, position: QPoint | QPointF) -> tuple[int, int] | None:
        """Return row and column of the cell at a position, if there is one."""
        grid, classes = self.grid(), len(self._names)
        x, y = position.x() - grid.x(), position.y() - grid.y()
        if not classes or not (0 <= x < grid.width() and 0 <= y < grid.height()):
            return None
        return int(y / grid.height() * classes), int(x / grid.width() * classes)

    def tell(self, row: int, column: int) -> Message:
        """Return the sentence about a cell."""
        count, total = int(self._counts[row, column]), int(self._counts[row].sum())
        values = {"count": count, "total": total, "true": self._names[row], "predicted": self._names[column]}
        if row == column:
            return say("{true}: {count:,} of {total:,} right", **values)
        return say("{true} taken for {predicted}: {count:,} of {total:,}", **values)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint cells, counts and names (Qt's hook)."""
        if not len(self._names):
            return
        painter = QPainter(self)
        painter.setFont(self._small())
        self._paint_titles(painter)
        if self._numbered:
            for row, column in np.ndindex(self._counts.shape):
                self._paint_cell(painter, row, column)
            painter.setFont(self._small())
            self._paint_names(painter)
        else:
            painter.drawImage(self.grid(), self._picture())
        if self._at is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(themes.current.pen("text", 2))
            painter.drawRect(self.place(*self._at))
        painter.end()

    def _paint_cell(self, painter: QPainter, row: int, column: int) -> None:
        count, place = int(self._counts[row, column]), self.place(row, column).adjusted(1, 1, -1, -1)
        color = self.color(row, column)
        painter.fillRect(place, color)
        if count:
            font = QFont(self.font())
            font.setPixelSize(round(min(max(0.4 * place.height(), _SMALL), _LARGE)))
            painter.setFont(font)
            painter.setPen(themes.current.readable_on(color))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{count:,}")

    def _picture(self) -> QImage:
        """Return the cells as an image of a pixel each: ten thousand of them would take long to paint one by one."""
        classes = len(self._names)
        image = QImage(classes, classes, QImage.Format.Format_RGB32)
        image.fill(themes.current.color("grid"))
        for row, column in np.argwhere(self._counts).tolist():
            image.setPixelColor(column, row, self.color(row, column))
        return image

    def color(self, row: int, column: int) -> QColor:
        """Return the colour of a cell."""
        count, right = int(self._counts[row, column]), row == column
        strength = _PALEST + (1 - _PALEST) * (count / self._most[right]) ** 0.5 if count else 0.0
        return themes.current.mixed("grid", "loss" if right else "validation", strength)

    def _paint_titles(self, painter: QPainter) -> None:
        grid, line = self.grid(), QFontMetricsF(self._small()).height()
        painter.setPen(themes.current.color("dim"))
        head = QRectF(grid.x(), 0, max(grid.width(), 140), line)
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft, str(say("predicted class")))
        painter.save()
        painter.translate(0, min(grid.bottom(), self.height()))
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, grid.height(), line), Qt.AlignmentFlag.AlignRight, str(say("true class")))
        painter.restore()

    def _paint_names(self, painter: QPainter) -> None:
        metrics, grid = QFontMetricsF(self._small()), self.grid()
        painter.setPen(themes.current.color("text"))
        for number, name in enumerate(self._names):
            cell = self.place(number, number)
            row = QRectF(grid.x() - _WIDEST_NAME - _GAP, cell.y(), _WIDEST_NAME, cell.height())
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, _WIDEST_NAME)
            painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
            column = QRectF(cell.x(), metrics.height(), cell.width(), metrics.height() + _GAP)
            painter.drawText(column, Qt.AlignmentFlag.AlignCenter, _cut(name, metrics, cell.width() - 1))

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(_SMALL)
        return font

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell of the cell under the mouse (Qt's hook)."""
        self._point(self.cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell of none (Qt's hook)."""
        self._point(None)

    def _point(self, at: tuple[int, int] | None) -> None:
        if at != self._at:
            self._at = at
            self.pointed.emit(self.tell(*at) if at is not None else "")
            self.update()


def _cut(name: str, metrics: QFontMetricsF, width: float) -> str:
    """Return as many letters as there is room for; three dots would take the room of three more."""
    while name and metrics.horizontalAdvance(name) > width:
        name = name[:-1]
    return name
