"""Where data sets are looked for: in Keras's home, and then in what came with the program."""

from pathlib import Path

import pytest

from lrgui import resources
from lrgui.core.config.dataset import FashionMnist
from lrgui.core.control import Control
from lrgui.training import keras_home
from lrgui.training.data import load
from tests.benchmarks.data import write_keras_home


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The resources of a packaged program, with data sets, beside an empty home of Keras."""
    folder = tmp_path / "package"
    write_keras_home(folder, training_examples=60, validation_examples=20)
    monkeypatch.setattr(resources, "_PLACES", (*resources._PLACES, folder))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "home"))
    return folder


def test_that_data_packaged_with_the_program_are_found(package: Path):
    found = keras_home.find("fashion-mnist/train-labels-idx1-ubyte.gz")
    assert found is not None and found.is_relative_to(package)
    assert keras_home.find("mnist.npz") is None


def test_that_they_are_read_without_a_network_from_a_folder_that_cannot_be_written(package: Path, tmp_path: Path):
    package.chmod(0o555)
    try:
        examples = load(FashionMnist(), [].append, Control())
    finally:
        package.chmod(0o755)
    assert len(examples.train_labels) == 60
    assert not (tmp_path / "home").exists()


def test_that_a_file_in_the_home_goes_first(package: Path, tmp_path: Path):
    write_keras_home(tmp_path / "home", training_examples=40, validation_examples=20)
    assert len(load(FashionMnist(), [].append, Control()).train_labels) == 40
