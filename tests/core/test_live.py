"""What a script tells its live window comes through as it was."""

import numpy as np
import pytest

from lrgui.core.config.optimizer import Sgd
from lrgui.core.events import Planned, StepsEnded
from lrgui.core.live import SweepEnded, from_line, to_line
from lrgui.core.messages import say


def through(event):
    line = to_line(event)
    assert line.endswith(b"\n") and line.count(b"\n") == 1
    return from_line(line[:-1])


def test_that_a_plan_and_steps_come_through_also_where_a_loss_is_not_finite():
    planned = through(Planned(np.geomspace(1e-7, 10, 5), 3, 2, 81, 1))
    assert planned.learning_rates.tolist() == np.geomspace(1e-7, 10, 5).tolist()
    assert (planned.steps_per_epoch, planned.epochs, planned.parameters, planned.repeats) == (3, 2, 81, 1)
    columns = {"step": np.array([0, 1]), "loss": np.array([0.1, np.inf]), "accuracy": np.array([np.nan, 0.5])}
    steps = through(StepsEnded(columns))
    for name, column in columns.items():
        np.testing.assert_array_equal(steps.columns[name], column)


def test_that_the_end_comes_through_in_the_reader_s_language_and_with_the_optimizer():
    message = say("The loss became NaN at {learning_rate:rate}.", learning_rate=0.5)
    assert through(SweepEnded(message, Sgd(momentum=0.9))) == SweepEnded(message, Sgd(momentum=0.9))
    assert through(SweepEnded(message)) == SweepEnded(message)


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b'{"plan": 3}', b'{"message": "x", "optimizer": null}'])
def test_that_a_line_of_no_event_is_a_value_error(line):
    with pytest.raises(ValueError):
        from_line(line)
