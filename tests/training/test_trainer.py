import sys
import threading

import numpy as np
import pytest

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.control import Control
from lrgui.core.events import (
    Diverged,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Planned,
    Progressed,
    StepsEnded,
    Stopped,
)
from lrgui.training.trainer import range_test, train
from tests.training.running import column, of_kind, run


def test_that_a_training_plans_reports_every_step_and_epoch_and_finishes():
    events = run(train, TrainingConfig(epochs=3))
    planned, end = of_kind(events, Planned)[0], events[-1]
    assert (planned.steps_per_epoch, planned.epochs, len(planned.learning_rates)) == (44, 3, 132)
    assert planned.parameters == 64 * 64 + 64 + 64 * 10 + 10
    assert column(events, "step").tolist() == list(range(132))
    assert [(epoch.epoch, epoch.step) for epoch in of_kind(events, EpochEnded)] == [(0, 44), (1, 88), (2, 132)]
    assert isinstance(end, Finished)
    assert str(end.message) == "Finished: 3 epochs, 132 steps."


def test_that_what_comes_before_the_first_step_is_told_first():
    events = run(train, TrainingConfig(epochs=1))
    planned = events.index(of_kind(events, Planned)[0])
    assert {type(event) for event in events[:planned]} == {Progressed}
    assert not of_kind(events[planned:], Progressed)


def test_that_an_epoch_agrees_with_its_steps_and_the_evaluation_with_the_last_epoch():
    events = run(train, TrainingConfig(epochs=2, learning_rate=2e-3))
    losses, accuracies = column(events, "loss"), column(events, "accuracy")
    epochs = of_kind(events, EpochEnded)
    for number, epoch in enumerate(epochs):
        seen = accuracies[44 * number : 44 * (number + 1)]
        assert epoch.values["accuracy"] == pytest.approx(seen.mean(), rel=1e-5)
        assert epoch.values["loss"] == pytest.approx(losses[44 * number : 44 * (number + 1)].mean(), rel=1e-5)
        rates = [epoch.values[name] for name in ("learning_rate", "learning_rate_low", "learning_rate_high")]
        assert rates == [2e-3] * 3
    last = epochs[-1].values
    assert events[-1].evaluation == {"loss": last["val_loss"], "accuracy": last["val_accuracy"]}
    assert 0.5 < last["val_accuracy"] <= 1


def test_that_validation_values_are_those_of_keras_itself():
    import keras

    from lrgui.training.data import load
    from lrgui.training.models import build_model
    from lrgui.training.optimizers import build_optimizer

    config = TrainingConfig(epochs=1, learning_rate=1e-12)
    events = run(train, config)
    keras.utils.set_random_seed(config.seed)
    model = build_model(config.model, (8, 8, 1), 10)
    model.compile(build_optimizer(config.optimizer, 1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    examples = load(config.dataset, events.append, Control())
    images = examples.validation_inputs.numpy().astype(np.float32) / 16
    loss, accuracy = model.evaluate(images, examples.validation_labels.numpy(), verbose=0)
    assert events[-1].evaluation["loss"] == pytest.approx(loss, rel=1e-5)
    assert events[-1].evaluation["accuracy"] == pytest.approx(accuracy, rel=1e-6)


@pytest.mark.parametrize("model", ["mlp,width=24,depth=2,activation=tanh", "cnn,filters=4,units=16"])
@pytest.mark.parametrize("optimizer", ["sgd", "sgd,momentum=0.9,nesterov=true", "adam", "adam,amsgrad=true"])
def test_that_every_model_learns_with_every_optimizer(model: str, optimizer: str):
    rate = {"sgd": 0.2, "sgd,momentum=0.9,nesterov=true": 0.05}.get(optimizer, 3e-3)
    events = run(train, TrainingConfig(model=model, optimizer=optimizer, learning_rate=rate, epochs=2))
    losses = column(events, "loss")
    assert isinstance(events[-1], Finished)
    assert losses[-20:].mean() < 0.8 * losses[:5].mean()


def test_that_a_sweep_reports_its_101_rates_when_the_stop_rule_is_off():
    events = run(range_test, RangeTestConfig(stop_factor=None, end=1.0))
    assert column(events, "step").tolist() == list(range(101))
    assert column(events, "learning_rate") == pytest.approx(np.geomspace(1e-7, 1, 101), rel=1e-6)
    assert isinstance(events[-1], Finished)
    assert not of_kind(events, EpochEnded)


def test_that_a_rate_far_too_high_ends_a_training_with_a_sentence_that_says_where_and_what_to_do():
    config = TrainingConfig(learning_rate=1000.0, optimizer="sgd,momentum=0.99", model="mlp,depth=6,activation=elu")
    events = run(train, config)
    losses, end = column(events, "loss"), events[-1]
    assert isinstance(end, Diverged)
    assert np.isfinite(losses[:-1]).all()
    assert not np.isfinite(losses[-1])
    expected = f"The loss was no longer a number at step {len(losses) - 1}, with a learning rate of 1.0e3: "
    assert str(end.message) == expected + "take a lower one, 100 for instance."
    assert set(end.evaluation) == {"loss", "accuracy"}


def test_that_a_sweep_whose_loss_becomes_nan_says_at_which_rate():
    config = RangeTestConfig(
        start=1.0, end=1000.0, stop_factor=None, optimizer="sgd,momentum=0.99", model="mlp,depth=6,activation=elu"
    )
    events = run(range_test, config)
    assert isinstance(events[-1], Diverged)
    assert str(events[-1].message).startswith("The loss became ")
    assert not np.isfinite(column(events, "loss")[-1])


def test_that_a_failure_inside_a_run_keeps_what_was_measured_and_the_next_run_works():
    def break_at_the_first_epoch(event: Event) -> None:
        if isinstance(event, EpochEnded):
            raise ValueError("the listener broke\nand said more")

    events = run(train, TrainingConfig(epochs=3), watch=break_at_the_first_epoch)
    end = events[-1]
    assert isinstance(end, Failed)
    assert str(end.message) == "The run broke off: ValueError: the listener broke"
    assert "Traceback" in end.details
    assert len(column(events, "loss")) >= 44
    assert isinstance(run(train, TrainingConfig(epochs=1))[-1], Finished)


def test_that_a_run_asked_to_stop_before_it_begins_does_no_step():
    control = Control()
    control.stop()
    events = run(train, TrainingConfig(), control)
    assert isinstance(events[-1], Stopped)
    assert str(events[-1].message) == "Stopped before the first step."
    assert not of_kind(events, StepsEnded)


def test_that_more_steps_than_a_run_can_have_are_refused_in_words():
    events = run(
        train, TrainingConfig(epochs=10_000, batch_size=1, dataset="digits").model_copy(update={"epochs": 10**6})
    )
    assert isinstance(events[-1], Failed)
    assert "take fewer epochs or a larger batch size" in str(events[-1].message)


def test_that_a_run_needs_neither_stdout_nor_stderr(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert isinstance(run(train, TrainingConfig(epochs=1, model="mlp,width=7"))[-1], Finished)


def test_that_a_run_in_another_thread_is_the_same_run():
    here, there = run(train, TrainingConfig(epochs=2)), []
    thread = threading.Thread(target=lambda: there.extend(run(train, TrainingConfig(epochs=2))))
    thread.start()
    thread.join()
    assert np.array_equal(column(here, "loss"), column(there, "loss"))
