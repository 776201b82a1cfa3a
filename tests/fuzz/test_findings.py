"""What changing valid things at random has found, each mended: it stays so."""

import json
import pickle
import struct
import zlib

import numpy as np
import pytest

from lrgui.core.csv_text import distinct
from lrgui.core.json_text import parsed
from lrgui.core.messages import Refused
from lrgui.core.store import FILE_NAME, Store
from lrgui.core.store.arrays import unpack
from lrgui.training.own_data.signatures import is_sound_image
from tests.core.lessons.lesson_files import LESSON
from tests.fuzz.archives import npy, tarred, unzipped, zipped
from tests.fuzz.data_doors import DOORS as DATA_DOORS
from tests.fuzz.kept_doors import DOORS as KEPT_DOORS
from tests.fuzz.kept_doors import cells, honest, with_cells
from tests.fuzz.packed_doors import DOORS as PACKED_DOORS
from tests.fuzz.text_doors import DOORS as TEXT_DOORS

DOORS = {**TEXT_DOORS, **KEPT_DOORS, **DATA_DOORS, **PACKED_DOORS}
DEEP = b"[" * 5000


def pair(x: np.ndarray, y: bytes) -> bytes:
    """Return an archive of examples and labels."""
    return zipped({"x.npy": npy(x), "y.npy": y})


def begun(moment: float) -> bytes:
    """Return a run file whose run began at that moment."""
    members = unzipped(DOORS["run file"].valid[0])
    about = json.loads(members["about.json"])
    about["run"]["started"] = moment
    return honest({**members, "about.json": json.dumps(about).encode()})


def cell(column: str, value: bytes) -> bytes:
    """Return a history in which one cell of the first run is another."""
    found = cells(DOORS["history"].valid[0])
    place = next(place for place in found if place.split()[2] == column)
    return with_cells({place: value})


def numbered(number: int) -> bytes:
    """Return a pickle that gives a part of it a number."""
    return b"\x80\x02]r" + struct.pack("<I", number) + b"."


FOUND = {
    "a word longer than any file name": ("command line", b"[" * 5000),
    "a model with a name longer than any": ("command line", b"train\0--model\0own,path=" + b"[" * 5000 + b".py"),
    "an archive with a name longer than any": ("command line", b"train\0--model\0own,path=" + b"[" * 5000),
    "an option that is no UTF-8": ("command line", b"train\0--schedule\0\xff"),
    "an id that is no UTF-8": ("command line", b"export\0\xe1bc"),
    "a schedule that is no UTF-8": ("schedule", b",\xff\xff"),
    "a schedule of many letters": ("schedule", b"g" * 300_000),
    "a schedule of many points that are none": ("schedule", b"drawn,points=" + b"0 1 " * 10_000),
    "a lesson nested deeply": ("lesson", b"title = " + DEEP),
    "a lesson with a width": ("lesson", LESSON.replace("{rate:rate}", "{rate:>99999999999}").encode()),
    "a lesson of two megabytes": ("lesson", b"#" * 2_000_000),
    "a lesson with a number of 5000 digits": ("lesson", b"title = " + b"9" * 5000),
    "a lesson of keys in keys": ("lesson", b"title = 1\n" + b"a . " * 10_000 + b"a = 1"),
    "a lesson of quoted keys in keys": ("lesson", b"""[ "\\"".'"'."".""" * 2_500 + b"a ]"),
    "a lesson of many numbers": ("lesson", b"a = [" + b"1," * 95_000 + b"]"),
    "a place in a lesson that is infinite": ("notes", b'{"first": {"place": Infinity, "records": []}}'),
    "notes nested deeply": ("notes", DEEP),
    "a header that does not end": (
        "run file",
        honest({**unzipped(DOORS["run file"].valid[0]), "steps/loss.npy": npy(np.ones(3)).replace(b"}", b"(")}),
    ),
    "a year that nobody can write": ("run file", begun(9e11)),
    "a message with a format that its value lacks": (
        "history", cell("message", b'{"$message": "{x:rate}", "values": {"x": "a"}}')
    ),
    "a message that is none": ("history", cell("message", b'{"$message": null, "values": {}}')),
    "an evaluation that is none": ("history", cell("evaluation", b"true")),
    "a config that is no JSON": ("history", cell("config", b"{")),
    "moves nested deeply": ("history", cell("factor_moves", DEEP)),
    "an array nested deeply": ("history", cell("data", DEEP)),
    "a writer with a path": ("history", cell("writer", b"../" * 200)),
    "a beginning that is a text": ("history", cell("started", b"yesterday")),
    "a picture that is half": ("history", cell("thumbnail", b"\x05\0abc")),
    "numbers that overflow": ("arrays", pair(np.full((16, 3), 1e300), npy(np.arange(16) % 2))),
    "letters that are none": (
        "arrays", pair(np.ones((16, 3)), npy(np.array(["a", "b"] * 8)).replace(b"b\0\0\0", b"\xff" * 4))
    ),
    "a table of a hundred thousand columns": ("table", b"x,y" + b"," * 100_000),
    "a column that overflows": ("table", b"x,y\n" + b"1e300,0\n2,1\n" * 20),
    "members that are no arrays": ("downloaded arrays", zipped(dict.fromkeys(("x_train.npy", "y_train.npy"), b"x"))),
    "a part with a large number": (
        "downloaded pickles", tarred({"c/train": numbered(2**31), "c/test": pickle.dumps(1)})
    ),
    "a description nested deeply": (
        "model", zipped({"config.json": b'{"a":' * 900 + b"1" + b"}" * 900, "model.weights.h5": b"x" * 2000})
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FOUND)
def test_that_what_was_found_stays_mended(case):
    name, content = FOUND[case]
    door = DOORS[name]
    ended = door.enter(content)
    assert ended == "refused" or name in ("history", "command line", "notes"), ended


def test_that_a_run_with_a_bad_cell_is_listed_and_refused_when_it_is_opened(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(cell("evaluation", b"true"))
    store = Store(tmp_path / FILE_NAME, told=print)
    entries = store.page()
    assert len(entries) == 2
    opened = []
    for entry in entries:
        try:
            opened.append(store.load(entry.id))
        except Refused as refused:
            assert "damaged" in str(refused)
    assert len(opened) == 1
    assert store.close()


def test_that_json_nested_deeply_is_an_error_of_value():
    with pytest.raises(ValueError, match="nested too deeply"):
        parsed("[" * 100_000)


def test_that_an_array_unpacks_to_no_more_than_it_says():
    with pytest.raises(ValueError):
        unpack(b'["<f8", "<f8", [3]]\n' + zlib.compress(bytes(50_000_000)))


def test_that_each_column_has_a_name_of_its_own_however_many_there_are():
    names = distinct(["a (3)", "a", "a", *(["x"] * 50_000)])
    assert len(set(names)) == 50_003


def test_that_images_of_more_pixels_than_can_be_read_are_not_sound(tmp_path):
    found = DATA_DOORS["images"].valid
    places = {0: (16, ">II"), 1: (found[1].index(b"\xff\xc0") + 5, ">HH"), 2: (6, "<HH"), 3: (18, "<ii")}
    for number, (place, form) in places.items():
        path = tmp_path / f"{number}.png"
        path.write_bytes(found[number])
        assert is_sound_image(str(path))
        huge = struct.pack(form, 30_000, 30_000)
        path.write_bytes(found[number][:place] + huge + found[number][place + len(huge) :])
        assert not is_sound_image(str(path))
