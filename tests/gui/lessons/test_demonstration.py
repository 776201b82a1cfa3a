"""A lesson that plays by itself in the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from lrgui.core.lessons.reading import lesson_from
from lrgui.gui.lessons.demonstration import Demonstration
from tests.core.lessons.lesson_files import LESSON
from tests.gui.fake_jobs import fake_jobs, sweep
from tests.gui.windows import dismiss_error, make_window, press, shown

PLAYED = LESSON.replace("  'set,field", "  'play,to=3',\n  'set,field")
WITHOUT_FORM = "\n".join(line for line in PLAYED.splitlines() if "set,field" not in line)


@pytest.fixture
def desk(qtbot, tmp_path):
    window = shown(qtbot, make_window(tmp_path / "profile", fake_jobs()))
    press(window, Qt.Key.Key_F1)
    yield window.lessons  # as long as the window is held


def ended(qtbot, playing, timeout=20_000):
    """Let it play; return whether all was done, and what was told."""
    told, ends = [], []
    playing.told.connect(lambda message: told.append(str(message)))
    playing.finished.connect(ends.append)
    with qtbot.waitSignal(playing.finished, timeout=timeout):
        playing.start()
    QTest.qWait(200)
    (done,) = ends  # once, and no more
    return done, told


def test_that_it_guesses_does_every_step_and_takes_a_picture_of_each(qtbot, desk, tmp_path):
    lesson = lesson_from(WITHOUT_FORM, tmp_path / "small.toml")
    done, told = ended(qtbot, Demonstration(desk, [lesson], 100, tmp_path))
    assert done and told == [f"Written: {tmp_path / f'small-{step}.png'}" for step in (1, 2)]
    records = desk.session.progress.records
    assert [record.done for record in records] == [True, True]
    assert records[0].guess == 0  # the first option, as no example is given
    assert records[0].values == {"rate": 0.99, "place": pytest.approx(5 * (-0.98) ** 3)}
    picture = QImage(str(tmp_path / "small-1.png"))
    assert (picture.width(), picture.height()) == (1280, 800)


def test_that_only_pictures_that_are_there_are_replaced_if_that_is_asked(qtbot, desk, tmp_path):
    lesson = lesson_from(WITHOUT_FORM, tmp_path / "small.toml")
    (tmp_path / "small-2.png").touch()
    done, told = ended(qtbot, Demonstration(desk, [lesson], 100, tmp_path, replace=True))
    assert done and told == [f"Written: {tmp_path / 'small-2.png'}"]
    assert (tmp_path / "small-2.png").stat().st_size > 1000 and not (tmp_path / "small-1.png").exists()


def test_that_it_ends_with_the_reason_where_a_step_cannot_be_done(qtbot, desk, tmp_path):
    lesson = lesson_from(WITHOUT_FORM.replace('"page,page=descent"', '"marker,times=3"'), tmp_path / "small.toml")
    done, told = ended(qtbot, Demonstration(desk, [lesson], 100))
    assert not done and told == ["There is no recommended rate yet: sweep first."]
    assert not any(record.done for record in desk.session.progress.records)


def test_that_it_ends_with_the_reason_where_a_run_fails(qtbot, desk, tmp_path):
    object.__setattr__(desk.window.jobs, "find", sweep(chunks=2))
    steps = WITHOUT_FORM.replace('"page,page=descent"', '"press,action=find"').replace("  'play,to=3',\n", "")
    lesson = lesson_from(steps.replace('"walker,rate_from=0.1"', '"run,run=range_test"'), tmp_path / "small.toml")
    done, told = ended(qtbot, Demonstration(desk, [lesson], 100))
    assert not done and told == ["Step 1 did not come to its end."]
    dismiss_error(qtbot, desk.window)


def test_that_it_ends_with_the_reason_where_a_picture_cannot_be_written(qtbot, desk, tmp_path):
    lesson = lesson_from(WITHOUT_FORM, tmp_path / "small.toml")
    done, told = ended(qtbot, Demonstration(desk, [lesson], 100, tmp_path / "none"))
    assert not done and told[0].endswith("could not be written.") and len(told) == 1
