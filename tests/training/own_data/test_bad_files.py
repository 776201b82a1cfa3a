"""What is wrong with a file is said in one sentence that names it and says what to do; nothing ran."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lrgui.core.config.dataset import Arrays, CsvTable, IdxFiles, ImageFolder, OwnData
from lrgui.core.control import Control
from lrgui.core.messages import Refused
from lrgui.training.data import load
from tests.training.own_data.files import bought, pixels, png, prices, write_idx, write_images, write_table

X, Y = np.random.default_rng(0).normal(size=(20, 3)), np.arange(20) % 2


def csv_of(text: str, name: str = "a.csv", **fields: Any) -> Callable[[Path], OwnData]:
    def make(folder: Path) -> OwnData:
        (folder / name).write_bytes(text.encode())
        return CsvTable(path=str(folder / name), **fields)

    return make


def table_of(rows: list[list[Any]], **fields: Any) -> Callable[[Path], OwnData]:
    return lambda folder: CsvTable(path=str(write_table(folder / "a.csv", rows)), **fields)


def npz_of(**arrays: Any) -> Callable[[Path], OwnData]:
    def make(folder: Path) -> OwnData:
        np.savez(folder / "a.npz", **arrays)
        return Arrays(path=str(folder / "a.npz"))

    return make


def npy_of(content: bytes | np.ndarray, **fields: Any) -> Callable[[Path], OwnData]:
    def make(folder: Path) -> OwnData:
        if isinstance(content, bytes):
            (folder / "a.npy").write_bytes(content)
        else:
            np.save(folder / "a.npy", content)
        return Arrays(path=str(folder / "a.npy"), **fields)

    return make


def claiming(shape: tuple[int, ...]) -> bytes:
    """A header of an array that is not there."""
    content = io.BytesIO()
    np.lib.format.write_array_header_1_0(content, {"descr": "<f4", "fortran_order": False, "shape": shape})
    return content.getvalue() + b"\0" * 64


def bomb(folder: Path) -> OwnData:
    """A small archive that unpacks to three gigabytes of zeros, by its own account."""
    with zipfile.ZipFile(folder / "a.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("x.npy", "w", force_zip64=True) as member:
            member.write(claiming((750_000_000,)))
            for _ in range(30):
                member.write(bytes(100_000_000 // 30))
        archive.writestr("y.npy", b"")
    content = (folder / "a.npz").read_bytes()
    # The size of x.npy in the central directory, as it would be with all of its zeros.
    with zipfile.ZipFile(folder / "a.npz") as archive:
        true = archive.getinfo("x.npy").file_size
    place = content.rindex(struct.pack("<I", true))
    (folder / "a.npz").write_bytes(content[:place] + struct.pack("<I", 3_000_000_128) + content[place + 4 :])
    return Arrays(path=str(folder / "a.npz"))


def cut_archive(folder: Path) -> OwnData:
    np.savez(folder / "a.npz", x=X, y=Y)
    whole = (folder / "a.npz").read_bytes()
    (folder / "a.npz").write_bytes(whole[: len(whole) // 2])
    return Arrays(path=str(folder / "a.npz"))


def flipped_archive(folder: Path) -> OwnData:
    np.savez_compressed(folder / "a.npz", x=X, y=Y)
    content = bytearray((folder / "a.npz").read_bytes())
    content[100:140] = bytes(40)
    (folder / "a.npz").write_bytes(bytes(content))
    return Arrays(path=str(folder / "a.npz"))


def gone(folder: Path) -> OwnData:
    return CsvTable(path=str(folder / "moved.csv"))


def folder_of(change: Callable[[Path], None], **fields: Any) -> Callable[[Path], OwnData]:
    def make(folder: Path) -> OwnData:
        images = write_images(folder / "pets")
        change(images)
        return ImageFolder(path=str(images), **{"image_size": 8, **fields})

    return make


def idx_of(change: Callable[[Path], None] = lambda folder: None) -> Callable[[Path], OwnData]:
    def make(folder: Path) -> OwnData:
        images, labels = pixels()
        write_idx(folder / "train-images-idx3-ubyte", images)
        write_idx(folder / "train-labels-idx1-ubyte", labels.astype(np.uint8))
        change(folder)
        return IdxFiles(path=str(folder / "train-images-idx3-ubyte"))

    return make


def without(name: str) -> Callable[[Path], None]:
    def remove(folder: Path) -> None:
        for path in sorted(folder.glob(name)):
            path.unlink()

    return remove


def broken_image(folder: Path) -> None:
    (folder / "cats" / "bad.png").write_bytes(png(np.zeros((8, 8, 3), np.uint8))[:-20])


def no_text(rows: list[list[Any]]) -> list[list[Any]]:
    return [row[:2] + row[3:] for row in rows]


def with_cell(rows: list[list[Any]], row: int, column: int, text: str) -> list[list[Any]]:
    return [[text if (i, j) == (row, column) else cell for j, cell in enumerate(each)] for i, each in enumerate(rows)]


NUMBERED = [["id", "y"], *([f"name {i}", i % 2] for i in range(60))]

BAD: dict[str, tuple[Callable[[Path], OwnData], str, str]] = {
    "a file that is not there": (gone, "moved.csv", "Choose it again"),
    "an empty csv": (csv_of(""), "a.csv", "is empty"),
    "a csv of blank lines": (csv_of("\n\n  \n"), "a.csv", "is empty"),
    "a csv with a header only": (csv_of("a,b,c\n"), "a.csv", "choose a table with examples"),
    "a csv with one column": (csv_of("a\n1\n2\n"), "a.csv", "separator"),
    "a csv with the wrong separator": (csv_of("a,b\n1,2\n", separator="semicolon"), "a.csv", "separator"),
    "a ragged csv": (csv_of("a,b,c\n1,2,0\n1,2\n1,2,1\n"), "a.csv", "row 3"),
    "a csv that is a picture": (csv_of("\x89PNG\0\0\0"), "a.csv", "save the table as csv"),
    "a csv in another encoding": (
        lambda folder: CsvTable(path=str(_written(folder / "a.csv", "größe,y\n1,0\n".encode("cp1252")))),
        "a.csv",
        "UTF-8",
    ),
    "a csv whose quotes do not end": (csv_of('a,b\n"1,2\n3,4\n'), "a.csv", "copy it again"),
    "a csv.gz that is none": (csv_of("a,b\n1,2\n", name="a.csv.gz"), "a.csv.gz", "gzip"),
    "a folder as csv": (lambda folder: CsvTable(path=str(folder)), "is a folder", "choose the file in it"),
    "too few rows": (table_of(prices(5)), "a.csv", "at least 10"),
    "text among numbers": (table_of(with_cell(prices(), 7, 0, "abc")), "a.csv", "'abc' in row 8"),
    "an infinite value": (table_of(with_cell(prices(), 7, 0, "inf")), "a.csv", "row 8"),
    "very many columns": (csv_of("\n" + "x," * 20_000 + "y\n"), "a.csv", "more than 20,000 columns"),
    "names as a feature": (table_of(NUMBERED), "a.csv", "too many for categories"),
    "an unknown target": (table_of(prices(), target="cost"), "a.csv", "rooms, age, price"),
    "an unknown feature": (table_of(prices(), features="rooms;garden"), "a.csv", "'garden'"),
    "the target as a feature": (table_of(prices(), features="rooms;price"), "a.csv", "leave it out"),
    "one class only": (table_of([[*row[:3], "yes"] for row in bought()]), "a.csv", "one class only"),
    "the same number everywhere": (
        table_of([["a", "y"], *([i, 5.5] for i in range(20))]),
        "a.csv",
        "nothing to learn",
    ),
    "text where a number is asked": (table_of(bought(), task="numbers"), "a.csv", "is text"),
    "numbers as classes, too many": (table_of(prices(1200), task="classes"), "a.csv", "take it for numbers"),
    "a missing value in every row": (
        table_of([["a", "b", "y"], *([1, "", i % 2] if i % 2 else ["", 1, i % 2] for i in range(20))]),
        "a.csv",
        "stand in for them",
    ),
    "features that are all empty": (table_of([["a", "y"], *(["", i % 2] for i in range(20))]), "a.csv", "no feature"),
    "a pickled npz": (npz_of(x=np.array([{}, []], object), y=Y), "a.npz", "Python objects"),
    "an npz with one array": (npz_of(x=X), "a.npz", "x and y"),
    "an npz with other names": (npz_of(foo=X, bar=Y), "foo, bar", "np.savez(file, x=..., y=...)"),
    "an npz with half a validation pair": (npz_of(x=X, y=Y, x_val=X), "a.npz", "save both, or neither"),
    "x and y of different length": (npz_of(x=X, y=Y[:-1]), "a.npz", "the same length"),
    "NaN in x": (npz_of(x=np.where(X[3, 1] == X, np.nan, X), y=Y), "a.npz", "example 3"),
    "infinity in x": (npz_of(x=np.where(X[3, 1] == X, np.inf, X), y=Y), "a.npz", "example 3"),
    "NaN in y": (npz_of(x=X, y=np.where(Y == 1, np.nan, 0.0)), "a.npz", "NaN"),
    "text in x": (npz_of(x=X.astype(str), y=Y), "a.npz", "turn it into numbers"),
    "dates in x": (npz_of(x=np.zeros((20, 2), "datetime64[s]"), y=Y), "a.npz", "no plain numbers"),
    "images with five axes": (npz_of(x=np.zeros((20, 2, 2, 2, 3)), y=Y), "a.npz", "height, width"),
    "channels first": (npz_of(x=np.zeros((20, 3, 8, 8)), y=Y), "a.npz", "np.moveaxis"),
    "several numbers for each example": (npz_of(x=X, y=X), "a.npz", "one label or number"),
    "arrays without examples": (npz_of(x=X[:0], y=Y[:0]), "a.npz", "is empty"),
    "validation of another shape": (npz_of(x=X, y=Y, x_val=X[:, :2], y_val=Y), "a.npz", "the same shape"),
    "an npz without arrays": (npz_of(), "a.npz", "np.savez(file, x=..., y=...)"),
    "one number in place of x": (npz_of(x=np.float64(3), y=Y), "a.npz", "example"),
    "complex numbers in x": (npz_of(x=X.astype(complex), y=Y), "a.npz", "no plain numbers"),
    "an npz cut short": (cut_archive, "a.npz", "copy it again"),
    "an npz with damaged bytes": (flipped_archive, "a.npz", "copy it again"),
    "a zip bomb": (bomb, "a.npz", "take a part"),
    "an npz that is text": (
        lambda folder: Arrays(path=str(_written(folder / "a.npz", b"hello"))),
        "a.npz",
        "np.savez",
    ),
    "a header that claims 4 GB": (npy_of(claiming((1_000_000_000,))), "a.npy", "4000.0 MB"),
    "a header with a negative size": (npy_of(claiming((-5,))), "a.npy", "copy it again"),
    "an npy that is none": (npy_of(b"\x93NUMPYxx"), "a.npy", "np.save"),
    "a pickled npy": (npy_of(np.array([1, "a"], object)), "a.npy", "Python objects"),
    "an npy without labels": (npy_of(np.zeros((20, 8, 8))), "a.npy", "y.npy beside x.npy"),
    "labels that are not there": (npy_of(X, labels="/nowhere/y.npy"), "y.npy", "labels again"),
    "a folder without images": (lambda folder: ImageFolder(path=str(folder)), "no images", "folder of their own"),
    "a folder with one class": (folder_of(without("dogs/*.png")), "pets", "at least two"),
    "a file as folder": (
        lambda folder: ImageFolder(path=str(_written(folder / "a.txt", b"hello"))),
        "a.txt",
        "choose the folder",
    ),
    "a folder with unreadable files": (folder_of(broken_image, unreadable="refuse"), "bad.png", "remove them"),
    "IDX without labels": (idx_of(without("*labels*")), "train-images-idx3-ubyte", "choose the file with the labels"),
    "an IDX file cut short": (
        idx_of(lambda folder: _cut(folder / "train-images-idx3-ubyte")),
        "train-images-idx3-ubyte",
        "copy it again",
    ),
    "an IDX file that is none": (
        idx_of(lambda folder: _written(folder / "train-images-idx3-ubyte", b"hello there") and None),
        "train-images-idx3-ubyte",
        "no IDX file",
    ),
    "IDX that claims 4 GB": (
        idx_of(
            lambda folder: (
                _written(folder / "train-images-idx3-ubyte", bytes((0, 0, 8, 3)) + struct.pack(">3I", 4000, 1000, 1000))
                and None
            )
        ),
        "train-images-idx3-ubyte",
        "4,000,000,000 bytes",
    ),
}


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


@pytest.mark.parametrize("case", BAD)
def test_that_what_is_wrong_with_a_file_is_said_in_one_sentence(case: str, tmp_path: Path) -> None:
    make, names, remedy = BAD[case]
    with pytest.raises(Refused) as refused:
        load(make(tmp_path), lambda event: None, Control())
    told = str(refused.value.message)
    assert names in told and remedy in told
    assert "Traceback" not in told and "\n" not in told and len(told) < 320


def test_that_there_are_enough_kinds_of_bad_files() -> None:
    assert len(BAD) >= 60
