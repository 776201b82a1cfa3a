import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrgui.core.batches import batch_indices, epoch_indices, steps_per_epoch

SIZES = st.integers(1, 200).flatmap(lambda examples: st.tuples(st.just(examples), st.integers(1, examples)))
SEED = st.integers(0, 2**31 - 1)


@given(sizes=SIZES, seed=SEED, epoch=st.integers(0, 1000))
def test_that_no_example_comes_twice_in_an_epoch(sizes, seed, epoch):
    examples, batch_size = sizes
    table = epoch_indices(examples, batch_size, seed, epoch)
    assert table.shape == (examples // batch_size, batch_size)
    assert len(np.unique(table)) == table.size
    assert table.min() >= 0
    assert table.max() < examples


@given(sizes=SIZES, seed=SEED, steps=st.integers(0, 300), more=st.integers(0, 50))
def test_that_a_longer_run_begins_with_the_same_batches(sizes, seed, steps, more):
    short = batch_indices(*sizes, seed, steps)
    assert short.shape == (steps, sizes[1])
    assert np.array_equal(batch_indices(*sizes, seed, steps + more)[:steps], short)


@given(sizes=SIZES, seed=SEED)
def test_that_a_run_goes_on_into_the_next_epoch(sizes, seed):
    steps = steps_per_epoch(*sizes)
    run = batch_indices(*sizes, seed, 3 * steps)
    for epoch in range(3):
        assert np.array_equal(run[epoch * steps : (epoch + 1) * steps], epoch_indices(*sizes, seed, epoch))


def test_that_the_seed_and_the_epoch_change_the_order():
    orders = [tuple(epoch_indices(1437, 32, seed, epoch).ravel()) for seed in range(3) for epoch in range(3)]
    assert len(set(orders)) == 9


def test_that_what_one_epoch_leaves_out_comes_up_in_others():
    seen = np.unique([epoch_indices(10, 6, seed=0, epoch=epoch) for epoch in range(20)])
    assert len(seen) == 10


@pytest.mark.parametrize("batch_size", [0, -1, 11])
def test_that_a_batch_that_does_not_fit_the_data_is_refused(batch_size):
    with pytest.raises(ValueError, match="10 examples"):
        steps_per_epoch(10, batch_size)
