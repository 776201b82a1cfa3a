"""What is refused of a model file before Keras opens it: a table of bad files, each with its sentence."""

import json
import zipfile
from pathlib import Path

import pytest

from lrgui.core.messages import Refused
from lrgui.training.own.archive import open_archive
from tests.training.own.files import dense, layer, sequential, write_archive


def good(path: Path) -> Path:
    return write_archive(path, sequential(dense()))


def nothing_there(folder: Path) -> Path:
    return folder / "model.keras"


def empty(folder: Path) -> Path:
    (folder / "model.keras").touch()
    return folder / "model.keras"


def text(folder: Path) -> Path:
    (folder / "model.keras").write_text("I am no model")
    return folder / "model.keras"


def cut_short(folder: Path) -> Path:
    path = good(folder / "model.keras")
    path.write_bytes(path.read_bytes()[:-60])
    return path


def without_its_middle(folder: Path) -> Path:
    path = good(folder / "model.keras")
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + bytes(40) + whole[140:])
    return path


def other_zip(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "model.keras", "w") as archive:
        archive.writestr("word/document.xml", "<xml/>")
    return folder / "model.keras"


def without_weights(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "model.keras", "w") as archive:
        archive.writestr("config.json", json.dumps(sequential(dense())))
    return folder / "model.keras"


def not_json(folder: Path) -> Path:
    return write_archive(folder / "model.keras", "{not json")


def a_list(folder: Path) -> Path:
    return write_archive(folder / "model.keras", "[1, 2]")


def not_utf_8(folder: Path) -> Path:
    return write_archive(folder / "model.keras", b"\xff\xfe\x00{")


def bomb(folder: Path) -> Path:
    return write_archive(folder / "model.keras", sequential(dense()), weights=bytes(210_000_000))


def bomb_of_many(folder: Path) -> Path:
    parts = {f"assets/{number}": bytes(30_000_000) for number in range(8)}
    return write_archive(folder / "model.keras", sequential(dense()), **parts)


def endless_description(folder: Path) -> Path:
    return write_archive(folder / "model.keras", b" " * 65_000_000)


def locked(folder: Path) -> Path:
    """Write an archive that needs a password, by the bit that says so."""
    path = good(folder / "model.keras")
    whole = bytearray(path.read_bytes())
    place = whole.index(b"PK\x01\x02")
    while place >= 0:
        whole[place + 8] |= 1
        place = whole.find(b"PK\x01\x02", place + 4)
    path.write_bytes(whole)
    return path


def old_format(folder: Path) -> Path:
    (folder / "model.h5").write_bytes(b"\x89HDF\r\n\x1a\n")
    return folder / "model.h5"


def saved_model(folder: Path) -> Path:
    (folder / "model").mkdir()
    (folder / "model" / "saved_model.pb").touch()
    return folder / "model"


def folder_alone(folder: Path) -> Path:
    (folder / "model.keras").mkdir()
    return folder / "model.keras"


BAD = [
    (nothing_there, "is not at", "open the model from where it is now"),
    (empty, "is empty", "save the model again"),
    (text, "no model that Keras 3 has saved", "model.save('name.keras')"),
    (cut_short, "damaged or cut short", "copy it again"),
    (without_its_middle, "damaged or cut short", "copy it again"),
    (other_zip, "no model that Keras 3 has saved", "model.save('name.keras')"),
    (without_weights, "no model that Keras 3 has saved", "model.save('name.keras')"),
    (not_json, "no model that Keras 3 has saved", "model.save('name.keras')"),
    (a_list, "no model that Keras 3 has saved", "model.save('name.keras')"),
    (not_utf_8, "no model that Keras 3 has saved", "model.save('name.keras')"),
    (bomb, "would unpack to 210 MB", "Save the model again"),
    (bomb_of_many, "would unpack to 240 MB", "Save the model again"),
    (endless_description, "would unpack to", "Save the model again"),
    (locked, "damaged or cut short", "save the model again"),
    (old_format, "old HDF5 format", "model.save('model.keras')"),
    (saved_model, "is a SavedModel", "model.save('model.keras')"),
    (folder_alone, "is a folder", "open a .keras file"),
]


@pytest.mark.parametrize(("make", "problem", "remedy"), BAD, ids=[make.__name__ for make, _, _ in BAD])
def test_that_a_bad_file_is_refused_in_a_sentence_that_names_it_and_the_remedy(make, problem, remedy, tmp_path):
    folder = tmp_path / "我的 模型"
    folder.mkdir()
    path = make(folder)
    with pytest.raises(Refused) as refused:
        open_archive(path)
    sentence = str(refused.value)
    assert sentence.startswith(path.name)
    assert problem in sentence
    assert remedy in sentence
    assert "\n" not in sentence


def test_that_a_good_file_says_what_it_is(tmp_path):
    archive = open_archive(write_archive(tmp_path / "一 個.keras", sequential(dense()), weights=bytes(5000)))
    assert (archive.version, archive.compiled, archive.weights_bytes) == ("3.15.1", False, 5000)
    assert (archive.strangers, archive.lambdas) == ((), ())


def test_that_what_is_not_part_of_keras_is_found_by_name(tmp_path):
    loss = {"module": "builtins", "class_name": "function", "config": "my_loss", "registered_name": "function"}
    layers = (layer("Mine", None, name="mine"), layer("Theirs", "keras_hub.layers", name="theirs"), dense())
    archive = open_archive(write_archive(tmp_path / "m.keras", sequential(*layers, compiled={"loss": loss})))
    assert archive.strangers == ("Mine", "Theirs")
    assert archive.strangers_compiled == ("my_loss",)


def test_that_lambdas_are_found_as_layers_as_activations_and_as_losses(tmp_path):
    function = {"class_name": "__lambda__", "config": {"code": "4wEA", "defaults": None, "closure": None}}
    layers = (
        layer("Lambda", name="doubled", function=function),
        dense("scores", activation={"value": ["4wEA", None, None]}),
    )
    archive = open_archive(write_archive(tmp_path / "m.keras", sequential(*layers, compiled={"loss": function})))
    assert archive.lambdas[:2] == ("doubled", "scores")
    assert len(archive.lambdas) == 3
