"""What ``load_data()`` may return, and what a run makes of it: arrays, streams, several inputs and outputs."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.config.dataset import ScriptData
from lrgui.core.contents import content_hash
from lrgui.core.events import Ended, EpochEnded, Failed, Finished
from lrgui.core.messages import Refused
from lrgui.core.trust import keep_in, trust
from lrgui.training.own import trial
from lrgui.training.own.script_data import parts_of, train_batches
from lrgui.training.saving import save_model
from lrgui.training.trainer import range_test, train
from tests.training.running import column, of_kind, run

CHOICE = ScriptData(path="mine.py")
X, Y = np.zeros((10, 3)), np.arange(10)

BAD = {
    "nothing": None,
    "a number": 3,
    "one array": X,
    "x alone": (X,),
    "four arrays": (X, Y, X, Y),
    "lists of numbers": ([1, 2, 3], [1, 2, 3]),
    "text": ("x.npy", "y.npy"),
    "an empty dict": ({}, Y),
    "a data loader": SimpleNamespace(batch_size=3),
    "numbers without a row": (np.float32(3), np.float32(4)),
}


@pytest.mark.parametrize("case", BAD)
def test_that_what_is_no_data_is_refused_with_what_to_return(case):
    with pytest.raises(Refused) as refused:
        parts_of(BAD[case], CHOICE)
    assert str(refused.value).startswith("load_data() in mine.py returned ")
    assert "let it return (x, y), ((x, y), (x_val, y_val)), a tf.data.Dataset" in str(refused.value)


def test_that_a_share_of_arrays_is_held_back_the_same_at_each_call():
    first, again = parts_of((X, Y), CHOICE), parts_of(({"a": X, "b": X}, Y), CHOICE)
    assert sorted([*first.train[1], *first.validation[1]]) == list(range(10))
    assert len(first.validation[1]) == 2
    assert first.validation[1].tolist() == again.validation[1].tolist()
    assert {len(rows) for rows in again.train[0].values()} == {8}


def test_that_pairs_are_training_and_validation():
    parts = parts_of(((X, Y, np.ones(10)), (X[:4], Y[:4])), CHOICE)
    assert [len(part) for part in (parts.train, parts.validation)] == [3, 2]


@pytest.fixture
def script(tmp_path):
    """Write a file that may be run, and has passed its trial; return what a config says of it."""
    keep_in(tmp_path / "profile")
    path = tmp_path / "我的 data.py"

    def written(source):
        path.write_text(f"import keras\nimport numpy as np\nimport tensorflow as tf\n{source}", encoding="utf-8")
        trust().allow(content_hash(path), path.name)
        trial.remember(content_hash(path), ("model", "data"))
        return {"model": f"own,path={path}", "dataset": f"own,path={path}"}

    yield written
    keep_in(None)


SEVERAL = """
rng = np.random.default_rng(0)
A, B = rng.normal(size=(200, 6)).astype("float32"), rng.normal(size=(200, 3)).astype("float32")
DATA = {"a": A, "b": B}, {"number": A[:, :1] + B[:, :1], "kind": (A[:, 0] > 0).astype("int32")}
def build_model():
    a, b = keras.Input((6,), name="a"), keras.Input((3,), name="b")
    both = keras.layers.Dense(16, activation="relu")(keras.layers.Concatenate()([a, b]))
    number = keras.layers.Dense(1, name="number")(both)
    kind = keras.layers.Dense(2, activation="softmax", name="kind")(both)
    model = keras.Model({"a": a, "b": b}, {"number": number, "kind": kind})
    losses = {"number": "mse", "kind": "sparse_categorical_crossentropy"}
    model.compile("adam", losses, loss_weights={"number": 0.5, "kind": 2.0})
    return model
"""

ENDLESS = f"""{SEVERAL}
def load_data():
    batches = tf.data.Dataset.from_tensor_slices(DATA).batch(20)
    return batches.repeat(), batches
