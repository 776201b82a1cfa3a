"""Buttons that are the face of an action: its text, icon, tip and whether it can be used."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton

from lrgui.gui.theme import themes


class ActionButton(QPushButton):
    """Follows an action; ``primary`` paints it in the accent colour, as the next thing to do.

    ``primary_set(bool)`` tells that it was made that, or one among others.
    """

    primary_set = Signal(bool)

    def __init__(self, action: QAction, glyph: str = "", primary: bool = False) -> None:
        super().__init__()
        self._action, self._glyph, self._short = action, glyph, False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: action.trigger())
        action.changed.connect(self._follow)
        themes.changed.connect(self._follow)
        self.set_primary(primary)

    @property
    def action_shown(self) -> QAction:
        """The action whose face it is."""
        return self._action

    def shows(self, action: QAction) -> bool:
        """Return whether it is the face of an action."""
        return action is self._action

    def set_primary(self, primary: bool) -> None:
        """Make it the accent-coloured button of the page, or one among others."""
        _paint_primary(self, primary)
        self._follow()
        self.primary_set.emit(primary)

    @property
    def is_primary(self) -> bool:
        """Whether it is the accent-coloured button of the page."""
        return bool(self.property("primary"))

    @property
    def glyph(self) -> str:
        """What is drawn on it; empty where that is the action's own icon."""
        return self._glyph

    def set_glyph(self, glyph: str) -> None:
        """Show another glyph."""
        self._glyph = glyph
        self._follow()

    def set_short(self, short: bool) -> None:
        """Show the action's icon text, which may be a shorter one, or its text."""
        if short != self._short:
            self._short = short
            self._follow()

    def _follow(self) -> None:
        self.setText(self._action.iconText() if self._short else self._action.text())
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(self._action.text())
        self.setEnabled(self._action.isEnabled())
        meaning = "on_accent" if self.is_primary else "dim"
        self.setIcon(themes.current.icon(self._glyph, meaning) if self._glyph else self._action.icon())


class ActionTool(QToolButton):
    """A small button with the icon of an action; whatever the action is called by now, so is it."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self.setDefaultAction(action)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setAccessibleName(self.defaultAction().text())


class ActionTwin(ActionTool):
    """A small button that stands for a large one where that has no room: primary whenever that one is."""

    def __init__(self, button: ActionButton) -> None:
        self._button = button
        super().__init__(button.action_shown)
        button.primary_set.connect(self._follow)
        themes.changed.connect(self._follow)

    def _follow(self) -> None:
        super()._follow()
        _paint_primary(self, self._button.is_primary)
        if self._button.is_primary and self._button.glyph:
            self.setIcon(themes.current.icon(self._button.glyph, "on_accent"))
        else:
            self.setIcon(self.defaultAction().icon())


def _paint_primary(button: QAbstractButton, primary: bool) -> None:
    button.setProperty("primary", primary)
    button.style().unpolish(button)
    button.style().polish(button)
