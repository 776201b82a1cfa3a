"""Data of a person's own: a message or a result, whatever comes in."""

import pytest

from tests.fuzz.data_doors import DOORS
from tests.fuzz.door import first_block


@pytest.mark.parametrize("name", DOORS)
def test_that_what_is_valid_is_taken(name):
    door = DOORS[name]
    assert {door.enter(content) for content in door.valid} == {"taken"}


@pytest.mark.parametrize("name", DOORS)
def test_that_whatever_comes_in_ends_with_a_message_or_a_result_within_its_limits(name):
    ended = DOORS[name].knock(first=first_block())
    assert ended["refused"], ended
