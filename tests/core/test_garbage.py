"""When Python looks for garbage."""

import gc
from collections.abc import Iterator

import pytest

from lrgui.core.garbage import none_collected


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    assert gc.isenabled()
    yield
    gc.enable()
    gc.unfreeze()


def test_that_no_garbage_is_looked_for_meanwhile_and_again_after():
    with none_collected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_that_a_failure_meanwhile_leaves_it_as_before():
    with pytest.raises(ImportError), none_collected():
        raise ImportError
    assert gc.isenabled()


def test_that_it_stays_off_where_it_was_off():
    gc.disable()
    with none_collected():
        pass
    assert not gc.isenabled()


def test_that_what_was_made_meanwhile_is_never_looked_through_again():
    with none_collected():
        lasting = [[] for _ in range(10_000)]
    assert gc.get_freeze_count() > len(lasting)
    assert not any(each is lasting for each in gc.get_objects())
