"""``lrgui compare``: as it is typed, what it writes and prints, and what becomes of it when it is broken off."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from lrgui.__main__ import main
from lrgui.core.runs import RunStatus
from lrgui.core.store import FILE_NAME, Store

ARMS = ["--arm", "constant,learning_rate=3e-3", "--arm", "cosine,learning_rate=1e-2"]
SMALL = ["compare", "--dataset", "iris", "--batch-size", "8", "--epochs", "2", "--seeds", "3", *ARMS]


def written(words, path):
    assert main([*words, "--json", str(path)]) == 0
    return json.loads(path.read_text())


def without_time(record):
    arms = [{**arm, "seconds": 0, "seeds": [{**seed, "seconds": 0} for seed in arm["seeds"]]} for arm in record["arms"]]
    return {**record, "seconds": 0, "arms": arms}


def test_that_two_schedules_are_written_as_arms_with_their_seeds_and_a_verdict(tmp_path, capfd):
    words = ["compare", "--dataset", "digits", "--model", "mlp", "--optimizer", "adam", "--epochs", "4", *ARMS]
    record = written([*words, "--seeds", "5"], tmp_path / "arms.json")
    first, second = record["arms"]
    assert (first["name"], first["learning_rate"], first["schedule"], first["optimizer"]) == (
        "constant", 3e-3, "constant", "adam",
    )  # fmt: skip
    assert (second["name"], second["schedule"]) == ("cosine", "cosine")
    for arm in (first, second):
        assert [seed["seed"] for seed in arm["seeds"]] == [0, 1, 2, 3, 4]
        finals = [seed["final"] for seed in arm["seeds"]]
        assert [seed["val_accuracy"][-1] for seed in arm["seeds"]] == finals
        assert all(
            len(seed["val_accuracy"]) == 4 and seed["best"] == max(seed["val_accuracy"]) for seed in arm["seeds"]
        )
        assert arm["mean"] == pytest.approx(sum(finals) / 5)
        assert 0 < arm["std"] < 0.05
        assert arm["mean"] > 0.9
    assert record["verdict"].startswith(("cosine", "constant"))
    printed = capfd.readouterr().out
    assert record["verdict"] in printed
    assert "steps to 90.0 %" in printed


def test_that_an_arm_has_its_own_optimizer_plateau_and_name(tmp_path):
    arm = "one_cycle,rise=0.4,learning_rate=0.1,optimizer=sgd:momentum=0.9,name=super"
    plateau = "constant,plateau=reduce_on_plateau:patience=1"
    words = [
        "compare",
        "--dataset",
        "iris",
        "--batch-size",
        "8",
        "--epochs",
        "2",
        "--seeds",
        "1",
        "--optimizer",
        "nadam",
    ]
    record = written([*words, "--arm", arm, "--arm", plateau], tmp_path / "arms.json")
    assert [arm["name"] for arm in record["arms"]] == ["super", "constant"]
    assert [arm["optimizer"] for arm in record["arms"]] == ["sgd,momentum=0.9", "nadam"]
    assert record["arms"][0]["schedule"] == "one_cycle,rise=0.4"
    assert record["arms"][1]["plateau"] == "reduce_on_plateau,patience=1"
    assert record["arms"][0]["std"] is None


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ([], ["--arm", "at least one"]),
        (["--arm", "cosin"], ["--arm cosin", "cosine"]),
        (["--arm", "cosine,learning_rate=-1"], ["--arm cosine,learning_rate=-1", "above 0"]),
        (
            ["--arm", "cosine,speed=3"],
            ["--arm cosine,speed=3", "no field 'speed'", "An arm has also name, learning_rate"],
        ),
        (["--arm", "constant", "--arm", "cosine,warmup=99ep"], ["Arm cosine", "shorter than the run"]),
        (["--arm", "constant,optimizer=sgd:mass=1"], ["mass"]),
        ([*["--arm", "constant"] * 17], ["to 16, not 17"]),
        ([*ARMS, "--seeds", "0"], ["--seeds 0", "from 1 to 50"]),
        (["--resume", "0123"], ["--resume 0123", "no run"]),
    ],
)
def test_that_bad_input_gets_one_line(typed, parts, capfd, tmp_path):
    assert main(["compare", "--dataset", "iris", "--profile", str(tmp_path), *typed]) == 2
    said = capfd.readouterr().err
    assert said.count("\n") == 1
    assert all(part in said for part in parts), said


def test_that_a_comparison_is_kept_and_can_be_shown_again(tmp_path, capfd):
    words = [*SMALL, "--profile", str(tmp_path)]
    record = written(words, tmp_path / "arms.json")
    store = Store(tmp_path / FILE_NAME, told=print)
    (entry,) = store.page()
    store.close()
    assert (entry.kind, entry.status) == ("comparison", RunStatus.FINISHED)
    capfd.readouterr()
    shown = tmp_path / "shown.json"
    assert main(["history", "show", entry.id[:8], "--profile", str(tmp_path), "--json", str(shown)]) == 0
    assert json.loads(shown.read_text())["arms"] == record["arms"]
    assert record["verdict"] in capfd.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="programs are killed with a signal, as on Linux")
def test_that_a_comparison_that_was_killed_goes_on_to_the_same_result(tmp_path, capfd):
    profile, words = tmp_path / "profile", [*SMALL[:-4], "--seeds", "2", "--epochs", "8", *ARMS]
    whole = written([*words, "--no-history"], tmp_path / "whole.json")
    command = [sys.executable, "-m", "lrgui", *words, "--profile", str(profile), "--pace", "100"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while not list(profile.glob("comparisons/*.npz")) and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
    (kept,) = profile.glob("comparisons/*.npz")
    store = Store(profile / FILE_NAME, told=print)
    (entry,) = store.page()
    assert store.flush()
    store.close()
    record = written(["compare", "--resume", entry.id[:8], "--profile", str(profile)], tmp_path / "resumed.json")
    assert without_time(record) == without_time(whole)
    assert not kept.exists()
    store = Store(profile / FILE_NAME, told=print)
    assert [(again.id, again.status) for again in store.page()] == [(entry.id, RunStatus.FINISHED)]
    store.close()
    capfd.readouterr()
    assert main(["compare", "--resume", entry.id, "--profile", str(profile)]) == 2
    assert "is finished" in capfd.readouterr().err


def test_that_a_ready_comparison_takes_the_epochs_and_seeds_that_are_typed(tmp_path, capfd):
    words = ["compare", "--preset", "warmup_or_none", "--dataset", "iris", "--batch-size", "8", "--epochs", "2"]
    record = written([*words, "--seeds", "1"], tmp_path / "arms.json")
    assert [arm["name"] for arm in record["arms"]] == ["no warm-up", "warm-up"]
    assert [arm["schedule"] for arm in record["arms"]] == ["constant", "constant,warmup=1 epoch"]
    assert all(len(seed["val_accuracy"]) == 2 for arm in record["arms"] for seed in arm["seeds"])
    assert main(["compare", "--preset", "no such"]) == 2
    assert "fixed_or_decay, static_or_dynamic" in capfd.readouterr().err


def test_that_a_recommended_rate_is_confirmed_by_trainings_around_it(tmp_path, capfd):
    words = ["find", "--confirm", "1", "--profile", str(tmp_path / "profile")]
    record = written(words, tmp_path / "sweep.json")
    confirmed = record["confirmed"]
    assert confirmed["predicted"] == record["recommended"]["learning_rate"]
    assert confirmed["measured_best"] in confirmed["learning_rates"]
    assert len(confirmed["learning_rates"]) == len(confirmed["accuracies"]) == 5
    assert confirmed["learning_rates"][2] == confirmed["predicted"]
    assert confirmed["message"] in capfd.readouterr().out
    store = Store(tmp_path / "profile" / FILE_NAME, told=print)
    assert sorted(entry.kind for entry in store.page()) == ["comparison", "range_test"]
    store.close()
    assert main(["find", "--confirm", "none"]) == 2
    assert "--confirm none: give a whole number of seeds" in capfd.readouterr().err


def test_that_a_picture_of_the_arms_is_drawn(tmp_path):
    picture = tmp_path / "arms.png"
    assert main([*SMALL, "--no-history", "--plot", str(picture)]) == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 20_000
