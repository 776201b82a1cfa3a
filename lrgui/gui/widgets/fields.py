"""One input for each kind of field: numbers, text, words, flags. All have ``raw``, ``show_value`` and ``changed``."""

import math
from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

from lrgui.core.config.fields import FieldSpec
from lrgui.core.config.lengths import Length, written
from lrgui.core.messages import Message, Text, write_number
from lrgui.gui.sizes import px
from lrgui.gui.words import show, words


class Input(Protocol):
    """What the form asks of an input."""

    def raw(self) -> Any:
        """Return what stands there, not yet checked."""

    def show_value(self, value: Any) -> None:
        """Show a checked value."""


class NumberField(QLineEdit):
    """A number typed in any form Python knows; the arrow keys step it.

    It remembers the exact value that it was given, so that showing a rate with three digits loses nothing.
    """

    changed = Signal()
    applied = Signal()

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        self._spec = spec
        self._exact: Any = None
        self._shown = ""
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.textChanged.connect(self.changed)
        self.returnPressed.connect(self.applied)

    def raw(self) -> Any:
        """Return the exact value, or the text that was typed over it."""
        return self._exact if self.text() == self._shown and self._shown else self.text().strip()

    def show_value(self, value: Any) -> None:
        """Show a number, or ``off`` for None."""
        self._exact, self._shown = value, write_number(value)
        if self.text() == self._shown:
            self.changed.emit()
        self.setText(self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step up and down: by one, or on a log scale by a tenth of a decade (a hundredth with Shift)."""
        direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if direction and (value := self._number()) is not None:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if self._allows(stepped := self._stepped(value, direction, fine)):
                self.show_value(stepped)
        else:
            super().keyPressEvent(event)

    def _number(self) -> float | None:
        try:
            value = float(self.raw())
        except (TypeError, ValueError):
            return None
        return value if math.isfinite(value) else None

    def _stepped(self, value: float, direction: int, fine: bool) -> float | int:
        if self._spec.kind == "whole":
            return int(value) + direction
        if self._spec.scale == "log":
            return float(f"{value * 10 ** (direction * (0.01 if fine else 0.1)):.3g}")
        return round(value + direction * (0.01 if fine else 0.1), 6)

    def _allows(self, value: float) -> bool:
        low, high = self._spec.minimum, self._spec.maximum
        too_low = low is not None and (value < low or (self._spec.above and value == low))
        too_high = high is not None and (value > high or (self._spec.below and value == high))
        return math.isfinite(value) and not (too_low or too_high)


class TextField(QLineEdit):
    """What is typed as text: a formula, a length, a list with spaces. The arrow keys step a length by one."""

    changed = Signal()
    applied = Signal()

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        self._spec = spec
        self.setAlignment(Qt.AlignmentFlag.AlignRight if spec.kind == "length" else Qt.AlignmentFlag.AlignLeft)
        self.textChanged.connect(self.changed)
        self.returnPressed.connect(self.applied)

    def raw(self) -> Any:
        """Return the text."""
        return self.text().strip()

    def show_value(self, value: Any) -> None:
        """Show a value as one would type it, from its beginning."""
        self.setText("none" if value is None else written(value) if isinstance(value, tuple) else str(value))
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step a length up and down by one step or epoch."""
        direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if direction and self._spec.kind == "length" and (length := self._length()) is not None:
            stepped = length.amount + direction
            if stepped > 0 or (stepped == 0 and not self._spec.above):
                self.show_value(Length(stepped, length.unit))
        else:
            super().keyPressEvent(event)

    def _length(self) -> Length | None:
        try:
            return Length.read(self.text())
        except ValueError:
            return None


class WordField(QComboBox):
    """One of some words. The wheel does not change it: a page scrolled by is not a choice made."""

    changed = Signal()

    def __init__(self, titles: Mapping[str, Text]) -> None:
        super().__init__()
        self._refused: Mapping[str, Message] = {}
        self._withheld: set[str] = set()
        for word, title in titles.items():
            self.addItem("", word)
            show(partial(self.call, word), title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.currentIndexChanged.connect(self.changed)
        words.changed.connect(self._tell_reasons)

    def call(self, word: str, title: str) -> None:
        """Write a title on a word, wherever it stands."""
        self.setItemText(self.findData(word), title)

    def raw(self) -> Any:
        """Return the word."""
        return self.currentData()

    def show_value(self, value: Any) -> None:
        """Select a word."""
        self.setCurrentIndex(self.findData(value))

    def refuse(self, reasons: Mapping[str, Message]) -> None:
        """Offer all words but these; each of these says in its tip why not."""
        self._refused = reasons
        self._tell_reasons()

    def withhold(self, word: str, withheld: bool) -> bool:
        """Leave a word out of the list, or show it there again; return whether it was the other way before."""
        if withheld == (word in self._withheld):
            return False
        self._withheld ^= {word}
        return True

    def showPopup(self) -> None:
        """Show the words that are not withheld (Qt's hook); the list is made now, since few are ever opened."""
        view = self.view()
        assert isinstance(view, QListView)
        for row in range(self.count()):
            view.setRowHidden(row, self.itemData(row) in self._withheld)
        view.setMinimumWidth(view.sizeHintForColumn(0) + px(24))  # of the longest name
        super().showPopup()

    def _tell_reasons(self) -> None:
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        for row in range(self.count()):
            if (word := self.itemData(row)) is None:  # a line between words, which nobody is to choose
                continue
            reason = str(self._refused.get(word, ""))
            item = model.item(row)
            item.setEnabled(not reason)
            item.setToolTip(reason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field; a name that has no room ends in dots (Qt's hook)."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        complex_control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(complex_control, option, part, self).width() - 2
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(complex_control, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave left and right to the page: they choose no other word (Qt's hook)."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)


class FlagField(QCheckBox):
    """Yes or no."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.toggled.connect(self.changed)

    def raw(self) -> Any:
        """Return whether it is on."""
        return self.isChecked()

    def show_value(self, value: Any) -> None:
        """Turn it on or off."""
        self.setChecked(bool(value))
