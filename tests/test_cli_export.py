"""Exports on the command line: runs of a history as files, and a run from another computer taken in."""

import json
import os

import pytest

from lrgui.__main__ import main
from lrgui.core.config import TrainingConfig
from lrgui.core.events import Stopped
from lrgui.core.messages import say
from lrgui.core.store import FILE_NAME, Store
from tests.core.store.runs import a_sweep, a_training, feed, started, training_events

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder to work in, with a profile of the test's own beside it."""
    monkeypatch.setenv("LRGUI_PROFILE", str(tmp_path / "profile"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


@pytest.fixture
def kept(here):
    """A sweep, a training and another one of the same name; their ids."""
    store = Store(here.parent / "profile" / FILE_NAME, told=print)
    config = TrainingConfig(batch_size=1437 // 44)
    runs = [a_sweep(store), *(a_training(store, config, name="for Monday") for _ in range(2))]
    assert store.close()
    return [run.id for run in runs]


def exported(capfd, *words, code=0):
    """Export, and return what was said on stdout and stderr."""
    assert main(["export", *words]) == code
    return capfd.readouterr()


def left(folder):
    return sorted(path.name for path in folder.iterdir())


def test_that_a_run_gets_a_name_of_its_own_and_the_file_is_told(kept, here, capfd):
    out, err = exported(capfd, kept[1][:8], "--to", "csv")
    assert (out, err) == ("Written to for-Monday.csv.\n", "")
    assert len((here / "for-Monday.csv").read_text(encoding="utf-8").splitlines()) == 1 + 88


@pytest.mark.parametrize("name", ["script", "notebook", "csv", "json", "html", "lrrun"])
def test_that_every_text_and_the_whole_run_go_where_it_is_said(name, kept, here, capfd):
    exported(capfd, kept[0], "--to", name, "--output", "x y.out")
    assert (here / "x y.out").stat().st_size > 500
    assert left(here) == ["x y.out"]


def test_that_a_file_is_replaced_only_by_force(kept, here, capfd):
    (here / "run.json").write_text("good")
    words = (kept[1], "--to", "json", "--output", "run.json")
    out, err = exported(capfd, *words, code=2)
    assert (out, err) == ("", "lrgui export: run.json exists already. --force replaces it.\n")
    assert (here / "run.json").read_text() == "good"
    exported(capfd, *words, "--force")
    assert json.loads((here / "run.json").read_text())["id"] == kept[1]


def test_that_several_runs_go_into_a_folder_each_under_its_own_name(kept, here, capfd):
    (here / "out").mkdir()
    out, _ = exported(capfd, *kept, kept[0][:10], "--to", "csv", "--output", "out")
    assert left(here / "out") == ["for-Monday-2.csv", "for-Monday.csv", "range-test-digits-mlp-adam.csv"]
    assert len(out.splitlines()) == 3


def test_that_a_text_goes_to_stdout_and_nothing_else_does(kept, here, capfd):
    out, err = exported(capfd, kept[0], "--to", "json", "--output", "-")
    assert (json.loads(out)["kind"], err, left(here)) == ("range_test", "", [])


BAD = {
    "no run": (["--to", "csv"], "takes one ID or more"),
    "a run that is not there": (["ffff", "--to", "csv"], "no run has an id that begins with 'ffff'"),
    "no format": (["0"], "--to says what it is to become: script, notebook, csv"),
    "a format that is none": (["0", "--to", "xlsx"], "--to xlsx: give one of script"),
    "a size that is none": (["0", "--to", "png", "--size", "big"], "--size big: give width and height like 1280x720"),
    "a size that is too large": (["0", "--to", "png", "--size", "99999x10"], "from 200 to 10,000"),
    "an option that there is not": (["0", "--to", "csv", "--fast"], "cannot take --fast"),
}


@pytest.mark.parametrize("name", BAD)
def test_that_bad_input_is_one_line_and_nothing_is_written(name, kept, here, capfd):
    words, sentence = BAD[name]
    out, err = exported(capfd, *(kept[0] if word == "0" else word for word in words), code=2)
    assert sentence in err and len(err.splitlines()) == 1
    assert (out, left(here)) == ("", [])


def test_that_what_cannot_be_is_refused_before_anything_is_written(kept, here, capfd):
    _, err = exported(capfd, kept[1], kept[0], "--to", "keras", "--output", ".", code=2)
    assert "A range test ruins its model on purpose" in err
    _, err = exported(capfd, *kept, "--to", "csv", "--output", "nowhere", code=2)
    assert "for several runs, give a folder that is there" in err
    _, err = exported(capfd, kept[0], "--to", "csv", "--output", "no/where.csv", code=2)
    assert "The folder no does not exist." in err
    _, err = exported(capfd, *kept, "--to", "csv", "--output", "-", code=2)
    assert "only one run goes to stdout" in err
    assert left(here) == []


def test_that_a_disk_without_room_is_told_and_is_a_failure(kept, here, capfd):
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    _, err = exported(capfd, kept[1], "--to", "csv", "--output", "/dev/full", code=1)
    assert err.startswith("lrgui export: There is no room left in /dev")


def test_that_a_log_directory_is_a_folder_of_files_for_tensorboard(kept, here, capfd):
    exported(capfd, kept[1], "--to", "tensorboard", "--output", "logs")
    files = sorted(str(path.relative_to(here)) for path in here.rglob("*") if path.is_file())
    assert [os.path.dirname(file) for file in files] == ["logs/train", "logs/validation"]
    assert all(os.path.basename(file).startswith("events.out.tfevents.") for file in files)


def test_that_a_model_is_trained_again_and_is_the_same(here, capfd):
    import keras

    assert main(["train", "--epochs", "2", "--dataset", "wine", "--seed", "3", "--json", "run.json"]) == 0
    capfd.readouterr()
    assert main(["history", "--json", "-"]) == 0
    (run,) = json.loads(capfd.readouterr().out)
    out, _ = exported(capfd, run["id"], "--to", "keras", "--output", "wine.keras")
    assert "The model takes rows of 13 features" in out
    assert "It was trained again. Same seed, same result: all 8 losses are identical." in out
    model = keras.saving.load_model("wine.keras")
    assert int(model.optimizer.iterations) == run["steps_done"] == 8
    assert left(here) == ["run.json", "wine.keras"]


def test_that_a_run_that_was_stopped_half_way_says_that_its_model_is_gone(here, capfd):
    store = Store(here.parent / "profile" / FILE_NAME, told=print)
    run = feed(store, started(store), [*training_events()[:3], Stopped(say("Stopped by hand."))])
    assert store.close()
    _, err = exported(capfd, run.id, "--to", "keras", code=1)
    assert "This run was stopped half-way, and its model is gone" in err
    assert left(here) == []


def test_that_a_run_opens_in_the_history_of_another_computer(kept, here, capfd, monkeypatch):
    exported(capfd, kept[1], "--to", "lrrun")
    monkeypatch.setenv("LRGUI_PROFILE", str(here.parent / "another computer"))
    assert main(["import", "for-Monday.lrrun"]) == 0
    assert capfd.readouterr().out == "for-Monday.lrrun: for Monday is in the history now.\n"
    assert main(["import", "for-Monday.lrrun"]) == 0
    assert "was there already" in capfd.readouterr().out
    assert main(["history", "show", kept[1], "--json", "-"]) == 0
    assert len(json.loads(capfd.readouterr().out)["step"]["loss"]) == 88


def test_that_a_file_that_is_no_run_is_told_and_the_others_are_taken_in(kept, here, capfd):
    exported(capfd, kept[1], "--to", "lrrun")
    (here / "broken.lrrun").write_bytes(b"no archive")
    assert main(["import", "broken.lrrun", "gone.lrrun", "for-Monday.lrrun"]) == 1
    out, err = capfd.readouterr()
    assert "for Monday was there already" in out
    assert "broken.lrrun is no run of this program" in err and "gone.lrrun cannot be read" in err
    assert main(["import"]) == 2
    assert "takes one file or more" in capfd.readouterr().err


def test_that_the_help_names_every_format(capfd):
    assert main(["export", "--help"]) == 0
    out = capfd.readouterr().out
    for name in ("script", "notebook", "csv", "json", "png", "svg", "html", "tensorboard", "keras", "lrrun"):
        assert f"\n  {name} " in out
    assert main(["--help"]) == 0
    assert "import     take runs from another computer" in capfd.readouterr().out
