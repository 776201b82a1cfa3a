"""Every step and every epoch as a table: read back by the csv module and by numpy as they were measured."""

import csv
import io
import math

import numpy as np

from lrgui.export.run_csv import run_csv
from tests.export.runs import PER_EPOCH, broken, comparison, nothing, sweep, training


def rows(kept):
    return list(csv.DictReader(io.StringIO(run_csv(kept.run))))


def column(found, name):
    return [float(row[name]) for row in found if row[name] != ""]


def test_that_each_step_is_read_back_exactly_and_each_epoch_stands_at_its_last_step():
    kept = training()
    found = rows(kept)
    assert len(found) == 3 * PER_EPOCH
    for name in ("step", "learning_rate", "loss", "accuracy"):
        assert column(found, name) == kept.run.steps[name].tolist()
    assert [int(row["epoch"]) for row in found] == [0] * 4 + [1] * 4 + [2] * 4
    at = [number for number, row in enumerate(found) if row["val_loss"]]
    assert at == [3, 7, 11]
    for name, ours in {"val_loss": "val_loss", "epoch_loss": "loss", "val_accuracy": "val_accuracy"}.items():
        assert column(found, name) == kept.run.epochs[ours].tolist()


def test_that_the_columns_come_in_an_order_that_people_expect():
    assert list(rows(training())[0])[:9] == [
        *("step", "epoch", "learning_rate", "loss", "accuracy", "epoch_loss", "epoch_accuracy", "val_loss"),
        "val_accuracy",
    ]
    assert list(rows(sweep())[0]) == ["repeat", "step", "learning_rate", "loss", "smoothed_loss", "accuracy"]


def test_that_numpy_reads_it_too(tmp_path):
    path = tmp_path / "run.csv"
    path.write_text(run_csv(training().run), encoding="utf-8")
    table = np.genfromtxt(path, delimiter=",", names=True)
    assert table["loss"].tolist() == training().run.steps["loss"].tolist()
    assert np.isnan(table["val_loss"]).sum() == 9


def test_that_each_arm_and_seed_has_its_own_epochs_and_its_name():
    found = rows(comparison(("constant", "cosine, warm")))
    assert len(found) == 4 * PER_EPOCH
    assert {(row["arm"], row["arm_name"]) for row in found} == {("0", "constant"), ("1", "cosine, warm")}
    ends = [row for row in found if row["val_loss"]]
    assert [(row["arm"], row["seed"], row["step"]) for row in ends] == [
        ("0", "0", "3"), ("1", "0", "3"), ("0", "1", "3"), ("1", "1", "3"),
    ]  # fmt: skip
    assert {(row["arm"], row["seed"], float(row["loss"])) for row in ends} == {
        ("0", "0", 0.0), ("1", "0", 10.0), ("0", "1", 1.0), ("1", "1", 11.0),
    }  # fmt: skip


def test_that_a_name_that_a_spreadsheet_would_run_is_made_harmless():
    names = {row["arm_name"] for row in rows(comparison())}
    assert names == {"constant", "'=cmd|' /C calc'!A0"}


def test_that_a_loss_that_is_no_number_is_one_when_it_is_read_and_one_step_is_a_row():
    (row,) = rows(broken(1))
    assert math.isnan(float(row["loss"]))
    assert float(rows(broken(3, float("inf")))[2]["loss"]) == math.inf


def test_that_a_run_without_a_step_is_an_empty_table():
    assert rows(nothing()) == []


def test_that_the_smoothed_loss_begins_anew_with_each_sweep():
    found = rows(sweep())
    assert [row["repeat"] for row in found] == ["0"] * 5 + ["1"] * 5
    for first in (0, 5):
        assert float(found[first]["smoothed_loss"]) == float(found[first]["loss"])
