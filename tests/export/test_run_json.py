"""A run as JSON that every program reads."""

import json

import pytest

from lrgui.core.config import TrainingConfig
from lrgui.core.store import Kept
from lrgui.export.planned import planned_csv, planned_json
from lrgui.export.run_json import run_json
from tests.export.runs import broken, comparison, nothing, sweep, training


def read(text):
    """Read JSON as strictly as it is meant: NaN and Infinity are none."""
    return json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))


def test_that_settings_and_all_that_was_measured_are_in_it():
    kept = training(learning_rate=0.25)
    found = read(run_json(kept))
    assert (found["format"], found["kind"], found["status"]) == ("lrgui run", "training", "finished")
    assert TrainingConfig.model_validate(found["config"]) == kept.run.config
    assert found["step"]["loss"] == kept.run.steps["loss"].tolist()
    assert found["epoch"]["val_loss"] == kept.run.epochs["val_loss"].tolist()
    assert found["evaluation"] == {"loss": 0.25, "accuracy": 0.875}
    assert found["message"] == "Finished: 3 epochs."
    assert found["planned"]["steps_per_epoch"] == 4
    assert found["versions"].keys() >= {"python", "keras", "tensorflow"}
    assert found["started"].startswith("2023-11-14T22:13:20")


def test_that_what_people_wrote_to_it_is_there_whatever_signs_it_has():
    run = training().run
    found = read(run_json(Kept(run, name='"quoted" \\ 漢字', note="a\nb", tags=("x",))))
    assert (found["name"], found["note"], found["tags"]) == ('"quoted" \\ 漢字', "a\nb", ["x"])


def test_that_no_number_is_null_and_a_run_without_a_step_is_one_too():
    assert read(run_json(broken(2)))["step"]["loss"] == [0.5, None]
    assert read(run_json(broken(2, float("inf"))))["step"]["loss"] == [0.5, None]
    assert read(run_json(nothing()))["step"] == {}


def test_that_a_sweep_says_what_is_recommended_and_a_comparison_what_may_be_said():
    found = read(run_json(sweep()))
    assert found["recommended"].keys() == {"learning_rate", "low", "high", "reason"}
    assert found["suggestions"]
    found = read(run_json(comparison(("constant", "cosine"))))
    assert [arm["name"] for arm in found["arms"]] == ["constant", "cosine"]
    assert found["arms"][0]["finals"] == [0.5, 0.5]
    assert found["verdict"]


def test_that_a_schedule_is_written_without_a_run():
    config = TrainingConfig(schedule="one_cycle", optimizer="sgd,momentum=0.9", epochs=2, batch_size=359)
    found = read(planned_json(config))["step"]
    lines = planned_csv(config).splitlines()
    assert lines[0] == "step,epoch,learning_rate,momentum"
    assert [float(line.split(",")[2]) for line in lines[1:]] == found["learning_rate"]
    assert len(found["momentum"]) == len(lines) - 1 == 8
