"""Images side by side with what they are, and what they were taken for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QImage, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QToolTip, QWidget

from lrgui.core.messages import Text, say
from lrgui.gui.theme import themes
from lrgui.gui.widgets.card import GAP
from lrgui.gui.words import show

_PADDING = 4
_MARK = 9
_WIDEST_CAPTION = 104
_SMALLEST, _LARGEST = 56, 120
"""Pixels of an image's longer side, as far as whole multiples of its own pixels allow."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands under an image: what it was taken for (or what it is), and what it is if that was wrong.

    ``right`` is None where nothing was guessed; ``tip`` is told where the mouse rests.
    """

    text: str
    truth: Text = ""
    right: bool | None = None
    tip: Text = ""


def image_of(pixels: NDArray[Any]) -> QImage:
    """Return uint8 pixels of shape (height, width, 1 or 3) as an image of its own memory."""
    height, width, channels = pixels.shape
    grey = channels == 1
    kind = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB888
    data = np.ascontiguousarray(pixels, np.uint8)
    return QImage(data.data, width, height, width * (1 if grey else 3), kind).copy()


class _Canvas(QWidget):
    """Paints the cells that are in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.images: list[QImage] = []
        self.captions: Sequence[Caption] = ()
        self.side = _SMALLEST
        self.setMouseTracking(True)
        themes.changed.connect(self.update)

    @property
    def _two_lines(self) -> bool:
        return any(caption.truth for caption in self.captions)

    def cell(self) -> QSize:
        """Return the size of one cell."""
        metrics = QFontMetrics(self._caption_font())
        widest = max((metrics.horizontalAdvance(caption.text) for caption in self.captions), default=0)
        truths = max((metrics.horizontalAdvance(str(caption.truth)) for caption in self.captions), default=0)
        mark = _MARK + _PADDING if any(caption.right is not None for caption in self.captions) else 0
        width = max(self.side, min(max(widest + mark, truths), _WIDEST_CAPTION)) + 2 * _PADDING + 2
        lines = 2 if self._two_lines else 1
        return QSize(width, self.side + lines * metrics.height() + 3 * _PADDING)

    def columns(self, width: int) -> int:
        """Return how many cells stand in a row of this many pixels."""
        return max(1, (width + GAP) // (self.cell().width() + GAP))

    def fit(self, width: int) -> None:
        """Take the height that all cells need."""
        rows = -(-len(self.images) // self.columns(width))
        self.setFixedHeight(max(1, rows * (self.cell().height() + GAP) - GAP))
        self.update()

    def place(self, index: int) -> QRect:
        """Return where a cell lies."""
        row, column = divmod(index, self.columns(self.width()))
        size = self.cell()
        return QRect(QPoint(column * (size.width() + GAP), row * (size.height() + GAP)), size)

    def index_at(self, position: QPoint) -> int | None:
        """Return the cell at a position, if there is one."""
        size, columns = self.cell(), self.columns(self.width())
        row, column = position.y() // (size.height() + GAP), position.x() // (size.width() + GAP)
        index = row * columns + column
        inside = column < columns and 0 <= index < len(self.images) and self.place(index).contains(position)
        return index if inside else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight (Qt's hook)."""
        painter = QPainter(self)
        step, columns = self.cell().height() + GAP, self.columns(self.width())
        first, last = event.rect().top() // step, event.rect().bottom() // step + 1
        for index in range(max(0, first * columns), min(len(self.images), last * columns)):
            self._paint_cell(painter, self.place(index), self.images[index], self.captions[index])
        painter.end()

    def _paint_cell(self, painter: QPainter, place: QRect, image: QImage, caption: Caption) -> None:
        wrong = caption.right is False
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(themes.current.pen("error", 2) if wrong else themes.current.pen("line"))
        painter.setBrush(themes.current.brush("error", 0.08) if wrong else Qt.BrushStyle.NoBrush)
        inset = 1.0 if wrong else 0.5
        painter.drawRoundedRect(QRectF(place).adjusted(inset, inset, -inset, -inset), 6, 6)
        width = image.width() * self.side / max(image.width(), image.height())
        height = image.height() * self.side / max(image.width(), image.height())
        left = place.left() + (place.width() - width) / 2
        # Not smoothed: an image of 8 x 8 pixels is to be seen as the model gets it.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawImage(QRectF(round(left), place.top() + _PADDING + 1, width, height), image)
        self._paint_caption(painter, place, caption)

    def _paint_caption(self, painter: QPainter, place: QRect, caption: Caption) -> None:
        font = self._caption_font()
        metrics = QFontMetrics(font)
        room = place.width() - 2 * _PADDING - 2
        mark = 0 if caption.right is None else _MARK + _PADDING
        text = metrics.elidedText(caption.text, Qt.TextElideMode.ElideRight, room - mark)
        top = place.top() + self.side + 2 * _PADDING
        left = place.left() + (place.width() - metrics.horizontalAdvance(text) - mark) // 2
        if caption.right is not None:
            _paint_mark(painter, QRectF(left, top + (metrics.height() - _MARK) / 2, _MARK, _MARK), caption.right)
        painter.setFont(font)
        painter.setPen(themes.current.color("text"))
        painter.drawText(left + mark, top + metrics.ascent(), text)
        if caption.truth:
            painter.setPen(themes.current.color("dim"))
            line = QRect(place.left(), top + metrics.height(), place.width(), metrics.height())
            truth = metrics.elidedText(str(caption.truth), Qt.TextElideMode.ElideRight, room)
            painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, truth)

    def _caption_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(12)
        return font

    def event(self, event: QEvent) -> bool:
        """Tell more of the image under the mouse (Qt's hook)."""
        if isinstance(event, QHelpEvent):
            index = self.index_at(event.pos())
            QToolTip.showText(event.globalPos(), str(self.captions[index].tip) if index is not None else "", self)
            return True
        return super().event(event)


def _paint_mark(painter: QPainter, room: QRectF, right: bool) -> None:
    """Draw a tick or a cross: what is wrong must not be told by colour alone."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(themes.current.pen("good" if right else "error", 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if right:
        corners = ((0.05, 0.55), (0.4, 0.9), (0.95, 0.15))
        at = [QPointF(room.x() + x * room.width(), room.y() + y * room.height()) for x, y in corners]
        painter.drawPolyline(QPolygonF(at))
    else:
        inner = room.adjusted(1, 1, -1, -1)
        painter.drawLine(inner.topLeft(), inner.bottomRight())
        painter.drawLine(inner.bottomLeft(), inner.topRight())


class ImageGrid(QScrollArea):
    """Images in rows, painted in one widget; they grow with the room, by whole pixels."""

    def __init__(self, name: Text) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        show(self.setAccessibleName, name)
        self._canvas = _Canvas()
        self.setWidget(self._canvas)

    def show_images(self, images: NDArray[Any], captions: Sequence[Caption]) -> None:
        """Show images of shape (k, height, width, 1 or 3), uint8, each with its caption.

        Raises
        ------
        ValueError
            There are not as many captions as images.
        """
        if len(images) != len(captions):
            raise ValueError(f"{len(captions)} captions for {len(images)} images")
        self._canvas.images = [image_of(pixels) for pixels in images]
        self._canvas.captions = captions
        wrong = sum(caption.right is False for caption in captions)
        show(
            self.setAccessibleDescription,
            say("{count} images, {wrong} of them wrong", count=len(captions), wrong=wrong),
        )
        self.verticalScrollBar().setValue(0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cells out anew (Qt's hook)."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        longest = max((max(image.width(), image.height()) for image in self._canvas.images), default=1)
        wanted = min(max(self.viewport().height() / 5, _SMALLEST), _LARGEST)
        # Whole screen pixels for each of the image's, or some would be wider than others.
        density = self.devicePixelRatioF()
        self._canvas.side = round(max(1, round(wanted * density / longest)) * longest / density)
        self._canvas.fit(self.viewport().width())
