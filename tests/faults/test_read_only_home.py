"""A home in which nothing may be written: told once, with where; all else works."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from lrgui.core.store import FILE_NAME, Store
from tests.core.store.runs import a_training

ROOT = Path(__file__).parents[2]
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]

WINDOW = """
from PySide6.QtCore import QTimer
from lrgui.app import create_application
from lrgui.core.messages import say
from lrgui.core.profile import user_profile
from lrgui.core.trust import Trust
from tests.gui.fake_jobs import fake_jobs
from tests.gui.windows import make_window

app = create_application()
window = make_window(user_profile(), fake_jobs())
heard = []
window.history.told.connect(lambda told: heard.append(str(told)))
window.show()

def begin():
    window.runner.run_ended.connect(lambda run: (print(run.status, flush=True), QTimer.singleShot(300, end)))
    window.desk.start_sweep()

def end():
    trust = Trust(user_profile())
    trust.allow("a1b2", "mine.py")
    print(trust.allows("a1b2"), trust.allows("ffff"))
    print(*heard, sep="|")
    print([entry.name for entry in window.history.store.page()], window.history.store.unwritten, window.close())

QTimer.singleShot(300, begin)
print(app.exec())
"""


def command():
    """Return how Python is started as somebody who may not write everywhere, as root may."""
    words = [*(NOBODY if os.geteuid() == 0 else []), sys.executable]
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("no setpriv here to be somebody else than root")
    if subprocess.run([*words, "-c", "import PySide6.QtWidgets, lrgui"], cwd=ROOT, capture_output=True).returncode:
        pytest.skip("nobody but root may start this Python")
    return words


@pytest.fixture
def home():
    if sys.platform == "win32":
        pytest.skip("rights of folders as on Linux and macOS")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)
        for path in (Path(folder), *Path(folder).rglob("*")):
            path.chmod(0o755)


def in_window(home, profile):
    for path in (*home.rglob("*"), home):
        path.chmod(0o555 if path.is_dir() else 0o444)
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1",
        "LRGUI_PROFILE": str(profile), "LRGUI_LANGUAGE": "en",
    }  # fmt: skip
    ended = subprocess.run(
        [*command(), "-c", WINDOW], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    said = [line for line in ended.stderr.splitlines() if "propagateSizeHints" not in line]
    assert said == []
    return ended.stdout.splitlines()


def test_that_the_window_opens_runs_and_closes_and_says_once_that_nothing_is_kept(home):
    profile = home / "share" / "lrgui"
    told = f"Writing in {profile} is not allowed: what is run now is not kept in the history. All else works;"
    status, trusted, heard, *rest = in_window(home, profile)
    assert (status, trusted) == ("diverged", "True False")
    assert heard.startswith(told)
    assert "|" not in heard
    assert rest == ["[] [] True", "0"]


def test_that_a_history_in_a_home_that_can_only_be_read_is_shown(home):
    store = Store(home / FILE_NAME, told=print)
    a_training(store, name="Monday")
    assert store.close()
    _, _, heard, *rest = in_window(home, home)
    assert heard.startswith(f"Writing in {home} is not allowed")
    assert rest == ["['Monday'] [] True", "0"]
