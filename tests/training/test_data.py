import gzip
import http.client
import io
import os
import shutil
import threading
import time
from pathlib import Path
from urllib.error import URLError

import numpy as np
import pytest

from lrgui.core.config import TrainingConfig
from lrgui.core.config.dataset import Digits, FashionMnist
from lrgui.core.control import Control
from lrgui.core.events import Failed, Finished, Progressed, Stopped
from lrgui.core.messages import Refused
from lrgui.training import download
from lrgui.training import keras_home as keras_home_module
from lrgui.training.data import load
from lrgui.training.images import images
from lrgui.training.sources import SOURCES
from lrgui.training.trainer import train
from tests.training.running import of_kind, run

NAMES = sorted(file.short_name for file in SOURCES[FashionMnist].files)
FASHION = TrainingConfig(dataset="fashion_mnist", epochs=1, model="mlp,width=8", batch_size=100)


def files(home: Path) -> Path:
    return home / "datasets" / "fashion-mnist"


class Response(io.BytesIO):
    """What ``urlopen`` would return: bytes, and how many were promised."""

    def __init__(self, content: bytes, promised: int | None = None) -> None:
        super().__init__(content)
        self.headers = {"Content-Length": str(len(content) if promised is None else promised)}


class Network:
    """Stands for the network: serves the subset's files, and counts what was asked for."""

    def __init__(self, source: Path) -> None:
        self.source, self.asked = source, []

    def __call__(self, url: str, timeout: float) -> Response:
        name = url.rsplit("/", 1)[1]
        self.asked.append(name)
        return self.serve(name, (self.source / name).read_bytes())

    def serve(self, name: str, content: bytes) -> Response:
        return Response(content)


@pytest.fixture
def network(fashion_subset: Path, monkeypatch: pytest.MonkeyPatch) -> Network:
    network = Network(files(fashion_subset))
    monkeypatch.setattr(download, "urlopen", network)
    return network


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(url: str, timeout: float) -> None:
        raise URLError(OSError("Name or service not known"))

    monkeypatch.setattr(download, "urlopen", no_network)


def test_that_digits_are_split_the_same_way_always_with_every_class_in_its_share():
    examples = load(Digits(), lambda event: None, Control())
    assert examples.train_inputs.numpy().shape == (1437, 8, 8, 1)
    assert examples.validation_inputs.numpy().shape == (360, 8, 8, 1)
    assert examples.train_inputs.numpy().dtype == np.uint8
    assert examples.train_inputs.numpy().max() * examples.scale == 1.0
    shares = np.bincount(examples.validation_labels.numpy()) / np.bincount(examples.train_labels.numpy())
    assert shares == pytest.approx(np.full(10, 360 / 1437), rel=0.05)
    assert examples.train_labels.numpy()[:12].tolist() == [3, 9, 1, 3, 1, 9, 4, 4, 2, 8, 3, 5]
    assert examples.class_names == tuple("0123456789")


def test_that_the_two_parts_of_the_digits_are_all_of_them_once():
    examples = load(Digits(), lambda event: None, Control())
    both = np.concatenate([examples.train_inputs.numpy(), examples.validation_inputs.numpy()]).reshape(1797, 64)
    from sklearn.datasets import load_digits

    assert sorted(map(bytes, both)) == sorted(map(bytes, load_digits().data.astype(np.uint8)))


def test_that_fashion_mnist_in_the_keras_home_is_read_as_it_is(fashion_home: Path):
    events = []
    examples = load(FashionMnist(), events.append, Control())
    with gzip.open(files(fashion_home) / "train-images-idx3-ubyte.gz") as file:
        expected = np.frombuffer(file.read(), np.uint8, offset=16).reshape(3000, 28, 28, 1)
    assert np.array_equal(examples.train_inputs.numpy(), expected)
    assert examples.train_inputs.numpy().dtype == np.uint8
    assert examples.validation_labels.numpy().shape == (600,)
    assert (examples.train_inputs.numpy().max() * examples.scale, len(examples.class_names)) == (1.0, 10)
    assert events == []


