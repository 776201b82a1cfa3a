"""Every optimizer is Keras's own, with Keras's defaults, and takes the steps that plain Keras takes."""

import inspect

import keras
import numpy as np
import pytest

from lrgui.core.batches import batch_indices
from lrgui.core.config import OPTIMIZERS, TrainingConfig
from lrgui.core.config.dataset import Digits
from lrgui.core.config.model import Cnn, Mlp, Softmax
from lrgui.core.config.optimizer import Adafactor, Adam, AdamW, Ftrl, Lion, Muon, RmsProp, Sgd
from lrgui.core.control import Control
from lrgui.core.events import Finished
from lrgui.training.data import load
from lrgui.training.models import build_model
from lrgui.training.optimizers import build_optimizer
from lrgui.training.prepared import prepare
from lrgui.training.trainer import train
from tests.training.running import column, run

KERAS = {
    "sgd": "SGD", "rmsprop": "RMSprop", "adam": "Adam", "adamw": "AdamW", "nadam": "Nadam", "adamax": "Adamax",
    "adagrad": "Adagrad", "adadelta": "Adadelta", "ftrl": "Ftrl", "lion": "Lion", "adafactor": "Adafactor",
    "lamb": "Lamb", "muon": "Muon",
}  # fmt: skip
COMMON = {
    "self", "learning_rate", "name", "kwargs", "clipvalue", "global_clipnorm", "use_ema", "ema_momentum",
    "ema_overwrite_frequency", "loss_scale_factor", "gradient_accumulation_steps",
}  # fmt: skip
"""What every optimizer of Keras takes and the form does not ask."""

MUONS_OWN = {
    "adam_beta_1", "adam_beta_2", "adam_weight_decay", "epsilon", "exclude_layers", "exclude_embeddings", "muon_a",
    "muon_b", "muon_c", "adam_lr_ratio", "rms_rate",
}  # fmt: skip
"""What Keras recommends to leave alone, and what follows from the rest."""

each = pytest.mark.parametrize("choice", OPTIMIZERS, ids=[str(optimizer.title) for optimizer in OPTIMIZERS])
RATES = {"adadelta": 1.0, "sgd": 0.05, "lion": 3e-4, "adagrad": 0.02, "ftrl": 0.05}


def of_keras(choice):
    return getattr(keras.optimizers, KERAS[choice.model_fields["name"].default])


def by_plain_keras(config: TrainingConfig, optimizer: keras.optimizers.Optimizer, steps: int) -> list[float]:
    examples = load(config.dataset, lambda event: None, Control())
    images, labels = examples.train_inputs.numpy().astype(np.float32) / 16, examples.train_labels.numpy()
    keras.utils.set_random_seed(config.seed)
    model = build_model(config.model, (8, 8, 1), 10)
    model.compile(optimizer, "sparse_categorical_crossentropy", jit_compile=False)
    batches = batch_indices(config.dataset.training_examples, config.batch_size, config.seed, steps)
    return [float(model.train_on_batch(images[batch], labels[batch])) for batch in batches]


def test_that_every_optimizer_of_keras_that_takes_a_rate_is_there():
    classes = {
        value
        for value in vars(keras.optimizers).values()
        if isinstance(value, type) and issubclass(value, keras.optimizers.Optimizer)
    }
    others = {value.__name__ for value in classes - {of_keras(choice) for choice in OPTIMIZERS}}
    # Two wrap others, and one has its weights in two versions, of which Keras evaluates the wrong one by itself.
    assert others <= {"Optimizer", "LossScaleOptimizer", "MultiOptimizer", "ScheduleFreeAdamW"}


