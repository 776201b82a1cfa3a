import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from lrgui.core.config import DATASETS, TrainingConfig
from lrgui.core.config.dataset import Digits, FashionMnist
from lrgui.core.control import Control
from lrgui.core.events import Failed
from lrgui.core.messages import Refused
from lrgui.training.data import load
from lrgui.training.sampling import stratified
from lrgui.training.trainer import train
from tests.training.running import run

BUNDLED = [choice for choice in DATASETS if not choice.download_bytes]


@given(sizes=some.lists(some.integers(0, 60), min_size=1, max_size=12).filter(any), data=some.data())
def test_that_exactly_so_many_are_taken_each_once_and_each_class_with_its_share(sizes, data):
    labels = np.random.default_rng(0).permutation(np.repeat(np.arange(len(sizes)), sizes))
    count = data.draw(some.integers(np.count_nonzero(sizes), len(labels)))
    taken = stratified(labels, count)
    assert len(taken) == len(set(taken.tolist())) == count
    found = np.bincount(labels[taken], minlength=len(sizes))
    exact = count * np.array(sizes) / len(labels)
    assert np.all((found > 0) == (np.array(sizes) > 0))
    # Nobody is more than one off its share, but for those who get one although their share is less, and who pays.
    poor = np.count_nonzero((exact < 1) & (exact > 0))
    assert np.all(np.abs(found - exact) < 1 + poor)


def test_that_all_is_all():
    labels = np.array([0, 1, 1, 2])
    assert stratified(labels, 4).tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("count", "words"), [(2, "fewer than the 3 classes"), (5, "more than the 4 training examples")]
)
def test_that_too_few_and_too_many_are_refused_in_words(count, words):
    with pytest.raises(Refused, match=words):
        stratified(np.array([0, 1, 1, 2]), count)


@pytest.mark.parametrize("choice", BUNDLED)
def test_that_a_run_on_samples_has_exactly_so_many_and_its_whole_validation_data(choice):
    examples = load(choice(samples=50), lambda event: None, Control())
    assert examples.training_examples == 50
    assert examples.train_inputs.shape == (50, *choice.example_shape)
    assert len(examples.validation_labels) == choice.validation_examples
    shares = np.bincount(examples.train_labels.numpy()) / 50
    whole = load(choice(), lambda event: None, Control()).train_labels.numpy()
    assert shares == pytest.approx(np.bincount(whole) / len(whole), abs=1 / 50)


def test_that_the_choice_does_not_depend_on_the_seed_of_the_run_but_grows():
    few = load(Digits(samples=40), lambda event: None, Control()).train_inputs.numpy()
    more = load(Digits(samples=80), lambda event: None, Control()).train_inputs.numpy()
    again = load(Digits(samples=40), lambda event: None, Control()).train_inputs.numpy()
    assert np.array_equal(few, again)
    assert set(map(bytes, few)) <= set(map(bytes, more))


def test_that_more_samples_than_the_files_hold_are_refused_in_words(fashion_home):
    end = run(train, TrainingConfig(dataset=FashionMnist(samples=5000)))[-1]
    assert isinstance(end, Failed)
    assert str(end.message) == "5000 samples are more than the 3000 training examples found: take at most 3000."
