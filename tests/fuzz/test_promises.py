"""Opening data executes nothing: for each way in something that would leave a mark if it ran, as the README lists."""

import io
import json
import os
import pickle
import sqlite3
import zipfile
from pathlib import Path

import numpy as np
import pytest

from lrgui.core.config.dataset import Arrays, CsvTable
from lrgui.core.lessons.reading import lesson_from
from lrgui.core.messages import Refused
from lrgui.core.store import FILE_NAME, Store
from lrgui.core.store.run_file import read_run_file
from lrgui.export.run_csv import table_csv
from lrgui.training import cifar, npz
from lrgui.training.own.keras_file import load_keras_file
from lrgui.training.own_data.reading import read
from tests.core.lessons.lesson_files import LESSON
from tests.core.store.runs import a_training
from tests.fuzz.archives import tarred, unzipped, zipped
from tests.fuzz.kept_doors import DOORS, honest
from tests.fuzz.text_doors import DOORS as TEXT_DOORS
from tests.training.own.files import layer, sequential, write_archive

MARKS: list[str] = []


def leave_a_mark(*_: object) -> None:
    """Run, as what is hidden in a file does."""
    MARKS.append("ran")


class Hidden:
    """Is made again by a call."""

    def __reduce__(self):
        return leave_a_mark, ()


PICKLE = pickle.dumps(Hidden())


@pytest.fixture(autouse=True)
def no_marks(tmp_path, monkeypatch):
    """Nothing runs: neither what is called here, nor a command that makes a file."""
    MARKS.clear()
    monkeypatch.chdir(tmp_path)
    yield
    assert MARKS == []
    assert not (tmp_path / "ran").exists()


def objects() -> bytes:
    content = io.BytesIO()
    np.save(content, np.array([Hidden()] * 16, object), allow_pickle=True)
    return content.getvalue()


def test_that_a_pickle_would_run():
    """Else no test here could fail."""
    pickle.loads(PICKLE)
    assert MARKS.pop() == "ran"


@pytest.mark.parametrize("name", ["a.npy", "a.npz"])
def test_that_arrays_of_objects_are_refused(name, tmp_path):
    whole = zipped({"x.npy": objects(), "y.npy": objects()}) if name == "a.npz" else objects()
    (tmp_path / name).write_bytes(whole)
    with pytest.raises(Refused, match="Python objects"):
        read(Arrays(path=str(tmp_path / name)))


def test_that_downloads_hold_arrays_and_nothing_that_runs(tmp_path):
    (tmp_path / "mnist.npz").write_bytes(zipped({f"{part}.npy": objects() for part in ("x_train", "y_train")}))
    assert npz.problem(tmp_path / "mnist.npz") is not None
    (tmp_path / "cifar.tar.gz").write_bytes(tarred({"c/train": PICKLE, "c/test": PICKLE}))
    assert cifar.problem(tmp_path / "cifar.tar.gz", (("c/train",), ("c/test",)), "labels") is not None


def test_that_a_table_is_text(tmp_path):
    formula = "=cmd|' /C touch ran'!A0"
    rows = [f"x,{formula},y", *(f"{number},__import__('os').system('touch ran'),{number % 2}" for number in range(30))]
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    assert "x" in read(CsvTable(path=str(tmp_path / "a.csv"))).raw.feature_names
    (tmp_path / "a.csv").write_bytes(PICKLE)
    with pytest.raises(Refused):
        read(CsvTable(path=str(tmp_path / "a.csv")))


