"""TensorFlow's library is loaded without Python's lock, and where that cannot be, the import does it."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the import does it")

ROOT = Path(__file__).parents[2]

TICKING = """
import sys, threading, time
from lrgui.training.preload import load_library
ticks, ended = [], threading.Event()
def tick():
    while not ended.wait(0.002):
        ticks.append(time.perf_counter())
thread = threading.Thread(target=tick)
thread.start()
while not ticks:
    time.sleep(0.01)
before = len(ticks)
loaded = load_library()
during = len(ticks) - before
ended.set()
thread.join()
maps = open("/proc/self/maps").read()
print(loaded, load_library(), during > 5, "libtensorflow_cc" in maps, "tensorflow" in sys.modules)
"""


def said(code, *options):
    """Return what a Python of its own prints."""
    command = [sys.executable, *options, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_that_another_thread_goes_on_while_the_library_is_loaded():
    # Under Python's lock it would tick once or twice.
    assert said(TICKING) == ["True", "True", "True", "True", "False"]


def test_that_without_tensorflow_nothing_is_loaded_and_nothing_raised():
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from lrgui.training.preload import load_library"
    assert said(f"{code}; print(load_library())", "-S") == ["False"]


@pytest.mark.parametrize("library", [None, b"", b"no library"])
def test_that_a_library_that_cannot_be_loaded_is_left_to_the_import_to_tell_of(tmp_path, library):
    folder = tmp_path / "tensorflow" / "python" / "platform"
    folder.mkdir(parents=True)
    (tmp_path / "tensorflow" / "__init__.py").touch()
    if library is not None:
        (folder / "_pywrap_cpu_feature_guard.so").write_bytes(library)
    code = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]; "
    code += "from lrgui.training.preload import load_library; print(load_library())"
    assert said(code, "-S") == ["False"]
