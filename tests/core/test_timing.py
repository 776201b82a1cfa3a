import json

import numpy as np
import pytest

from lrgui.core.config import Arm, ComparisonConfig, Config, RangeTestConfig, TrainingConfig
from lrgui.core.events import Failed, Finished, Planned, StepsEnded
from lrgui.core.messages import say
from lrgui.core.runs import Run
from lrgui.core.timing import Estimate, Timings, steps_of

TEN_EPOCHS = TrainingConfig(epochs=10)
STEPS = 44


@pytest.fixture
def path(tmp_path):
    return tmp_path / "timings.json"


def ended(config: Config, step=0.01, evaluation=0.5, preparing=2.0, kind="training", end=None, **fields) -> Run:
    """Return a run that has ended, with the times it took."""
    run = Run(id="run-1", kind=kind, config=config, **fields)
    run.apply(Planned(np.full(50, 1e-3), STEPS, 1, 10))
    column = np.arange(50)
    run.apply(StepsEnded({"step": column, "learning_rate": column * 0.1, "loss": column * 1.0}))
    run.apply(end or Finished(say("Done."), {"accuracy": 0.5}))
    clock = run.stopwatch
    clock.preparing, clock.stepping, clock.steps = preparing, step * 50, 50
    clock.evaluating, clock.evaluations = evaluation, 1
    return run


def test_that_the_steps_of_a_training_are_epochs_times_batches():
    assert steps_of(TEN_EPOCHS) == 440
    assert steps_of(TrainingConfig(epochs=3, batch_size=100, dataset="digits,samples=500")) == 15


def test_that_the_steps_of_a_sweep_count_both_ends_the_batches_and_the_repeats():
    assert steps_of(RangeTestConfig(steps=100)) == 101
    assert steps_of(RangeTestConfig(steps=100, batches_per_rate=3, repeats=4)) == 1212


def test_that_nothing_is_known_before_the_first_run(path):
    assert Timings(path).estimate("training", TEN_EPOCHS) is None


def test_that_a_run_like_the_last_takes_as_long_again_with_no_preparation_counted_twice(path):
    timings = Timings(path)
    timings.remember(ended(TEN_EPOCHS))
    assert timings.estimate("training", TEN_EPOCHS) == Estimate(pytest.approx(440 * 0.01 + 10 * 0.5))
    timings.remember(ended(TEN_EPOCHS, preparing=0.1))
    assert timings.estimate("training", TEN_EPOCHS) == Estimate(pytest.approx(440 * 0.01 + 10 * 0.5 + 0.1))


def test_that_another_process_counts_the_preparation_of_a_new_model(path):
    Timings(path).remember(ended(TEN_EPOCHS))
    assert Timings(path).estimate("training", TEN_EPOCHS) == Estimate(pytest.approx(440 * 0.01 + 10 * 0.5 + 2.0))


def test_that_a_sweep_is_evaluated_once(path):
    config = RangeTestConfig(steps=100)
    Timings(path).remember(ended(config, kind="range_test"))
    estimate = Timings(path).estimate("range_test", config)
    assert estimate == Estimate(pytest.approx(101 * 0.01 + 0.5 + 2.0))


def test_that_each_further_sweep_is_prepared_again(path):
    timings = Timings(path)
    timings.remember(ended(RangeTestConfig(steps=100), kind="range_test"))
    timings.remember(ended(RangeTestConfig(steps=100), kind="range_test", preparing=0.1))
    estimate = timings.estimate("range_test", RangeTestConfig(steps=100, repeats=5))
    assert estimate == Estimate(pytest.approx(5 * 101 * 0.01 + 0.5 + 5 * 0.1))


def test_that_fewer_epochs_take_less(path):
    timings = Timings(path)
    timings.remember(ended(TEN_EPOCHS))
    short = timings.estimate("training", TrainingConfig(epochs=1))
    assert short == Estimate(pytest.approx(44 * 0.01 + 0.5))


@pytest.mark.parametrize(
    "config",
    [
        TrainingConfig(epochs=10, batch_size=64),
        TrainingConfig(epochs=10, optimizer="sgd"),
    ],
)
def test_that_a_run_with_another_batch_size_or_optimizer_is_judged_by_one_like_it(path, config):
    timings = Timings(path)
    timings.remember(ended(TEN_EPOCHS))
    estimate = timings.estimate("training", config)
    assert estimate is not None and estimate.alike
    assert 0.5 < estimate.seconds / (steps_of(config) * 0.01 + 5 + 2) < 2


