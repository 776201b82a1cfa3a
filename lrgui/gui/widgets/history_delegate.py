"""Paints the lines of the history: curve, name over what was run, numbers, and the state in symbol and word."""

from collections import OrderedDict

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPixmap, QPolygonF
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from lrgui.core.messages import say
from lrgui.core.store import Entry
from lrgui.gui.sizes import px
from lrgui.gui.theme import themes
from lrgui.gui.widgets import history_words as words
from lrgui.gui.widgets.history_model import COLUMNS, CURVE, RUN, STAR, STATE, HistoryModel
from lrgui.gui.widgets.history_thumbnail import accuracy_lines, loss_lines
from lrgui.gui.words import show

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 46

_PAD = 8
_SYMBOL = 16
_WORD_WIDTH, _TAGS_WIDTH = 70, 170
"""Columns that are not so wide show the symbol alone, the name without its tags."""

_MOST_DRAWN = 200
"""So many curves are kept as lines of pixels."""


class HistoryDelegate(QStyledItemDelegate):
    """Paints from the entries themselves: no cell asks the model for texts, fonts and colours one by one."""

    def __init__(self, model: HistoryModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._drawn: OrderedDict[tuple[int, int], tuple[Entry, list[QPolygonF], list[QPolygonF]]] = OrderedDict()
        self._symbols: dict[tuple[str, str, float], QPixmap] = {}
        self._take_fonts(parent.font())
        themes.changed.connect(self._take_colors)
        self._take_colors()

    def _take_colors(self) -> None:
        self._symbols.clear()
        names = ("text", "dim", "line", "hover", "card", "accent", "loss", "validation", "suggestion", "edge")
        self._colors: dict[str, QColor] = {name: themes.current.color(name) for name in names}

    def _take_fonts(self, font: QFont) -> None:
        self._font, self._bold, self._small = QFont(font), QFont(font), QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._small.setPixelSize(max(font.pixelSize() - 1, 11))
        self._metrics = {id(each): QFontMetrics(each) for each in (self._font, self._bold, self._small)}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell (Qt's hook)."""
        if option.font != self._font:
            self._take_fonts(option.font)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        self._paint_ground(painter, rect, bool(state & QStyle.StateFlag.State_Selected))
        if (index.column() == STAR) and state & QStyle.StateFlag.State_Selected:
            painter.fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), self._colors["accent"])
        entry = self._model.entry(index.row())
        if entry is None:
            self._paint_missing(painter, rect, index.column())
        else:
            self._paint_cell(painter, rect, entry, index.column())
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, selected: bool) -> None:
        if selected:
            painter.fillRect(rect, self._colors["hover"])
        painter.setPen(self._colors["line"])
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_missing(self, painter: QPainter, rect: QRect, column: int) -> None:
        """Paint where a name will stand: the row has not come yet."""
        if column == RUN:
            painter.setBrush(self._colors["line"])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(
                QRect(rect.left() + px(_PAD), rect.center().y() - px(4), min(px(120), rect.width() // 2), px(8)), 4, 4
            )

    def _paint_cell(self, painter: QPainter, rect: QRect, entry: Entry, column: int) -> None:
        match column:
            case _ if column == STAR:
                glyph, meaning = ("star", "suggestion") if entry.starred else ("star-outline", "edge")
                self._paint_symbol(painter, rect.center().x() - px(_SYMBOL) // 2 + 2, rect, glyph, meaning)
            case _ if column == CURVE:
                self._paint_curve(painter, rect.adjusted(px(_PAD), px(7), -px(_PAD), -px(8)), entry)
            case _ if column == RUN:
                self._paint_run(painter, rect.adjusted(px(_PAD), px(4), -px(_PAD), -px(5)), entry)
            case _ if column == STATE:
                look = words.look_of(entry)
                self._paint_symbol(painter, rect.left() + px(_PAD), rect, look.glyph, look.meaning)
                if rect.width() > px(_WORD_WIDTH):  # else the tip has the word
                    self._paint_text(
                        painter, rect.adjusted(px(_PAD + _SYMBOL + 5), 0, -2, 0), str(look.word), self._font, "text"
                    )
            case _:
                text, right = str(COLUMNS[column].text(entry)), COLUMNS[column].right
                meaning = "dim" if text == words.DASH else "text"
                self._paint_text(
                    painter, rect.adjusted(px(_PAD), 0, -px(_PAD), 0), text, self._font, meaning, right=right
                )

    def _paint_text(
        self, painter: QPainter, rect: QRect, text: str, font: QFont, meaning: str, *, right: bool = False
    ) -> None:
        painter.setFont(font)
        painter.setPen(self._colors[meaning])
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = self._metrics[id(font)].elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    def _paint_run(self, painter: QPainter, rect: QRect, entry: Entry) -> None:
        half = rect.height() // 2
        upper = QRect(rect.left(), rect.top(), rect.width(), half)
        tagged = entry.tags and rect.width() >= px(_TAGS_WIDTH)
        room = self._paint_tags(painter, upper, entry) if tagged else upper
        self._paint_text(painter, room, str(words.name_of(entry)), self._bold, "text")
        lower = QRect(rect.left(), rect.top() + half, rect.width(), rect.height() - half)
        self._paint_text(painter, lower, str(words.what_of(entry)), self._small, "dim")

    def _paint_tags(self, painter: QPainter, rect: QRect, entry: Entry) -> QRect:
        """Paint the tags at the right end, as many as half of the line holds, and return what is left."""
        metrics, right = self._metrics[id(self._small)], rect.right()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for tag in entry.tags:
            width = metrics.horizontalAdvance(tag) + px(12)
            if right - width < rect.left() + rect.width() // 2:
                break
            chip = QRectF(right - width, rect.center().y() - px(7.5), width, px(16))
            painter.setPen(self._colors["edge"])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(chip, px(8), px(8))
            painter.setFont(self._small)
            painter.setPen(self._colors["dim"])
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, tag)
            right -= width + 4
        return QRect(rect.left(), rect.top(), right - rect.left() - 4, rect.height())

    def _paint_symbol(self, painter: QPainter, left: int, rect: QRect, glyph: str, meaning: str) -> None:
        ratio = painter.device().devicePixelRatio()
        if (symbol := self._symbols.get((glyph, meaning, ratio))) is None:
            symbol = themes.current.icon(glyph, meaning).pixmap(QRect(0, 0, px(_SYMBOL), px(_SYMBOL)).size(), ratio)
            self._symbols[glyph, meaning, ratio] = symbol
        painter.drawPixmap(left, rect.center().y() - px(_SYMBOL) // 2, symbol)

    def _paint_curve(self, painter: QPainter, rect: QRect, entry: Entry) -> None:
        losses, accuracies = self._lines_of(entry, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect.adjusted(-2, -3, 2, 3))
        painter.translate(QPointF(rect.topLeft()))
        painter.setBrush(QBrush(Qt.BrushStyle.NoBrush))
        for lines, pen in (
            (accuracies, themes.current.pen("validation", 1.0, alpha=0.75)),
            (losses, themes.current.pen("loss", 1.6)),
        ):
            painter.setPen(pen)
            for line in lines:
                painter.drawPolyline(line)

    def _lines_of(self, entry: Entry, rect: QRect) -> tuple[list[QPolygonF], list[QPolygonF]]:
        """Return the curves in pixels, worked out once for each entry and width."""
        key = id(entry), rect.width()
        if (found := self._drawn.get(key)) is None:
            box = QRectF(0, 0, rect.width(), rect.height())
            found = entry, loss_lines(entry.thumbnail, box), accuracy_lines(entry.thumbnail, box)
            self._drawn[key] = found
            if len(self._drawn) > _MOST_DRAWN:
                self._drawn.popitem(last=False)
        return found[1], found[2]

    # Hands

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Give or take the star that was clicked (Qt's hook)."""
        if index.column() == STAR and event.type() == QEvent.Type.MouseButtonRelease:
            assert isinstance(event, QMouseEvent)
            entry = self._model.entry(index.row())
            if entry is not None and event.button() == Qt.MouseButton.LeftButton:
                self._model.edited.emit(entry.id, {"starred": not entry.starred})
                return True
        return super().editorEvent(event, model, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the field in which a name is typed (Qt's hook)."""
        editor = QLineEdit(parent)
        show(editor.setAccessibleName, say("Name of the run"))
        show(editor.setPlaceholderText, say("Name of the run"))
        editor.setMaxLength(200)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Lay the field over the name (Qt's hook)."""
        rect: QRect = option.rect
        height = editor.sizeHint().height()
        editor.setGeometry(rect.left() + 2, rect.center().y() - height // 2, rect.width() - 4, height)
