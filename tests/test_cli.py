"""The command line as a person and as a program meet it: real runs on digits, short ones."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from lrgui.__main__ import main
from lrgui.cli.options import BadInput, config_from, typed_as
from lrgui.cli.records import to_json
from lrgui.core.config import MODELS, OPTIMIZERS, RangeTestConfig, TrainingConfig
from lrgui.core.config.fields import field_specs
from lrgui.core.range_test import smoothed

ROOT = Path(__file__).parents[1]
FIND_KEYS = {
    "config",
    "step",
    "learning_rate",
    "loss",
    "accuracy",
    "smoothed_loss",
    "stopped",
    "suggestions",
    "recommended",
    "peak",
    "evaluation",
    "seconds",
}


def refuse(constant):
    raise AssertionError(f"{constant} is not JSON")


def read_json(text):
    return json.loads(text, parse_constant=refuse)


# What is typed, and what the one line about it must hold: the option, the value, what is allowed.
BAD_INPUT = [
    ("find --steps ten", ["--steps", "'ten'", "a whole number from 2 to 100,000"]),
    ("find --steps 2.5", ["--steps", "'2.5'", "whole number"]),
    ("find --steps", ["--steps", "whole number from 2 to 100,000"]),
    ("find --start 1 --end 0.1", ["--end", "0.1", "above From, 1"]),
    ("find --start 0", ["--start", "'0'", "above 0"]),
    ("find --end -1e-3", ["--end", "'-1e-3'", "above 0"]),
    ("find --stop-factor 1", ["--stop-factor", "'1'", "above 1", "or none"]),
    ("find --smoothing 1", ["--smoothing", "'1'", "below 1"]),
    ("train --learning-rate nan", ["--learning-rate", "'nan'", "a number above 0, at most 1,000"]),
    ("train --learning-rate -inf", ["--learning-rate", "'-inf'", "above 0"]),
    ("train --learning-rate fast", ["--learning-rate", "'fast'", "a number above 0"]),
    ("train --epochs 0", ["--epochs", "'0'", "from 1 to 10,000"]),
    ("train --batch-size 1438", ["--batch-size", "1438", "1437"]),
    ("train --seed -1", ["--seed", "'-1'", "from 0"]),
    ("train --dataset cats", ["--dataset", "cats", "digits, fashion_mnist"]),
    ("train --model mlp,width=0", ["--model", "width", "'0'", "from 1 to 4,096"]),
    ("train --model mlp,wide=3", ["--model", "'wide'", "width, depth"]),
    ("train --optimizer adam,beta_1", ["--optimizer", "'beta_1'", "key=value"]),
    ("train --optimizer sgd,nesterov=true", ["--optimizer", "Nesterov", "momentum above 0"]),
    ("train --schedule slow", ["--schedule", "'slow'", "constant, step"]),
    ("train --schedule cosine,warmup=soon", ["--schedule", "warmup", "'soon'", "steps"]),
    ("train --schedule cosine,warmup=11ep", ["--schedule", "warm-up", "484 steps", "440"]),
    ("train --schedule expression,formula=9**9**9", ["--schedule", "formula", "9**9**9"]),
    ("train --schedule cosine --plateau reduce_on_plateau", ["--plateau", "Cosine", "0"]),
    ("train --save model.h5", ["--save", "model.h5", ".keras"]),
    ("train --save /nowhere/model.keras", ["--save", "does not exist"]),
    ("find --save model.keras", ["--save", "--json, --plot"]),
    ("train --start 1e-5", ["--start", "--learning-rate, --epochs"]),
    ("find more", ["more", "--start"]),
    ("find --json /nowhere/result.json", ["--json", "/nowhere/result.json", "does not exist"]),
    ("find --json /", ["--json", "that is a folder"]),
    ("find --plot curve.pdf", ["--plot", "curve.pdf", ".png"]),
    ("search", ["search", "find, train"]),
    ("--steps 3", ["--steps", "--help, --version"]),
]


@pytest.mark.parametrize(("typed", "parts"), BAD_INPUT, ids=[typed for typed, _ in BAD_INPUT])
def test_that_bad_input_gets_one_line_with_option_value_and_what_is_allowed(typed, parts, capfd):
    assert main(typed.split()) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert [part for part in parts if part not in err.replace("width=0", "width '0'")] == []


def test_that_a_value_with_line_breaks_still_gets_one_line(capfd):
    assert main(["find", "--dataset", "cats\nand\ndogs"]) == 2
    assert len(capfd.readouterr().err.splitlines()) == 1


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder in which nobody may write, as on Linux")
def test_that_a_folder_without_permission_is_refused_before_the_training(capfd):
    assert main(["train", "--json", "/proc/run.json"]) == 2
    assert "not allowed" in capfd.readouterr().err


def test_that_a_refused_command_leaves_no_file_behind(tmp_path):
    assert main(["train", "--json", str(tmp_path / "run.json"), "--plot", str(tmp_path / "missing" / "run.png")]) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("command", "config"), [("find", RangeTestConfig), ("train", TrainingConfig)])
def test_that_the_help_tells_of_every_field_and_of_those_of_every_choice(command, config, capsys):
    assert main([command, "--help"]) == 0
    told = capsys.readouterr().out
    for spec in field_specs(config):
        assert f"--{spec.name.replace('_', '-')} " in told
        for option in spec.options if spec.kind == "choice" else ():
            assert all(f"\n      {inner.name} " in told for inner in field_specs(option))
    assert "130" in told


def test_that_the_version_and_the_overview_are_told(capsys):
    assert main(["--version"]) == 0
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("lrgui 0.")
    assert "find" in told
    assert "train" in told


@given(
    batch_size=some.integers(1, 1437),
    seed=some.integers(0, 2**31 - 1),
    model=some.sampled_from([choice() for choice in MODELS]),
    optimizer=some.sampled_from([choice() for choice in OPTIMIZERS]),
    momentum=some.floats(0, 0.99),
    start=some.floats(1e-9, 1.0),
    stop_factor=some.none() | some.floats(1.5, 1e6),
)
def test_that_a_config_typed_as_options_comes_back_the_same(
    batch_size, seed, model, optimizer, momentum, start, stop_factor
):
    model = next(m for m in (model, MODELS[1]()) if type(optimizer).why_not({"model": type(m)}) is None)
    if hasattr(optimizer, "momentum"):
        optimizer = optimizer.model_copy(update={"momentum": round(momentum, 6)})
    config = RangeTestConfig(
        batch_size=batch_size,
        seed=seed,
        model=model,
        optimizer=optimizer,
        start=float(f"{start:.6g}"),
        stop_factor=stop_factor and round(stop_factor, 3),
    )
    words = typed_as(RangeTestConfig, config)
    typed = {option[2:].replace("-", "_"): value for option, value in zip(words[::2], words[1::2], strict=True)}
    assert config_from(RangeTestConfig, typed) == config


def test_that_a_choice_takes_its_fields_with_hyphens_and_spaces_too():
    config = config_from(TrainingConfig, {"optimizer": "adam, beta-1=0.8, amsgrad=on"})
    assert (config.optimizer.beta_1, config.optimizer.amsgrad) == (0.8, True)
    with pytest.raises(BadInput):
        config_from(TrainingConfig, {"optimizer": ""})


def test_that_what_is_not_finite_is_null_in_json():
    record = {"loss": [1.5, float("nan"), np.float32("inf")], "recommended": {"low": -np.inf, "n": np.int64(3)}}
    assert read_json(to_json(record)) == {"loss": [1.5, None, None], "recommended": {"low": None, "n": 3}}


def test_that_a_sweep_writes_what_was_measured_and_prints_what_follows(tmp_path, capfd):
    path = tmp_path / "sweep.json"
    assert main(["find", "--steps", "60", "--optimizer", "adam,beta_1=0.8", "--seed", "3", "--json", str(path)]) == 0
    out, err = capfd.readouterr()
    result = read_json(path.read_text(encoding="utf-8"))

    assert set(result) == FIND_KEYS
    assert result["config"]["optimizer"] == {
        "weight_decay": None,
        "clipnorm": None,
        "name": "adam",
        "beta_1": 0.8,
        "beta_2": 0.999,
        "epsilon": 1e-7,
        "amsgrad": False,
    }
    assert result["config"]["seed"] == 3
    assert result["step"] == list(range(len(result["loss"])))
    assert result["learning_rate"][:2] == pytest.approx([1e-7, 1e-7 * 10 ** (8 / 60)], rel=1e-5)
    assert result["smoothed_loss"] == pytest.approx(smoothed(result["loss"], 0.9).tolist(), nan_ok=True)
    assert all(set(entry) == {"rule", "learning_rate", "reason"} for entry in result["suggestions"])
    recommended = result["recommended"]
    assert 1e-5 < recommended["low"] < recommended["learning_rate"] < recommended["high"] < 1
    assert set(result["evaluation"]) == {"loss", "accuracy"}
    assert result["seconds"] > 0

    assert err == ""
    assert result["stopped"] in out
    assert all(entry["rule"] in out for entry in result["suggestions"])
    assert "lrgui train --learning-rate" in out
    assert "--seed 3 --optimizer adam,beta_1=0.8" in " ".join(out.split())
    assert [path.name for path in tmp_path.iterdir()] == ["sweep.json"]


FIND_THREE = ["find", "--steps", "50", "--end", "0.5", "--repeats", "3", "--batches-per-rate", "2", "--seed", "4"]


def test_that_several_sweeps_are_written_one_by_one_and_together(capfd):
    assert main([*FIND_THREE, "--json", "-"]) == 0
    result = read_json(capfd.readouterr().out)
    assert set(result) == {*FIND_KEYS, "repeat", "sweeps", "median"}
    columns = ("step", "repeat", "learning_rate", "loss", "accuracy", "smoothed_loss")
    assert {name: len(result[name]) for name in columns} == dict.fromkeys(columns, 3 * 51 * 2)
    assert [sweep["seed"] for sweep in result["sweeps"]] == [4, 5, 6]
    for repeat, sweep in enumerate(result["sweeps"]):
        mine = [step for step in result["step"] if result["repeat"][step] == repeat]
        steps = np.array(result["loss"])[mine]
        assert sweep["loss"] == pytest.approx(steps.reshape(51, 2).mean(axis=1).tolist())
        assert sweep["smoothed_loss"] == [result["smoothed_loss"][step] for step in mine[::2]]
        assert sweep["learning_rate"] == result["median"]["learning_rate"]
        assert sweep["stopped"]
    lines = np.array([sweep["smoothed_loss"] for sweep in result["sweeps"]])
    assert result["median"]["loss"] == pytest.approx(np.median(lines, axis=0).tolist())
    assert result["median"]["low"] == pytest.approx(lines.min(axis=0).tolist())
    each = [sweep["recommended"]["learning_rate"] for sweep in result["sweeps"]]
    assert result["recommended"]["learning_rate"] == pytest.approx(np.median(each))
    assert result["recommended"]["reason"].startswith("The 3 sweeps ")


def test_that_several_sweeps_are_told_as_a_median_with_its_band(capfd):
    assert main(["find", "--steps", "30", "--repeats", "2"]) == 0
    out = capfd.readouterr().out
    assert "median smoothed loss of 2 sweeps" in out
    assert "least" in out
    assert "The 2 sweeps " in out


def test_that_a_sweep_that_diverges_is_done_and_is_valid_json_on_stdout(capfd):
    words = "find --start 1 --end 1000 --steps 30 --optimizer sgd --stop-factor none --json -"
    assert main(words.split()) == 0
    result = read_json(capfd.readouterr().out)
    assert result["config"]["stop_factor"] is None
    assert result["stopped"]
    assert all(entry["reason"] for entry in result["suggestions"])


def test_that_a_training_writes_steps_epochs_and_the_accuracy_at_the_end(capfd):
    assert main(["train", "--learning-rate", "3e-3", "--epochs", "2", "--batch-size", "64", "--json", "-"]) == 0
    out, err = capfd.readouterr()
    result = read_json(out)
    assert set(result) == {"config", "epoch", "step", "factor_moves", "evaluation", "seconds"}
    assert set(result["epoch"]) == {"loss", "accuracy", "val_loss", "val_accuracy", "learning_rate"}
    assert all(len(column) == 2 for column in result["epoch"].values())
    assert set(result["step"]) == {"learning_rate", "loss", "accuracy"}
    assert len(result["step"]["loss"]) == 2 * (1437 // 64)
    assert result["step"]["learning_rate"] == pytest.approx([3e-3] * 44)
    assert result["evaluation"]["accuracy"] > 0.5
    assert err == ""


def test_that_a_training_is_told_as_a_table(capfd):
    assert main(["train", "--epochs", "1", "--batch-size", "200"]) == 0
    out = capfd.readouterr().out
    assert "validation accuracy" in out
    assert "of the examples not trained on are right" in out


def test_that_a_training_that_diverges_has_failed_and_is_still_written(tmp_path, capfd):
    path = tmp_path / "run.json"
    words = "train --learning-rate 1000 --optimizer sgd,momentum=0.9 --model mlp,depth=4 --epochs 3 --json"
    assert main([*words.split(), str(path)]) == 1
    assert len(capfd.readouterr().err.splitlines()) == 1
    assert len(read_json(path.read_text(encoding="utf-8"))["step"]["loss"]) > 0


def test_that_a_disk_that_is_full_at_the_end_is_a_failure_in_one_line(capfd):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    assert main(["find", "--steps", "2", "--json", "/dev/full"]) == 1
    assert len(capfd.readouterr().err.splitlines()) == 1


def test_that_a_picture_of_the_curve_is_drawn(tmp_path):
    pytest.importorskip("PySide6.QtGui", exc_type=ImportError)
    assert main(["find", "--steps", "20", "--plot", str(tmp_path / "sweep.png")]) == 0
    assert main(["train", "--epochs", "1", "--plot", str(tmp_path / "run.png")]) == 0
    for name in ("sweep.png", "run.png"):
        picture = (tmp_path / name).read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert len(picture) > 5000


def test_that_a_run_without_a_picture_never_touches_qt():
    code = (
        "import sys; from lrgui.__main__ import main; code = main(['find', '--steps', '2', '--json', '-']);"
        "sys.exit(code or any(name.startswith(('PySide6', 'pyqtgraph', 'lrgui.gui')) for name in sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert set(read_json(ended.stdout)) == FIND_KEYS


def test_that_a_reader_who_stops_reading_causes_no_traceback():
    command = f"{sys.executable} -m lrgui find --help | true"
    ended = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ended.stderr == ""


# Prints the exit code of the command behind what it showed.
IN_A_TERMINAL = "import os, pty, sys; print('ended:', os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"


class Terminal:
    """A command in a real terminal, with its keyboard."""

    def __init__(self, *words):
        pytest.importorskip("pty")
        command = [sys.executable, "-c", IN_A_TERMINAL, sys.executable, "-m", "lrgui", *words]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.screen = ""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        with self.process:
            self.process.kill()

    def wait_for(self, text, seconds=90):
        until = time.monotonic() + seconds
        while text not in self.screen:
            assert time.monotonic() < until, self.screen
            if select.select([self.process.stdout], [], [], 0.2)[0]:
                self.screen += os.read(self.process.stdout.fileno(), 4096).decode(errors="replace")

    def press_ctrl_c(self):
        self.process.stdin.write(b"\x03")
        self.process.stdin.flush()

    def exit_code(self):
        self.wait_for("ended: ")
        while not self.screen.rsplit("ended: ", 1)[1].endswith("\n"):
            self.screen += os.read(self.process.stdout.fileno(), 1).decode()
        return int(self.screen.rsplit("ended: ", 1)[1])


def test_that_ctrl_c_keeps_what_was_measured(tmp_path):
    path = tmp_path / "run.json"
    with Terminal("train", "--epochs", "10000", "--json", str(path)) as terminal:
        terminal.wait_for("loss")
        terminal.press_ctrl_c()
        terminal.wait_for("Stopping")
        assert terminal.exit_code() == 130
    assert "Traceback" not in terminal.screen
    result = read_json(path.read_text(encoding="utf-8"))
    assert 0 < len(result["step"]["loss"]) < 10_000 * 44


def test_that_a_second_ctrl_c_quits_at_once_even_while_tensorflow_loads(tmp_path):
    path = tmp_path / "sweep.json"
    with Terminal("find", "--json", str(path)) as terminal:
        terminal.wait_for("Sweeping")
        terminal.press_ctrl_c()
        terminal.wait_for("Stopping")
        terminal.press_ctrl_c()
        began = time.monotonic()
        # Ended by the signal itself, which a shell shows as 130.
        assert terminal.exit_code() == -signal.SIGINT
        assert time.monotonic() - began < 1
    assert "Traceback" not in terminal.screen
    assert not path.exists()
