"""The callback in a user's own ``fit``."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from lrgui import LearningRateFinder
from lrgui.core.messages import Refused
from lrgui.training.own.snapshot import fingerprint, snapshot
from tests.script.learnable import EXAMPLES, LABELS, classifier

SCHEDULE = keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)


def values(model):
    every = [*model.variables, *model.optimizer.variables]
    return [np.asarray(variable).tobytes() for variable in every]


@pytest.mark.parametrize(
    ("optimizer", "kinds"),
    [
        (lambda: keras.optimizers.Adam(SCHEDULE, use_ema=True, ema_overwrite_frequency=3), {}),
        (lambda: keras.optimizers.SGD(0.1, momentum=0.9), {"steps_per_execution": 4}),
    ],
    ids=["schedule and averages", "several steps a call"],
)
def test_that_the_fit_ends_with_the_sweep_and_training_goes_on_as_if_it_had_not_been(optimizer, kinds):
    model = classifier(optimizer(), **kinds)
    model.fit(EXAMPLES, LABELS, verbose=0, shuffle=False)
    kept, before, rate = snapshot(model), fingerprint(model), vars(model.optimizer)["_learning_rate"]
    model.fit(EXAMPLES, LABELS, verbose=0, shuffle=False)
    never_swept = values(model)
    kept.restore()

    finder = LearningRateFinder(start=1e-5, steps=40)
    history = model.fit(EXAMPLES, LABELS, epochs=50, verbose=0, callbacks=[finder], validation_data=(EXAMPLES, LABELS))
    assert len(history.epoch) == 7
    assert fingerprint(model) == before and finder.result.unchanged
    assert vars(model.optimizer)["_learning_rate"] is rate and not model.stop_training
    assert finder.result.learning_rates == pytest.approx(np.geomspace(1e-5, 10, 41)[: len(finder.result.losses)])
    model.fit(EXAMPLES, LABELS, verbose=0, shuffle=False)
    assert values(model) == never_swept


def test_that_the_losses_are_true_ones_and_not_the_means_that_keras_shows():
    model = classifier()
    data = tf.data.Dataset.from_tensor_slices((EXAMPLES, LABELS)).batch(32)
    dropout = model.layers[1]
    dropout.rate = 0.0
    cross_entropy = keras.losses.sparse_categorical_crossentropy
    true = [float(tf.reduce_mean(cross_entropy(y, model(x)))) for x, y in data]
    finder = LearningRateFinder(start=1e-12, stop=1e-11, steps=11)
    model.fit(data, epochs=2, verbose=0, shuffle=False, callbacks=[finder])
    assert finder.result.losses == pytest.approx([*true, *true], rel=1e-5)


def test_that_a_fit_with_fewer_steps_is_swept_in_those():
    model = classifier()
    finder = LearningRateFinder(start=1e-4, stop=1.0, steps=500)
    model.fit(EXAMPLES, LABELS, epochs=2, verbose=0, callbacks=[finder])
    assert finder.result.learning_rates == pytest.approx(np.geomspace(1e-4, 1, 12))


def test_that_a_fit_that_is_too_short_is_refused_before_its_first_step():
    model = classifier()
    before = fingerprint(model)
    with pytest.raises(Refused, match="2 steps, and a sweep needs 6"):
        model.fit(EXAMPLES[:64], LABELS[:64], verbose=0, callbacks=[LearningRateFinder()])
    assert fingerprint(model) == before


def test_that_an_unbuilt_model_and_a_generator_do_as_well():
    model = keras.Sequential([keras.layers.Dense(3, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy")

    def batches():
        while True:
            yield EXAMPLES[:32].astype(np.float64), LABELS[:32]

    finder = LearningRateFinder(steps=9)
    model.fit(batches(), steps_per_epoch=20, epochs=3, verbose=0, shuffle=False, callbacks=[finder])
    assert len(finder.result.losses) == 10 and finder.result.unchanged
    assert int(model.optimizer.iterations) == 0


class Breaks(keras.callbacks.Callback):
    """Breaks the fit off from outside of a step."""

    def on_train_batch_end(self, batch, logs=None):
        if batch == 3:
            raise RuntimeError("not of the finder")


def test_that_the_model_can_be_put_back_by_hand_when_another_callback_breaks_the_fit_off():
    model, finder = classifier(), LearningRateFinder(start=0.1)
    model.optimizer.build(model.trainable_variables)
    before = fingerprint(model)
    with pytest.raises(RuntimeError, match="not of the finder"):
        model.fit(EXAMPLES, LABELS, epochs=50, verbose=0, callbacks=[finder, Breaks()])
    assert fingerprint(model) != before
    finder.restore()
    assert fingerprint(model) == before and finder.result is None


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("a bad batch")], ids=["Ctrl+C", "error"])
def test_that_the_model_is_as_before_when_a_step_breaks_off(error):
    model, finder = classifier(run_eagerly=True), LearningRateFinder(start=0.1)
    model.optimizer.build(model.trainable_variables)
    before, step, taken = fingerprint(model), model.train_step, []

    def train_step(data):
        taken.append(data)
        if len(taken) == 6:
            raise error
        return step(data)

    model.train_step = train_step
    with pytest.raises(type(error)):
        model.fit(EXAMPLES, LABELS, epochs=50, verbose=0, callbacks=[finder])
    assert fingerprint(model) == before and vars(model)["train_step"] is train_step


def test_that_one_finder_sweeps_one_fit_after_the_other():
    model, finder = classifier(), LearningRateFinder(steps=11)
    results = []
    for _ in range(2):
        model.fit(EXAMPLES, LABELS, epochs=2, verbose=0, shuffle=False, callbacks=[finder])
        results.append(finder.result)
    assert results[0] is not results[1]
    assert results[0].losses.tolist() == results[1].losses.tolist()
