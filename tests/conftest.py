"""Fixtures that several rooms share."""

import shutil
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


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
