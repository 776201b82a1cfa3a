"""Schedules as they are typed on the command line."""

import time

import pytest

from lrgui.__main__ import main
from lrgui.cli.options import config_from, typed_as
from lrgui.core.config import SCHEDULES, TrainingConfig
from lrgui.core.config.schedule import Cosine, Drawn, Formula, OneCycle, Piecewise


@pytest.mark.parametrize(
    ("schedule", "told"),
    [
        ("expression,formula=9**9**9", "Column 1: what begins here is not a finite number."),
        ("expression,formula=" + "9**" * 10_000 + "9", "Column 301: a formula has at most 300 characters."),
        ("expression,formula=__import__('os').system('true')", "Column 12: cannot read"),
        ("cosine,warmup=440", "The warm-up takes 440 steps, and the run has 440: make it shorter than the run."),
        ("cosine,warmup", "'warmup' is none."),
        ("piecewise,boundaries=8ep 5ep", "Boundaries come in order; 5 epochs is not after 8 epochs."),
        ("sgdr,first_cycle=11ep", "A cycle takes 484 steps, and the run has 440 for it"),
        ("cosine,speed=3", "There is no field 'speed'; there are warmup, warmup_shape, warmup_start, length, floor."),
    ],
)
def test_that_a_schedule_that_cannot_be_is_refused_at_once_in_one_line(schedule, told, capfd):
    started = time.thread_time()
    assert main(["train", "--schedule", schedule]) == 2
    assert time.thread_time() - started < 1
    out, err = capfd.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert told in err


def test_that_a_plateau_behind_a_decay_to_nothing_is_refused(capfd):
    assert main(["train", "--schedule", "cosine", "--plateau", "reduce_on_plateau,patience=1"]) == 2
    assert "--plateau reduce_on_plateau,patience=1: Cosine brings the rate to nearly 0" in capfd.readouterr().err


@pytest.mark.parametrize(
    "schedule",
    [
        *(kind() for kind in SCHEDULES),
        Cosine(warmup="2.5 epochs", warmup_shape="exponential", length=300, floor=0.125),
        Piecewise(boundaries="44 1.5ep 3ep", shares="0.1 1 0.333 0"),
        Formula(formula="where(epoch < 3, max(rate, 1e-3), rate/10)", warmup=7),
        Drawn(points="0:0.5 0.25:1 1:0.001", lines="log"),
        OneCycle(phases="three", momentum="fixed"),
    ],
)
def test_that_a_schedule_comes_back_the_same_from_how_it_is_typed(schedule):
    words = typed_as(TrainingConfig, TrainingConfig(schedule=schedule))
    typed = {option[2:].replace("-", "_"): value for option, value in zip(words[::2], words[1::2], strict=True)}
    assert config_from(TrainingConfig, typed).schedule == schedule


def test_that_what_all_schedules_have_is_told_once_in_the_help(capsys):
    assert main(["train", "--help"]) == 0
    told = capsys.readouterr().out
    assert told.count("\n      warmup_start ") == 1
    assert "\n  --schedule any of them\n      warmup " in told
