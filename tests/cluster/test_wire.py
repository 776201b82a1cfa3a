"""What travels comes back as it was, and in fewer bytes."""

import numpy as np
import pytest

from lrgui.cluster.orders import Ground
from lrgui.cluster.post import MOST_ROWS, Post
from lrgui.cluster.wire import packed, unpacked
from lrgui.core.decimals import decimals
from lrgui.core.events import EpochEnded, StepsEnded

FLOATS = np.random.default_rng(0).random(1500)
COLUMNS = {
    "counted": np.arange(50, 1550),
    "alike": np.full(1500, 3),
    "single": FLOATS.astype(np.float32).astype(np.float64),
    "decimal": decimals(FLOATS.astype(np.float32)),
    "double": FLOATS,
    "huge": FLOATS * 1e300,
    "nothing": np.full(1500, np.nan),
    "broken": np.r_[FLOATS[:-2].astype(np.float32), np.inf, np.nan].astype(np.float64),
    "whole": np.random.default_rng(1).integers(0, 99, 1500),
}


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("rows", [0, 1, 2, 1500])
def test_that_a_column_comes_back_to_the_last_bit_and_in_its_type(name, rows):
    column = COLUMNS[name][:rows]
    found = unpacked(packed({name: column}))[name]
    assert found.dtype == column.dtype
    assert np.array_equal(found, column, equal_nan=column.dtype.kind == "f")


def test_that_what_a_run_measures_takes_a_third_of_its_bytes():
    columns = {"step": COLUMNS["counted"], "learning_rate": COLUMNS["decimal"], "loss": COLUMNS["single"]}
    assert sum(len(part[3]) for part in packed(columns).values()) < sum(c.nbytes for c in columns.values()) / 3


def steps(first, count):
    return StepsEnded({"step": np.arange(first, first + count), "loss": FLOATS[:1].repeat(count)})


def test_that_a_run_tells_when_it_begins_and_then_no_more_than_is_due():
    sent = []
    post = Post(sent.append, every=3600)
    post.began(Ground(10, 20, 2, 7))
    for place in range(5):
        post.take(steps(place, 1))
    assert sent == [{"began": [10, 20, 2, 7, "", ""]}]
    assert len(unpacked(post.steps())["step"]) == 5


def test_that_a_run_that_follows_another_tells_of_its_beginning_with_its_first_rows():
    sent = []
    post = Post(sent.append, every=0, at_once=False)
    post.began(Ground(10, 20, 2, 7))
    assert not sent
    post.take(steps(0, 1))
    post.take(steps(1, 1))
    assert [message.get("began") for message in sent] == [[10, 20, 2, 7, "", ""], None]
    assert [message["first"] for message in sent] == [0, 1]


def test_that_many_rows_are_told_in_their_order_bit_by_bit_and_the_result_has_all():
    sent = []
    post = Post(sent.append, every=0)
    post.take(steps(0, 2 * MOST_ROWS + 10))
    post.take(EpochEnded(0, 10, {"val_loss": 1.0}))
    post.take(EpochEnded(1, 20, {"val_loss": 2.0}))
    assert [message["first"] for message in sent] == [0, MOST_ROWS, 2 * MOST_ROWS]
    rows = np.concatenate([unpacked(message["rows"])["step"] for message in sent])
    assert np.array_equal(rows, np.arange(2 * MOST_ROWS + 10))
    assert [message.get("first_epoch") for message in sent] == [None, 0, 1]
    assert post.epochs() == ((0, 10, {"val_loss": 1.0}), (1, 20, {"val_loss": 2.0}))
    assert len(unpacked(post.steps())["step"]) == 2 * MOST_ROWS + 10
