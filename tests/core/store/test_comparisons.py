"""A comparison in the history: whose every row is, and how each arm ended."""

import contextlib
import sqlite3

import numpy as np

from lrgui.core.comparison import measured, verdict
from lrgui.core.config import Arm, ComparisonConfig
from lrgui.core.events import ArmEnded, EpochEnded, Finished, Planned, StepsEnded
from lrgui.core.messages import say
from lrgui.core.runs import Run, fresh_id
from lrgui.core.store import Store

CONFIG = ComparisonConfig(arms=[Arm(), Arm(schedule="cosine", learning_rate=1e-2)], seeds=3, epochs=1)


def a_comparison(store):
    run = Run(fresh_id(), "comparison", CONFIG)
    store.begin(run)
    events = [Planned(np.full(12, 1e-3), 2, 1, 10)]
    for seed in range(3):
        for arm in range(2):
            columns = {name: np.full(2, value) for name, value in {"arm": arm, "seed": seed, "loss": 1.5}.items()}
            events.append(StepsEnded({**columns, "step": np.arange(2), "learning_rate": np.full(2, 1e-3)}))
            values = {"arm": arm, "seed": seed, "val_accuracy": 0.9 + 0.05 * arm + 0.001 * seed, "val_loss": 0.3}
            events.append(EpochEnded(0, 2, {**values, "seconds": 0.5}))
            events.append(ArmEnded(arm, seed, "diverged" if (arm, seed) == (0, 2) else "finished", say("at {n}", n=2)))
    for event in [*events, Finished(say("Done."))]:
        run.apply(event)
        store.take(run, event)
    return run


def test_that_a_comparison_comes_back_with_its_arms_and_their_ends(tmp_path):
    store = Store(tmp_path / "history.sqlite3", told=print)
    run = a_comparison(store)
    assert store.flush()
    back = store.load(run.id)
    store.close()
    assert (back.config, back.kind, back.arm_ends) == (run.config, "comparison", run.arm_ends)
    for name in run.epochs:
        assert np.array_equal(back.epochs[name], run.epochs[name])
    assert str(verdict(measured(back)).message) == str(verdict(measured(run)).message)
    assert [arm.diverged for arm in measured(back).arms] == [1, 0]


def test_that_a_history_without_arms_is_brought_up_to_them(tmp_path):
    path = tmp_path / "history.sqlite3"
    store = Store(path, told=print)
    run = a_comparison(store)
    store.close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE bodies DROP COLUMN arm_ends")
        connection.execute("PRAGMA user_version = 2")
        connection.commit()
    store = Store(path, told=print)
    back = store.load(run.id)
    store.close()
    assert back.arm_ends == []
    assert len(back.epochs) == 6
