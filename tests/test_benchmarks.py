"""The frame of the benchmarks; the cases themselves are run by hand."""

import json
import subprocess
import sys

import numpy as np
import pytest

from tests.benchmarks.measure import compare, median_interval


def test_that_both_sides_are_measured_in_turn_each_first_in_every_other_block():
    calls: list[str] = []
    result = compare(
        "case",
        lambda: calls.append("ours") or 2.0,
        lambda: calls.append("reference") or 4.0,
        limit=0.6,
        unit="s",
        blocks=4,
        warm_up=1,
    )
    assert calls[2:] == ["ours", "reference", "reference", "ours"] * 2
    assert json.loads(result.line()) == {
        "name": "case",
        "ours": 2.0,
        "reference": 4.0,
        "ratio": 0.5,
        "low": 0.5,
        "high": 0.5,
        "limit": 0.6,
        "unit": "s",
        "blocks": 4,
        "met": True,
    }


def test_that_the_ratio_is_paired_so_that_a_machine_that_slows_down_changes_nothing():
    slowness = iter(np.repeat(np.linspace(1, 5, 13), 2))
    result = compare(
        "case", lambda: 3 * next(slowness), lambda: 6 * next(slowness), limit=0.4, unit="s", blocks=12, warm_up=1
    )
    assert (result.low, result.ratio, result.high) == pytest.approx((0.5, 0.5, 0.5))
    assert not result.met


def test_that_the_interval_holds_the_median_as_often_as_it_says():
    random = np.random.default_rng(0)
    for n in (8, 15, 40):
        intervals = np.array([median_interval(random.lognormal(size=n)) for _ in range(2000)])
        held = np.mean((intervals[:, 0] <= 1) & (intervals[:, 1] >= 1))
        assert 0.94 < held < 0.995


def test_that_few_values_give_their_whole_range():
    assert median_interval(np.array([3.0, 1.0, 2.0])) == (1.0, 3.0)


def test_that_an_unknown_case_is_refused_with_the_names_there_are():
    done = subprocess.run([sys.executable, "-m", "tests.benchmarks", "speed"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "no case named speed; there are " in done.stderr
