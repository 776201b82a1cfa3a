"""Models of one's own on the command line: refused in one line before anything runs, asked about, swept."""

import io
import json
import shlex
from pathlib import Path

import pytest

from lrgui.__main__ import main
from lrgui.core.contents import content_hash
from lrgui.core.trust import Trust, keep_in
from tests.training.own.files import dense, layer, sequential, write_archive


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    place = tmp_path / "我的 models"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.setenv("LRGUI_PROFILE", str(tmp_path / "profile"))
    yield place
    keep_in(None)


def refused(capsys, words: list[str]) -> str:
    """Run a command that is bad input, and return the one line about it."""
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def good(folder):
    write_archive(folder / "m.keras", sequential(dense()))


def with_a_lambda(folder):
    write_archive(folder / "m.keras", sequential(layer("Lambda", name="doubled", function={})))


def with_an_own_class(folder):
    write_archive(folder / "m.keras", sequential(layer("Mine", None, name="mine"), dense()))


def with_an_own_loss(folder):
    loss = {"module": "builtins", "class_name": "function", "config": "my_loss", "registered_name": "function"}
    write_archive(folder / "m.keras", sequential(dense(), compiled={"loss": loss}))


def cut_short(folder):
    good(folder)
    (folder / "m.keras").write_bytes((folder / "m.keras").read_bytes()[:99])


def program(folder):
    (folder / "m.py").write_text("raise SystemExit\n")


def old(folder):
    (folder / "m.h5").write_bytes(b"\x89HDF")


BAD = {
    "own": (None, "Say where your model lies"),
    "own,path=m.keras": (None, "m.keras is not at"),
    "own,path=m.py": (None, "m.py is not at"),
    "own,path=.": (None, "is a folder: open a .keras file or a Python file"),
    "own,path=m.keras ": (with_a_lambda, "as a lambda in 'doubled'"),
    "own,path=m.keras  ": (with_an_own_class, "needs 'Mine', which is not part of Keras"),
    "own,path=m.keras   ": (with_an_own_loss, "was compiled with 'my_loss'"),
    "own,path=m.keras    ": (cut_short, "m.keras is damaged or cut short: copy it again"),
    "own,path=m.h5": (old, "m.h5 is in the old HDF5 format"),
    "own,path=m.py ": (program, "m.py is a program, and was not run: read it, and add --trust"),
    "own,path=m.keras,color=red": (good, "There is no field 'color'; there are path, time_limit"),
    "own,path=m.keras,time_limit=0": (good, "Time limit takes a whole number from 1 to 3,600"),
}


@pytest.mark.parametrize("typed", BAD)
def test_that_a_bad_model_is_told_in_one_line_before_anything_runs(typed, folder, capsys):
    make, told = BAD[typed]
    if make is not None:
        make(folder)
    line = refused(capsys, ["find", "--model", typed])
    assert line.startswith("lrgui find: ")
    assert told in line


def test_that_chosen_optimizer_and_loss_do_without_those_of_the_file(folder, capsys):
    with_an_own_loss(folder)
    words = ["train", "--model", "own,path=m.keras", "--loss", "cross_entropy", "--optimizer", "sgd", "--epochs", "1"]
    assert main([*words, "--no-history"]) == 1  # its weights are none, which is found out later
    assert "m.keras is damaged" in capsys.readouterr().err


class Terminal(io.StringIO):
    """A keyboard with somebody before it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "allowed"), [("n\n", False), ("\n", False), ("", False), ("y\n", True)])
def test_that_a_program_is_asked_about_on_a_terminal(typed, allowed, folder, capsys, monkeypatch, tmp_path):
    program(folder)
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert main(["find", "--model", "own,path=m.py", "--no-history"]) == (1 if allowed else 2)
    told = capsys.readouterr().err
    assert "is a program: it will be run, with all that you may do on this computer" in told
    assert ("m.py, line 1, ended Python with SystemExit" in told) == allowed
    assert Trust(tmp_path / "profile").allows(content_hash(folder / "m.py")) == allowed


def test_that_trust_answers_before_it_is_asked_and_is_kept_in_the_profile(folder, capsys, tmp_path):
    program(folder)
    words = ["find", "--model", "own,path=m.py", "--no-history", "--profile", str(tmp_path / "other")]
    assert main([*words, "--trust"]) == 1
    assert main(words) == 1
    assert Trust(tmp_path / "other").allows(content_hash(folder / "m.py"))
    assert "ended Python with SystemExit" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own
def test_that_a_file_is_swept_with_its_own_optimizer_and_the_record_says_so(folder, capsys):
    import keras

    model = keras.Sequential([
        keras.Input((8, 8, 1)), keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")
    ])  # fmt: skip
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), "sparse_categorical_crossentropy")
    model.save("m.keras")
    words = ["find", "--model", "own,path=m.keras", "--start", "1e-4", "--steps", "60", "--json", "out.json"]
    assert main([*words, "--no-history"]) == 0
    record = json.loads(Path("out.json").read_text())
    assert record["config"]["model"]["path"] == str(folder / "m.keras")
    assert record["config"]["optimizer"]["name"] == "own"
    assert "m.keras is unchanged: " in json.dumps(record, ensure_ascii=False)
    out = capsys.readouterr().out
    assert "--optimizer own" in out
    typed = next(line for line in out.splitlines() if line.startswith("Train at it: "))
    assert f"own,path={folder / 'm.keras'}" in shlex.split(typed)  # the folder has a space in its name
