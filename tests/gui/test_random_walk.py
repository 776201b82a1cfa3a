"""Whatever hands do, in whatever order: the window neither breaks, nor warns, nor stalls, nor leaves a thread."""

import faulthandler
import sys
import threading
import traceback

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog

from lrgui.gui.theme import themes
from tests.gui.fake_comparison import comparing
from tests.gui.fake_jobs import fake_jobs, sweep, training
from tests.gui.walking import Walk
from tests.gui.windows import make_window, shown

EVENTS = 5_000
SEED = 20_260_611
STALL_SECONDS = 0.5
STYLING_SECONDS = 1.5
"""Of another theme or size with all six pages built: Qt styles every widget again, 0.35 to 0.7 s on two slow cores."""


@pytest.fixture
def no_dialogs_of_the_desktop(monkeypatch, tmp_path):
    """What would ask the desktop, or a loop of its own, is answered at once: with nothing, or with a new file."""
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.reject())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "steps.csv"), ""))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: True)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))  # the menu of help may write the desktop's entry


@pytest.fixture
def window(qtbot, tmp_path, no_dialogs_of_the_desktop):
    quick = fake_jobs(find=sweep(seconds=0.002), train=training(seconds=0.002), compare=comparing(seconds=0.01))
    window = make_window(tmp_path / "profile", quick)
    window.settings.export_folder = tmp_path
    return shown(qtbot, window)


@pytest.mark.qt_log_ignore("This plugin does not support", "occurs outside target window")
def test_that_five_thousand_events_of_real_hands_leave_no_error_no_thread_and_no_stall(window, qtbot, qtlog):
    threads = set(threading.enumerate())
    walk = Walk(window, SEED)
    print(f"seed {SEED}")
    with qtbot.capture_exceptions() as raised:
        for number, _ in enumerate(walk.go(EVENTS)):
            warned = [record.message for record in qtlog.records if not record.ignored]
            if raised or warned:
                told = "".join(traceback.format_exception(raised[0][1])) if raised else str(warned)
                pytest.fail(f"event {number}: {told}\n" + "\n".join(walk.trail), pytrace=False)
    worst, styled = walk.stalls.worst(), walk.stalls.worst(styled=True)
    assert all(seconds < STALL_SECONDS for seconds, _ in worst), worst
    assert all(seconds < STYLING_SECONDS for seconds, _ in styled), styled
    themes.changed.disconnect(walk._note_style)
    assert not window.runner._thread.isFinished(), "the window was closed on the way"
    ends_well(window, qtbot)
    assert set(threading.enumerate()) <= threads


def cancelled(window):
    """Cancel what runs, and after it what waited for its turn; return whether nothing is left."""
    window.actions_["cancel"].trigger()
    return not window.runner.busy


def ends_well(window, qtbot):
    """Put away what stands over the window, end what runs, and close."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for dialog in [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not window]:
        dialog.close()
    try:
        qtbot.waitUntil(lambda: cancelled(window), timeout=20_000)
    except qtbot.TimeoutError:
        faulthandler.dump_traceback(sys.__stderr__)
        pytest.fail(f"{window.runner.run} goes on: where each thread is stands in what was written to stderr")
    assert window.close()
    assert window.runner._thread.isFinished()
