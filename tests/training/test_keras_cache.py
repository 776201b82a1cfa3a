"""Data sets come from a folder that was copied from another computer, whatever part of a Keras home it is."""

import dataclasses
import importlib
import inspect
import shutil
import subprocess
import sys
from pathlib import Path

import keras
import pytest

from lrgui.__main__ import main
from lrgui.core.config.dataset import Cifar10, Cifar100, FashionMnist, Mnist
from lrgui.core.control import Control
from lrgui.core.events import Ended, Failed, Finished, Progressed, Stopped
from lrgui.jobs import add_data
from lrgui.training import keras_cache, sources
from lrgui.training import keras_home as keras_home_module
from lrgui.training.data import load
from lrgui.training.keras_cache import stocks
from tests.training import homes
from tests.training.running import of_kind, run

ALL = (FashionMnist, Mnist, Cifar10, Cifar100)
ADDED = "Fashion-MNIST: added. MNIST: added. CIFAR-10: added. CIFAR-100: added."


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copied Keras home with small data sets, whose checksums are the known ones."""
    home = tmp_path / "stick"
    datasets = homes.write_home(home, 200, 100)
    known = {}
    for choice, source in sources.SOURCES.items():
        files = tuple(
            dataclasses.replace(file, sha256=homes.sha256(datasets / file.name)) if file.sha256 else file
            for file in source.files
        )
        known[choice] = dataclasses.replace(source, files=files)
    for module in ("images", "keras_cache"):
        monkeypatch.setattr(f"lrgui.training.{module}.SOURCES", known)
    return home


def add(folder: Path, control: Control | None = None, watch=None) -> list:
    return run(add_data, folder, control, watch)


def kept_files(home: Path) -> list[str]:
    return sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())


def all_load() -> None:
    for choice in ALL:
        examples = load(choice(), lambda event: pytest.fail(str(event)), Control())
        assert len(examples.train_labels) == 200


def test_that_a_copied_home_is_added_and_every_data_set_in_it_loads(copied: Path, keras_home: Path):
    events = add(copied)
    assert isinstance(events[-1], Finished)
    assert str(events[-1].message) == ADDED
    assert kept_files(keras_home) == kept_files(copied)
    assert all(stock.complete and stock.bytes for stock in stocks())
    all_load()


@pytest.mark.parametrize("layout", ["datasets", "the home's parent", "flat", "earlier names"])
def test_that_other_layouts_are_found_too(copied: Path, keras_home: Path, tmp_path: Path, layout: str):
    folder = copied
    if layout == "datasets":
        folder = copied / "datasets"
    if layout == "the home's parent":
        copied.rename(tmp_path / ".keras")
        folder = tmp_path
    if layout in ("flat", "earlier names"):
        folder = tmp_path / "flat"
        folder.mkdir()
        for path in [path for path in copied.rglob("*") if path.is_file()]:
            shutil.copy(path, folder / path.name)
    if layout == "earlier names":
        (folder / "cifar-10-batches-py-target_archive").rename(folder / "cifar-10-batches-py.tar.gz")
        (folder / "cifar-100-python-target_archive").rename(folder / "cifar-100-python.tar.gz")
    assert str(add(folder)[-1].message) == ADDED
    all_load()


def test_that_what_is_there_stays_as_it_is(copied: Path, keras_home: Path):
    add(copied)
    before = {path: path.stat().st_mtime_ns for path in keras_home.rglob("*")}
    events = add(copied)
    assert isinstance(events[-1], Finished)
    assert str(events[-1].message) == ADDED.replace("added", "already there")
    assert {path: path.stat().st_mtime_ns for path in keras_home.rglob("*")} == before


@pytest.mark.parametrize(
    "name",
    [
        "mnist.npz",
        "cifar-10-batches-py-target_archive",
        "cifar-100-python-target_archive",
        "fashion-mnist/train-images-idx3-ubyte.gz",
    ],
)
@pytest.mark.parametrize("spoil", [lambda content: content[:-20], lambda content: b"", lambda content: b"<html>"])
def test_that_a_damaged_file_is_named_and_left_out_and_the_others_are_added(
    copied: Path, keras_home: Path, name: str, spoil
):
    damaged = copied / "datasets" / name
    damaged.write_bytes(spoil(damaged.read_bytes()))
    end = add(copied)[-1]
    assert isinstance(end, Failed)
    assert f"{damaged} is damaged (it " in str(end.message)
    assert str(end.message).count(": added.") == 3
    assert kept_files(keras_home) == sorted(set(kept_files(copied)) - {f"datasets/{name}"})


def test_that_a_broken_file_at_home_is_replaced_by_a_sound_one(copied: Path, keras_home: Path):
    add(copied)
    broken = keras_home / "datasets" / "mnist.npz"
    broken.write_bytes(b"broken")
    assert "MNIST: added." in str(add(copied)[-1].message)
    assert broken.read_bytes() == (copied / "datasets" / "mnist.npz").read_bytes()


def test_that_a_part_of_fashion_mnist_is_told_with_what_is_missing(copied: Path, keras_home: Path):
    (copied / "datasets" / "fashion-mnist" / "t10k-labels-idx1-ubyte.gz").unlink()
    end = add(copied)[-1]
    assert "Fashion-MNIST: added in part, t10k-labels-idx1-ubyte.gz is missing." in str(end.message)


def test_that_mnists_own_files_are_not_taken_for_fashion_mnist(keras_home: Path, tmp_path: Path):
    folder = tmp_path / "mnist"
    folder.mkdir()
    (folder / "t10k-labels-idx1-ubyte.gz").write_bytes(bytes(4_542))
    end = add(folder)[-1]
    assert isinstance(end, Failed)
    assert str(end.message).startswith(f"In {folder} there is none of train-labels-idx1-ubyte.gz, ")
    assert kept_files(keras_home) == []


def test_that_a_stop_leaves_no_half_file_behind(copied: Path, keras_home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lrgui.training.keras_cache._PIECE_BYTES", 1000)
    control = Control()

    def stop_in_mnist(event) -> None:
        if isinstance(event, Progressed) and "mnist.npz" in str(event.message) and event.fraction:
            control.stop()

    end = add(copied, control, stop_in_mnist)[-1]
    assert isinstance(end, Stopped)
    assert kept_files(keras_home) == [f"datasets/fashion-mnist/{path.name}" for path in fashion_files(copied)]


def fashion_files(home: Path) -> list[Path]:
    return sorted((home / "datasets" / "fashion-mnist").iterdir())


def test_that_progress_is_told_file_by_file(copied: Path, keras_home: Path):
    told = [(str(event.message), event.fraction) for event in of_kind(add(copied), Progressed)]
    assert told[0][0].startswith("Adding train-labels-idx1-ubyte.gz, ")
    assert {fraction for _, fraction in told} == {0.0, 1.0}


def test_that_a_home_that_cannot_be_written_is_told(copied: Path, keras_home: Path):
    (keras_home / "datasets").write_text("a file where the folder should be")
    end = add(copied)[-1]
    assert isinstance(end, Failed)
    assert str(end.message).startswith("The files could not be copied: ")


def test_that_data_go_to_the_temporary_home_where_the_home_can_only_be_read(
    copied: Path, keras_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(keras_home_module, "_may_be_written", lambda home: False)
    monkeypatch.setattr(keras_home_module, "_temporary_home", lambda: tmp_path / "temporary")
    assert isinstance(add(copied)[-1], Finished)
    assert kept_files(keras_home) == []
    all_load()


def test_that_a_home_of_real_clothes_is_added_and_read(fashion_subset: Path, keras_home: Path):
    assert str(add(fashion_subset)[-1].message) == "Fashion-MNIST: added."
    assert len(load(FashionMnist(), lambda event: None, Control()).train_labels) == 3000


def test_that_keras_itself_finds_what_was_added(copied: Path, keras_home: Path, monkeypatch: pytest.MonkeyPatch):
    add(copied)
    monkeypatch.setattr("keras.src.utils.file_utils.urlretrieve", lambda *given: pytest.fail(f"downloads {given}"))
    known = keras_cache.SOURCES
    for choice, file in [(choice, source.files[0]) for choice, source in known.items()]:
        archive = file.name.endswith("_archive")
        folder, name = (Path(file.name).parent, file.short_name.removesuffix("_archive"))
        found = keras.utils.get_file(
            name,
            origin=file.url,
            cache_subdir=str(Path("datasets") / folder),
            extract=archive,
            file_hash=file.sha256 or None,
        )
        assert Path(found).exists(), choice
    batches = keras_home / "datasets" / "cifar-10-batches-py-target" / "cifar-10-batches-py"
    assert (batches / "data_batch_5").is_file()


def test_that_urls_and_checksums_are_those_that_keras_knows():
    modules = {"mnist": Mnist, "fashion_mnist": FashionMnist, "cifar10": Cifar10, "cifar100": Cifar100}
    for name, choice in modules.items():
        theirs = inspect.getsource(importlib.import_module(f"keras.src.datasets.{name}"))
        for file in sources.SOURCES[choice].files:
            folder, _, published = file.url.rpartition("/")
            assert folder in theirs
            assert published in theirs
            assert file.sha256 in theirs
            assert file.short_name.removesuffix("_archive") in theirs
            assert bool(file.sha256) == ("file_hash" in theirs)


# On the command line


def test_that_the_command_lists_what_is_there(keras_home: Path, capsys: pytest.CaptureFixture[str]):
    homes.write_home(keras_home)
    (keras_home / "datasets" / "mnist.npz").unlink()
    (keras_home / "datasets" / "fashion-mnist" / "t10k-labels-idx1-ubyte.gz").unlink()
    assert main(["data"]) == 0
    told = capsys.readouterr().out
    lines = {line.split("  ")[0]: line for line in told.splitlines()}
    assert "comes with the program" in lines["Digits"]
    assert "not there; its first run downloads 11 MB" in lines["MNIST"]
    assert "3 of 4 files" in lines["Fashion-MNIST"]
    assert lines["CIFAR-10"].rstrip().endswith(" there")
    assert str(keras_home / "datasets") in told


def test_that_the_command_adds_a_folder(copied: Path, keras_home: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["data", "--add", str(copied)]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[0] == ADDED
    assert told.err == ""
    (keras_home / "datasets" / "mnist.npz").unlink()
    (copied / "datasets" / "mnist.npz").write_bytes(b"")
    assert main(["data", "--add", str(copied)]) == 1
    assert "mnist.npz is damaged" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--add", "/no/such/folder"], "lrgui data: --add: There is no folder /no/such/folder."),
        (["--add", __file__], f"lrgui data: --add: {__file__} is a file: give the folder that it lies in."),
        (["--add"], "lrgui data: --add: expected one argument; "),
        (["--ad", "x"], "lrgui data: cannot take --ad; there are --help, --add"),
    ],
)
def test_that_bad_input_is_one_line_and_exit_code_2(words, sentence, capsys: pytest.CaptureFixture[str]):
    assert main(["data", *words]) == 2
    told = capsys.readouterr()
    assert told.err.startswith(sentence)
    assert told.err.count("\n") == 1
    assert told.out == ""


def test_that_the_help_of_the_command_tells_of_its_option(capsys: pytest.CaptureFixture[str]):
    assert main(["data", "--help"]) == 0
    told = capsys.readouterr().out
    assert "--add FOLDER" in told
    assert "130" in told


def test_that_listing_loads_neither_keras_nor_tensorflow():
    code = (
        "import sys; from lrgui.__main__ import main; main(['data']); print({'tensorflow', 'keras'} & set(sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "set()"


def test_that_the_job_ends_with_one_event_whatever_it_is_given(tmp_path: Path):
    events = add(tmp_path / "missing")
    assert [type(event) for event in events] == [Failed]
    assert isinstance(events[0], Ended)
    assert str(events[0].message) == f"There is no folder {tmp_path / 'missing'}."
