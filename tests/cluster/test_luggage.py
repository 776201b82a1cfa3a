"""Only what a person opened is sent, all of it, and a worker finds it in its own folder."""

import io
import zipfile

import pytest

from lrgui.cluster import luggage
from lrgui.cluster.luggage import packed_luggage, unpacked_config
from lrgui.cluster.orders import Order
from lrgui.core.config import TrainingConfig
from lrgui.core.messages import Refused


@pytest.fixture
def folder(tmp_path):
    """A folder with data of every kind, and something beside them that is nobody's business."""
    home = tmp_path / "home"
    pets = home / "pets"
    for name in ("table.csv", "diary.txt", "other.csv", "x.npy", "y.npy", "mine.npy"):
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_bytes(name.encode())
    for name in ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
                 "t10k-labels-idx1-ubyte"):  # fmt: skip
        (home / name).write_bytes(name.encode())
    for name in ("cats/1.png", "dogs/2.png"):
        (pets / name).parent.mkdir(parents=True, exist_ok=True)
        (pets / name).write_bytes(name.encode())
    return home


def config_of(dataset):
    return TrainingConfig(dataset=dataset, model="mlp")


def names_in(found):
    return sorted(zipfile.ZipFile(io.BytesIO(found.data)).namelist())


def test_that_data_by_name_do_not_travel():
    assert packed_luggage(config_of("digits")) is None


@pytest.mark.parametrize(
    ("dataset", "names"),
    [
        ("csv,path={}/table.csv", ["data/table.csv"]),
        ("arrays,path={}/x.npy", ["data/x.npy", "data/y.npy"]),
        ("arrays,path={}/x.npy,labels={}/mine.npy", ["data/x.npy", "labels/mine.npy"]),
        ("image_folder,path={}/pets", ["data/pets/cats/1.png", "data/pets/dogs/2.png"]),
        (
            "idx,path={}/train-images-idx3-ubyte",
            ["data/t10k-images-idx3-ubyte", "data/t10k-labels-idx1-ubyte", "data/train-images-idx3-ubyte",
             "data/train-labels-idx1-ubyte"],
        ),
        (
            "idx,path={}/t10k-images-idx3-ubyte,labels={}/mine.npy",
            ["data/t10k-images-idx3-ubyte", "labels/mine.npy"],
        ),
    ],
)  # fmt: skip
def test_that_what_was_opened_travels_and_nothing_that_lies_beside_it(folder, dataset, names):
    assert names_in(packed_luggage(config_of(dataset.replace("{}", str(folder))))) == names


def test_that_the_same_content_has_the_same_hash_and_another_has_another(folder):
    config = config_of(f"csv,path={folder}/table.csv")
    first = packed_luggage(config).parcel.content
    assert packed_luggage(config).parcel.content == first
    (folder / "table.csv").write_bytes(b"something else")
    assert packed_luggage(config).parcel.content != first


def test_that_a_worker_finds_it_in_its_own_folder(folder, tmp_path):
    config = config_of(f"arrays,path={folder}/x.npy,labels={folder}/mine.npy")
    found, there = packed_luggage(config), tmp_path / "worker"
    order = Order("", "", 0, 0, config, {}, parcel=found.parcel)
    moved = unpacked_config(order, found.data, str(there)).dataset
    assert moved.file.is_relative_to(there)
    assert (moved.file.read_bytes(), moved.file.name) == (b"x.npy", "x.npy")
    with open(moved.labels, "rb") as file:
        assert file.read() == b"mine.npy"
    moved.file.write_bytes(b"not unpacked again")
    assert unpacked_config(order, found.data, str(there)).dataset.file.read_bytes() == b"not unpacked again"


def test_that_a_file_that_is_gone_is_told(folder):
    config = config_of(f"csv,path={folder}/table.csv")
    (folder / "table.csv").unlink()
    with pytest.raises(Refused, match="cannot be read"):
        packed_luggage(config)


def test_that_too_much_is_not_sent(folder, monkeypatch):
    monkeypatch.setattr(luggage, "MOST_BYTES", 5)
    with pytest.raises(Refused, match="take a part of them"):
        packed_luggage(config_of(f"csv,path={folder}/table.csv"))
