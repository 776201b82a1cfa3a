"""Processes of our own: by what they are started and ended on each system, and that nothing of them is left."""

import subprocess
import sys
import time

import pytest

from lrgui.core import children


@pytest.mark.parametrize(
    ("system", "asked"),
    [
        ("linux", {"start_new_session": True}),
        ("darwin", {"start_new_session": True}),
        ("win32", {"creationflags": 0x200}),
    ],
)
def test_that_a_child_hears_nothing_of_the_terminal(system, asked):
    assert children.group_of_its_own(system) == asked


def test_that_windows_ends_a_whole_tree_by_a_command_and_the_others_by_a_signal():
    assert children.ending_command(42, "win32") == ["taskkill", "/T", "/F", "/PID", "42"]
    assert children.ending_command(42, "linux") == children.ending_command(42, "darwin") == []


@pytest.mark.skipif(sys.platform != "win32", reason="the name is there on Windows alone")
def test_that_the_flag_is_that_of_python():
    assert children.group_of_its_own() == {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}


def test_that_the_packaged_program_starts_itself_and_another_starts_python(monkeypatch):
    assert children.command_of("lrgui.live", "x") == [sys.executable, "-m", "lrgui.live", "x"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert children.command_of("lrgui.live", "x") == [sys.executable, "--run-module", "lrgui.live", "x"]


def test_that_what_a_child_has_started_ends_with_it(tmp_path):
    beats = tmp_path / "beats"
    grandchild = "import sys, time\nwhile True: open(sys.argv[1], 'a').write('.'); time.sleep(0.02)"
    (tmp_path / "starting.py").write_text(
        f"import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', {grandchild!r}, {str(beats)!r}])\n"
        "time.sleep(60)",
        encoding="utf-8",
    )
    child = children.start("starting", environment={"PYTHONPATH": str(tmp_path)})
    deadline = time.monotonic() + 20
    ending = children.wait(child, lambda: beats.exists() or time.monotonic() > deadline)
    assert ending.timed_out and beats.exists()
    size = beats.stat().st_size
    time.sleep(0.2)
    assert beats.stat().st_size <= size + 1
