"""The walkers of the gradient-descent page: a line for each, and the fields of the one that is looked at."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from lrgui.core.config.descent import WalkerChoice
from lrgui.core.descent import Ending, Path
from lrgui.core.messages import Text, before_colon, format_learning_rate, joined, say
from lrgui.gui.actions import Actions
from lrgui.gui.sizes import px
from lrgui.gui.theme import themes
from lrgui.gui.widgets.action_button import ActionTool
from lrgui.gui.widgets.badge import draw_badge
from lrgui.gui.widgets.card import FoldingCard
from lrgui.gui.widgets.walker_form import WalkerForm
from lrgui.gui.words import show

GOOD, BAD = ("arrived", "settled"), ("diverged", "fell", "no value")
_BADGE, _PADDING = 20, 6


class WalkerLine(QAbstractButton):
    """One walker in two lines: number in its colour, optimizer and rate; schedule, and how it ended."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self._rate = ""
        self._title: Text = ""
        self._note: Text = ""
        self._ending: Ending | None = None
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def show_walker(self, walker: WalkerChoice, ending: Ending | None) -> None:
        """Show a walker, and how its walk has ended."""
        look = walker.title, format_learning_rate(walker.learning_rate, 3), walker.schedule.title, ending
        if look != (self._title, self._rate, self._note, self._ending):
            self._title, self._rate, self._note, self._ending = look
            told = say("{title}, rate {rate}, {note}", title=self._title, rate=self._rate, note=self._note)
            if ending is not None:
                told = joined((told, ending.message), "\n")
            show(self.setAccessibleName, say("Walker {number}: {told}", number=self.number + 1, told=told))
            show(self.setToolTip, told)
            self.update()

    def sizeHint(self) -> QSize:
        """Return the room of two lines (Qt's hook)."""
        return QSize(px(200), round(2 * QFontMetricsF(self.font()).height()) + 2 * px(_PADDING))

    def minimumSizeHint(self) -> QSize:
        """Return the room of two lines, as narrow as need be (Qt's hook)."""
        return QSize(px(80), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line (Qt's hook)."""
        painter, theme = QPainter(self), themes.current
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked() or self.underMouse() or self.hasFocus():
            painter.setPen(theme.pen("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.brush("hover"))
            painter.drawRoundedRect(room, 6, 6)
        badge, padding = px(_BADGE), px(_PADDING)
        draw_badge(painter, QPointF(padding + badge / 2, self.height() / 2), self.number, badge / 2)
        self._write(painter, room.adjusted(2 * padding + badge, padding - 1, -padding - 2, -padding + 1))

    def _write(self, painter: QPainter, room: QRectF) -> None:
        theme, metrics = themes.current, QFontMetricsF(self.font())
        upper, lower = QRectF(room), QRectF(room)
        upper.setHeight(metrics.height())
        lower.setTop(room.bottom() - metrics.height())
        painter.setPen(theme.color("text"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight, self._rate)
        font = QFont(self.font())
        font.setBold(self.isChecked())
        painter.setFont(font)
        left = upper.adjusted(0, 0, -metrics.horizontalAdvance(self._rate) - 8, 0)
        painter.drawText(
            left,
            Qt.TextFlag.TextDontClip,
            QFontMetricsF(font).elidedText(str(self._title), Qt.TextElideMode.ElideRight, left.width()),
        )
        painter.setFont(self.font())
        painter.setPen(theme.color(self._meaning()))
        told = str(self._note) if self._ending is None else before_colon(self._ending.message)
        painter.drawText(
            lower, Qt.TextFlag.TextDontClip, metrics.elidedText(told, Qt.TextElideMode.ElideRight, lower.width())
        )

    def _meaning(self) -> str:
        name = self._ending.name if self._ending is not None else ""
        return "good" if name in GOOD else "error" if name in BAD else "dim"


class WalkersCard(FoldingCard):
    """The lines, the fields under the selected one, and what adds and removes.

    ``selected(int)`` tells which one a hand has picked.
    """

    selected = Signal(int)

    def __init__(self, actions: Actions) -> None:
        super().__init__(say("Walkers"))
        self.form = WalkerForm()
        self.lines: list[WalkerLine] = []
        self._selected = 0
        for name in ("add_walker", "duplicate_walker", "remove_walker"):
            tool = ActionTool(actions[name])
            tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.head.addWidget(tool)
        self.body.setSpacing(2)
        self.body.addWidget(self.form)

    def show_walkers(self, paths: Sequence[Path], selected: int) -> None:
        """Show these walkers, with the fields of one of them under its line."""
        while len(self.lines) > len(paths):
            self.lines.pop().deleteLater()
        while len(self.lines) < len(paths):
            self._add_line()
        for line, path in zip(self.lines, paths, strict=True):
            line.show_walker(path.walker, path.ended)
            line.setChecked(line.number == selected)
        if selected != self._selected or self.body.indexOf(self.form) != selected + 1:
            self._selected = selected
            self.body.removeWidget(self.form)
            self.body.insertWidget(selected + 1, self.form)
            self.form.show()

    def _add_line(self) -> None:
        line = WalkerLine(len(self.lines))
        line.clicked.connect(lambda: self._clicked(line))
        place = len(self.lines) + (self.body.indexOf(self.form) <= len(self.lines))
        self.body.insertWidget(place, line)
        self.lines.append(line)

    def _clicked(self, line: WalkerLine) -> None:
        """Select a walker; the selected one folds its fields, or shows them again."""
        if line.number == self._selected:
            line.setChecked(True)
            self.form.setVisible(self.form.isHidden())
        else:
            self.selected.emit(line.number)
