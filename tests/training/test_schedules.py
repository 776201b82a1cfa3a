"""Training by a schedule: the optimizer is given the table, step by step, whatever the chunks."""

import numpy as np
import pytest

from lrgui.core import schedules
from lrgui.core.config import TrainingConfig
from lrgui.core.events import EpochEnded, Planned
from lrgui.training.trainer import train
from tests.training.running import column, of_kind, run

ONE_OF_EACH_KIND = (
    "cosine,warmup=20", "sgdr,first_cycle=20,amplitude=0.5", "triangular2,cycle=30", "shrink",
    "expression,formula=rate * where(epoch < 1, 1, cos(step / 40) ** 2)",
)  # fmt: skip


@pytest.mark.parametrize("schedule", ONE_OF_EACH_KIND)
def test_that_what_is_planned_is_the_table_and_what_is_reported_what_was_planned(schedule):
    config = TrainingConfig(schedule=schedule, epochs=2, learning_rate=3e-3)
    events = run(train, config)
    table = schedules.rates(config.schedule, config.learning_rate, 88, 44)
    assert np.array_equal(of_kind(events, Planned)[0].learning_rates, table)
    assert column(events, "learning_rate") == pytest.approx(table, rel=1e-6)


def test_that_the_second_example_of_the_article_runs_as_it_stands_there():
    config = TrainingConfig(optimizer="adam", learning_rate=1e-3, epochs=15, schedule="hold_then_decay")
    events = run(train, config)
    expected = [1e-3] * 10 + [1e-3 * np.exp(-0.1) ** more for more in range(1, 6)]
    planned = of_kind(events, Planned)[0].learning_rates
    assert planned == pytest.approx(np.repeat(expected, 44), rel=1e-12)
    rates = [epoch.values["learning_rate"] for epoch in of_kind(events, EpochEnded)]
    assert rates == pytest.approx(expected, abs=1e-9, rel=0)
