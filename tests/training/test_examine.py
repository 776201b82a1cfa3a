"""What a run answers to its validation data, by real trainings."""

import threading
import time

import numpy as np
import pytest

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.config.dataset import Blobs, Digits, Iris, Moons, Wine
from lrgui.core.config.loss import Hinge
from lrgui.core.config.model import Mlp, Softmax
from lrgui.core.control import Control
from lrgui.core.events import Diverged, Ended, EpochEnded, Examined, Finished, Stopped
from lrgui.training.data import load
from lrgui.training.examine import MOST_SHOWN, wrong_first
from lrgui.training.prepared import prepare
from lrgui.training.trainer import range_test, train
from tests.training.running import of_kind, run


def examined(config):
    events = run(train, config)
    found = of_kind(events, Examined)
    assert len(found) == 1 and events[-2] is found[0]
    return found[0], events[-1]


def test_that_the_answers_are_those_of_keras_own_prediction_with_the_models_last_weights():
    config = TrainingConfig(epochs=2)
    answers, end = examined(config)
    examples = load(config.dataset, lambda event: None, Control())
    inputs = examples.validation_inputs.numpy() * np.float32(examples.scale)
    predicted = prepare(config).model.predict(inputs, verbose=0)
    assert (answers.predictions == predicted.argmax(axis=1)).all()
    np.testing.assert_allclose(answers.outputs, predicted.max(axis=1), rtol=1e-5)
    assert (answers.labels == examples.validation_labels.numpy()).all()
    assert (answers.labels == answers.predictions).mean() == pytest.approx(end.evaluation["accuracy"], abs=1e-6)


def test_that_the_images_shown_are_the_wrong_ones_first_as_bright_as_they_are():
    answers, _ = examined(TrainingConfig(epochs=1))
    right = (answers.labels == answers.predictions)[answers.shown]
    wrong = int(np.count_nonzero(~right))
    assert wrong == np.count_nonzero(answers.labels != answers.predictions) and not right[:wrong].any()
    assert (np.diff(answers.outputs[answers.shown][:wrong]) <= 0).all()
    assert answers.inputs.shape == (MOST_SHOWN, 8, 8, 1) and answers.inputs.dtype == np.uint8
    examples = load(Digits(), lambda event: None, Control())
    first = examples.validation_inputs.numpy()[answers.shown[0]].astype(float)
    assert (answers.inputs[0] == np.round(first * 255 / 16)).all()


def test_that_rows_of_a_table_come_in_their_own_units_under_their_names():
    from sklearn.datasets import load_iris

    answers, _ = examined(TrainingConfig(dataset=Iris(), epochs=1))
    measured = load_iris().data
    assert answers.feature_names[0] == "sepal length (cm)"
    distances = np.abs(answers.inputs[:, np.newaxis] - measured).max(axis=-1).min(axis=1)
    assert distances.max() < 1e-5
    assert answers.surface is None


@pytest.mark.parametrize("config", [Moons(), Blobs()])
def test_that_a_surface_is_what_the_model_says_all_over_the_plane(config):
    config = TrainingConfig(dataset=config, epochs=2, learning_rate=1e-2)
    answers, end = examined(config)
    surface = answers.surface
    assert surface.classes.shape == (100, 100)
    low_x, high_x, low_y, high_y = surface.extent
    grid = np.stack(np.meshgrid(np.linspace(low_x, high_x, 100), np.linspace(low_y, high_y, 100)), axis=-1)
    predicted = prepare(config).model.predict(grid.reshape(-1, 2).astype(np.float32), verbose=0).argmax(axis=1)
    assert (surface.classes.ravel() == predicted).mean() > 0.999
    assert surface.points.shape == (config.dataset.training_examples, 2)
    assert (surface.points.min(axis=0) > (low_x, low_y)).all() and (surface.points.max(axis=0) < (high_x, high_y)).all()
    assert end.evaluation["accuracy"] == pytest.approx((answers.labels == answers.predictions).mean(), abs=1e-6)


def test_that_a_loss_of_scores_is_examined_too():
    answers, end = examined(TrainingConfig(dataset=Wine(), model=Softmax(), loss=Hinge(), epochs=3))
    assert (answers.labels == answers.predictions).mean() == pytest.approx(end.evaluation["accuracy"], abs=1e-6)


def test_that_examining_a_run_changes_nothing_of_the_next():
    config = TrainingConfig(dataset=Moons(), epochs=2)
    losses = [[event.values["val_loss"] for event in of_kind(run(train, config), EpochEnded)] for _ in range(2)]
    assert losses[0] == losses[1] and len(losses[0]) == 2


def test_that_a_sweep_is_examined_after_it():
    events = run(range_test, RangeTestConfig(end=1e-2, steps=20))
    assert isinstance(events[-1], Finished) and isinstance(events[-2], Examined)


def test_that_weights_which_are_no_numbers_answer_nothing():
    events = run(train, TrainingConfig(model=Mlp(activation="exponential"), learning_rate=1e3, epochs=1))
    assert isinstance(events[-1], Diverged)
    assert not of_kind(events, Examined)


def test_that_a_stopped_run_ends_soon_and_says_what_it_knows():
    config = TrainingConfig(dataset=Moons(), model=Mlp(width=512, depth=3), epochs=1000)
    run(train, config.model_copy(update={"epochs": 1}))
    control, stopped = Control(), []

    def stop():
        stopped.append(time.perf_counter())
        control.stop()

    timer = threading.Timer(0.5, stop)
    timer.start()
    events = run(train, config, control)
    seconds = time.perf_counter() - stopped[0]
    assert isinstance(events[-1], Stopped) and seconds < 0.5
    assert isinstance(events[-2], Examined)


def test_that_a_stop_at_the_very_end_of_an_epoch_keeps_the_answers_of_that_epoch():
    control, ends = Control(), []

    def stop_there(event):
        if isinstance(event, EpochEnded):
            ends.append(event)
            control.stop()

    events = run(train, TrainingConfig(epochs=50), control, stop_there)
    assert isinstance(events[-1], Stopped) and len(ends) == 1
    answers = of_kind(events, Examined)[0]
    assert len(answers.labels) == 360
    accuracy = (answers.labels == answers.predictions).mean()
    assert accuracy == pytest.approx(ends[0].values["val_accuracy"], abs=1e-6)


def test_that_a_run_stopped_before_its_first_step_answers_nothing():
    control = Control()
    control.stop()
    events = run(train, TrainingConfig(), control)
    assert not of_kind(events, Examined) and len(of_kind(events, Ended)) == 1


def test_that_wrong_answers_come_first_the_surest_before_the_others():
    labels, predictions = np.array([0, 1, 2, 0, 1]), np.array([0, 2, 2, 1, 1])
    order = wrong_first(labels, predictions, np.array([0.9, 0.4, 0.8, 0.7, 0.6]))
    assert order.tolist() == [3, 1, 0, 2, 4]
