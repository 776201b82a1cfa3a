"""The command line's words on how a run is carried out."""

import json
import subprocess
import sys
import time

import pytest

from lrgui.__main__ import main
from tests.test_cli import Terminal

SHORT = ["find", "--steps", "20", "--batch-size", "64", "--json"]
THREADS = """
import sys
from lrgui.__main__ import main
code = main(["find", "--steps", "5", "--threads", "1", "--json", sys.argv[1]])
import tensorflow as tf
print(code, tf.config.threading.get_intra_op_parallelism_threads())
"""


def measured(path, *words):
    assert main([*SHORT, str(path), *words]) == 0
    return json.loads(path.read_text(encoding="utf-8"))


def test_that_a_paced_sweep_takes_its_time_and_measures_the_same(tmp_path, capfd):
    plain = measured(tmp_path / "plain.json")
    paced = measured(tmp_path / "paced.json", "--pace", "40")
    assert paced["loss"] == plain["loss"]
    assert paced["seconds"] > (len(paced["loss"]) - 2) / 40


@pytest.mark.parametrize("word", ["--pace", "--threads"])
@pytest.mark.parametrize("value", ["0", "-1", "fast", "nan", "1e9"])
def test_that_a_wrong_pace_or_number_of_threads_is_refused_in_one_line(word, value, capsys):
    assert main(["train", word, value]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert f"{word} {value}: " in told
    assert " takes a " in told


def test_that_ctrl_c_ends_a_run_that_waits_for_its_next_step(tmp_path):
    path = tmp_path / "training.json"
    with Terminal("train", "--pace", "0.01", "--json", str(path)) as terminal:
        terminal.wait_for("loss")
        terminal.press_ctrl_c()
        began = time.monotonic()
        assert terminal.exit_code() == 130
        assert time.monotonic() - began < 10
    assert len(json.loads(path.read_text(encoding="utf-8"))["step"]["loss"]) == 1


def test_that_the_threads_are_limited_before_tensorflow_computes(tmp_path):
    words = [sys.executable, "-c", THREADS, str(tmp_path / "sweep.json")]
    result = subprocess.run(words, capture_output=True, text=True, timeout=180, check=True)
    assert result.stdout.splitlines()[-1] == "0 1"
