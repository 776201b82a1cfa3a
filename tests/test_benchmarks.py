"""The frame of the benchmarks; the cases themselves are run by hand."""

import json
import subprocess
import sys

import numpy as np
import pytest

from tests.benchmarks import table
from tests.benchmarks.__main__ import CASES
from tests.benchmarks.measure import compare, compare_pairs, median_interval


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


def test_that_one_call_may_measure_both_sides():
    result = compare_pairs("case", lambda: (1.0, 4.0), limit=0.3, unit="s", blocks=5)
    assert (result.ours, result.reference, result.ratio, result.blocks, result.met) == (1.0, 4.0, 0.25, 5, True)


def test_that_few_values_give_their_whole_range():
    assert median_interval(np.array([3.0, 1.0, 2.0])) == (1.0, 3.0)


def test_that_an_unknown_case_is_refused_with_the_names_there_are():
    done = subprocess.run([sys.executable, "-m", "tests.benchmarks", "speed"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "no case named speed; there are " in done.stderr


def _measured(**changed: object) -> dict[str, object]:
    figures = {"name": "memory", "ours": 812.4, "reference": 1880.0, "ratio": 0.4321, "low": 0.43, "high": 0.4349}
    return {**figures, "limit": 0.45, "unit": "MB", "blocks": 3, "met": True, **changed}


def test_that_the_table_has_a_row_of_each_case_and_says_which_missed_its_limit_and_which_broke():
    results = [
        _measured(),
        _measured(name="stream", met=False),
        {"name": "latency"},
        {"name": "suggestion", "met": True},
    ]
    text = table.table(results, CASES)
    memory, stream, latency, suggestion = text.splitlines()[-4:]
    assert memory == (
        "| memory | Peak memory of 60,000 images loaded, swept and trained on, against plain Keras on float64 "
        "| 812 MB | 1,880 MB | 0.43 | 0.43 to 0.43 | 0.45 | yes |"
    )
    assert stream.endswith("| **no** |")
    assert latency.endswith("|  |  |  |  |  | broke |")
    assert suggestion.endswith("| yes |")


def test_that_every_case_says_in_a_sentence_what_is_compared():
    lines = table.table([{"name": name} for name in CASES], CASES).splitlines()[-len(CASES) :]
    for name, line in zip(CASES, lines, strict=True):
        cells = line.strip("| ").split(" | ")
        assert cells[0] == name
        assert len(cells[1]) > 20, f"{name} does not say what it compares"


def test_that_the_table_takes_the_place_of_the_last_one_and_leaves_the_text_around_it(tmp_path):
    document = tmp_path / "README.md"
    document.write_text(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n", "utf-8")
    for text in ("| first |\n", "| second |\n"):
        table.put_into(document, text)
    assert document.read_text("utf-8") == f"before\n{table.BEGIN}\n\n| second |\n\n{table.END}\nafter\n"


def test_that_the_table_alone_makes_a_file_that_was_not_there(tmp_path):
    table.put_into(tmp_path / "table.md", "| row |\n")
    assert (tmp_path / "table.md").read_text("utf-8") == "| row |\n"
