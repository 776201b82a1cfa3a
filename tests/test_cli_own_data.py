"""Data of one's own from the command line."""

import json
import shlex
import subprocess
import sys

import pytest

from lrgui.__main__ import main
from tests.training.own_data.files import bought, prices, write_table


def test_that_a_table_is_swept_and_its_path_is_typed_again(tmp_path, capfd):
    path = write_table(tmp_path / "bought, or not.csv", bought())
    typed = ["find", "--dataset", f'own,path="{path}"', "--batch-size", "8", "--steps", "12", "--no-history"]
    assert main([*typed, "--json", str(tmp_path / "run.json")]) == 0
    result = json.loads((tmp_path / "run.json").read_text())
    assert result["config"]["dataset"]["name"] == "csv" and len(result["accuracy"]) == len(result["loss"])
    lines = capfd.readouterr().out.splitlines()
    typed = next(line for line in lines if line.startswith("Train at it: "))
    assert f'csv,path="{path}"' in shlex.split(typed)


def test_that_numbers_are_told_by_r2_and_not_by_accuracy(tmp_path, capfd):
    path = write_table(tmp_path / "prices.csv", prices())
    typed = f"train --dataset own,path={path} --loss squared_error --epochs 2 --batch-size 8 --no-history"
    assert main([*typed.split(), "--json", str(tmp_path / "run.json"), "--plot", str(tmp_path / "run.png")]) == 0
    out = " ".join(capfd.readouterr().out.split())  # lines end where the terminal does
    assert "R2" in out and "mean absolute error" in out and "accuracy" not in out
    result = json.loads((tmp_path / "run.json").read_text())
    assert {"r2", "mae", "val_r2", "val_mae"} <= set(result["epoch"]) and "mae" in result["step"]
    assert (tmp_path / "run.png").stat().st_size > 1000


@pytest.mark.parametrize(
    ("dataset", "told"),
    [
        ("own", "path=FILE"),
        ("own,path=/nowhere/a.xlsx", "a.xlsx is nothing that can be read as data"),
        ("csv", "choose a file or a folder"),
        ("csv,path=/nowhere/a.csv,tidy=yes", "There is no field 'tidy'"),
    ],
)
def test_that_bad_input_is_one_line_and_nothing_runs(dataset, told, capfd):
    assert main(["find", "--dataset", dataset]) == 2
    err = capfd.readouterr().err
    assert told in err and len(err.strip().splitlines()) == 1


def test_that_a_file_that_is_not_there_is_said_with_exit_code_1(tmp_path, capfd):
    assert main(["find", "--dataset", f"own,path={tmp_path / 'a.csv'}", "--no-history"]) == 1
    assert "a.csv is not there" in capfd.readouterr().err


def test_that_reading_a_table_needs_no_tensorflow():
    code = "import sys, lrgui.core.csv_text, lrgui.core.config; print('tensorflow' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
