"""Runs of models from files: they train what plain Keras trains from the same file, and a sweep changes nothing."""

from pathlib import Path

import keras
import numpy as np
import pytest

from lrgui.core.batches import epoch_indices
from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.contents import content_hash
from lrgui.core.control import Control
from lrgui.core.events import Ended, Failed, Planned, StepsEnded
from lrgui.core.trust import keep_in, trust
from lrgui.training.data import load
from lrgui.training.own import trial
from lrgui.training.saving import save_model
from lrgui.training.trainer import range_test, train
from tests.training.running import column, of_kind, run

pytestmark = [
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),  # Keras's own
    pytest.mark.filterwarnings("ignore:You are saving a model that has not yet been built"),
]

layers = keras.layers


@pytest.fixture
def folder(tmp_path: Path):
    keep_in(tmp_path / "profile")
    place = tmp_path / "我的 模型"
    place.mkdir()
    yield place
    keep_in(None)


def small(*more, units=10, shape=(8, 8, 1), activation="softmax") -> keras.Model:
    return keras.Sequential([
        keras.Input(shape), layers.Flatten(), *more, layers.Dense(units, activation=activation)
    ])  # fmt: skip


def saved(folder: Path, model: keras.Model, name: str = "mine.keras") -> Path:
    model.save(folder / name)
    return folder / name


def compiled(model: keras.Model, optimizer="adam", loss="sparse_categorical_crossentropy") -> keras.Model:
    model.compile(optimizer, loss)
    return model


def python_file(folder: Path, source: str, *, tried: bool = True) -> Path:
    """Write a file that may be run; a trial takes as long as TensorFlow's import, so most have passed it already."""
    path = folder / "mine.py"
    path.write_text(f"import keras\nfrom keras import layers\n{source}", encoding="utf-8")
    trust().allow(content_hash(path), path.name)
    if tried:
        trial.remember(content_hash(path))
    return path


def training(path: Path, **fields) -> TrainingConfig:
    return TrainingConfig(model={"name": "own", "path": str(path)}, epochs=fields.pop("epochs", 1), **fields)


def sweep(path: Path, **fields) -> RangeTestConfig:
    given = {"start": 1e-4, "end": 1e-1, "steps": 12, "stop_factor": None, **fields}
    return RangeTestConfig(model={"name": "own", "path": str(path)}, **given)


def end_of(events) -> Ended:
    return of_kind(events, Ended)[0]


def in_plain_keras(model: keras.Model, seed: int = 0) -> np.ndarray:
    """Return the losses of an epoch of plain ``train_on_batch`` on the digits, in the order of our batches."""
    examples = load(TrainingConfig().dataset, lambda event: None, Control())
    images, labels = examples.train_inputs.numpy() * examples.scale, examples.train_labels.numpy()
    losses = []
    for batch in epoch_indices(len(labels), 32, seed, 0):
        model.reset_metrics()
        losses.append(float(model.train_on_batch(images[batch], labels[batch])))
    return np.array(losses)


def test_that_a_file_trains_as_plain_keras_trains_it_with_the_state_of_its_own_optimizer(folder):
    first = compiled(
        small(layers.Dense(12, activation="relu"), layers.BatchNormalization()), keras.optimizers.Adam(2e-3)
    )
    in_plain_keras(first, seed=7)  # so that the optimizer has a state
    path = saved(folder, first)
    losses = column(run(train, training(path, learning_rate=2e-3)), "loss")
    np.testing.assert_allclose(losses, in_plain_keras(keras.saving.load_model(path)), rtol=2e-5)


def test_that_dropout_draws_as_in_a_script_that_sets_the_seed_and_loads_the_file(folder):
    path = saved(folder, compiled(small(layers.Dropout(0.4)), keras.optimizers.SGD(0.05)))
    events = run(train, training(path, learning_rate=0.05, seed=3))
    keras.utils.set_random_seed(3)
    np.testing.assert_allclose(column(events, "loss"), in_plain_keras(keras.saving.load_model(path), seed=3), rtol=2e-5)


