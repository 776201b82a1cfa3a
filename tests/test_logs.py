"""The log and the trace of a hard end: what is written, how large it gets, and that it never stops anything."""

import os
import re
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest

from lrgui import logs
from lrgui.crashes import CrashFile, crash_of_before


@pytest.fixture
def folder(tmp_path):
    yield tmp_path / "log"
    logs.stop()


def written(folder: Path) -> str:
    return (folder / logs.FILE).read_text(encoding="utf-8")


def test_that_the_log_says_when_and_what(folder):
    logs.start(folder)
    logs.log.info("run %s started", "4264f824")
    line = written(folder)
    assert re.match(rf"\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d,\d{{3}} {os.getpid()} INFO run 4264f824 started\n$", line)


def test_that_nothing_is_written_as_long_as_there_is_nothing_to_tell(folder):
    logs.start(folder)
    assert list(folder.iterdir()) == []


def test_that_the_log_does_not_grow_for_ever(folder):
    logs.start(folder)
    for _ in range(45):
        logs.log.info("x" * 100_000)
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == [logs.FILE, f"{logs.FILE}.1", f"{logs.FILE}.2"]
    assert all(file.stat().st_size <= logs.MOST_BYTES for file in files)


def test_that_warnings_are_logged_and_told_as_before(folder):
    told = []
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = lambda *given: told.append(str(given[0]))
        logs.start(folder)
        warnings.warn("this will go", DeprecationWarning, stacklevel=1)
        logs.stop()
        warnings.warn("not logged", DeprecationWarning, stacklevel=1)
    assert "DeprecationWarning: this will go" in written(folder) and "not logged" not in written(folder)
    assert told == ["this will go", "not logged"]


def test_that_a_log_that_cannot_be_written_stops_nothing(tmp_path, capfd):
    (tmp_path / "log").write_text("a file where the folder should be")
    logs.start(tmp_path / "log")
    logs.log.error("nobody will read this")
    crash_file = CrashFile(tmp_path / "log")
    crash_file.close()
    assert crash_of_before(tmp_path / "log") == ""
    assert capfd.readouterr() == ("", "")
    logs.stop()


def test_that_several_threads_write_whole_lines(folder):
    logs.start(folder)
    threads = [threading.Thread(target=lambda: [logs.log.info("y" * 99) for _ in range(200)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = written(folder).splitlines()
    assert len(lines) == 800 and all(line.endswith(" " + "y" * 99) for line in lines)


FALLS = """
import faulthandler, sys
from pathlib import Path
from lrgui.crashes import CrashFile
crash_file = CrashFile(Path(sys.argv[1]))
if sys.argv[2] == "hard":
    faulthandler._sigabrt()
crash_file.close()
"""


def ended(folder: Path, how: str) -> int:
    return subprocess.run([sys.executable, "-c", FALLS, folder, how], capture_output=True, timeout=60).returncode


def test_that_a_hard_end_leaves_a_trace_which_is_told_once(folder):
    assert ended(folder, "hard") != 0
    trace = crash_of_before(folder)
    assert "Aborted" in trace and "most recent call first" in trace
    assert crash_of_before(folder) == ""
    assert [path.name for path in folder.iterdir()] == ["crash.txt"]


def test_that_a_regular_end_leaves_none(folder):
    assert ended(folder, "well") == 0
    assert crash_of_before(folder) == "" and list(folder.iterdir()) == []


def test_that_the_newest_of_several_is_told_and_none_of_a_process_that_goes_on(folder):
    folder.mkdir()
    for number, age in ((1, 200), (2, 100), (3, 300)):
        path = folder / f"crash-{number}.txt"
        path.write_text(f"trace {number}")
        os.utime(path, times=(path.stat().st_mtime - age,) * 2)
    (folder / "crash-4.txt").touch()  # of a window that is open
    killed = folder / "crash-5.txt"  # and of one that was killed
    killed.touch()
    os.utime(killed, (0, 0))
    assert crash_of_before(folder) == "trace 2"
    assert crash_of_before(folder) == ""
    assert sorted(path.name for path in folder.iterdir()) == ["crash-4.txt", "crash.txt"]
