"""The mark of an import, left behind by real processes that end in every way."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lrgui.core import import_mark
from lrgui.core.import_mark import ImportMarks
from lrgui.core.load_failures import evidence_of_mark

HOW = {
    "illegal": "signal.raise_signal(signal.SIGILL)",
    "abort": "os.abort()",
    "killed": "signal.raise_signal(signal.SIGKILL)",
    "terminated": "signal.raise_signal(signal.SIGTERM)",
    "asked": "import_mark.lift(); signal.raise_signal(signal.SIGKILL)",
    "raised": "raise ImportError('no')",
    "done": "pass",
}
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def import_and_end(profile: Path, how: str) -> int:
    """Be marked in a process of its own, and end there."""
    code = f"""
import os, signal, threading
from pathlib import Path
from lrgui.core import import_mark
def work():
    with import_mark.ImportMarks(Path({str(profile)!r})).importing():
        {HOW[how]}
thread = threading.Thread(target=work)
thread.start()
thread.join()
"""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode


@posix
@pytest.mark.parametrize("how", ["illegal", "abort"])
def test_that_a_crash_leaves_a_mark_that_says_how(tmp_path, how):
    assert import_and_end(tmp_path, how) < 0
    mark = ImportMarks(tmp_path).last()
    assert mark is not None
    assert "Fatal Python error" in mark.words
    assert "in work" in mark.words
    assert evidence_of_mark(mark).end == how


@posix
def test_that_a_process_which_vanished_leaves_a_mark_without_words(tmp_path):
    assert import_and_end(tmp_path, "killed") == -signal.SIGKILL
    mark = ImportMarks(tmp_path).last()
    assert mark is not None
    assert mark.words == ""
    assert evidence_of_mark(mark).end == "vanished"


@posix
@pytest.mark.parametrize("how", ["terminated", "asked", "raised", "done"])
def test_that_who_was_asked_to_end_or_went_on_leaves_nothing_that_counts(tmp_path, how):
    import_and_end(tmp_path, how)
    assert ImportMarks(tmp_path).last() is None


@posix
def test_that_who_was_asked_to_end_after_minutes_had_hung(tmp_path):
    import_and_end(tmp_path, "terminated")
    (path,) = tmp_path.glob("importing-*.txt")
    later = path.stat().st_mtime + import_mark.LONG_SECONDS + 1
    os.utime(path, (later, later))
    mark = ImportMarks(tmp_path).last()
    assert mark is not None
    assert mark.hung
    assert evidence_of_mark(mark).end == "time"


@posix
def test_that_clearing_forgets_the_dead_and_all_their_files(tmp_path):
    for how in ("illegal", "killed", "terminated"):
        import_and_end(tmp_path, how)
    ImportMarks(tmp_path).clear()
    assert list(tmp_path.iterdir()) == []


def test_that_the_mark_of_a_living_process_does_not_count_and_is_not_cleared(tmp_path):
    marks = ImportMarks(tmp_path)
    with marks.importing():
        assert list(tmp_path.glob("importing-*.txt"))
        assert marks.last() is None
        marks.clear()
        assert list(tmp_path.glob("importing-*.txt"))
    assert list(tmp_path.iterdir()) == []


def test_that_a_mark_of_this_very_process_number_counts_when_its_process_is_gone(tmp_path):
    (tmp_path / f"importing-{os.getpid()}.txt").write_text(f"2026-01-01 10:00:00\n{os.getpid()}\n0\n--\n")
    marks = ImportMarks(tmp_path)
    assert marks.last() is not None
    with marks.importing():
        assert marks.last() is None
    assert list(tmp_path.iterdir()) == []


def test_that_a_profile_that_cannot_be_made_holds_nobody_up(tmp_path):
    (tmp_path / "file").write_text("")
    marks = ImportMarks(tmp_path / "file" / "profile")
    with marks.importing():
        pass
    assert marks.last() is None


def test_that_rubbish_in_the_place_of_a_mark_is_passed_over(tmp_path):
    (tmp_path / "importing-1.txt").write_bytes(b"\xff\x00")
    assert ImportMarks(tmp_path).last() is None