@each
def test_that_fields_and_defaults_are_those_of_keras(choice):
    theirs = {
        name: parameter.default
        for name, parameter in inspect.signature(of_keras(choice).__init__).parameters.items()
        if name not in COMMON
    }
    ours = {name: field.default for name, field in choice.model_fields.items() if name != "name"}
    expected = {name: default for name, default in theirs.items() if choice is not Muon or name not in MUONS_OWN}
    assert ours == expected | ({"epsilon_1": 1e-15} if choice is Adafactor else {})
    built = build_optimizer(choice(), 0.25)
    assert type(built) is of_keras(choice)
    settings, defaults = built.get_config(), of_keras(choice)(0.25).get_config()
    assert isinstance(settings["learning_rate"], float)
    different = {name for name in settings if settings[name] != defaults[name]} - {"name"}
    assert different == {Muon: {"exclude_layers"}, Adafactor: {"epsilon_1"}}.get(choice, set())


@each
def test_that_the_losses_are_those_of_plain_keras_step_by_step_and_a_reset_forgets_them(choice):
    optimizer = choice(weight_decay=0.01, clipnorm=0.5)
    rate = RATES.get(optimizer.name, 3e-3)
    # Ftrl forgets the first weights at its first step, and symmetric hidden layers learn nothing.
    model = Softmax() if choice is Ftrl else Mlp(width=16, depth=2, activation="tanh")
    config = TrainingConfig(
        dataset=Digits(samples=320), model=model, optimizer=optimizer, learning_rate=rate, epochs=3, seed=4
    )
    events = run(train, config)
    assert isinstance(events[-1], Finished)
    losses = column(events, "loss")
    extra = {"exclude_layers": ["output"], "adam_weight_decay": 0.01} if choice is Muon else {}
    if choice is Adafactor:
        extra = {"epsilon_1": optimizer.epsilon_1}
    keras_own = of_keras(choice)(rate, weight_decay=0.01, clipnorm=0.5, **extra)
    assert losses == pytest.approx(by_plain_keras(config, keras_own, 30), rel=1e-5)
    assert losses[-5:].mean() < 0.97 * losses[:5].mean()
    run(train, config.model_copy(update={"learning_rate": 0.5, "seed": 1, "epochs": 1}))
    assert np.array_equal(column(run(train, config), "loss"), losses)


@pytest.mark.parametrize(
    "optimizer",
    [
        Sgd(momentum=0.9, nesterov=True, clipnorm=0.1),
        RmsProp(centered=True, momentum=0.5, rho=0.8),
        Adam(amsgrad=True, beta_1=0.5, epsilon=1e-3),
        AdamW(weight_decay=0.0),
        Lion(beta_1=0.5, beta_2=0.5),
        Ftrl(l1_regularization_strength=0.01, l2_regularization_strength=0.01, beta=0.1),
        Muon(nesterov=False, ns_steps=2, momentum=0.5, weight_decay=None),
    ],
    ids=lambda optimizer: optimizer.name,
)
def test_that_fields_reach_keras(optimizer):
    settings = build_optimizer(optimizer, 0.1).get_config()
    given = optimizer.model_dump()
    assert {name: settings[name] for name in given} == given


@pytest.mark.parametrize(("epsilon_1", "sound"), [(Adafactor().epsilon_1, True), (1e-30, False)])
def test_that_adafactor_keeps_its_numbers_where_a_pixel_is_always_dark_and_a_unit_dead(epsilon_1, sound):
    config = TrainingConfig(dataset=Digits(samples=320), optimizer=Adafactor(epsilon_1=epsilon_1), epochs=2)
    run(train, config)
    assert all(np.isfinite(weights).all() for weights in prepare(config).model.get_weights()) == sound


def test_that_muon_moves_hidden_matrices_itself_and_leaves_the_rest_to_adamw():
    prepared = prepare(TrainingConfig(model=Cnn(filters=2, units=8), optimizer="muon"))
    muon = prepared.model.optimizer
    left = {variable.path for variable in prepared.model.trainable_variables if muon._should_use_adamw(variable)}
    assert {variable.path for variable in prepared.model.trainable_variables} - left == {"cnn/hidden/kernel"}
