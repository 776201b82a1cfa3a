"""Whether the desktop asks for high contrast, where Qt can tell: from 6.10 on."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication


def wants_contrast() -> bool:
    """Return whether the desktop is set to high contrast. Needs the application."""
    style = QGuiApplication.styleHints()  # whose end would be the end of what it gives
    hints: Any = getattr(style, "accessibility", lambda: None)()
    return hints is not None and hints.contrastPreference() == Qt.ContrastPreference.HighContrast


def on_change_of_contrast(slot: Callable[[], None]) -> None:
    """Have a slot called when that changes."""
    style = QGuiApplication.styleHints()
    hints: Any = getattr(style, "accessibility", lambda: None)()
    if hints is not None:
        hints.contrastPreferenceChanged.connect(slot)