def test_that_a_schedule_in_the_file_gives_way_to_the_rates_of_the_run(folder):
    cosine = keras.optimizers.schedules.CosineDecay(1e-3, 100)
    path = saved(folder, compiled(small(), keras.optimizers.SGD(cosine, momentum=0.9)))
    events = run(train, training(path, learning_rate=0.03))
    assert set(column(events, "learning_rate").tolist()) == {0.03}
    model = keras.saving.load_model(path, compile=False)
    model.compile(keras.optimizers.SGD(0.03, momentum=0.9), "sparse_categorical_crossentropy")
    np.testing.assert_allclose(column(events, "loss"), in_plain_keras(model), rtol=2e-5)


def test_that_a_sweep_leaves_the_model_as_it_was_and_says_so_by_its_hash(folder):
    path = saved(folder, compiled(small(layers.Dropout(0.2), layers.BatchNormalization())))
    before = path.read_bytes()
    events = run(range_test, sweep(path, repeats=2))
    proof = str(end_of(events).message).rpartition("mine.keras is unchanged: ")[2]
    assert proof[:6] == proof[9:15]
    assert path.read_bytes() == before
    assert of_kind(events, Planned)[0].model_content == content_hash(path)
    again = run(range_test, sweep(path, repeats=2))
    assert column(again, "loss").tolist() == column(events, "loss").tolist()
    assert str(end_of(again).message) == str(end_of(events).message)


def test_that_a_training_after_a_sweep_starts_from_the_weights_of_the_file(folder):
    path = saved(folder, compiled(small()))
    alone = column(run(train, training(path)), "loss")
    run(range_test, sweep(path))
    assert column(run(train, training(path)), "loss").tolist() == alone.tolist()


def test_that_what_a_training_has_made_of_a_file_can_be_saved_elsewhere(folder):
    path = saved(folder, compiled(small()))
    config = training(path, epochs=2)
    accuracy = end_of(run(train, config)).evaluation["accuracy"]
    save_model(config, folder / "trained.keras")
    model = keras.saving.load_model(folder / "trained.keras")
    examples = load(config.dataset, lambda event: None, Control())
    images, labels = examples.validation_inputs.numpy() * examples.scale, examples.validation_labels.numpy()
    assert model.evaluate(images, labels, verbose=0)[1] == pytest.approx(accuracy, abs=1e-6)


KINDS = {
    "not compiled, with a softmax": lambda: small(),
    "not compiled, with logits": lambda: small(activation=None),
    "not built": lambda: keras.Sequential([layers.Flatten(), layers.Dense(10, activation="softmax")]),
    "one-hot loss": lambda: compiled(small(), loss="categorical_crossentropy"),
    "without the channel": lambda: compiled(small(shape=(8, 8))),
    "flat": lambda: compiled(keras.Sequential([keras.Input((64,)), layers.Dense(10, activation="softmax")])),
    "any size": lambda: compiled(keras.Sequential([
        keras.Input((None, None, 1)), layers.Conv2D(48, 5, activation="relu"), layers.GlobalMaxPooling2D(),
        layers.Dense(10, activation="softmax"),
    ])),
    "functional, with an own activation layer": lambda: compiled(_functional()),
}  # fmt: skip


def _functional() -> keras.Model:
    image = keras.Input((8, 8, 1))
    scores = layers.Dense(10)(layers.Flatten()(image))
    return keras.Model(image, layers.Softmax()(scores))


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_model_of_this_kind_learns(kind, folder):
    end = end_of(run(train, training(saved(folder, KINDS[kind]()), epochs=3, learning_rate=1e-2)))
    assert not isinstance(end, Failed), end.message
    assert end.evaluation["accuracy"] > 0.5


@pytest.mark.parametrize("activation", ["sigmoid", None])
def test_that_one_output_for_two_classes_is_read_as_the_second_class(activation, folder):
    loss = keras.losses.BinaryCrossentropy(from_logits=activation is None)
    path = saved(folder, compiled(small(shape=(2,), units=1, activation=activation), loss=loss))
    events = run(train, training(path, dataset="moons", learning_rate=0.05, epochs=5))
    end = end_of(events)
    assert not isinstance(end, Failed), end.message
    assert end.evaluation["accuracy"] > 0.75
    assert column(events, "accuracy")[-20:].mean() > 0.75


def test_that_chosen_optimizer_and_loss_take_the_place_of_the_files_own(folder):
    path = saved(folder, compiled(small()))
    own = column(run(train, training(path)), "loss")
    chosen = column(run(train, training(path, optimizer="muon", loss="squared_error")), "loss")
    assert chosen[0] < 0.2 < own[0]


