"""What a process is given at its start: streams that are closed, and the paths of a package."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lrgui.core.process import give_back_library_path

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Windows closes no streams")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_that_streams_closed_by_the_shell_do_no_harm(closed, tmp_path):
    target = tmp_path / "方 法.json"
    words = f"descend --function 'x**2' --walker sgd --steps 3 --json '{target}'"
    ended = subprocess.run(["sh", "-c", f"'{sys.executable}' -m lrgui {words} {closed}"], cwd=ROOT, check=False)
    assert ended.returncode == 0
    assert json.loads(target.read_text(encoding="utf-8"))["walkers"]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Windows closes no streams")
def test_that_no_file_is_opened_in_the_place_of_a_closed_stream(tmp_path):
    code = (
        "import lrgui.core.process as process, os, sys; process.replace_closed_streams();"
        "file = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY); os.write(1, b'lost'); sys.exit(file < 3)"
    )
    target = tmp_path / "file"
    ended = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -c \"{code}\" '{target}' <&- >&- 2>&-"],
        cwd=ROOT,
        check=False,
    )
    assert ended.returncode == 0
    assert target.read_bytes() == b""


@pytest.fixture
def packaged(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({"LD_LIBRARY_PATH": "/package", "LD_LIBRARY_PATH_ORIG": "/before"}, {"LD_LIBRARY_PATH": "/before"}),
        ({"LD_LIBRARY_PATH": "/package"}, {}),
        ({"HOME": "/home/x"}, {"HOME": "/home/x"}),
    ],
)
@pytest.mark.usefixtures("packaged")
def test_that_programs_of_the_system_find_their_own_libraries(given, left):
    give_back_library_path(given)
    assert given == left


def test_that_outside_a_package_the_path_is_the_users():
    given = {"LD_LIBRARY_PATH": "/mine"}
    give_back_library_path(given)
    assert given == {"LD_LIBRARY_PATH": "/mine"}
