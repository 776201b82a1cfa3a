import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.events import (
    Diverged,
    EpochEnded,
    FactorMoved,
    Failed,
    Finished,
    Planned,
    Progressed,
    StepsEnded,
    Stopped,
)
from lrgui.core.messages import say
from lrgui.core.runs import History, Run, RunStatus

DONE = say("Done.")


def steps(first, losses):
    count = len(losses)
    return StepsEnded(
        {
            "step": np.arange(first, first + count),
            "learning_rate": np.full(count, 0.1),
            "loss": np.array(losses, float),
        }
    )


def a_run():
    return Run("1", "train", TrainingConfig())


# History


@given(parts=st.lists(st.lists(st.floats(-1e300, 1e300), max_size=200), max_size=8))
def test_that_a_history_holds_all_that_was_appended_in_its_order(parts):
    history = History()
    for part in parts:
        history.append({"loss": np.array(part, float), "twice": 2 * np.array(part, float)})
    together = [value for part in parts for value in part]
    assert len(history) == len(together)
    assert history["loss"].tolist() == together
    assert history["twice"].tolist() == [2 * value for value in together]


def test_that_a_column_once_read_is_not_changed_by_what_comes_later():
    history = History()
    history.append({"loss": np.arange(3.0)})
    read = history["loss"]
    for _ in range(10):
        history.append({"loss": np.full(50, 9.0)})
    assert read.tolist() == [0, 1, 2]


def test_that_columns_keep_their_kind_of_number():
    history = History()
    history.append({"step": np.arange(3), "loss": np.ones(3, np.float32)})
    assert history["step"].dtype.kind == "i"
    assert history["loss"].dtype == np.float32


def test_that_whole_numbers_take_four_bytes_until_one_does_not_fit():
    history = History()
    history.append({"step": np.arange(3)})
    before = history["step"]
    assert before.dtype == np.int32
    history.append({"step": np.array([2**31])})
    assert history["step"].tolist() == [0, 1, 2, 2**31]
    assert before.tolist() == [0, 1, 2]
    history.append({"step": np.array([-5])})
    assert history["step"].tolist() == [0, 1, 2, 2**31, -5]


def test_that_an_empty_history_has_empty_columns():
    history = History()
    assert len(history) == 0
    assert history["loss"].shape == (0,)
    assert "loss" not in history
    assert list(history) == []


def test_that_columns_that_do_not_match_are_refused_and_leave_the_history_as_it_was():
    history = History()
    history.append({"step": np.arange(2), "loss": np.ones(2)})
    with pytest.raises(ValueError, match="match"):
        history.append({"step": np.arange(2)})
    with pytest.raises(ValueError, match="length"):
        history.append({"step": np.arange(2), "loss": np.ones(3)})
    assert len(history) == 2
    assert list(history) == ["step", "loss"]


# Run


def test_that_a_run_is_gathered_from_its_events():
    run = a_run()
    assert run.status is RunStatus.WAITING
    run.apply(Progressed(say("Loading."), 0.5))
    assert run.status is RunStatus.RUNNING
    assert run.progress.fraction == 0.5
    run.apply(Planned(np.full(4, 0.1), steps_per_epoch=2, epochs=2, parameters=10))
    run.apply(steps(0, [2.0, 1.0]))
    run.apply(EpochEnded(0, 2, {"loss": 1.5, "val_loss": 1.7}))
    run.apply(FactorMoved(2, 0.5))
    run.apply(steps(2, [0.5, np.nan]))
    run.apply(EpochEnded(1, 4, {"loss": 0.6, "val_loss": 0.9}))
    run.apply(Finished(DONE, {"accuracy": 0.9}))
    assert run.planned.parameters == 10
    assert run.steps["step"].tolist() == [0, 1, 2, 3]
    assert run.steps["loss"][:3].tolist() == [2, 1, 0.5]
    assert run.epochs["epoch"].tolist() == [0, 1]
    assert run.epochs["val_loss"].tolist() == [1.7, 0.9]
    assert run.factor_moves == [FactorMoved(2, 0.5)]
    assert run.message is DONE
    assert run.evaluation == {"accuracy": 0.9}
    assert run.seconds >= 0


@pytest.mark.parametrize(
    ("end", "status"),
    [
        (Finished(DONE), RunStatus.FINISHED),
        (Stopped(DONE), RunStatus.STOPPED),
        (Diverged(DONE), RunStatus.DIVERGED),
        (Failed(DONE, details="Traceback"), RunStatus.FAILED),
    ],
)
def test_that_a_run_ends_as_its_last_event_says_and_then_hears_no_more(end, status):
    run = a_run()
    run.apply(steps(0, [1.0]))
    assert not run.ended
    run.apply(end)
    seconds = run.seconds
    run.apply(steps(1, [2.0]))
    run.apply(Finished(say("Late.")))
    assert run.ended
    assert run.status is status
    assert run.message is DONE
    assert run.steps["loss"].tolist() == [1.0]
    assert run.seconds == seconds
    assert run.details == getattr(end, "details", "")


# Where it is


def test_that_the_place_of_a_run_is_that_in_its_sweep_and_what_was_left_out_counts_as_done():
    run = Run("a", "range_test", RangeTestConfig())
    assert (run.place, run.done) == ((0, 0), 0)
    run.apply(Planned(np.tile(np.arange(1, 6), 3), 5, 3, 10, repeats=3))
    assert (run.place, run.done) == ((0, 0), 0)
    for first, repeat, count in ((0, 0, 2), (2, 1, 1), (3, 1, 3), (6, 2, 1)):
        columns = {"step": first + np.arange(count), "learning_rate": np.ones(count), "loss": np.ones(count)}
        run.apply(StepsEnded({**columns, "accuracy": np.ones(count), "repeat": np.full(count, repeat)}))
    assert run.place == (2, 1)
    assert run.done == 11


def test_that_a_training_has_done_its_steps():
    run = Run("a", "training", TrainingConfig())
    run.apply(Planned(np.ones(10), 5, 2, 10))
    run.apply(StepsEnded({"step": np.arange(4), "learning_rate": np.ones(4), "loss": np.ones(4)}))
    assert (run.place, run.done) == ((0, 4), 4)