"""


def end_of(events):
    return of_kind(events, Ended)[0]


def test_that_several_inputs_and_outputs_are_swept_by_their_total_loss_and_the_model_put_back(script):
    config = RangeTestConfig(**script(ENDLESS), start=1e-4, end=1e-1, steps=10, stop_factor=None)
    events = run(range_test, config)
    assert not isinstance(end_of(events), Failed), end_of(events).message
    assert len(column(events, "loss")) == 11
    proof = str(end_of(events).message).rpartition("is unchanged: ")[2]
    assert proof[:6] == proof[9:15]


def test_that_a_stream_without_an_end_is_trained_on_when_an_epoch_has_a_length(script):
    given = script(ENDLESS)
    end = end_of(run(train, TrainingConfig(**given, epochs=1)))
    assert "has no end that is known" in str(end.message)
    assert "the field Epoch of the data" in str(end.message)
    given["dataset"] += ",steps_per_epoch=8"
    events = run(train, TrainingConfig(**given, epochs=2, learning_rate=1e-2))
    assert isinstance(end_of(events), Finished)
    losses = [event.values["val_loss"] for event in of_kind(events, EpochEnded)]
    assert losses[1] < losses[0]
    assert end_of(events).evaluation == {"loss": losses[1]}
    assert [event.step for event in of_kind(events, EpochEnded)] == [8, 16]


def test_that_a_stream_alone_is_swept_but_not_trained_on(script):
    given = script(f"{SEVERAL}\ndef load_data():\n    return tf.data.Dataset.from_tensor_slices(DATA).batch(20)\n")
    end = end_of(run(train, TrainingConfig(**given, epochs=1)))
    assert "returned a stream alone, and a training needs data to validate on" in str(end.message)
    end = end_of(run(range_test, RangeTestConfig(**given, steps=15, stop_factor=None)))
    assert not isinstance(end, Failed), end.message


ARRAYS = """
def load_data():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(300, 4)).astype("float32")
    return x, (x[:, 0] > 0).astype("int64")
def build_model():
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(2, activation="softmax")])
"""


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own
def test_that_arrays_are_trained_on_with_the_chosen_optimizer_and_loss_and_the_model_saved(script, tmp_path):
    config = TrainingConfig(**script(ARRAYS), epochs=4, learning_rate=0.05, loss="cross_entropy", optimizer="adam")
    end = end_of(run(train, config))
    assert isinstance(end, Finished), end.message
    assert end.evaluation["accuracy"] > 0.9
    told = save_model(config, tmp_path / "trained.keras")
    assert str(told) == "The model takes what load_data() in 我的 data.py returns."
    rng = np.random.default_rng(0)
    x = rng.normal(size=(300, 4)).astype("float32")
    right = keras.models.load_model(tmp_path / "trained.keras").predict(x, verbose=0).argmax(1) == (x[:, 0] > 0)
    assert right.mean() > 0.9


REFUSED = {
    "other lengths": (
        ARRAYS.replace("(x[:, 0] > 0)", "(x[:9, 0] > 0)"),
        "我的 data.py returned arrays of 9 / 300 examples", "the same number of examples",
    ),
    "other features": (
        ARRAYS.replace("size=(300, 4)", "size=(300, 5)"),
        "我的 data.py does not take what load_data() in", "shapes of data and model",
    ),
    "an error in load_data": (
        ARRAYS.replace("return x,", "1 / 0\n    return x,"), "load_data() in 我的 data.py, line", "ZeroDivisionError",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_that_data_that_do_not_go_with_the_model_are_refused_in_a_sentence(case, script):
    source, problem, more = REFUSED[case]
    end = end_of(run(range_test, RangeTestConfig(**script(source), steps=5)))
    assert isinstance(end, Failed)
    assert problem in str(end.message)
    assert more in str(end.message)
    assert "\n" not in str(end.message)


def test_that_a_model_that_is_built_here_asks_for_other_data(script):
    end = end_of(run(range_test, RangeTestConfig(dataset=script(ARRAYS)["dataset"], steps=5)))
    assert "我的 data.py loads data for a model of your own" in str(end.message)


def test_that_balanced_weights_let_rare_classes_count_more_and_need_class_numbers():
    choice = ScriptData(path="mine.py", class_weights="balanced")
    labels = np.array([0, 0, 0, 1])
    parts = parts_of(((X[:4], labels), (X[:4], labels)), choice)
    _, _, weights = train_batches(parts, choice, 4, None).first()
    assert weights.numpy().tolist() == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])
    with pytest.raises(Refused, match=r"need class numbers in one array, and load_data\(\) in mine\.py returns"):
        train_batches(parts_of(((X, X), (X, X)), choice), choice, 4, None)