def test_that_a_model_learns_from_real_clothes(fashion_home: Path):
    events = run(train, FASHION.model_copy(update={"epochs": 3, "learning_rate": 5e-3}))
    assert isinstance(events[-1], Finished)
    assert events[-1].evaluation["accuracy"] > 0.6


def test_that_a_batch_larger_than_what_the_files_hold_is_refused_in_words(fashion_home: Path):
    events = run(train, TrainingConfig(dataset="fashion_mnist", batch_size=4000))
    assert isinstance(events[-1], Failed)
    assert str(events[-1].message) == (
        "Batch size 4000 is more than the 3000 training examples found for Fashion-MNIST: take at most 3000."
    )


def test_that_what_is_missing_is_downloaded_with_progress_and_only_that(fashion_home: Path, network: Network):
    (files(fashion_home) / "train-images-idx3-ubyte.gz").unlink()
    events = run(train, FASHION)
    assert isinstance(events[-1], Finished)
    assert network.asked == ["train-images-idx3-ubyte.gz"]
    told = [event for event in of_kind(events, Progressed) if event.fraction is not None]
    fractions = [event.fraction for event in told]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    assert str(told[0].message) == "Downloading Fashion-MNIST: 0.0 of 26.4 MB."


def test_that_everything_is_downloaded_into_an_empty_home_and_nothing_twice(keras_home: Path, network: Network):
    assert isinstance(run(train, FASHION)[-1], Finished)
    assert sorted(network.asked) == NAMES
    assert sorted(path.name for path in files(keras_home).iterdir()) == NAMES
    load(FashionMnist(), lambda event: None, Control())
    assert len(network.asked) == 4


@pytest.mark.usefixtures("offline")
def test_that_without_a_network_one_is_told_what_happened_where_the_files_go_and_what_else_there_is(keras_home: Path):
    events = run(train, FASHION)
    assert isinstance(events[-1], Failed)
    assert str(events[-1].message) == (
        "Fashion-MNIST could not be downloaded (train-labels-idx1-ubyte.gz: Name or service not known). "
        "Its 4 files can be added from a folder copied from another computer, or copied into "
        f"{files(keras_home)} by hand; digits needs no download."
    )


@pytest.mark.usefixtures("offline")
def test_that_files_copied_by_hand_after_that_are_found(keras_home: Path, fashion_subset: Path):
    assert isinstance(run(train, FASHION)[-1], Failed)
    shutil.copytree(files(fashion_subset), files(keras_home), dirs_exist_ok=True, copy_function=shutil.copyfile)
    assert isinstance(run(train, FASHION)[-1], Finished)


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("train-images-idx3-ubyte.gz", lambda content: content[: len(content) // 2]),
        ("t10k-images-idx3-ubyte.gz", lambda content: b"<html>Please log in to this network</html>"),
        ("train-labels-idx1-ubyte.gz", lambda content: gzip.compress(gzip.decompress(content)[:-100])),
        ("t10k-labels-idx1-ubyte.gz", lambda content: b""),
        ("train-images-idx3-ubyte.gz", lambda content: content[:500_000] + b"\0\0\0\0" + content[500_004:]),
    ],
    ids=["cut short", "not gzip", "fewer than said", "empty", "flipped bytes"],
)
def test_that_a_broken_file_is_named_set_aside_and_downloaded_again(
    fashion_home: Path, network: Network, name: str, spoil
):
    path = files(fashion_home) / name
    broken = spoil(path.read_bytes())
    path.write_bytes(broken)
    events = run(train, FASHION)
    assert isinstance(events[-1], Finished)
    assert network.asked == [name]
    assert path.with_name(f"{name}.broken").read_bytes() == broken
    told = [str(event.message) for event in of_kind(events, Progressed)]
    assert f"{name} in {files(fashion_home)} was broken; it is downloaded again." in told


