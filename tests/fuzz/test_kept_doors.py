"""Run files, the history and notes: a message or a result, whatever comes in."""

import pytest

from tests.fuzz.door import first_block
from tests.fuzz.kept_doors import DOORS


@pytest.mark.parametrize("name", DOORS)
def test_that_what_is_valid_is_taken(name):
    door = DOORS[name]
    assert {door.enter(content) for content in door.valid} == {"taken"}


@pytest.mark.parametrize("name", DOORS)
def test_that_whatever_comes_in_ends_with_a_message_or_a_result_within_its_limits(name):
    ended = DOORS[name].knock(first=first_block())
    # What is damaged in the history or in notes is passed over, and not refused.
    assert ended["refused"] or name != "run file", ended
