"""The pieces of exported code, each run by itself, against what this program does: data, weights, loss, optimizer."""

import json

import numpy as np
import pytest

from lrgui.core.batches import batch_indices
from lrgui.core.config import DATASETS, LOSSES, MODELS, OPTIMIZERS, TrainingConfig
from lrgui.core.config.fields import choice_name
from lrgui.core.control import Control
from lrgui.export.cells import Cell, as_notebook, as_script, import_lines
from lrgui.export.data_code import batches_cell, data_cell
from lrgui.export.model_code import loss_cell, model_cell
from lrgui.export.optimizer_code import optimizer_code

OFFLINE = [choice_name(each) for each in DATASETS if not each.download_bytes]

MODELS_TRIED = (
    "softmax", "mlp", "mlp,depth=3,dropout=0.2,activation=tanh", "deep_mlp,depth=2",
    "deep_mlp,depth=1,dropout=0.1,batch_normalization=false,kernel_initializer=he_normal", "cnn,filters=4,units=8",
    "cnn,kernel_initializer=too_large", "resnet,filters=4,blocks=2", "resnet,filters=2,kernel_initializer=orthogonal",
)  # fmt: skip


def run_cells(*cells):
    """Run cells as one file, and return what they define."""
    defined = {}
    exec(import_lines(cells), defined)
    for cell in cells:
        exec(compile(cell.code, cell.text, "exec"), defined)
    return defined


@pytest.mark.parametrize("dataset", [*OFFLINE, "digits,samples=100", "wine,samples=33", "moons,samples=10,noise=0.5"])
def test_that_the_data_are_those_of_a_run_bit_by_bit(dataset):
    from lrgui.training.data import load

    config = TrainingConfig(dataset=dataset, batch_size=8)
    ours = load(config.dataset, lambda event: None, Control())
    cells = (data_cell(config.dataset), loss_cell(config), batches_cell(8))
    theirs = run_cells(*cells)
    for part, held in (("train", ours.train_inputs), ("val", ours.validation_inputs)):
        expected = held.numpy().astype(np.float32) * np.float32(ours.scale)
        found = theirs["inputs"](theirs[f"x_{part}"])
        assert found.dtype == np.float32
        np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(theirs["y_train"], ours.train_labels.numpy())
    np.testing.assert_array_equal(theirs["y_val"], ours.validation_labels.numpy())


def test_that_downloaded_data_are_those_of_a_run(fashion_home):
    from lrgui.training.data import load

    config = TrainingConfig(dataset="fashion_mnist,samples=200")
    ours = load(config.dataset, lambda event: None, Control())
    theirs = run_cells(data_cell(config.dataset), Cell("", "", ("import keras",)))
    np.testing.assert_array_equal(theirs["x_train"], ours.train_inputs.numpy())
    np.testing.assert_array_equal(theirs["y_val"], ours.validation_labels.numpy())
    assert theirs["inputs"](theirs["x_val"]).max() == 1.0


def test_that_the_batches_are_those_of_the_table_over_several_epochs():
    config = TrainingConfig(dataset="iris", batch_size=32)
    theirs = run_cells(data_cell(config.dataset), loss_cell(config), batches_cell(32))
    table = batch_indices(len(theirs["x_train"]), 32, 7, 8)
    for (inputs, targets), examples in zip(theirs["batches"](7), table, strict=False):
        np.testing.assert_array_equal(targets, theirs["y_train"][examples])
        np.testing.assert_array_equal(inputs, theirs["inputs"](theirs["x_train"][examples]))


@pytest.mark.parametrize("model", MODELS_TRIED)
def test_that_the_first_weights_and_the_seeds_of_dropout_are_those_of_a_run(model):
    import keras

    from lrgui.training.models import build_model

    config = TrainingConfig(model=model, dataset="digits")
    theirs = run_cells(model_cell(config))
    keras.utils.set_random_seed(3)
    expected = build_model(config.model, (8, 8, 1), 10)
    keras.utils.set_random_seed(3)
    found = theirs["make_model"]()
    assert [layer.__class__ for layer in found.layers] == [layer.__class__ for layer in expected.layers]
    assert len(found.variables) == len(expected.variables) > 0
    for ours, copied in zip(expected.variables, found.variables, strict=True):
        np.testing.assert_array_equal(copied.numpy(), ours.numpy())
    images = np.linspace(0, 1, 128, dtype=np.float32).reshape(2, 8, 8, 1)
    np.testing.assert_array_equal(found(images).numpy(), expected(images).numpy())


def test_that_every_model_is_tried():
    assert {model.partition(",")[0] for model in MODELS_TRIED} == {choice_name(model) for model in MODELS}


@pytest.mark.parametrize(
    "loss", [*(choice_name(loss) for loss in LOSSES), "cross_entropy,label_smoothing=0.1", "focal,gamma=1"]
)
def test_that_the_loss_of_a_batch_is_that_of_a_run(loss):
    import keras

    from lrgui.training.losses import build_loss, output_activation, takes_one_hot

    config = TrainingConfig(loss=loss, dataset="iris", batch_size=8)
    theirs = run_cells(loss_cell(config), model_cell(config), Cell("", "", ("import numpy as np",)))
    labels = np.array([0, 2, 1, 1])
    targets = keras.utils.to_categorical(labels, 3) if takes_one_hot(config.loss) else labels
    answers = np.array([[0.5, 0.25, 0.25], [0.25, 0.25, 0.5], [0.25, 0.5, 0.25], [0.5, 0.25, 0.25]], np.float32)
    np.testing.assert_array_equal(theirs["targets"](labels), targets)
    assert float(theirs["loss"](theirs["targets"](labels), answers)) == float(build_loss(config.loss)(targets, answers))
    assert float(np.mean(theirs["accuracy"](theirs["targets"](labels), answers))) == 0.75
    assert theirs["make_model"]().layers[-1].activation.__name__ == output_activation(config.loss)


OPTIMIZERS_TRIED = [
    *(choice_name(each) for each in OPTIMIZERS if choice_name(each) != "own"),
    *("sgd,momentum=0.9,nesterov=true,clipnorm=1", "adam,beta_1=0.8,weight_decay=0.01,amsgrad=true"),
    *("adafactor,relative_step=false", "muon,weight_decay=none"),
]


@pytest.mark.parametrize("name", OPTIMIZERS_TRIED)
def test_that_the_optimizer_is_that_of_a_run(name):
    import keras

    from lrgui.training.optimizers import build_optimizer

    choice = TrainingConfig(optimizer=name).optimizer
    found = eval(optimizer_code(choice), {"keras": keras, "learning_rate": 0.125}).get_config()
    expected = build_optimizer(choice, 0.125).get_config()
    unnamed = ({key: value for key, value in config.items() if key != "name"} for config in (found, expected))
    assert next(unnamed) == next(unnamed)


def test_that_a_script_and_a_notebook_hold_the_same_cells_and_any_text_is_safe():
    nbformat = pytest.importorskip("nbformat")
    evil = 'They said """quit()""" \\N and left'
    cells = [Cell("First.", "x = 1"), Cell("Then.", "y = math.pi", ("import math",), only_in="notebook")]
    script = as_script(evil, [evil], cells)
    defined = {}
    exec(compile(script, "script", "exec"), defined)
    assert (defined["x"], "y" in defined) == (1, False)
    text = as_notebook(evil, [evil], cells)
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert "".join(cell.source for cell in notebook.cells if cell.cell_type == "code").count("math") == 2
    assert json.loads(text)["nbformat_minor"] == 5
