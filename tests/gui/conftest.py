"""Windows without a screen, and none left behind."""

import gc

import pytest


@pytest.fixture(autouse=True)
def no_leftover_widgets():
    """Fail a test that leaves a top-level widget behind, which the next one would meet; put theme and language back."""
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    from lrgui.gui.theme import themes
    from lrgui.gui.words import words

    before, theme = set(QApplication.topLevelWidgets()) if QApplication.instance() else set(), themes.wanted
    yield
    if QApplication.instance() is None:
        return
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.freeze()  # modules and what is kept for good: the next collection need not look through them again
    left = [widget for widget in QApplication.topLevelWidgets() if widget not in before]
    assert not left, f"left behind: {left}"
    words.use("en")
    if themes.wanted != theme:  # now that no widget is there any more which would have to be styled again
        themes.use(theme)
