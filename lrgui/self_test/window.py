"""The window opens without a screen, with every page, and its icons are glyphs and no empty boxes."""

from pathlib import Path
from typing import TYPE_CHECKING

from lrgui.core.messages import Refused, say

if TYPE_CHECKING:
    from lrgui.gui.main_window import MainWindow


def check(folder: Path | None) -> None:
    """Open the window with a profile of its own, show each page, and close it.

    Raises
    ------
    Refused
        The font of the icons lacks a glyph, or what is painted is empty.
    """
    from lrgui import app

    assert folder is not None
    application = app.create_application()
    _check_icons()
    window = app.create_window(folder)
    try:
        window.show()
        _show_pages(window)
        picture = window.grab().toImage()
        if picture.isNull() or picture.allGray():
            raise Refused(say("What the window paints is empty."))
    finally:
        window.close()
    application.processEvents()


def _show_pages(window: "MainWindow") -> None:
    from PySide6.QtWidgets import QApplication

    from lrgui.gui.pages.making import PAGES

    for name in PAGES:
        window.pages.show_page(name)
        QApplication.processEvents()


def _check_icons() -> None:
    from PySide6.QtGui import QFont, QFontMetrics

    from lrgui.gui.icons import GLYPHS, font_family

    metrics = QFontMetrics(QFont(font_family()))
    missing = [name for name, letter in GLYPHS.items() if not metrics.inFontUcs4(ord(letter))]
    if missing:
        raise Refused(say("The font of the icons lacks {names}.", names=", ".join(missing)))
