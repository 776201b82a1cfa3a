"""``lrgui demo`` as it is typed: a lesson plays by itself without a screen, and leaves pictures."""

import os
import subprocess
import sys

import pytest

from lrgui.cli.commands import BAD_INPUT, run
from tests.core.lessons.lesson_files import LESSON

BAD = [
    (["flying"], "there is no lesson flying; there are shrinking, schedules, find"),
    (["--theme", "pink"], "--theme takes one of light, dark"),
    (["--language", "de"], "--language takes one of en, zh_TW, not 'de'."),
    (["--pace", "0"], "--pace takes a number above 0, at most 1,000, not '0'."),
    (["--pace", "fast"], "--pace takes a number above 0"),
    (["--size", "big"], "--size takes width and height, 1280x800, not 'big'."),
    (["--loud"], "cannot take --loud; there are --help, --screenshots"),
]


@pytest.fixture
def profile(tmp_path, monkeypatch):
    monkeypatch.setenv("LRGUI_PROFILE", str(tmp_path / "profile"))
    return tmp_path / "profile"


@pytest.mark.parametrize(("words", "told"), BAD, ids=[" ".join(words) for words, _ in BAD])
def test_that_bad_input_is_refused_in_one_line_before_anything_opens(words, told, capsys, profile):
    assert run(["demo", *words]) == BAD_INPUT
    error = capsys.readouterr().err
    assert error.startswith(f"lrgui demo: {told}") and error.count("\n") == 1


def test_that_a_folder_for_pictures_that_cannot_be_made_is_refused(capsys, profile, tmp_path):
    (tmp_path / "file").touch()
    assert run(["demo", "shrinking", "--screenshots", str(tmp_path / "file" / "pictures")]) == BAD_INPUT
    assert "lrgui demo: --screenshots" in capsys.readouterr().err


def test_that_a_broken_lesson_of_a_teacher_is_told_with_its_line(capsys, profile):
    (profile / "lessons").mkdir(parents=True)
    (profile / "lessons" / "mine.toml").write_text(LESSON.replace("task", "tusk", 1), encoding="utf-8")
    assert run(["demo", "mine"]) == BAD_INPUT
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("lrgui demo: mine.toml, line ") and "there is no lesson mine" in told[1]


def test_that_a_lesson_plays_without_a_screen_and_leaves_a_picture_of_each_step(profile, tmp_path):
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    (profile / "lessons").mkdir(parents=True)
    mine = LESSON.replace('do = [\n  "page,page=descent",', 'do = [\n  "page,page=descent",\n  "play,to=3",')
    (profile / "lessons" / "mine.toml").write_text(mine.replace("  'set,", "  # 'set,"), encoding="utf-8")
    without_screen = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    words = [sys.executable, "-m", "lrgui", "demo", "mine", "--screenshots", "pictures", "--size", "1093x614"]
    ended = subprocess.run(words, cwd=tmp_path, env=without_screen, capture_output=True, text=True, timeout=180)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == [f"Written: pictures/mine-{step}.png" for step in (1, 2)]
    from PySide6.QtGui import QImage

    for step in (1, 2):
        picture = QImage(str(tmp_path / "pictures" / f"mine-{step}.png"))
        assert (picture.width(), picture.height()) == (1093, 614)
    assert not (profile / "history.sqlite3").exists()  # nothing of the demonstration is kept