def test_that_a_program_draws_its_weights_from_the_seed_also_those_from_numpy(folder):
    path = python_file(folder, """
import numpy as np
def build_model():
    model = keras.Sequential([keras.Input((8, 8, 1)), layers.Flatten(), layers.Dense(10, activation="softmax")])
    kernel, bias = model.get_weights()
    model.set_weights([kernel, np.random.normal(size=bias.shape)])
    return model
""")  # fmt: skip
    first, second, other = (column(run(train, training(path, seed=seed)), "loss").tolist() for seed in (0, 0, 1))
    assert first == second
    assert first != other


def test_that_a_model_with_a_step_of_its_own_is_trained_by_it(folder):
    path = python_file(folder, """
class Mine(keras.Model):
    def __init__(self):
        super().__init__()
        self.flat, self.dense = layers.Flatten(), layers.Dense(10)
    def call(self, inputs):
        return self.dense(self.flat(inputs))
def my_loss(labels, scores):
    return keras.ops.mean(keras.losses.sparse_categorical_crossentropy(labels, scores, from_logits=True))
def build_model():
    model = Mine()
    model.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(1e-3, 9)), my_loss)
    return model
""")  # fmt: skip
    end = end_of(run(train, training(path, epochs=3, learning_rate=1e-2)))
    assert not isinstance(end, Failed), end.message
    assert end.evaluation["accuracy"] > 0.5


def lambda_inside(folder: Path) -> Path:
    model = keras.Sequential([keras.Input((8, 8, 1)), layers.Flatten(), layers.Lambda(lambda x: 2 * x, name="doubled"),
                              layers.Dense(10)])  # fmt: skip
    return saved(folder, model)


def own_class(folder: Path) -> Path:
    class Mine(layers.Layer):
        def call(self, inputs):
            return inputs

    return saved(folder, small(Mine()))


def own_loss(folder: Path) -> Path:
    def my_loss(labels, outputs):
        return keras.ops.mean(outputs)

    return saved(folder, compiled(small(), loss=my_loss))


def rewritten(folder: Path, change) -> Path:
    """Save a model, and change the texts in its archive."""
    import zipfile

    path = saved(folder, compiled(small()))
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def newer(folder: Path) -> Path:
    def change(members):
        members["metadata.json"] = b'{"keras_version": "99.1.0"}'
        members["config.json"] = members["config.json"].replace(b'"Flatten"', b'"Flatter"')

    return rewritten(folder, change)


def unknown_layer(folder: Path) -> Path:
    return rewritten(folder, lambda m: m.update({"config.json": m["config.json"].replace(b'"Flatten"', b'"Flatter"')}))


def far_too_large(folder: Path) -> Path:
    def change(members):
        members["config.json"] = members["config.json"].replace(b'"units": 10', b'"units": 1000000000')

    return rewritten(folder, change)


def other_weights(folder: Path) -> Path:
    def change(members):
        members["config.json"] = members["config.json"].replace(b'"units": 10', b'"units": 11')

    return rewritten(folder, change)


def broken_weights(folder: Path) -> Path:
    return rewritten(folder, lambda members: members.update({"model.weights.h5": b"no weights at all" * 100}))


def five_outputs(folder: Path) -> Path:
    return saved(folder, compiled(small(units=5)))


def picture_for_each_picture(folder: Path) -> Path:
    return saved(folder, keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(10, 3, padding="same")]))


def larger_pictures(folder: Path) -> Path:
    return saved(folder, compiled(small(shape=(28, 28, 1))))


def two_inputs(folder: Path) -> Path:
    parts = [keras.Input((8, 8, 1)), keras.Input((3,))]
    joined = layers.Concatenate()([layers.Flatten()(parts[0]), parts[1]])
    return saved(folder, keras.Model(parts, layers.Dense(10, activation="softmax")(joined)))


def two_outputs(folder: Path) -> Path:
    image = keras.Input((8, 8, 1))
    flat = layers.Flatten()(image)
    return saved(folder, keras.Model(image, [layers.Dense(10)(flat), layers.Dense(2)(flat)]))


def nothing_to_train(folder: Path) -> Path:
    model = small()
    model.trainable = False
    return saved(folder, model)


def eager(folder: Path) -> Path:
    model = small()
    model.compile("adam", "sparse_categorical_crossentropy", run_eagerly=True)
    return saved(folder, model)


