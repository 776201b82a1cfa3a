"""Every model, activation and initializer builds as described, keeps its shapes, and trains."""

from typing import get_args

import keras
import numpy as np
import pytest

from lrgui.core.batches import batch_indices
from lrgui.core.config import MODELS, TrainingConfig
from lrgui.core.config.dataset import Digits
from lrgui.core.config.model import Activation, Cnn, DeepMlp, Initializer, Mlp, ResNet, Softmax
from lrgui.core.control import Control
from lrgui.core.events import EpochEnded, Finished
from lrgui.training.data import load
from lrgui.training.describe import describe
from lrgui.training.models import build_model
from lrgui.training.prepared import Prepared, Structure, prepare
from lrgui.training.trainer import train
from tests.training.running import column, of_kind, run

SMALL = {
    Softmax: Softmax(),
    Mlp: Mlp(width=16, depth=2, dropout=0.2),
    DeepMlp: DeepMlp(width=6, depth=2, dropout=0.2),
    Cnn: Cnn(filters=2, units=6),
    ResNet: ResNet(filters=2, blocks=2),
}
each_model = pytest.mark.parametrize("model", SMALL.values(), ids=[choice.name for choice in SMALL.values()])


def layers(model: keras.Model, kind: type[keras.layers.Layer]) -> list[keras.layers.Layer]:
    return [layer for layer in model.layers if isinstance(layer, kind)]


def test_that_softmax_has_one_layer_and_mlp_its_depth():
    assert build_model(Softmax(), (30,), 2).count_params() == 30 * 2 + 2
    assert build_model(Mlp(width=5, depth=3), (4,), 3).count_params() == 4 * 5 + 5 + 2 * (5 * 5 + 5) + 5 * 3 + 3
    assert not layers(build_model(Mlp(), (4,), 3), keras.layers.Dropout)
    with_dropout = build_model(Mlp(depth=3, dropout=0.25), (4,), 3)
    assert [layer.rate for layer in layers(with_dropout, keras.layers.Dropout)] == [0.25] * 3


def test_that_deep_mlp_normalises_before_the_activation_if_it_is_to():
    names = [layer.name for layer in build_model(DeepMlp(depth=1, dropout=0.1), (4,), 3).layers]
    assert names == ["flatten", "hidden_1", "normalization_1", "activation_1", "dropout_1", "output"]
    plain = build_model(DeepMlp(depth=2, batch_normalization=False), (4,), 3)
    assert [layer.name for layer in plain.layers] == [
        "flatten", "hidden_1", "activation_1", "hidden_2", "activation_2", "output",
    ]  # fmt: skip


def test_that_resnet_is_pre_activated_doubles_its_filters_and_halves_the_image():
    model = build_model(ResNet(filters=4, blocks=4), (32, 32, 3), 10)
    shapes = [layer.output.shape[1:] for layer in layers(model, keras.layers.Add)]
    assert shapes == [(32, 32, 4), (16, 16, 8), (16, 16, 8), (8, 8, 16)]
    assert len([layer for layer in layers(model, keras.layers.Conv2D) if layer.kernel_size == (1, 1)]) == 2
    assert all(not layer.use_bias for layer in layers(model, keras.layers.Conv2D))
    # Whatever a convolution inside a block sees was normalised and activated; the sum itself is not.
    for layer in layers(model, keras.layers.Conv2D)[1:]:
        assert isinstance(layer.input._keras_history.operation, keras.layers.Activation)
    assert isinstance(model.get_layer("pooling").input._keras_history.operation, keras.layers.Activation)
    assert len(layers(model, keras.layers.BatchNormalization)) == 9


def test_that_a_block_without_weights_passes_its_input_on():
    model = build_model(ResNet(filters=3, blocks=1, kernel_initializer="zeros"), (8, 8, 1), 10)
    inside = keras.Model(model.input, [model.get_layer("convolution").output, model.get_layer("block_1_sum").output])
    model.get_layer("convolution").set_weights([np.ones((3, 3, 1, 3), np.float32)])
    before, after = inside(np.random.default_rng(0).random((2, 8, 8, 1), np.float32))
    assert np.array_equal(before, after)
    assert np.abs(before).max() > 0


@each_model
def test_that_every_model_learns(model):
    config = TrainingConfig(dataset=Digits(samples=320), model=model, learning_rate=0.01, epochs=4)
    losses = column(run(train, config), "loss")
    assert losses[-10:].mean() < 0.9 * losses[:5].mean()


@each_model
def test_that_what_is_described_is_what_is_trained(model):
    config = TrainingConfig(model=model)
    built, summary = prepare(config).model, describe(config, config.dataset.facts)
    assert summary.parameters == built.count_params()
    assert [layer.name for layer in summary.layers] == [
        layer.name for layer in built.layers if not isinstance(layer, keras.layers.InputLayer)
    ]
    assert summary.layers[-1].output_shape == (10,)


def test_that_the_list_of_activations_is_that_of_keras():
    functions = {name for name, value in vars(keras.activations).items() if callable(value)}
    functions -= {"get", "serialize", "deserialize"}
    aliases = {"swish", "hard_swish"}
    other_shapes_or_arguments = {"glu", "threshold"}
    assert set(get_args(Activation)) == functions - aliases - other_shapes_or_arguments


@pytest.mark.parametrize("activation", get_args(Activation))
def test_that_every_activation_keeps_its_shape_in_every_model(activation):
    for choice in SMALL.values():
        if "activation" not in type(choice).model_fields:
            continue
        with_it = choice.model_copy(update={"activation": activation})
        plain = build_model(choice.model_copy(update={"activation": "linear"}), (8, 8, 1), 10)
        model = build_model(with_it, (8, 8, 1), 10)
        assert [layer.output.shape for layer in model.layers] == [layer.output.shape for layer in plain.layers]
        assert model(np.zeros((1, 8, 8, 1), np.float32)).shape == (1, 10)