def test_that_files_that_do_not_belong_together_are_refused_in_words(fashion_home: Path, network: Network):
    folder = files(fashion_home)
    shutil.copyfile(folder / "t10k-labels-idx1-ubyte.gz", folder / "train-labels-idx1-ubyte.gz")
    end = run(train, FASHION)[-1]
    assert isinstance(end, Failed)
    assert f"in {folder} do not belong together" in str(end.message)
    assert network.asked == []


def test_that_a_connection_that_breaks_off_once_is_tried_again(keras_home: Path, network: Network):
    def serve(name: str, content: bytes) -> Response:
        return Response(content[: len(content) // 2], len(content)) if len(network.asked) == 1 else Response(content)

    network.serve = serve
    assert isinstance(run(train, FASHION)[-1], Finished)
    assert len(network.asked) == 5


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html>Please log in to this network</html>", "train-labels-idx1-ubyte.gz: it is not a sound gzip file"),
        (gzip.compress(b"\0\0\x08\x01\0\0\0\x05abc"), "train-labels-idx1-ubyte.gz: it is not the IDX file expected"),
    ],
    ids=["a page", "gzip of something"],
)
def test_that_a_download_of_something_else_is_never_kept(
    keras_home: Path, network: Network, content: bytes, reason: str
):
    network.serve = lambda name, real: Response(content)
    end = run(train, FASHION)[-1]
    assert isinstance(end, Failed)
    assert reason in str(end.message)
    assert len(network.asked) == download.ATTEMPTS
    assert list(files(keras_home).iterdir()) == []


def test_that_an_error_of_the_protocol_is_told_too(keras_home: Path, network: Network):
    def serve(name: str, content: bytes) -> Response:
        raise http.client.BadStatusLine("nonsense")

    network.serve = serve
    assert "nonsense" in str(run(train, FASHION)[-1].message)


def test_that_a_download_that_hangs_is_cancelled_at_once_and_leaves_nothing(keras_home: Path, network: Network):
    control, hangs, goes_on = Control(), threading.Event(), threading.Event()

    class Hanging(Response):
        def read(self, size: int = -1) -> bytes:
            hangs.set()
            goes_on.wait(10)
            return super().read(size)

    network.serve = lambda name, content: Hanging(content)
    stopped = []

    def stop() -> None:
        hangs.wait(10)
        stopped.append(time.perf_counter())
        control.stop()

    thread = threading.Thread(target=stop)
    thread.start()
    events = run(train, FASHION, control)
    seconds = time.perf_counter() - stopped[0]
    thread.join()
    goes_on.set()
    for transfer in [thread for thread in threading.enumerate() if thread.name == "download"]:
        transfer.join(5)
    assert isinstance(events[-1], Stopped)
    assert seconds < 1
    assert list(files(keras_home).iterdir()) == []


def test_that_files_in_a_home_that_can_only_be_read_are_used(
    fashion_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, network: Network
):
    may_write = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != fashion_home and may_write(path, mode))
    monkeypatch.setattr(keras_home_module, "_temporary_home", lambda: tmp_path / "writable")
    raw = images(FashionMnist(), lambda event: None, Control())
    assert len(raw.train[1]) == 3000
    assert network.asked == []
    broken = files(fashion_home) / "t10k-labels-idx1-ubyte.gz"
    broken.write_bytes(b"")
    raw = images(FashionMnist(), lambda event: None, Control())
    assert (len(raw.validation[1]), network.asked) == (600, ["t10k-labels-idx1-ubyte.gz"])
    assert broken.read_bytes() == b""
    assert (files(tmp_path / "writable") / "t10k-labels-idx1-ubyte.gz").stat().st_size > 0


def test_that_a_folder_that_cannot_be_written_is_told(keras_home: Path, network: Network):
    (keras_home / "datasets").write_text("a file where the folder should be")
    end = run(train, FASHION)[-1]
    assert isinstance(end, Failed)
    assert "could not be downloaded" in str(end.message)


def test_that_a_refusal_carries_its_message(keras_home: Path, offline: None):
    with pytest.raises(Refused) as refused:
        images(FashionMnist(), lambda event: None, Control())
    assert "digits needs no download" in str(refused.value.message)
