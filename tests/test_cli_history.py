"""The history on the command line: real runs on digits are kept, listed, shown, deleted."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from lrgui.__main__ import main
from lrgui.core.config import TrainingConfig
from lrgui.core.store import FILE_NAME, Store
from tests.core.store.runs import a_sweep, a_training, started

ROOT = Path(__file__).parents[1]


@pytest.fixture
def profile(tmp_path, monkeypatch):
    """A profile of the test's own, named as a person would."""
    monkeypatch.setenv("LRGUI_PROFILE", str(tmp_path / "profile"))
    return tmp_path / "profile"


@pytest.fixture
def kept(profile):
    """A sweep, then a training of another data set, then one that was interrupted; their ids."""
    store = Store(profile / FILE_NAME, told=print)
    sweep = a_sweep(store, started=1e9)
    training = a_training(store, TrainingConfig(dataset="iris"), name="for Monday", started=1.1e9)
    store.edit(training.id, tags=["lesson"], starred=True, note="the second try")
    broken = started(store, started=1.2e9)
    assert store.close()
    return sweep.id, training.id, broken.id


def listed(capfd, *words):
    assert main(["history", "--json", "-", *words]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    return json.loads(out)


def test_that_sweeps_and_trainings_are_kept_with_what_they_measured(profile, capfd):
    assert main(["find", "--steps", "30", "--seed", "5"]) == 0
    assert main(["train", "--epochs", "2", "--batch-size", "200", "--json", str(profile.parent / "run.json")]) == 0
    assert capfd.readouterr().err == ""
    training, sweep = listed(capfd)
    assert (training["kind"], training["epochs"], training["learning_rate"]) == ("training", 2, 1e-3)
    assert (sweep["kind"], sweep["seed"]) == ("range_test", 5)
    assert main(["history", "show", training["id"][:10], "--json", "-"]) == 0
    shown = json.loads(capfd.readouterr().out)
    written = json.loads((profile.parent / "run.json").read_text(encoding="utf-8"))
    assert {name: shown[name] for name in written} == written
    assert shown["versions"].keys() >= {"keras", "tensorflow", "numpy"}


def test_that_a_run_that_is_not_to_be_kept_is_not_and_another_folder_is_taken(profile, tmp_path, capfd):
    assert main(["find", "--steps", "2", "--no-history"]) == 0
    assert not (profile / FILE_NAME).exists()
    assert main(["find", "--steps", "2", "--profile", str(tmp_path / "other")]) == 0
    capfd.readouterr()
    assert len(listed(capfd, "--profile", str(tmp_path / "other"))) == 1
    assert listed(capfd) == []


def test_that_the_list_shows_the_newest_first_in_words(kept, capfd, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    assert main(["history"]) == 0
    title, *lines = capfd.readouterr().out.splitlines()
    assert title.split() == ["id", "begun", "run", "data", "model", "optimizer", "rate", "accuracy", "state", "name"]
    assert [line.split()[0] for line in lines] == [run_id[:8] for run_id in reversed(kept)]
    assert "interrupted" in lines[0]
    assert all(
        part in lines[1] for part in ("training", "iris", "1.0e-3", "90.0 %", "2004-11-09", "* for Monday #lesson")
    )
    assert "sweep" in lines[2]


def test_that_the_list_is_searched_and_cut_short(kept, capfd):
    sweep, training, broken = kept
    assert [entry["id"] for entry in listed(capfd)] == [broken, training, sweep]
    assert [entry["id"] for entry in listed(capfd, "--search", "monday IRIS")] == [training]
    assert [entry["id"] for entry in listed(capfd, "--limit", "1")] == [broken]
    assert main(["history", "--limit", "1"]) == 0
    assert "1 of 3 runs" in capfd.readouterr().out
    assert main(["history", "--search", "nothing"]) == 0
    assert "No run has all of these words." in capfd.readouterr().out


def test_that_an_empty_history_says_so(profile, capfd):
    assert main(["history"]) == 0
    assert capfd.readouterr().out == "No run is kept.\n"


def test_that_a_run_is_shown_as_it_was_after_its_end(kept, capfd):
    sweep, training, broken = kept
    for run_id, parts in (
        (sweep, ["median smoothed loss", "Done."]),
        (training, ["for Monday", "the second try", "lesson", "validation accuracy", "2 epochs", "keras 3"]),
        (broken, ["interrupted", "The program was gone"]),
    ):
        assert main(["history", "show", run_id]) == 0
        out, err = capfd.readouterr()
        assert (err, [part for part in parts if part not in out]) == ("", [])
        assert run_id in out


def test_that_what_was_asked_is_shown_as_it_is_typed(profile, capfd):
    config = TrainingConfig(dataset="moons", epochs=2, schedule="cosine,warmup=1 epoch,floor=0.1")
    store = Store(profile / FILE_NAME, told=print)
    run = a_training(store, config)
    assert store.close()
    assert main(["history", "show", run.id]) == 0
    line = next(line for line in capfd.readouterr().out.splitlines() if line.startswith("asked"))
    words = shlex.split(line.removeprefix("asked"))
    assert words[:2] == ["lrgui", "train"]
    given = dict(zip(words[2::2], words[3::2], strict=True))
    assert config == TrainingConfig(**{option.removeprefix("--"): value for option, value in given.items()})


def test_that_what_is_deleted_is_gone(kept, profile, capfd):
    sweep, training, broken = kept
    assert main(["history", "delete", sweep[:12], broken]) == 0
    assert capfd.readouterr().out == "2 runs deleted.\n"
    assert [entry["id"] for entry in listed(capfd)] == [training]
    assert main(["history", "show", sweep]) == 2
    assert len(capfd.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("history show", "one ID"),
        ("history show a b", "one ID"),
        ("history show ffffffffffff", "no run has an id that begins with 'ffffffffffff'"),
        ("history delete", "one ID or more"),
        ("history delete zzz", "'zzz'"),
        ("history --limit 0", "whole number"),
        ("history --limit many", "whole number"),
        ("history --find x", "--search"),
        ("history --json /nowhere/list.json", "does not exist"),
        ("history forget x", "forget"),
    ],
)
def test_that_bad_input_gets_one_line(profile, typed, part, capfd):
    assert main(typed.split()) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert part in err


def test_that_an_id_that_stands_for_several_runs_is_refused(profile, capfd):
    store = Store(profile / FILE_NAME, told=print)
    ids = [a_training(store).id for _ in range(17)]  # two of them begin with the same digit
    assert store.close()
    digit = next(run_id[0] for run_id in ids if sum(other[0] == run_id[0] for other in ids) > 1)
    assert main(["history", "delete", digit]) == 2
    assert f"runs begin with '{digit}': give more of it" in capfd.readouterr().err
    assert len(listed(capfd)) == 17


def test_that_a_newer_history_is_a_failure_in_one_line_and_a_run_goes_on_without_it(kept, profile, capfd):
    import sqlite3

    with sqlite3.connect(profile / FILE_NAME) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = (profile / FILE_NAME).read_bytes()
    for words in (["history"], ["history", "show", kept[0]], ["history", "delete", kept[0]]):
        assert main(words) == 1
        out, err = capfd.readouterr()
        assert (out, len(err.splitlines())) == ("", 1)
        assert "newer version" in err
    assert main(["find", "--steps", "2", "--json", "-"]) == 0
    out, err = capfd.readouterr()
    assert json.loads(out)["step"] == [0, 1, 2]
    assert len(err.splitlines()) == 1
    assert (profile / FILE_NAME).read_bytes() == before


def test_that_the_history_needs_neither_tensorflow_nor_qt(kept):
    code = (
        "import sys; from lrgui.__main__ import main; code = main(['history']); "
        "sys.exit(code or any(name in sys.modules for name in ('tensorflow', 'keras', 'PySide6', 'sklearn')))"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")
