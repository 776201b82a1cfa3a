"""A repeat makes the moves of the hand again, each at its step: the run is the same, bit for bit."""

import numpy as np
import pytest

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.control import Control
from lrgui.core.events import EpochEnded, Event, FactorMoved, StepsEnded
from lrgui.training.trainer import range_test, train
from tests.training.running import column, of_kind, run


def with_a_restless_hand(job, config, seed: int) -> list[Event]:
    """Run with a hand that moves the slider now and then, whenever that is."""
    random, control = np.random.default_rng(seed), Control()

    def move(event: Event) -> None:
        if isinstance(event, StepsEnded) and random.random() < 0.8:
            control.factor = float(10 ** random.uniform(-1, 1))

    return run(job, config, control, move)


def same(one: list[Event], other: list[Event]) -> bool:
    columns = ("step", "learning_rate", "loss", "accuracy")
    return all(np.array_equal(column(one, name), column(other, name)) for name in columns)


@pytest.mark.parametrize("seed", [0, 1])
def test_that_a_repeat_with_the_moves_of_the_hand_gives_the_same_losses_and_tells_the_same_moves(seed):
    config = TrainingConfig(epochs=4, batch_size=8, schedule="cosine,warmup=10", seed=seed)
    live = with_a_restless_hand(train, config, seed)
    moves = of_kind(live, FactorMoved)
    assert len(moves) >= 2
    assert not same(live, run(train, config))
    for pace in (None, 1e6):
        control = Control(moves)
        control.pace = pace
        again = run(train, config, control)
        assert same(live, again)
        assert of_kind(again, FactorMoved) == moves
        assert again[-1] == live[-1]


def test_that_a_sweep_is_repeated_with_its_moves_too():
    config = RangeTestConfig(repeats=2, steps=60, end=1e-2, stop_factor=None)
    live = with_a_restless_hand(range_test, config, 3)
    again = run(range_test, config, Control(of_kind(live, FactorMoved)))
    assert of_kind(live, FactorMoved)
    assert same(live, again)


def test_that_a_repeat_replays_the_hand_and_lets_the_plateau_rule_act_again():
    config = TrainingConfig(
        epochs=8, learning_rate=0.02, plateau="reduce_on_plateau,patience=1,min_delta=0.02", seed=4
    )  # fmt: skip
    live = with_a_restless_hand(train, config, 4)
    moves = of_kind(live, FactorMoved)
    assert {move.by for move in moves} == {"hand", "rule"}
    again = run(train, config, Control(moves))
    assert same(live, again)
    assert of_kind(again, FactorMoved) == moves
    assert of_kind(again, EpochEnded) == of_kind(live, EpochEnded)


def test_that_a_hand_that_moves_during_a_repeat_has_the_factor_from_then_on():
    control = Control([FactorMoved(20, 0.5), FactorMoved(10_000, 0.1)])

    def move(event: Event) -> None:
        if isinstance(event, StepsEnded) and event.columns["step"][-1] >= 100:
            control.factor = 2.0

    config = TrainingConfig(epochs=30)
    events = run(train, config, control, move)
    first, second = of_kind(events, FactorMoved)
    assert (first.step, first.factor, second.factor) == (20, 0.5, 2.0)
    assert column(events, "learning_rate")[-1] == pytest.approx(2e-3)
