import numpy as np
import pytest
from sklearn import datasets

from lrgui.core.config import TrainingConfig
from lrgui.core.config.dataset import Blobs, BreastCancer, DatasetChoice, Iris, Moons, Spirals, Wine
from lrgui.core.control import Control
from lrgui.core.events import Finished
from lrgui.training.data import load
from lrgui.training.trainer import train
from tests.training.running import run

TABLES = {BreastCancer: datasets.load_breast_cancer, Wine: datasets.load_wine, Iris: datasets.load_iris}
each_table = pytest.mark.parametrize("choice", TABLES)
each_points = pytest.mark.parametrize("choice", [Spirals, Moons, Blobs])


def quiet(dataset: DatasetChoice):
    return load(dataset, lambda event: None, Control())


@each_table
def test_that_a_table_is_standardised_by_its_training_part_alone(choice: type[DatasetChoice]):
    examples = quiet(choice())
    train_inputs, validation_inputs = examples.train_inputs.numpy(), examples.validation_inputs.numpy()
    assert train_inputs.dtype == np.float32
    assert train_inputs.mean(axis=0) == pytest.approx(np.zeros(choice.example_shape), abs=1e-5)
    assert train_inputs.std(axis=0) == pytest.approx(np.ones(choice.example_shape), abs=1e-4)
    # With the validation part's own mean and deviation it would be 0 and 1 there, too.
    assert np.abs(validation_inputs.mean(axis=0)).max() > 0.02
    both = np.concatenate([train_inputs, validation_inputs]) * examples.deviations + examples.means
    found = TABLES[choice]()
    assert np.sort(both, axis=0) == pytest.approx(np.sort(found.data, axis=0), rel=1e-3, abs=1e-4)
    assert examples.feature_names == tuple(map(str, found.feature_names))


@each_table
def test_that_rows_keep_their_labels_and_each_class_its_share(choice: type[DatasetChoice]):
    examples, found = quiet(choice()), TABLES[choice]()
    raw = examples.validation_inputs.numpy() * examples.deviations + examples.means
    for row, label in zip(raw, examples.validation_labels.numpy(), strict=True):
        nearest = np.abs((found.data - row) / examples.deviations).sum(axis=1)
        assert label in found.target[nearest < nearest.min() + 1e-3]
    counts = np.bincount(examples.train_labels.numpy()) + np.bincount(examples.validation_labels.numpy())
    assert counts.tolist() == np.bincount(found.target).tolist()
    assert (len(examples.train_labels), len(examples.validation_labels)) == (
        choice.training_total,
        choice.validation_examples,
    )


def test_that_samples_are_standardised_by_themselves():
    inputs = quiet(BreastCancer(samples=20)).train_inputs.numpy()
    assert inputs.mean(axis=0) == pytest.approx(np.zeros(30), abs=1e-5)


def test_that_a_column_that_is_the_same_everywhere_stays_finite():
    from lrgui.training.examples import hold
    from lrgui.training.raw import Raw

    part = (np.array([[1.0, 7.0], [3.0, 7.0]]), np.array([0, 1]))
    held = hold(Raw(part, part, standardized=True), "table", ("a", "b"))
    assert held.train_inputs.numpy().tolist() == [[-1, 0], [1, 0]]


@each_points
def test_that_points_are_float32_balanced_and_always_the_same(choice: type[DatasetChoice]):
    examples = quiet(choice())
    assert examples.train_inputs.shape == (1000, 2)
    assert examples.validation_inputs.shape == (400, 2)
    assert examples.train_inputs.numpy().dtype == np.float32
    classes = len(choice.class_names)
    assert np.bincount(examples.train_labels.numpy()).tolist() == [1000 // classes] * classes
    quiet(Iris())
    again = quiet(choice(noise=0.2))
    assert np.array_equal(examples.train_inputs.numpy(), again.train_inputs.numpy())
    assert not set(map(bytes, examples.train_inputs.numpy())) & set(map(bytes, examples.validation_inputs.numpy()))


@each_points
def test_that_noise_is_a_standard_deviation_and_none_is_none(choice: type[DatasetChoice]):
    exact, noisy = (quiet(choice(noise=noise)).train_inputs.numpy() for noise in (0.0, 0.5))
    assert (noisy - exact).std() == pytest.approx(0.5, rel=0.05)
    if choice is Blobs:
        assert len(np.unique(exact, axis=0)) == 4


def test_that_spirals_and_moons_lie_where_their_formulas_say():
    spirals, moons = quiet(Spirals(noise=0)), quiet(Moons(noise=0))
    points, labels = spirals.train_inputs.numpy(), spirals.train_labels.numpy()
    radius, angle = np.hypot(*points.T), np.arctan2(points[:, 1], points[:, 0])
    assert radius.max() <= 3
    # An arm that winds 1.5 times on the way to radius 3, the other one turned by half a circle.
    turned = (np.pi * radius + np.pi * labels - angle) / (2 * np.pi)
    assert turned == pytest.approx(np.round(turned), abs=1e-4)
    points, labels = moons.train_inputs.numpy() + np.array([0.5, 0.25]), moons.train_labels.numpy()
    upper, lower = points[labels == 0], points[labels == 1]
    assert np.hypot(*upper.T) == pytest.approx(np.ones(500), abs=1e-5)
    assert np.hypot(*(lower - (1, 0.5)).T) == pytest.approx(np.ones(500), abs=1e-5)
    assert upper[:, 1].min() >= -1e-6
    assert lower[:, 1].max() <= 0.5 + 1e-6


@pytest.mark.parametrize(
    ("dataset", "accuracy"),
    [("breast_cancer", 0.93), ("wine", 0.9), ("iris", 0.85), ("moons", 0.9), ("blobs", 0.95), ("spirals", 0.85)],
)
def test_that_a_model_learns_each(dataset: str, accuracy: float):
    config = TrainingConfig(dataset=dataset, model="mlp,width=32,depth=2", learning_rate=1e-2, batch_size=16, epochs=30)
    end = run(train, config)[-1]
    assert isinstance(end, Finished)
    assert end.evaluation["accuracy"] >= accuracy
