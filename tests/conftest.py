"""What holds for all tests: no display, no network, and no Qt where its libraries are missing."""

import faulthandler
import importlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest

PROFILE = tempfile.TemporaryDirectory(prefix="lrgui-profile-")
CHECKOUT = Path(__file__).resolve().parent.parent

STDERR = pytest.StashKey()

NEEDS_QT = (
    "tests/gui/",
    "tests/test_worker.py",
    "tests/test_app.py",
    "tests/test_real_window.py",
    "tests/script/test_live_window.py",
)


def _missing_library():
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        return str(error)
    return None


MISSING = _missing_library()


def pytest_addoption(parser, pluginmanager):
    """Keep pytest-qt away from a Qt that does not load: it would end the whole session."""
    if MISSING and (plugin := pluginmanager.get_plugin("pytest-qt")):
        pluginmanager.unregister(plugin)


def pytest_configure(config):
    # Runs of the command line are kept; those of tests not among the user's own.
    os.environ["LRGUI_PROFILE"] = PROFILE.name
    # The same sentences on every computer.
    os.environ["LRGUI_LANGUAGE"] = "en"
    if config.option.markexpr != "window":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    config.stash[STDERR] = os.fdopen(os.dup(2), "w")  # the real one: while tests run, pytest keeps what goes to 2


def pytest_unconfigure():
    PROFILE.cleanup()


@pytest.fixture(autouse=True)
def last_words(pytestconfig):
    """Have a crash of Python told on the terminal: what a test starts may tell it elsewhere, and nowhere at its end."""
    faulthandler.enable(pytestconfig.stash[STDERR])


class WithoutQt(pytest.Module):
    """A file of tests that cannot even be imported here."""

    def collect(self):
        reason = f"Qt does not load here: {MISSING}"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason, allow_module_level=True)


def pytest_pycollect_makemodule(module_path, parent):
    path = module_path.relative_to(parent.config.rootpath).as_posix()
    if MISSING and path.startswith(NEEDS_QT):
        return WithoutQt.from_parent(parent, path=module_path)
    return None


@pytest.fixture
def fashion_subset() -> Path:
    """A Keras home with 3,000 and 600 real images of Fashion-MNIST; read only."""
    home = CHECKOUT.parent / "shared" / "data" / "keras"
    if not home.is_dir():
        pytest.skip(f"the Fashion-MNIST subset is not beside the checkout, at {home}")
    return home


@pytest.fixture
def keras_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty Keras home of the test's own."""
    home = tmp_path / "keras-home"
    home.mkdir()
    return use_keras_home(home, monkeypatch)


@pytest.fixture
def fashion_home(fashion_subset: Path, keras_home: Path) -> Path:
    """A Keras home of the test's own, with the subset in it."""
    shutil.copytree(fashion_subset / "datasets", keras_home / "datasets", copy_function=shutil.copyfile)
    for path in (keras_home / "datasets").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (keras_home / "datasets").chmod(0o755)
    return keras_home


def use_keras_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Set the home as a person would, by the environment; Keras reads that only once, so tell it as well."""
    from keras.src.backend import config

    monkeypatch.setenv("KERAS_HOME", str(home))
    monkeypatch.setattr(config, "_KERAS_DIR", str(home))
    return home