def test_that_no_exported_table_holds_a_formula():
    cells = np.array(["=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "plain"], object)
    lines = table_csv({"name": cells}).splitlines()[1:]
    assert [line.strip('"')[0] for line in lines] == ["'", "'", "'", "'", "p"]


CODE = {"class_name": "__lambda__", "config": {"code": "4wEA", "defaults": None, "closure": None}}
SYSTEM = {"module": "os", "class_name": "system", "config": "touch ran", "registered_name": "system"}
LAYERS = {
    "a lambda layer": layer("Lambda", name="hidden", function=CODE),
    "a lambda as activation": layer("Dense", name="hidden", units=1, activation=CODE),
    "a function of Python": layer("Dense", name="hidden", units=1, activation=SYSTEM),
    "the same without its registered name": layer(
        "Dense", name="hidden", units=1, activation={name: SYSTEM[name] for name in ("module", "class_name", "config")}
    ),
    "a class of another module": layer("system", "os", name="hidden", command="touch ran"),
    "a module of its own": layer("Hidden", "tests.fuzz.test_promises", name="hidden"),
    "a class without its registered name": {"module": "os", "class_name": "system", "config": {"command": "touch ran"}},
}


@pytest.mark.parametrize("case", LAYERS)
@pytest.mark.parametrize("compiled", [False, True])
def test_that_a_model_brings_no_code(case, compiled, tmp_path):
    path = write_archive(tmp_path / "m.keras", sequential(LAYERS[case]))
    with pytest.raises(Refused):
        load_keras_file(path, compiled=compiled)


def test_that_what_a_model_was_compiled_with_brings_no_code(tmp_path):
    dense = layer("Dense", name="dense", units=1)
    path = write_archive(tmp_path / "m.keras", sequential(dense, compiled={"optimizer": "sgd", "loss": SYSTEM}))
    with pytest.raises(Refused):
        load_keras_file(path, compiled=True)


def test_that_a_lesson_is_text_with_named_numbers(tmp_path):
    for hidden in ("{rate.__class__}", "{rate[0]}", "{0}", "{rate:>9999999999}", "{rate!r}"):
        with pytest.raises(Refused, match=r"lesson\.toml, line"):
            lesson_from(LESSON.replace("{rate:rate}", hidden), tmp_path / "lesson.toml")


TRIGGER = "CREATE TRIGGER hidden AFTER {when} ON runs BEGIN DELETE FROM runs; END"
PROGRAMS = {
    "a trigger": TRIGGER.format(when="INSERT"),
    "a view": "CREATE VIEW hidden AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT * FROM n",
    # Written by hand: which modules there are depends on the SQLite that was loaded first, TensorFlow's has none.
    "a virtual table": "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) "
    "VALUES ('table', 'hidden', 'hidden', 0, 'CREATE VIRTUAL TABLE hidden USING fts5(x)')",
}


@pytest.mark.parametrize("case", PROGRAMS)
def test_that_a_history_with_programs_is_set_aside(case, tmp_path):
    path = tmp_path / FILE_NAME
    path.write_bytes(DOORS["history"].valid[0])
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(PROGRAMS[case])
    connection.commit()
    connection.close()
    told = []
    store = Store(path, told=told.append)
    a_training(store)
    assert store.flush() and store.count() == 1
    assert store.close()
    assert "it holds a program, hidden" in str(told[0])
    assert any("damaged" in file.name for file in tmp_path.iterdir())


def test_that_a_run_file_is_data_alone(tmp_path):
    path = tmp_path / "run.lrrun"
    members = unzipped(DOORS["run file"].valid[0])
    path.write_bytes(honest({**members, "steps/loss.npy": objects()}))
    with pytest.raises(Refused, match="damaged"):
        read_run_file(path)
    about = json.loads(members["about.json"])
    about["measured"]["message"] = {"$message": "{x.__class__.__init__.__globals__}", "values": {"x": 1}}
    path.write_bytes(honest({**members, "about.json": json.dumps(about).encode()}))
    with pytest.raises(Refused, match="a message that is none"):
        read_run_file(path)


def test_that_no_member_of_an_archive_is_written_to_the_disk(tmp_path):
    path = tmp_path / "run.lrrun"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in unzipped(DOORS["run file"].valid[0]).items():
            archive.writestr(name, content)
        archive.writestr("../ran", b"")
        archive.writestr("/tmp/../ran", b"")
    assert read_run_file(path).run.ended
    assert os.listdir(tmp_path) == ["run.lrrun"]


@pytest.mark.parametrize("words", ["__import__('os').system('touch ran')", "rate.__class__", "exec('1')", "rate; 1"])
def test_that_a_formula_is_no_python(words):
    with pytest.raises(Refused, match="Column"):
        TEXT_DOORS["formula"].open(Path(), words.encode())
