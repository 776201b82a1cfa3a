"""A worker has to have the same versions, and what differs is named."""

import sys

import pytest

from lrgui.cluster.fitness import for_scheduler, versions, versions_told, what_differs

OURS = {"Python": "3.12", "lrgui": "1.2.0", "TensorFlow": "2.21.0", "Keras": "3.15.1"}


def test_that_the_same_is_fit():
    assert what_differs(versions()) is None
    assert what_differs(OURS, OURS) is None


@pytest.mark.parametrize("name", OURS)
def test_that_any_other_version_is_named_with_both(name):
    assert str(what_differs(OURS, {**OURS, name: "0.9"})) == f"{name} 0.9, not {OURS[name]}"


@pytest.mark.parametrize("name", OURS)
def test_that_what_is_missing_is_named(name):
    assert str(what_differs(OURS, {**OURS, name: ""})) == f"no {name}"


def test_that_all_that_differs_is_named():
    told = str(what_differs(OURS, {**OURS, "Python": "3.11", "Keras": ""}))
    assert told == "Python 3.11, not 3.12, no Keras"


def test_that_what_dask_tells_is_understood_and_of_python_two_numbers_count():
    packages = {"python": "3.12.4.final.0", "lrgui": "1.2.0", "tensorflow": "2.21.0", "keras": None}
    assert versions_told(packages) == {**OURS, "Keras": ""}
    assert versions()["Python"] == f"{sys.version_info[0]}.{sys.version_info[1]}"


def test_that_a_scheduler_needs_no_tensorflow():
    there = {"Python": "3.12", "lrgui": "1.2.0", "TensorFlow": "", "Keras": ""}
    assert what_differs(for_scheduler(OURS), there) is None
    assert str(what_differs(for_scheduler(OURS), {**there, "lrgui": ""})) == "no lrgui"