def another_each_time(folder: Path) -> Path:
    return python_file(folder, """
sizes = iter(range(3, 99))
def build_model():
    return keras.Sequential([keras.Input((8, 8, 1)), layers.Flatten(), layers.Dense(next(sizes)), layers.Dense(10)])
""")  # fmt: skip


def a_layer(folder: Path) -> Path:
    return python_file(folder, "def build_model():\n    return layers.Dense(10)\n", tried=False)


def step_without_loss(folder: Path) -> Path:
    return python_file(folder, """
class Mine(keras.Sequential):
    def train_step(self, data):
        return {"loss": keras.ops.sum(self(data[0]))}
def build_model():
    return Mine([keras.Input((8, 8, 1)), layers.Flatten(), layers.Dense(10)])
""")  # fmt: skip


def broken_in_graph(folder: Path) -> Path:
    return python_file(folder, """
class Half(layers.Layer):
    def call(self, inputs):
        if inputs.shape[0] is None:
            raise ValueError("needs to know the batch")
        return inputs
def build_model():
    return keras.Sequential([layers.Flatten(), Half(), layers.Dense(10)])
""")  # fmt: skip


BAD = [
    (lambda_inside, "as a lambda in 'doubled'", "build_model() in a Python file"),
    (own_class, "needs 'Mine', which is not part of Keras", "build_model() in a Python file"),
    (own_loss, "was compiled with 'my_loss'", "choose an optimizer and a loss here"),
    (newer, "was saved by Keras 99.1.0, and this program has", "update this program's Keras"),
    (unknown_layer, "Keras cannot make the model that mine.keras describes", "save it again"),
    (far_too_large, "describes 65,000,000,000 parameters but holds", "Save the model again"),
    (other_weights, "Keras cannot make the model that mine.keras describes", "save it again"),
    (broken_weights, "mine.keras is damaged or cut short", "copy it again"),
    (five_outputs, "answers with 5 outputs, and Digits has 10 classes", "change the model's last layer to 10 outputs"),
    (picture_for_each_picture, "answers with 8 x 8 x 10 numbers, and Digits has 10 classes", "choose other data"),
    (larger_pictures, "takes examples of 28 x 28 x 1, and those of Digits are 8 x 8 x 1", "choose data of that shape"),
    (two_inputs, "takes 2 inputs, and Digits has one", "write load_data() beside build_model()"),
    (two_outputs, "has several outputs, and Digits one label", "write load_data() beside build_model()"),
    (nothing_to_train, "has no weights that can be trained", "set trainable to True"),
    (eager, "was compiled with run_eagerly=True", "compile it without"),
    (a_layer, "build_model() in mine.py returned", "let it return the model"),
    (step_without_loss, "mine.py has a train_step that does not call compute_loss", "let it call self.compute_loss"),
    (broken_in_graph, "mine.py cannot be trained here", "needs to know the batch"),
]


@pytest.mark.parametrize(("make", "problem", "remedy"), BAD, ids=[make.__name__ for make, _, _ in BAD])
def test_that_a_bad_model_is_refused_in_a_sentence_that_names_it_and_the_remedy(make, problem, remedy, folder):
    path = make(folder)
    end = end_of(run(range_test, sweep(path)))
    assert isinstance(end, Failed)
    sentence = str(end.message)
    assert problem in sentence
    assert remedy in sentence
    assert path.name in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("what", ["vanishes", "changes"])
def test_that_nothing_measured_is_lost_when_the_file_goes_while_the_run_goes_on(what, folder):
    path = saved(folder, compiled(small()))

    def watch(event) -> None:
        if isinstance(event, StepsEnded) and path.exists():
            path.unlink()
            if what == "changes":
                saved(folder, compiled(small(layers.Dense(3))))

    events = run(range_test, sweep(path, repeats=3), watch=watch)
    end = end_of(events)
    assert isinstance(end, Failed)
    told = {"vanishes": "mine.keras is not at", "changes": "mine.keras was changed while the run went on"}
    assert str(end.message).startswith(told[what])
    assert len(column(events, "loss")) == 13


def test_that_a_program_that_is_another_one_each_time_is_refused_with_the_second_seed(folder):
    events = run(range_test, sweep(another_each_time(folder), repeats=2))
    assert "build_model() in mine.py makes another model each time" in str(end_of(events).message)
    assert len(column(events, "loss")) == 13
