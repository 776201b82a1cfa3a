"""The losses are Keras's, on the targets and outputs that they mean."""

import keras
import numpy as np
import pytest

from lrgui.core.batches import batch_indices
from lrgui.core.config import LOSSES, TrainingConfig
from lrgui.core.config.loss import CrossEntropy, Focal, Hinge, SquaredError
from lrgui.core.control import Control
from lrgui.core.events import Diverged, EpochEnded, Finished
from lrgui.training.data import load
from lrgui.training.losses import build_loss, output_activation
from lrgui.training.models import build_model
from lrgui.training.prepared import prepare
from lrgui.training.trainer import train
from tests.training.running import column, of_kind, run

P = np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]], np.float32)
Y = np.array([0, 1])
ONE_HOT = np.eye(3, dtype=np.float32)[Y]


def test_that_label_smoothing_is_the_papers_formula():
    target = ONE_HOT * 0.9 + 0.1 / 3
    expected = -(target * np.log(P)).sum(axis=1).mean()
    assert float(build_loss(CrossEntropy(label_smoothing=0.1))(ONE_HOT, P)) == pytest.approx(expected, rel=1e-5)


def test_that_focal_is_the_papers_equation_4_and_plain_cross_entropy_at_gamma_0():
    true = P[np.arange(2), Y]
    for gamma in (0.0, 0.5, 2.0):
        expected = (-((1 - true) ** gamma) * np.log(true)).mean()
        assert float(build_loss(Focal(gamma=gamma))(ONE_HOT, P)) == pytest.approx(expected, rel=1e-5)


def test_that_squared_error_and_hinge_are_what_their_descriptions_say():
    assert float(build_loss(SquaredError())(ONE_HOT, P)) == pytest.approx(((ONE_HOT - P) ** 2).mean(), rel=1e-5)
    scores = np.array([[3.0, 1.0, 2.5], [0.2, 0.1, -4.0]], np.float32)
    expected = (max(0, 1 + 2.5 - 3.0) + max(0, 1 + 0.2 - 0.1)) / 2
    assert float(build_loss(Hinge())(ONE_HOT, scores)) == pytest.approx(expected, rel=1e-5)


def test_that_hinge_looks_at_scores_and_the_others_at_probabilities():
    images = np.random.default_rng(0).random((4, 8, 8, 1), np.float32)
    for loss in LOSSES:
        outputs = prepare(TrainingConfig(loss=loss())).model(images).numpy()
        assert np.allclose(outputs.sum(axis=1), 1, atol=1e-5) == (loss is not Hinge)


@pytest.mark.parametrize("loss", [CrossEntropy(), CrossEntropy(label_smoothing=0.2), Focal(), SquaredError(), Hinge()])
def test_that_losses_and_accuracy_of_a_run_are_those_of_plain_keras_on_the_same_batches(loss):
    config = TrainingConfig(loss=loss, optimizer="sgd", learning_rate=0.1, epochs=1, batch_size=100, seed=3)
    events = run(train, config)
    assert isinstance(events[-1], Finished)
    examples = load(config.dataset, events.append, Control())
    images, labels = examples.train_inputs.numpy().astype(np.float32) / 16, examples.train_labels.numpy()
    keras.utils.set_random_seed(3)
    model = build_model(config.model, (8, 8, 1), 10, output_activation(loss))
    model.compile(keras.optimizers.SGD(0.1), build_loss(loss), metrics=["accuracy"])
    plain = loss == CrossEntropy()
    steps = [
        model.train_on_batch(images[batch], labels[batch] if plain else keras.utils.to_categorical(labels[batch], 10))
        for batch in batch_indices(1437, 100, 3, 14)
    ]
    losses, accuracies = np.array(steps, np.float64).T
    assert column(events, "loss") == pytest.approx(losses, rel=1e-5)
    epoch = of_kind(events, EpochEnded)[0].values
    assert (epoch["loss"], epoch["accuracy"]) == pytest.approx((losses.mean(), accuracies.mean()), rel=1e-5)
    outputs = model.predict(examples.validation_inputs.numpy().astype(np.float32) / 16, verbose=0)
    right = np.mean(outputs.argmax(axis=1) == examples.validation_labels.numpy())
    assert events[-1].evaluation["accuracy"] == pytest.approx(right, abs=1e-6)


@pytest.mark.parametrize("loss", [*(loss() for loss in LOSSES), CrossEntropy(label_smoothing=0.2)])
def test_that_every_loss_teaches(loss):
    events = run(train, TrainingConfig(loss=loss, learning_rate=3e-3, epochs=10))
    assert events[-1].evaluation["accuracy"] > 0.9


@pytest.mark.parametrize("loss", [*(loss() for loss in LOSSES), CrossEntropy(label_smoothing=0.2)])
def test_that_every_loss_that_is_no_number_ends_the_run(loss):
    model = "mlp,depth=6,activation=exponential,kernel_initializer=too_large"
    events = run(train, TrainingConfig(loss=loss, model=model, learning_rate=1000.0, optimizer="sgd,momentum=0.99"))
    losses = column(events, "loss")
    assert isinstance(events[-1], Diverged)
    assert np.isfinite(losses[:-1]).all()
    assert not np.isfinite(losses[-1])


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own, when it saves
@pytest.mark.parametrize("loss", [CrossEntropy(label_smoothing=0.2), Focal(), SquaredError(), Hinge()])
def test_that_a_model_saved_with_any_loss_loads_anywhere(loss, tmp_path):
    config = TrainingConfig(loss=loss)
    prepare(config).model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras", safe_mode=True)
    images = np.random.default_rng(0).random((4, 8, 8, 1), np.float32)
    assert float(loaded.train_on_batch(images, np.eye(10, dtype=np.float32)[:4])[0]) > 0
