"""Small data sets in the formats of the real ones, in a Keras home of a test's own."""

import hashlib
import io
import pickle
import tarfile
from pathlib import Path

import numpy as np

from lrgui.core.config.dataset import Cifar10, Cifar100
from tests.benchmarks.data import fashion_shaped, write_keras_home


def write_home(home: Path, training_examples: int = 200, validation_examples: int = 50) -> Path:
    """Write all data sets that would be downloaded, with so few examples; return their folder."""
    write_keras_home(home, training_examples=training_examples, validation_examples=validation_examples)
    datasets = home / "datasets"
    write_mnist(datasets / "mnist.npz", training_examples, validation_examples)
    write_cifar10(datasets / "cifar-10-batches-py-target_archive", training_examples, validation_examples)
    write_cifar100(datasets / "cifar-100-python-target_archive", training_examples, validation_examples)
    return datasets


def write_mnist(path: Path, training_examples: int = 200, validation_examples: int = 50) -> None:
    (x_train, y_train), (x_test, y_test) = (
        fashion_shaped(count, seed) for count, seed in ((training_examples, 1), (validation_examples, 2))
    )
    with path.open("wb") as file:
        np.savez_compressed(file, x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)


def cifar_batch(examples: int, classes: int, label_key: bytes, seed: int) -> dict[bytes, object]:
    """Return what a member of CIFAR's archives holds: every class, and pixels that tell its number."""
    labels = np.random.default_rng(seed).permutation(np.arange(examples) % classes)
    data = np.repeat(labels[:, None], 3072, axis=1).astype(np.uint8)
    data[:, 1024:2048] += 1  # green
    data[:, 1] = 255  # the second pixel of the first row, red
    return {b"data": data, label_key: labels.tolist(), b"filenames": [b"a.png"] * examples}


def write_archive(path: Path, members: dict[str, bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


def write_cifar10(path: Path, training_examples: int = 200, validation_examples: int = 50) -> None:
    classes, members = len(Cifar10.class_names), {}
    for name, examples in [(f"data_batch_{n}", training_examples // 5) for n in range(1, 6)] + [
        ("test_batch", validation_examples)
    ]:
        batch = cifar_batch(examples, classes, b"labels", seed=len(members))
        members[f"cifar-10-batches-py/{name}"] = pickle.dumps(batch, protocol=4)
    write_archive(path, {"cifar-10-batches-py/readme.html": b"<html>", **members})


def write_cifar100(path: Path, training_examples: int = 200, validation_examples: int = 100) -> None:
    classes, members = len(Cifar100.class_names), {}
    for name, examples in (("test", validation_examples), ("train", training_examples)):
        batch = cifar_batch(examples, classes, b"fine_labels", seed=examples)
        batch[b"coarse_labels"] = [0] * examples
        members[f"cifar-100-python/{name}"] = pickle.dumps(batch, protocol=4)
    write_archive(path, members)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
