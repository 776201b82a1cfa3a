"""The downloads that came after Fashion-MNIST: MNIST and CIFAR, in files as Keras has them."""

import dataclasses
import io
import pickle
import tarfile
from pathlib import Path
from urllib.error import URLError

import numpy as np
import pytest

from lrgui.core.config import TrainingConfig
from lrgui.core.config.dataset import Cifar10, Cifar100, DatasetChoice, Mnist
from lrgui.core.control import Control
from lrgui.core.events import Failed, Finished, Progressed
from lrgui.core.messages import Refused
from lrgui.training import cifar, download, sources
from lrgui.training.data import load
from lrgui.training.trainer import train
from tests.training import homes
from tests.training.running import of_kind, run
from tests.training.test_data import Response

CHOICES = {
    "mnist.npz": Mnist,
    "cifar-10-batches-py-target_archive": Cifar10,
    "cifar-100-python-target_archive": Cifar100,
}
WRITERS = dict(zip(CHOICES, (homes.write_mnist, homes.write_cifar10, homes.write_cifar100), strict=True))
each_file = pytest.mark.parametrize("name", CHOICES)


def quiet(dataset: DatasetChoice):
    return load(dataset, lambda event: None, Control())


def known_as_written(name: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the small file be the one that Keras knows, by its checksum."""
    choice = CHOICES[name]
    source = sources.SOURCES[choice]
    file = dataclasses.replace(source.files[0], sha256=homes.sha256(path))
    changed = {**sources.SOURCES, choice: dataclasses.replace(source, files=(file,))}
    monkeypatch.setattr("lrgui.training.images.SOURCES", changed)


def test_that_mnist_is_read_as_keras_reads_it(keras_home: Path):
    homes.write_home(keras_home)
    examples = quiet(Mnist())
    with np.load(keras_home / "datasets" / "mnist.npz") as file:
        assert np.array_equal(examples.train_inputs.numpy()[..., 0], file["x_train"])
        assert np.array_equal(examples.validation_labels.numpy(), file["y_test"])
    assert examples.train_inputs.numpy().dtype == np.uint8
    assert examples.scale == 1 / 255


@pytest.mark.parametrize("choice", [Cifar10, Cifar100])
def test_that_cifar_comes_with_its_channels_last(keras_home: Path, choice: type[DatasetChoice]):
    homes.write_home(keras_home, 200, 100)
    examples = quiet(choice())
    labels, images = examples.train_labels.numpy(), examples.train_inputs.numpy()
    assert images.shape == (200, 32, 32, 3)
    assert examples.validation_inputs.numpy().shape == (100, 32, 32, 3)
    assert set(labels.tolist()) == set(range(len(choice.class_names)))
    assert images[:, 0, 1, 0].tolist() == [255] * 200
    assert np.array_equal(images[:, 5, 5, 0], labels)
    assert np.array_equal(images[:, 5, 5, 1], labels + 1)


def test_that_the_batches_of_cifar_follow_each_other_whatever_their_order_in_the_archive(tmp_path: Path):
    members = {}
    for number in (3, 1, 5, 2, 4):
        batch = {b"data": np.full((2, 3072), number, np.uint8), b"labels": [number, number]}
        members[f"folder/data_batch_{number}"] = pickle.dumps(batch, protocol=4)
    members["folder/test_batch"] = pickle.dumps({b"data": np.zeros((1, 3072), np.uint8), b"labels": [0]}, protocol=4)
    homes.write_archive(tmp_path / "archive", members)
    names = tuple(f"folder/data_batch_{number}" for number in range(1, 6))
    (_, labels), _ = cifar.read(tmp_path / "archive", (names, ("folder/test_batch",)), "labels")
    assert labels.tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


class Malice:
    """Runs when it is unpickled by a reader that is not careful."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self):
        return Path.touch, (self.target,)


def test_that_nothing_in_an_archive_is_ever_run_or_unpacked(keras_home: Path, tmp_path: Path):
    trap = tmp_path / "touched"
    path = keras_home / "datasets" / "cifar-100-python-target_archive"
    bad = pickle.dumps({b"data": Malice(trap), b"fine_labels": [0]}, protocol=4)
    homes.write_archive(path, {"../../outside": b"x", "cifar-100-python/train": bad, "cifar-100-python/test": bad})
    before = sorted(tmp_path.rglob("*"))
    members = (("cifar-100-python/train",), ("cifar-100-python/test",))
    assert str(cifar.problem(path, members, "fine_labels")) == "it is not the archive expected, or broken"
    with pytest.raises(pickle.UnpicklingError):
        cifar.read(path, members, "fine_labels")
    assert not trap.exists()
    assert sorted(tmp_path.rglob("*")) == before
    assert pickle.loads(bad)[b"data"] is None  # the trap works
    assert trap.exists()


@pytest.mark.parametrize(
    "batch",
    [
        b"no pickle",
        pickle.dumps([1, 2], protocol=4),
        pickle.dumps({b"data": np.zeros((3, 3072), np.uint8)}, protocol=4),
        pickle.dumps({b"data": np.zeros((3, 3072), np.uint8), b"fine_labels": [1]}, protocol=4),
        pickle.dumps({b"data": np.zeros((1, 3072), np.float32), b"fine_labels": [1]}, protocol=4),
        pickle.dumps({b"data": "text", b"fine_labels": [1]}, protocol=4),
        pickle.dumps({b"data": np.zeros((1, 3072), np.uint8), b"fine_labels": [b"x"]}, protocol=4),
    ],
)
def test_that_an_archive_of_something_else_is_known_for_it(tmp_path: Path, batch: bytes):
    homes.write_archive(tmp_path / "archive", {"folder/train": batch, "folder/test": batch})
    assert cifar.problem(tmp_path / "archive", (("folder/train",), ("folder/test",)), "fine_labels") is not None


def test_that_a_member_that_is_a_link_is_not_followed(tmp_path: Path):
    link = tarfile.TarInfo("folder/train")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(tmp_path / "archive", "w:gz") as archive:
        archive.addfile(link)
    assert cifar.problem(tmp_path / "archive", (("folder/train",), ("folder/train",)), "labels") is not None


@each_file
def test_that_a_download_is_checked_by_keras_checksum_and_shown_and_then_used(
    keras_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    WRITERS[name](tmp_path / "served")
    known_as_written(name, tmp_path / "served", monkeypatch)
    asked = []

    def serve(url: str, timeout: float) -> Response:
        asked.append(url)
        return Response((tmp_path / "served").read_bytes())

    monkeypatch.setattr(download, "urlopen", serve)
    choice = CHOICES[name]
    events = run(train, TrainingConfig(dataset=choice(), model="softmax", batch_size=50, epochs=1))
    assert isinstance(events[-1], Finished), events[-1]
    assert asked == [sources.SOURCES[choice].files[0].url]
    assert (keras_home / "datasets" / name).read_bytes() == (tmp_path / "served").read_bytes()
    told = [str(event.message) for event in of_kind(events, Progressed) if event.fraction is not None]
    assert told[0].startswith(f"Downloading {choice.title}: 0.0 of ")


@each_file
def test_that_a_download_with_another_checksum_is_never_kept(
    keras_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    WRITERS[name](tmp_path / "served")
    monkeypatch.setattr(download, "urlopen", lambda url, timeout: Response((tmp_path / "served").read_bytes()))
    end = run(train, TrainingConfig(dataset=CHOICES[name](), batch_size=20))[-1]
    assert isinstance(end, Failed)
    assert "its checksum differs" in str(end.message)
    assert list((keras_home / "datasets").iterdir()) == []


@each_file
def test_that_a_broken_file_is_set_aside_and_downloaded_again(
    keras_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    WRITERS[name](tmp_path / "served")
    known_as_written(name, tmp_path / "served", monkeypatch)
    whole = (tmp_path / "served").read_bytes()
    monkeypatch.setattr(download, "urlopen", lambda url, timeout: Response(whole))
    path = keras_home / "datasets" / name
    path.parent.mkdir()
    for broken in (whole[: len(whole) // 2], whole[:300] + bytes(200) + whole[500:], b"", b"<html>log in</html>"):
        path.write_bytes(broken)
        assert len(quiet(CHOICES[name](samples=100)).train_labels) == 100
        assert path.read_bytes() == whole
        assert path.with_name(f"{name}.broken").read_bytes() == broken
        from lrgui.training.data import _kept

        _kept.clear()


def test_that_without_a_network_digits_are_offered(keras_home: Path, monkeypatch: pytest.MonkeyPatch):
    def no_network(url: str, timeout: float) -> None:
        raise URLError(OSError("Name or service not known"))

    monkeypatch.setattr(download, "urlopen", no_network)
    with pytest.raises(Refused) as refused:
        quiet(Cifar10())
    assert str(refused.value.message) == (
        "CIFAR-10 could not be downloaded (cifar-10-batches-py-target_archive: Name or service not known). Its file "
        f"can be added from a folder copied from another computer, or copied into {keras_home / 'datasets'} by hand; "
        "digits needs no download."
    )


def test_that_a_file_of_arrays_of_objects_is_refused(keras_home: Path, monkeypatch: pytest.MonkeyPatch):
    content = io.BytesIO()
    objects = np.array([{}], dtype=object)
    np.savez(content, x_train=objects, y_train=objects, x_test=objects, y_test=objects)
    from lrgui.training import npz

    (keras_home / "mnist.npz").write_bytes(content.getvalue())
    assert str(npz.problem(keras_home / "mnist.npz")) == "it is not a sound mnist.npz"
