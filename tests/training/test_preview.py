"""What is said of data and model before a run."""

import random
import threading

import numpy as np
import pytest

from lrgui.core.config import TrainingConfig
from lrgui.core.config.dataset import Digits, FashionMnist, Iris, Spirals
from lrgui.core.config.model import Cnn, DeepMlp, Mlp, ResNet, Softmax
from lrgui.core.control import Control
from lrgui.core.events import Described, Failed, StepsEnded
from lrgui.training.describe import describe
from lrgui.training.prepared import Structure
from lrgui.training.preview import fetch_and_preview, model_alone, preview
from lrgui.training.trainer import train
from tests.training.running import column, run


def answer(job, config, control=None):
    events = []
    job(config, events.append, control or Control())
    assert len(events) == 1
    return events[0]


def test_that_images_are_described_by_a_few_of_each_class_and_their_counts():
    data = answer(preview, TrainingConfig()).data
    assert (data.kind, data.training_examples, data.validation_examples) == ("images", 1437, 360)
    assert data.inputs.shape == (24, 8, 8, 1) and data.inputs.dtype == np.uint8 and data.inputs.max() == 255
    assert data.labels.tolist() == [*range(10), *range(10), *range(4)]
    assert data.class_counts.sum() == 1437 and data.statistics == {}


def test_that_a_table_is_described_in_its_own_units():
    data = answer(preview, TrainingConfig(dataset=Iris())).data
    assert data.feature_names[2] == "petal length (cm)"
    assert data.statistics["min"][2] == pytest.approx(1.0) and data.statistics["max"][2] == pytest.approx(6.9)
    assert data.inputs.shape == (60, 4) and data.class_counts.tolist() == [40, 40, 40]


def test_that_points_are_described_by_all_of_them():
    data = answer(preview, TrainingConfig(dataset=Spirals())).data
    assert data.inputs.shape == (1000, 2) and data.class_counts.tolist() == [500, 500]


def test_that_fewer_samples_are_described_as_what_they_are():
    data = answer(preview, TrainingConfig(dataset=Digits(samples=100))).data
    assert data.training_examples == data.class_counts.sum() == 100


def test_that_data_which_are_not_here_are_left_out_in_words_and_nothing_is_downloaded(keras_home):
    described = answer(preview, TrainingConfig(dataset=FashionMnist()))
    assert described.data is None
    assert str(described.note) == "Fashion-MNIST is not on this computer yet: 31 MB to download."
    assert described.model.parameters > 0
    assert not list(keras_home.rglob("*.gz"))


def test_that_data_which_were_downloaded_once_are_described(fashion_home):
    data = answer(preview, TrainingConfig(dataset=FashionMnist())).data
    assert (data.training_examples, data.inputs.shape) == (3000, (24, 28, 28, 1))


def test_that_a_stopped_inspection_says_nothing(keras_home):
    control = Control()
    control.stop()
    events = []
    fetch_and_preview(TrainingConfig(dataset=FashionMnist()), events.append, control)
    assert not [event for event in events if isinstance(event, Described | Failed)]


MODELS = [Softmax(), Mlp(dropout=0.2, depth=2), DeepMlp(), Cnn(), ResNet()]


@pytest.mark.parametrize("model", MODELS, ids=[model.name for model in MODELS])
def test_that_a_model_is_counted_as_keras_counts_it(model):
    config = TrainingConfig(model=model)
    described = answer(model_alone, config).model
    built, _ = Structure.of(config, config.dataset.facts).build()
    assert described.parameters == built.count_params()
    assert described.trainable_parameters == sum(int(np.prod(weight.shape)) for weight in built.trainable_weights)
    assert [layer.output_shape for layer in described.layers] == [
        tuple(layer.output.shape[1:]) for layer in built.layers if layer.weights or type(layer).__name__ != "InputLayer"
    ]


def test_that_a_model_far_too_large_for_this_computer_is_counted_in_no_memory():
    described = describe(TrainingConfig(model=DeepMlp(width=4096, depth=50)), Digits().facts)
    assert described.parameters > 800_000_000


def test_that_describing_leaves_no_trace_in_pythons_random_numbers():
    state = random.getstate()
    describe(TrainingConfig(model=Mlp(dropout=0.3)), Digits().facts)
    assert random.getstate() == state


def test_that_describing_beside_a_run_changes_nothing_of_the_run():
    config = TrainingConfig(model=Mlp(dropout=0.3), epochs=2)
    alone = column(run(train, config), "loss")
    over = threading.Event()

    def describe_on_and_on():
        while not over.is_set():
            describe(config, config.dataset.facts)

    beside = threading.Thread(target=describe_on_and_on)
    beside.start()
    try:
        together = column(run(train, config), "loss")
    finally:
        over.set()
        beside.join()
    assert len(alone) and (alone == together).all()


def test_that_a_preview_is_made_while_a_run_goes_on():
    control, described = Control(), []

    def look(event):
        if isinstance(event, StepsEnded) and not described:
            thread = threading.Thread(
                target=preview, args=(TrainingConfig(dataset=Iris()), described.append, Control())
            )
            thread.start()
            thread.join(20)
            control.stop()

    run(train, TrainingConfig(epochs=50), control, look)
    assert isinstance(described[0], Described) and described[0].data is not None
