"""What the desktop asks for and is told: high contrast, where Qt can tell (from 6.10 on), and a place of its own."""

import sys
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


def take_own_place_in_taskbar(name: str) -> None:
    """Have Windows show the program by itself and not as one more Python; other systems know it by its windows."""
    if sys.platform == "win32":
        from ctypes import windll

        windll.shell32.SetCurrentProcessExplicitAppUserModelID(name)
