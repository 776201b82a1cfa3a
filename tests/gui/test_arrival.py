"""The window before it is complete: where its empty cards are, and what a hand gets that does not wait."""

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame

from lrgui.gui.arrival import Arrival
from lrgui.gui.furnishing import furnish
from lrgui.gui.main_window import MainWindow
from lrgui.gui.settings import Settings
from lrgui.gui.theme import themes
from lrgui.worker import Runner
from tests.gui.fake_jobs import fake_jobs


@pytest.fixture
def arriving(qtbot, tmp_path):
    """Return what shows a frame of a size, with a handle on what is to come."""
    begun = []

    def begin(size=(1280, 800), libraries=lambda: None):
        window = MainWindow(Settings(tmp_path))
        qtbot.addWidget(window)
        themes.dress()
        window.resize(*size)
        window.show()
        arrival = Arrival(window, libraries, furnish(window, Runner(), fake_jobs()), lambda: begun.append(window))
        return window, arrival

    begin.done = begun
    yield begin
    for window in begun:
        window.close()


def cards(window, page):
    """Return where the cards of a page are seen that stand in no other card."""
    found = [card for card in page.findChildren(QFrame, "card") if card.isVisible()]
    outer = [card for card in found if not any(other is not card and other.isAncestorOf(card) for other in found)]
    seen = (QRect(card.mapTo(window, QPoint(0, 0)), card.size()) & seen_rect(window, card) for card in outer)
    return sorted(rect.getRect() for rect in seen if rect.height() > 0)


def seen_rect(window, card):
    rect = card.visibleRegion().boundingRect()
    return rect.translated(card.mapTo(window, QPoint(0, 0)))


def edges(window, page):
    """Return the edges of the cards but for those at the right of a form, where a scroll bar may come."""
    return [(x, y, w if x > 300 else 0, h) for x, y, w, h in cards(window, page)]


def alike(before, after):
    """Return whether nothing lies more than 3 pixels elsewhere."""
    return len(before) == len(after) and all(a == pytest.approx(b, abs=3) for a, b in zip(before, after, strict=True))


@pytest.mark.parametrize("size", [(1280, 800), (1093, 614), (1500, 950)])
def test_that_the_empty_cards_lie_where_the_page_will_have_its_own(qtbot, arriving, size):
    gate = threading.Event()
    window, arrival = arriving(size, gate.wait)
    qtbot.wait(50)
    before = edges(window, window.pages.currentWidget())
    gate.set()
    arrival.complete()
    assert len(before) >= 6
    qtbot.waitUntil(lambda: alike(before, edges(window, window.find_page)))


def test_that_heights_are_remembered_as_they_were(qtbot, arriving):
    window, arrival = arriving()
    arrival.complete()
    qtbot.wait(20)
    window.find_page.form.set_value(window.find_page.form.value().model_copy(update={"model": "cnn"}))
    qtbot.wait(50)
    after = cards(window, window.find_page)
    window.close()
    again, _ = arriving()
    qtbot.wait(1)
    assert [rect[3] for rect in cards(again, again.pages.currentWidget())] == pytest.approx(
        [rect[3] for rect in after], abs=3
    )
    arriving.done.append(again)


def test_that_a_window_completes_by_itself_after_its_first_paint(qtbot, arriving):
    window, _ = arriving()
    assert not arriving.done
    qtbot.waitUntil(lambda: arriving.done == [window])
    assert window.find_page.button.isVisible()
    assert window.find_page.button.hasFocus() or not window.isActiveWindow()


def test_that_a_click_where_the_button_will_be_starts_a_sweep(qtbot, arriving):
    window, _ = arriving()
    middle = QPoint(264, 752)
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert arriving.done == [window]
    qtbot.waitUntil(lambda: window.find_page.run is not None and window.find_page.run.ended)


def test_that_a_key_is_not_lost(qtbot, arriving):
    window, _ = arriving()
    window.activateWindow()
    qtbot.waitActive(window)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.current == "train"


def test_that_a_window_closed_before_it_is_complete_is_gone(qtbot, arriving):
    window, _ = arriving()
    window.close()
    assert not window.isVisible()
    qtbot.wait(50)
    assert not window.isVisible()
    qtbot.waitUntil(lambda: bool(arriving.done))


BREAKS = """
import sys
from PySide6.QtCore import QTimer
from lrgui import app
from lrgui.gui import crash_report, furnishing

class Report(crash_report.CrashReport):
    def open(self):
        super().open()
        QTimer.singleShot(0, self.close)
        QTimer.singleShot(0, self.parent().close)

def broken(window):
    raise ImportError("a damaged file")

crash_report.CrashReport = Report
furnishing._export = broken
sys.exit(app.main())
"""


def test_that_a_window_which_cannot_be_completed_says_why_and_closes_without_a_crash(tmp_path, monkeypatch):
    monkeypatch.setenv("LRGUI_PROFILE", str(tmp_path))
    ended = subprocess.run([sys.executable, "-c", BREAKS], capture_output=True, text=True, timeout=60)
    assert "ImportError: a damaged file" in ended.stderr
    assert (ended.returncode, "Destroyed while" in ended.stderr) == (0, False)
