"""A lesson under real hands: what tests do in the panel."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.fake_jobs import fake_jobs
from tests.gui.test_layout import cut_off, outside
from tests.gui.windows import make_window, press, shown

QUICK_MS = 5


def open_lesson(qtbot, profile, name, jobs=None, size=(1280, 800)):
    """Open a window, the panel by F1, and a lesson in it; return the window."""
    window = shown(qtbot, make_window(profile, jobs or fake_jobs()), size)
    press(window, Qt.Key.Key_F1)
    hurry(window)
    QTest.mouseClick(window.lessons.panel.contents.buttons[name], Qt.MouseButton.LeftButton)
    return window


def hurry(window):
    """Let the hand show each control for an instant only."""
    session = window.lessons.session
    session.hand.pace_ms, session.stage.speed = QUICK_MS, 1000.0
    return session


def click(button):
    assert button.isVisible() and button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def guess(window, typed=None, option=None):
    """Answer the question of the step: type a number, or choose an option."""
    box = window.lessons.panel.view.question
    QTest.qWait(10)  # what has just been put into the panel is laid out
    if option is not None:
        click(box.options[option])
    else:
        box.field.clear()
        QTest.keyClicks(box.field, typed)
    click(box.button)


def do_it(qtbot, window, timeout=20_000):
    """Press "Do it for me" and return the record of the step when it is done."""
    session = window.lessons.session
    with qtbot.waitSignal(session.ticked, timeout=timeout):
        click(window.lessons.panel.view.do_button)
    qtbot.waitUntil(lambda: not session.hand.busy)
    return session.record


def go_on(window):
    click(window.lessons.panel.next)


def layer_on(window, plot):
    """Return what a lesson draws on a plot."""
    return window.lessons.session._asking._drawn[plot][0]


def laid_out(cut):
    """Wait until nothing is cut off any more; fail with what still is."""
    for _ in range(50):
        if not (found := cut()):
            return
        QTest.qWait(20)
    raise AssertionError(f"cut off: {found}")


def seen(window):
    """Return what the panel says was seen."""
    view = window.lessons.panel.view
    assert view.seen.isVisible()
    return view.seen.text()


def play(qtbot, window):
    """Play the lesson to its end by "Do it for me" and return what was seen at each step; nothing is ever cut off."""
    session, told = window.lessons.session, []
    lesson = session.lesson
    for place in range(len(lesson.step)):
        question = session.step.question
        if question is not None:
            guess(window, *(["0.7"] if question.kind != "choice" else [None, 0]))
        if not session.record.done:
            do_it(qtbot, window)
        told.append(seen(window))
        laid_out(lambda: [*outside(window), *cut_off(window)])
        go_on(window)
        assert place == len(lesson.step) - 1 or session.progress.place == place + 1
    return told
