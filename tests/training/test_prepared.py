import gc
import os
import random
from pathlib import Path

import keras
import numpy as np
import pytest

from lrgui.core.config import TrainingConfig
from lrgui.core.config.dataset import Digits
from lrgui.core.config.model import Cnn, Mlp
from lrgui.core.config.optimizer import Adam, Sgd
from lrgui.training.models import build_model
from lrgui.training.optimizers import build_optimizer
from lrgui.training.prepared import Prepared, Structure, prepare
from lrgui.training.trainer import train
from tests.training.running import column, run


def test_that_a_second_run_traces_nothing_whatever_its_seed_batch_rate_and_length():
    config = TrainingConfig(epochs=1)
    run(train, config)
    prepared = prepare(config)
    before = prepared.train_chunk.traces
    run(train, config.model_copy(update={"epochs": 2, "seed": 9, "batch_size": 50, "learning_rate": 0.1}))
    again = prepare(config)
    assert again is prepared
    assert prepared.train_chunk.traces == before == 1
    assert prepared.evaluate_chunk.traces == 1


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc to see resident memory")
def test_that_runs_of_one_structure_take_no_more_and_more_memory():
    def resident_mb() -> float:
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    config = TrainingConfig(epochs=1)
    for seed in range(5):
        run(train, config.model_copy(update={"seed": seed}))
    before = resident_mb()
    for seed in range(20):
        run(train, config.model_copy(update={"seed": seed}))
    assert (resident_mb() - before) / 20 < 0.5


def test_that_a_run_leaves_the_model_with_keras_own_methods():
    config = TrainingConfig(epochs=1, model="mlp,width=8")
    run(train, config)
    model = prepare(config).model
    assert not {"train_step", "test_step", "compute_loss", "make_train_function"} & vars(model).keys()
    assert model.train_function is None
    assert model.test_function is None


def test_that_a_model_which_was_run_trains_on_by_plain_keras_as_a_new_one_does():
    images, labels = np.random.default_rng(0).random((64, 8, 8, 1), np.float32), np.arange(64) % 10
    config = TrainingConfig(epochs=1, model="mlp,width=8")
    run(train, config)
    prepared = prepare(config)
    prepared.reset(4)
    keras.utils.set_random_seed(4)
    fresh = build_model(config.model, (8, 8, 1), 10)
    fresh.compile(build_optimizer(config.optimizer, 1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    histories = [
        model.fit(images, labels, epochs=3, shuffle=False, verbose=0).history["loss"]
        for model in (prepared.model, fresh)
    ]
    assert histories[0] == histories[1]


@pytest.mark.parametrize("model", [Mlp(depth=2), Cnn(filters=2, units=8, dropout=0.5)])
def test_that_a_reset_gives_what_a_plain_script_gets_from_the_seed(model: Mlp | Cnn):
    prepared = Prepared(Structure.of(TrainingConfig(model=model), Digits().facts))
    prepared.reset(7)
    keras.utils.set_random_seed(7)
    fresh = build_model(model, (8, 8, 1), 10)
    for kept, new in zip(prepared.model.variables, fresh.variables, strict=True):
        assert np.array_equal(kept.numpy(), new.numpy())


def test_that_a_reset_forgets_the_optimizers_past():
    config = TrainingConfig(epochs=1, optimizer="adam", model="mlp,width=8")
    first = column(run(train, config), "loss")
    run(train, config.model_copy(update={"learning_rate": 1.0}))
    assert np.array_equal(column(run(train, config), "loss"), first)


def test_that_a_run_leaves_pythons_and_numpys_random_numbers_alone():
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002
    expected = random.Random(1).random()
    run(train, TrainingConfig(epochs=1, seed=5))
    assert random.random() == expected
    assert np.random.random() == np.random.RandomState(1).random_sample()  # noqa: NPY002


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own, when it saves
@pytest.mark.parametrize("optimizer", [Sgd(momentum=0.9, nesterov=True), Adam(beta_1=0.8)])
def test_that_a_saved_model_loads_anywhere_with_a_plain_rate(tmp_path: Path, optimizer: Sgd | Adam):
    config = TrainingConfig(epochs=1, optimizer=optimizer, learning_rate=0.0125, model="mlp,width=8")
    run(train, config)
    model = prepare(config).model
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras", safe_mode=True)
    rate = loaded.optimizer.get_config()["learning_rate"]
    assert isinstance(rate, float)
    assert rate == pytest.approx(0.0125)
    for kept, new in zip(model.get_weights(), loaded.get_weights(), strict=True):
        assert np.array_equal(kept, new)