def test_that_the_nearest_of_the_runs_like_it_is_taken(path):
    timings = Timings(path)
    timings.remember(ended(TrainingConfig(batch_size=512), step=9.0))
    timings.remember(ended(TrainingConfig(batch_size=30), step=0.01))
    estimate = timings.estimate("training", TEN_EPOCHS)
    assert estimate is not None and estimate.seconds < 20


def test_that_another_model_or_data_set_is_not_guessed_at(path):
    timings = Timings(path)
    timings.remember(ended(TEN_EPOCHS))
    assert timings.estimate("training", TrainingConfig(model="cnn")) is None
    assert timings.estimate("training", TrainingConfig(model="mlp,width=512")) is None
    assert timings.estimate("training", TrainingConfig(dataset="fashion_mnist")) is None


def test_that_another_number_of_cores_is_another_measurement(path):
    Timings(path, cores=1).remember(ended(TEN_EPOCHS))
    estimate = Timings(path, cores=4).estimate("training", TEN_EPOCHS)
    assert estimate is not None and estimate.alike


def test_that_a_slowed_and_a_failed_run_tell_nothing(path):
    timings = Timings(path)
    timings.remember(ended(TEN_EPOCHS, slowed=True))
    timings.remember(ended(TEN_EPOCHS, end=Failed(say("Broken."))))
    assert timings.estimate("training", TEN_EPOCHS) is None


def test_that_a_busy_hour_is_outweighed_in_time(path):
    timings = Timings(path)
    timings.remember(ended(TEN_EPOCHS, step=0.1))
    for _ in range(6):
        timings.remember(ended(TEN_EPOCHS, step=0.01, preparing=0.0))
    assert timings.estimate("training", TEN_EPOCHS).seconds == pytest.approx(440 * 0.01 + 5, rel=0.2)


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", '[{"kind": "training"}]', '[{"step": NaN}]', "\x00\xff"])
def test_that_a_damaged_file_is_forgotten_and_written_anew(path, text):
    path.write_text(text, encoding="utf-8")
    timings = Timings(path)
    assert timings.estimate("training", TEN_EPOCHS) is None
    timings.remember(ended(TEN_EPOCHS))
    assert len(json.loads(path.read_text(encoding="utf-8"))) == 1
    assert Timings(path).estimate("training", TEN_EPOCHS) is not None


def test_that_the_file_stays_small_and_the_newest_are_kept(path):
    timings = Timings(path)
    for size in range(1, 251):
        timings.remember(ended(TrainingConfig(batch_size=size)))
    sizes = [entry["batch_size"] for entry in json.loads(path.read_text(encoding="utf-8"))]
    assert sizes == list(range(51, 251))
    assert list(path.parent.iterdir()) == [path]


def test_that_a_profile_that_cannot_be_written_costs_only_the_memory(tmp_path):
    timings = Timings(tmp_path / "no-such-folder" / "timings.json")
    timings.remember(ended(TEN_EPOCHS))
    assert timings.estimate("training", TEN_EPOCHS) is not None


def told(path, *runs, config=TEN_EPOCHS, pace=None) -> str:
    timings = Timings(path)
    for run in runs:
        timings.remember(run)
    return str(timings.tell("training", [config], pace))


def test_that_the_form_is_told_in_words(path):
    assert told(path) == "not measured yet on this computer"
    assert told(path, ended(TEN_EPOCHS)) == "about 9.4 s on this computer"
    assert told(path, config=TrainingConfig(optimizer="sgd")) == "roughly 11 s, judging by a run like it"


def test_that_a_pace_rules_how_long_it_takes_unless_the_computer_is_slower(path):
    assert told(path, pace=10.0) == "about 44 s at this pace"
    assert told(path, ended(TEN_EPOCHS), pace=100.0) == "about 9.4 s at this pace"
    assert told(path, pace=0.0, config=TrainingConfig(epochs=1000)) == "44,000 steps, one at each press of N"


def test_that_several_runs_take_as_long_as_all_of_them_together(path):
    timings = Timings(path)
    timings.remember(ended(TEN_EPOCHS))
    three = [TrainingConfig(epochs=10, learning_rate=rate) for rate in (1e-3, 1e-2, 1e-1)]
    assert str(timings.tell("training", three, None)) == "about 28 s on this computer"
    with_an_unknown = [*three, TrainingConfig(model="cnn")]
    assert str(timings.tell("training", with_an_unknown, None)) == "not measured yet on this computer"


def test_that_a_comparison_has_the_steps_of_all_its_arms_and_seeds():
    config = ComparisonConfig(epochs=3, seeds=4, arms=[Arm(), Arm(learning_rate=0.1)])
    assert steps_of(config) == 2 * 4 * 3 * 44
