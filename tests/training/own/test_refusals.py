"""What cannot be swept is refused in one sentence that says what to do."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from lrgui.core.messages import Refused
from lrgui.training.own.batches import batches_of, class_weights
from lrgui.training.own.prepared import OwnPrepared
from lrgui.training.own.ready import check
from tests.training.own.models import CLASSES, NUMBERS, ROWS

DATASET = tf.data.Dataset.from_tensor_slices((ROWS, NUMBERS)).batch(16)


class DataLoader:
    """Looks like torch's."""


DataLoader.__module__ = "torch.utils.data.dataloader"

BAD_DATA = {
    "torch": (lambda: batches_of(DataLoader()), ["torch DataLoader", "PyDataset"]),
    "other lengths": (lambda: batches_of(ROWS, NUMBERS[:40]), ["x 48, y 40"]),
    "other lengths inside": (lambda: batches_of({"a": ROWS, "b": ROWS[:7]}), ["x 7 / 48"]),
    "weights of another length": (lambda: batches_of(ROWS, NUMBERS, sample_weight=np.ones(3)), ["sample_weight 3"]),
    "no examples": (lambda: batches_of(ROWS[:0], NUMBERS[:0]), ["no examples"]),
    "no array": (lambda: batches_of([1.0, 2.0], NUMBERS), ["x holds a float", "numpy arrays"]),
    "a text": (lambda: batches_of("digits"), ["x holds a str"]),
    "a number": (lambda: batches_of(ROWS, np.float64(3)), ["y holds a float64"]),
    "y beside a data set": (lambda: batches_of(DATASET, NUMBERS), ["brings y", "leave them out"]),
    "an empty data set": (lambda: batches_of(DATASET.take(0)), ["is empty"]),
    "endless without steps": (lambda: batches_of(DATASET.repeat()), ["no end", "steps_per_epoch"]),
    "both weights": (
        lambda: batches_of(ROWS, CLASSES, sample_weight=np.ones(48), class_weight={0: 2.0}),
        ["either sample_weight or class_weight"],
    ),
    "class weights of two outputs": (
        lambda: batches_of(ROWS, {"a": CLASSES, "b": NUMBERS}, class_weight={0: 2.0}),
        ["class_weight needs one output"],
    ),
}


@pytest.mark.parametrize("case", BAD_DATA)
def test_that_data_that_cannot_be_read_are_refused_in_a_sentence(case):
    make, told = BAD_DATA[case]
    with pytest.raises(Refused) as refused:
        make()
    assert all(words in str(refused.value) for words in told), refused.value


def compiled(outputs=3, loss="sparse_categorical_crossentropy", **kinds):
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(outputs)])
    model.compile("sgd", loss, **kinds)
    return model


class Silent(keras.Model):
    """Trains without telling its loss."""

    def __init__(self):
        super().__init__()
        self.inner = keras.layers.Dense(1)

    def call(self, inputs):
        return self.inner(inputs)

    def train_step(self, data):
        return {"steps": 1}


def silent():
    model = Silent()
    model.compile("sgd")
    return model


def without_weights():
    model = keras.Sequential([keras.Input((6,)), keras.layers.Flatten()])
    model.compile("sgd", "mse")
    return model


BAD_MODELS = {
    "not compiled": (lambda: keras.Sequential([keras.Input((6,)), keras.layers.Dense(1)]), ["model.compile"]),
    "no model": (lambda: keras.layers.Dense(3), ["keras.Model", "Dense"]),
    "no weights": (without_weights, ["no weights"]),
    "tells no loss": (silent, ["tells no loss"]),
    "other inputs": (lambda: keras_model_of(5), ["shape"]),
    "too few outputs for the labels": (lambda: compiled(2, loss="mse"), ["shape"]),
}


def keras_model_of(features):
    model = keras.Sequential([keras.Input((features,)), keras.layers.Dense(3)])
    model.compile("sgd", "mse")
    return model


@pytest.mark.parametrize("case", BAD_MODELS)
def test_that_models_that_cannot_be_swept_are_refused_in_a_sentence(case):
    make, told = BAD_MODELS[case]
    labels = np.eye(3, dtype=np.float32)[CLASSES]
    with pytest.raises(Refused) as refused:
        OwnPrepared(make(), batches_of(ROWS, labels))
    assert all(words in str(refused.value) for words in told), refused.value


def test_that_a_model_of_several_devices_is_refused():
    with tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"]).scope():
        model = keras.Sequential([keras.layers.Dense(3)])
    model.compile("sgd", "mse")
    with pytest.raises(Refused, match="built for 2 devices at once"):
        check(model)


def test_that_an_unbuilt_model_is_built_from_the_data():
    model = keras.Sequential([keras.layers.Dense(4), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    prepared = OwnPrepared(model, batches_of(ROWS.astype(np.float64), NUMBERS))
    assert [weights.shape for weights in model.weights] == [(6, 4), (4,), (4, 1), (1,)]
    assert len(prepared.fingerprint) == 64


@pytest.mark.parametrize("y", [CLASSES, CLASSES[:, None].astype(np.float32), np.eye(3)[CLASSES]])
def test_that_classes_are_known_by_number_and_by_one_hot(y):
    weights = class_weights(y, {0: 0.5, 2: 4.0}).numpy()
    assert weights.tolist() == np.array([0.5, 1.0, 4.0])[CLASSES].tolist()
