"""A window under real hands: what tests do with one."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from lrgui.gui.furnishing import furnished
from lrgui.gui.main_window import MainWindow
from lrgui.gui.settings import Settings
from lrgui.gui.theme import themes
from lrgui.worker import Runner
from tests.gui.plotting import at, drag, settle


def make_window(profile, jobs, theme=None):
    """Build a window as ``create_window`` does, with other jobs; in a theme, or in that of the settings."""
    settings = Settings(profile)
    if not QApplication.topLevelWidgets():
        # The style sheet of the last window would make this one slow to build. Not while another window is there: Qt
        # would lose sight of those of its widgets that were never shown, and style them after they are gone.
        QApplication.instance().setStyleSheet("")
    themes.choose(theme or settings.theme)
    window = furnished(MainWindow(settings), Runner(), jobs)
    themes.dress()
    return window


def shown(qtbot, window, size=(1280, 800)):
    """Show a window and have the keys come to it."""
    qtbot.addWidget(window)
    if size is not None:
        window.resize(*size)
    with qtbot.waitActive(window, timeout=10_000):
        window.show()
        window.activateWindow()
    window.pages["train"]  # what else comes a moment later, and would hold up the hand of a test
    return window


def press(window, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the keys go, as a keyboard does."""
    QTest.keyClick(window.focusWidget() or window, key, modifier)


def find(qtbot, window, timeout=10_000):
    """Sweep by F5 and return the run when it has ended."""
    with qtbot.waitSignal(window.runner.run_ended, timeout=timeout) as ended:
        press(window, Qt.Key.Key_F5)
    return ended.args[0]


def train(qtbot, window, timeout=10_000):
    """Train by Ctrl+Enter and return the run when it has ended."""
    with qtbot.waitSignal(window.runner.run_ended, timeout=timeout) as ended:
        press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    return ended.args[0]


def drag_marker(qtbot, window, learning_rate):
    """Drag the marker to a rate with the mouse."""
    plot = window.find_page.plot
    settle(qtbot, plot)
    low, high = plot.mapping.y
    height = low + 0.7 * (high - low)
    drag(plot, at(plot, plot.learning_rate, height), at(plot, learning_rate, height))


def error_of(window):
    """Return the error dialog that is open, if any."""
    return window.findChild(QMessageBox, "error")


def dismiss_error(qtbot, window):
    """Close the error dialog, and return what it said: the sentence, and what was folded away."""
    box = error_of(window)
    assert box is not None and box.isVisible()
    told = box.text(), box.detailedText()
    with qtbot.waitActive(window, timeout=10_000):
        box.close()
        window.activateWindow()
    return told


def cells(window):
    """Return the table of runs as rows of texts."""
    model = window.train_page.runs
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
