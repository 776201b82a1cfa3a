"""``--on``: where the command line has runs carried out, and what it says of it."""

import json

import pytest

from lrgui.__main__ import main

SMALL = ["compare", "--dataset", "iris", "--batch-size", "8", "--epochs", "2", "--seeds", "2", "--arm", "constant"]

LEFT_BY_DASK = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("tcp://10.1.2.3:8786", "is not encrypted"),
        ("tls://lab:8786", "needs certificates"),
        ("elsewhere", "takes one of here, processes, cluster"),
    ],
)
@pytest.mark.parametrize("command", ["compare", "find"])
def test_that_a_place_that_cannot_be_is_refused_in_a_line(command, place, told, capfd):
    assert main([command, "--on", place, *(["--arm", "constant"] if command == "compare" else [])]) == 2
    printed = capfd.readouterr().err
    assert told in printed
    assert printed.count("\n") == 1


def test_that_a_scheduler_that_is_not_there_fails_with_a_sentence(capfd):
    pytest.importorskip("distributed")
    assert main([*SMALL, "--no-history", "--on", "tls://127.0.0.1:9,certificates=/nowhere"]) == 1
    assert "There is no certificate at" in capfd.readouterr().err


def test_that_a_single_training_has_no_place_to_choose(capfd):
    assert main(["train", "--on", "here"]) == 2
    assert "cannot take --on" in capfd.readouterr().err


@pytest.fixture(scope="module")
def one_process():
    """A process that is kept from one test to the next."""
    pytest.importorskip("distributed")
    from lrgui.jobs import leave_clusters

    yield "processes,workers=1"
    leave_clusters()


def records(command, place, path):
    """Carry a command out at a place and here, and return what each has written."""
    found = []
    for where in (place, "here"):
        assert main([*command, "--no-history", "--on", where, "--json", str(path)]) == 0
        found.append(json.loads(path.read_text()))
    return found


@LEFT_BY_DASK
def test_that_a_comparison_in_processes_is_written_as_one_of_here(one_process, tmp_path):
    there, here = records(SMALL, one_process, tmp_path / "record.json")
    one, other = ([seed for arm in record["arms"] for seed in arm["seeds"]] for record in (there, here))
    assert len(one) == len(other) == 2
    for mine, theirs in zip(one, other, strict=True):
        assert mine["val_accuracy"] == pytest.approx(theirs["val_accuracy"], rel=1e-6)
        assert mine["val_loss"] == pytest.approx(theirs["val_loss"], rel=1e-6)
    assert there["verdict"] == here["verdict"]


@LEFT_BY_DASK
def test_that_repeated_sweeps_are_confirmed_in_processes_as_here(one_process, tmp_path):
    sweeps = ["find", "--dataset", "iris", "--batch-size", "8", "--steps", "60", "--repeats", "2", "--confirm", "1"]
    there, here = (record["confirmed"] for record in records(sweeps, one_process, tmp_path / "record.json"))
    assert len(here["learning_rates"]) > 2
    for name in ("predicted", "measured_best", "learning_rates", "accuracies", "losses"):
        assert there[name] == pytest.approx(here[name], rel=1e-6), name