@pytest.mark.parametrize("activation", get_args(Activation))
def test_that_every_activation_trains(activation):
    config = TrainingConfig(
        dataset=Digits(samples=64), model=Mlp(width=8, activation=activation), learning_rate=1e-3, epochs=1
    )
    events = run(train, config)
    assert isinstance(events[-1], Finished), events[-1]
    assert np.isfinite(column(events, "loss")).all()


@pytest.mark.parametrize("initializer", get_args(Initializer))
def test_that_every_initializer_builds_and_trains(initializer):
    model = Mlp(width=8, kernel_initializer=initializer)
    events = run(train, TrainingConfig(dataset=Digits(samples=64), model=model, epochs=1))
    assert isinstance(events[-1], Finished)
    assert len(column(events, "loss")) == 2
    built = build_model(Mlp(width=200, kernel_initializer=initializer), (50,), 10)
    kernel = built.get_layer("hidden_1").get_weights()[0]
    match initializer:
        case "too_large":
            assert (kernel.mean(), kernel.std()) == pytest.approx((0, 1), abs=0.05)
            assert built.get_layer("output").get_weights()[0].std() == pytest.approx(1, abs=0.1)
        case "zeros" | "ones":
            assert np.all(kernel == (initializer == "ones"))
        case _:
            assert 0.01 < kernel.std() < 0.3


def test_that_no_two_layers_start_alike_where_chance_decides():
    model = build_model(DeepMlp(width=8, depth=3, kernel_initializer="too_large"), (8,), 8)
    kernels = [layer.get_weights()[0] for layer in layers(model, keras.layers.Dense)]
    for number, kernel in enumerate(kernels):
        assert not any(np.array_equal(kernel, other) for other in kernels[:number])


def test_that_zeros_learn_nothing_but_the_output_bias():
    config = TrainingConfig(model=Mlp(kernel_initializer="zeros"), learning_rate=0.1, epochs=1)
    assert run(train, config)[-1].evaluation["accuracy"] < 0.2


# BatchNormalization and Dropout, which behave otherwise in training than in evaluation

BOTH = TrainingConfig(
    dataset=Digits(samples=320), model=DeepMlp(width=16, depth=2, dropout=0.3), learning_rate=0.01, epochs=3, seed=2
)


def test_that_the_same_seed_is_the_same_run_with_batch_normalization_and_dropout():
    first, second = run(train, BOTH), run(train, BOTH)
    other = run(train, BOTH.model_copy(update={"seed": 3}))
    assert np.array_equal(column(first, "loss"), column(second, "loss"))
    assert first[-1].evaluation == second[-1].evaluation
    assert not np.array_equal(column(first, "loss"), column(other, "loss"))


@pytest.mark.parametrize("dropout", [0.0, 0.3])
def test_that_moving_statistics_and_dropout_are_those_of_plain_keras(dropout):
    config = BOTH.model_copy(update={"model": BOTH.model.model_copy(update={"dropout": dropout})})
    events = run(train, config)
    examples = load(config.dataset, events.append, Control())
    images, labels = examples.train_inputs.numpy().astype(np.float32) / 16, examples.train_labels.numpy()
    keras.utils.set_random_seed(config.seed)
    plain = build_model(config.model, (8, 8, 1), 10)
    plain.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    batches = batch_indices(320, 32, config.seed, 30)
    losses = [float(plain.train_on_batch(images[batch], labels[batch])[0]) for batch in batches]
    assert column(events, "loss") == pytest.approx(losses, rel=1e-4)
    ours = prepare(config).model
    for kept, other in zip(ours.non_trainable_variables, plain.non_trainable_variables, strict=True):
        assert kept.numpy() == pytest.approx(other.numpy(), rel=1e-3, abs=1e-4)
    moved = layers(ours, keras.layers.BatchNormalization)[0].moving_mean.numpy()
    assert np.abs(moved).max() > 0.01
    validation = examples.validation_inputs.numpy().astype(np.float32) / 16
    loss, accuracy = plain.evaluate(validation, examples.validation_labels.numpy(), verbose=0)
    assert events[-1].evaluation["loss"] == pytest.approx(loss, rel=1e-3)
    assert events[-1].evaluation["accuracy"] == pytest.approx(accuracy, abs=0.006)
    assert of_kind(events, EpochEnded)[-1].values["val_loss"] == pytest.approx(loss, rel=1e-3)


@pytest.mark.parametrize("model", [BOTH.model, SMALL[ResNet]])
def test_that_a_reset_puts_moving_statistics_and_seeds_back(model):
    config = BOTH.model_copy(update={"model": model, "epochs": 1})
    run(train, config)
    prepared = prepare(config)
    prepared.reset(7)
    keras.utils.set_random_seed(7)
    fresh = build_model(model, (8, 8, 1), 10)
    assert len(prepared.model.variables) == len(fresh.variables)
    for kept, new in zip(prepared.model.variables, fresh.variables, strict=True):
        assert np.array_equal(kept.numpy(), new.numpy()), kept.path


def test_that_evaluating_changes_nothing_in_the_model():
    prepared = Prepared(Structure.of(BOTH, BOTH.dataset.facts))
    prepared.reset(0)
    before = [variable.numpy() for variable in prepared.model.variables]
    prepared.model.evaluate(np.ones((64, 8, 8, 1), np.float32), np.zeros(64, np.int32), verbose=0)
    assert all(np.array_equal(a, b.numpy()) for a, b in zip(before, prepared.model.variables, strict=True))


def test_that_all_models_are_tried_here():
    assert set(SMALL) == set(MODELS)
