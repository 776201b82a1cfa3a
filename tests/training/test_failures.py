from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from lrgui.core.messages import Refused, say
from lrgui.training.failures import explain


def raised_by(action) -> BaseException:
    with pytest.raises(Exception) as caught:
        action()
    return caught.value


def exhaust_tensorflow() -> None:
    raise tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor with shape[1048576,1048576]")


@pytest.mark.parametrize("action", [lambda: np.empty(1 << 60, np.uint8), exhaust_tensorflow])
def test_that_too_little_memory_is_told_with_what_to_do(action):
    assert str(explain(raised_by(action))) == (
        "The memory is not enough for this run: take a smaller batch size or a smaller model."
    )


def test_that_shapes_that_do_not_fit_are_told_in_one_line():
    told = str(explain(raised_by(lambda: tf.zeros((2, 3)) @ tf.zeros((4, 5)))))
    assert told.startswith("The shapes of data and model do not fit together: ")
    assert told.endswith("In[0]: [2,3], In[1]: [4,5]")


def test_that_a_missing_file_is_told():
    told = str(explain(raised_by(lambda: Path("/nowhere/at/all").read_text())))
    assert told.startswith("A file could not be read or written: ")


def test_that_what_was_written_for_people_is_passed_on():
    message = say("No, because of {reason}.", reason="rain")
    assert explain(Refused(message)) is message


def test_that_what_went_wrong_in_a_graph_is_told_and_not_the_way_there():
    stack = (
        'Detected at node PyFunc defined at (most recent call last):\n  File "/home/frank/shape.py", line 3, in call'
    )
    error = tf.errors.InvalidArgumentError(None, None, f"Graph execution error:\n\n{stack}\n\nValueError: too dark\n")
    assert str(explain(error)) == "The run broke off: InvalidArgumentError: ValueError: too dark"


def test_that_anything_else_is_told_by_its_kind_and_first_line():
    assert str(explain(RuntimeError("\n\nfirst\nsecond"))) == "The run broke off: RuntimeError: first"
    assert str(explain(KeyError())) == "The run broke off: KeyError: KeyError"
