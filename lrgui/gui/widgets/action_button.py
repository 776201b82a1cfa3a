"""Buttons that are the face of an action: its text, icon, tip and whether it can be used."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton

from lrgui.gui.theme import themes


class ActionButton(QPushButton):
    """Follows an action; ``primary`` paints it in the accent colour, as the next thing to do."""

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
        self.setProperty("primary", primary)
        self.style().unpolish(self)
        self.style().polish(self)
        self._follow()

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
        meaning = "on_accent" if self.property("primary") else "dim"
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
