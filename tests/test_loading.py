"""A TensorFlow that crashes, breaks or hangs while it is imported: real programs, one after the other."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lrgui.core.import_mark import ImportMarks

ROOT = Path(__file__).parents[1]
LIMIT_SECONDS = 120
BROKEN = {
    "crash": "import signal\nsignal.raise_signal(signal.SIGILL)\n",
    "dll": "raise ImportError('DLL load failed while importing _pywrap_tensorflow_internal: not found.')\n",
    "hang": "import time\ntime.sleep(600)\n",
}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


class Place:
    """A profile, and a folder with the fake that Python finds before the real TensorFlow."""

    def __init__(self, folder):
        self.profile, self.fake = folder / "profile", folder / "fake"
        self.home = folder / "home"

    def break_tensorflow(self, how):
        package = self.fake / "tensorflow"
        package.mkdir(parents=True, exist_ok=True)
        (package / "__init__.py").write_text(BROKEN[how])

    def start(self, *words):
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(self.fake), str(ROOT))),
            "LRGUI_PROFILE": str(self.profile),
            "QT_QPA_PLATFORM": "offscreen",
        }
        return subprocess.Popen(
            [sys.executable, *words], env=environment, cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *words):
        child = self.start(*words)
        try:
            printed, errors = child.communicate(timeout=LIMIT_SECONDS)
        finally:
            child.kill()
        return child.returncode, printed, errors

    def window(self, wish=""):
        return self.run("-m", "tests.window_without_tensorflow", wish)

    @property
    def mark(self):
        return ImportMarks(self.profile).last()


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def test_that_the_start_after_a_crash_opens_says_so_and_tries_again_when_asked(place):
    place.break_tensorflow("crash")
    exit_code, printed, _ = place.window()
    assert exit_code == -signal.SIGILL
    assert place.mark is not None

    exit_code, printed, errors = place.window(f"again:{place.fake}")
    assert exit_code == 0, errors
    assert "banner: TensorFlow ended the program while it was being loaded" in printed
    assert "page: descent" in printed
    assert "run: FAILED TensorFlow ended the program" in printed
    assert "note: Ready." in printed
    assert "closed:" in printed
    assert place.mark is None


def test_that_an_import_which_fails_in_python_is_told_with_the_remedy_at_once(place):
    place.break_tensorflow("dll")
    exit_code, printed, errors = place.window()
    assert exit_code == 0, errors
    assert "banner: Windows could not load a part of TensorFlow" in printed
    assert "https://aka.ms/vs/17/release/vc_redist.x64.exe" in printed
    assert "run: FAILED Windows could not load a part of TensorFlow" in printed
    assert place.mark is None


def test_that_a_window_whose_import_hangs_stays_up_and_is_no_crash_when_it_is_ended(place):
    place.break_tensorflow("hang")
    child = place.start("-m", "tests.window_without_tensorflow")
    try:
        assert child.stdout.readline() == "up: True\n"
        marks = list(place.profile.glob("importing-*.txt"))
        assert len(marks) == 1
        assert place.mark is None
        child.terminate()
        assert child.wait(10) == -signal.SIGTERM
    finally:
        child.kill()
        child.communicate()
    assert place.mark is None


def test_that_a_window_whose_import_hangs_can_be_closed_which_is_no_crash(place):
    place.break_tensorflow("hang")
    exit_code, _, errors = place.window("close")
    assert exit_code == 0, errors
    assert list(place.profile.glob("importing-*.txt"))
    assert place.mark is None


def test_that_the_command_line_says_what_happened_and_tries_again(place):
    place.break_tensorflow("crash")
    words = "-m", "lrgui", "train", "--epochs", "1", "--no-history"
    exit_code, _, errors = place.run(*words)
    assert exit_code == -signal.SIGILL
    assert "lrgui train:" not in errors
    place.break_tensorflow("dll")
    exit_code, _, errors = place.run(*words)
    assert exit_code == 1
    assert "lrgui train: TensorFlow ended the program while it was being loaded" in errors
    assert "lrgui train: Windows could not load a part of TensorFlow" in errors
    assert place.mark is not None  # what came of the second try says nothing of the crash


def test_that_a_second_ctrl_c_in_the_middle_of_the_import_is_no_crash(place):
    place.break_tensorflow("hang")
    child = place.start("-m", "lrgui", "train", "--epochs", "1", "--no-history")
    try:
        deadline = time.monotonic() + LIMIT_SECONDS
        while not list(place.profile.glob("importing-*.txt")) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.3)
        child.send_signal(signal.SIGINT)
        assert "Stopping" in child.stderr.readline()
        child.send_signal(signal.SIGINT)
        assert child.wait(10) == -signal.SIGINT
    finally:
        child.kill()
        child.communicate()
    assert place.mark is None


def test_that_doctor_survives_a_crash_and_names_it_and_the_last_start(place):
    place.break_tensorflow("crash")
    place.run("-m", "lrgui", "train", "--epochs", "1", "--no-history")
    exit_code, printed, errors = place.run("-m", "lrgui", "doctor", "--json", "-")
    assert exit_code == 1, errors
    found = {finding["name"]: finding for finding in json.loads(printed)["findings"]}
    assert found["tensorflow"]["state"] == "wrong"
    assert found["tensorflow"]["values"]["ended"] == "illegal"
    assert "Fatal Python error" in found["tensorflow"]["details"]
    assert "an instruction that this processor does not know" in found["tensorflow"]["remedy"]
    assert found["mark"]["state"] == "hint"
    assert found["history"]["state"] == "ok"


def test_that_doctor_says_that_there_is_no_tensorflow_where_there_is_none(place):
    place.fake.mkdir()
    (place.fake / "sitecustomize.py").write_text(
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'tensorflow':\n"
        "            raise ModuleNotFoundError(\"No module named 'tensorflow'\", name=name)\n"
        "sys.meta_path.insert(0, Missing())\n"
    )
    exit_code, printed, _ = place.run("-m", "lrgui", "doctor")
    assert exit_code == 1
    assert "wrong   TensorFlow: does not load" in printed
    assert "python -m pip install tensorflow" in printed
