"""How far one has come: kept as JSON, and fitted to a file that has changed."""

import json
import math

import pytest

from lrgui.core.lessons.progress import Progress, StepRecord, from_json, to_json


def test_that_place_guesses_and_values_come_back():
    kept = {"find": Progress(1, [StepRecord(True, 0.25, 0.5, {"a": 1.5, "b": None}), StepRecord()])}
    assert from_json(to_json(kept)) == kept
    assert kept["find"].done == 1


def test_that_what_is_not_finite_is_written_as_valid_json():
    text = to_json({"a": Progress(0, [StepRecord(outcome=math.inf, values={"b": math.nan})])})
    assert json.loads(text, parse_constant=pytest.fail)["a"]["records"][0]["outcome"] is None


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"a": 1}', '{"a": {"place": 0, "records": [{"x": 1}]}}'])
def test_that_what_does_not_fit_is_forgotten(text):
    assert from_json(text) == {}


def test_that_progress_is_fitted_to_a_lesson_of_another_length():
    progress = Progress(4, [StepRecord(done=True)] * 5)
    assert progress.fitted(3).place == 2 and len(progress.fitted(3).records) == 3
    longer = progress.fitted(7)
    assert longer.place == 4 and [record.done for record in longer.records] == [True] * 5 + [False] * 2
