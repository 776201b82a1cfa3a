"""What is kept comes back, is found, is changed, and is forgotten."""

import dataclasses
import threading
import time

import numpy as np
import pytest

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.events import Failed, Finished, Planned, StepsEnded
from lrgui.core.messages import Refused, say
from lrgui.core.runs import History, Run, RunStatus, fresh_id
from lrgui.core.store import FILE_NAME, Filter, Sort, Store, UnreadableConfig
from tests.core.store.runs import a_sweep, a_training, feed, fill, started, steps, sweep_events, training_events


@pytest.fixture
def told():
    return []


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a profile with spaces" / FILE_NAME


@pytest.fixture
def store(path, told):
    store = Store(path, told=told.append)
    yield store
    assert store.close()
    assert told == []


def same(first, second):
    """Whether two things are equal through and through, arrays by type and value."""
    if isinstance(first, History):
        return set(first) == set(second) and all(same(first[name], second[name]) for name in first)
    if isinstance(first, np.ndarray):
        return first.dtype == second.dtype and np.array_equal(first, second, equal_nan=first.dtype.kind == "f")
    if dataclasses.is_dataclass(first):
        return all(same(getattr(first, each.name), getattr(second, each.name)) for each in dataclasses.fields(first))
    return first == second


KEPT = (
    *("id", "kind", "config", "name", "status", "started", "seconds", "planned", "steps", "epochs", "factor_moves"),
    *("examined", "message", "details", "evaluation", "slowed", "repeat_of"),
)


def test_that_data_and_models_of_ones_own_are_listed_and_found_by_their_files(store):
    run = a_training(store, config=TrainingConfig(dataset="own,path=/a/houses.csv", model="own,path=/b/mine.keras"))
    a_training(store)
    assert store.flush()
    [entry] = store.page(Filter(text="houses mine"))
    assert (entry.id, entry.dataset, entry.model) == (run.id, "houses.csv", "mine.keras")


@pytest.mark.parametrize("make", [a_training, a_sweep], ids=["training", "sweep"])
def test_that_a_run_comes_back_as_it_was(store, make):
    run = make(store, name="Ünser Lauf", repeat_of="another", slowed=True)
    assert store.flush()
    loaded = store.load(run.id)
    assert [name for name in KEPT if not same(getattr(run, name), getattr(loaded, name))] == []
    assert str(loaded.message) == str(run.message)


def test_that_a_failure_comes_back_with_its_details(store):
    run = feed(store, started(store), [Failed(say("It broke."), details="Traceback ...\n  line")])
    assert store.flush()
    loaded = store.load(run.id)
    assert (loaded.status, loaded.details, len(loaded.steps)) == (RunStatus.FAILED, "Traceback ...\n  line", 0)


def test_that_values_that_are_not_finite_come_back_bit_by_bit(store):
    odd = np.array([np.nan, np.inf, -np.inf, -0.0, 1e-320, 0.1, 3.0])
    column = {"step": np.arange(7), "learning_rate": odd, "loss": odd[::-1], "accuracy": odd}
    run = feed(store, started(store), [StepsEnded(column), Finished(say("x"), {"loss": float("nan")})])
    assert store.flush()
    loaded = store.load(run.id)
    assert loaded.steps["loss"].tobytes() == odd[::-1].tobytes()
    assert np.isnan(loaded.evaluation["loss"])
    assert store.entry(run.id).final_loss is None


def test_that_a_run_is_on_the_disk_while_it_goes_on_also_when_no_further_event_comes(store):
    run = started(store)
    assert store.flush()
    feed(store, run, [Planned(np.full(88, 1e-3), 44, 2, 10), steps(0, 30)])
    until = time.monotonic() + 5
    while store.entry(run.id).steps_done < 30 and time.monotonic() < until:
        time.sleep(0.02)
    assert time.monotonic() < until - 4, "it took more than a second"
    loaded = store.load(run.id)
    assert loaded.status is RunStatus.RUNNING
    assert same(loaded.steps, run.steps)


def test_that_rows_written_at_many_looks_are_one_column(store):
    run = started(store)
    for first in range(0, 100, 10):
        feed(store, run, [steps(first, 10)])
        assert store.flush()
    feed(store, run, [Finished(say("Done."))])
    assert store.flush()
    assert same(store.load(run.id).steps, run.steps)


def test_that_no_call_of_a_run_waits_for_the_disk(store):
    assert store.flush()
    held = threading.Event()
    store.changed.append(lambda ids: held.wait(5))  # the store's thread is as busy as with a slow disk
    took = []
    for _ in range(20):
        began = time.perf_counter()
        run = a_training(store)
        store.edit(run.id, name="x")
        took.append(time.perf_counter() - began)
    held.set()
    assert np.median(took) < 0.02


def test_that_a_cancelled_run_disappears(store):
    run = started(store)
    feed(store, run, [steps(0, 5)])
    assert store.flush()
    store.drop(run)
    feed(store, run, [steps(5, 5), Finished(say("Late."))])
    assert store.flush()
    assert store.count() == 0
    with pytest.raises(Refused):
        store.load(run.id)


def test_that_an_entry_tells_what_a_list_shows(store):
    training, sweep = a_training(store, name="first"), a_sweep(store)
    assert store.flush()
    entry = store.entry(training.id)
    assert (entry.kind, entry.name, entry.dataset, entry.model) == ("training", "first", "digits", "mlp")
    assert (entry.optimizer, entry.learning_rate, entry.epochs) == ("adam", 1e-3, 10)
    assert (entry.steps, entry.steps_done) == (88, 88)
    assert (entry.final_loss, entry.final_accuracy, entry.best_accuracy) == (0.25, 0.9, 0.9)
    assert entry.status is RunStatus.FINISHED
    assert entry.thumbnail.curve.shape == (2, 64)
    assert entry.thumbnail.second[1] == pytest.approx([0.4, 0.65])
    assert entry.thumbnail.second[0].tolist() == [44, 88]
    swept = store.entry(sweep.id)
    assert swept.thumbnail.curve[0, [0, -1]] == pytest.approx([-5, 0])
    assert swept.learning_rate is None
    assert swept.thumbnail.curve.shape == (2, 50)


def test_that_a_thumbnail_is_there_while_the_run_goes_on(store):
    run = feed(store, started(store), [steps(0, 10)])
    assert store.flush()
    assert store.entry(run.id).thumbnail.curve[0].tolist() == list(range(10))


def test_that_it_is_told_by_what_and_on_what_a_run_was_made(store):
    run = a_training(store)
    assert store.flush()
    origin = store.origin(run.id)
    assert {"lrgui", "python", "numpy", "keras", "tensorflow"} == set(origin["versions"])
    assert origin["environment"]["cores"] > 0


# Found


@pytest.fixture
def four(store):
    """Four runs: their names by what they are."""
    a_training(store, TrainingConfig(learning_rate=3e-3), name="Größer", started=1.0)
    a_training(store, TrainingConfig(dataset="iris", optimizer="sgd"), name="small", started=2.0)
    a_sweep(store, name="50% _off", started=3.0)
    run = started(store, name="broken", started=4.0)
    feed(store, run, [Failed(say("It broke."))])
    store.edit(run.id, tags=["Lesson 1", "keep"], note="for the parents' evening", starred=True)
    assert store.flush()
    return store


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Filter(), ["broken", "50% _off", "small", "Größer"]),
        (Filter(text="GRÖSSER"), ["Größer"]),
        (Filter(text="größer mlp"), ["Größer"]),
        (Filter(text="0% _"), ["50% _off"]),
        (Filter(text="%"), ["50% _off"]),
        (Filter(text="evening lesson"), ["broken"]),
        (Filter(text="3.0e-3"), ["Größer"]),
        (Filter(text="evening small"), []),
        (Filter(dataset="iris"), ["small"]),
        (Filter(optimizer="adam", kind="training"), ["broken", "Größer"]),
        (Filter(model="mlp", status=RunStatus.FAILED), ["broken"]),
        (Filter(starred=True), ["broken"]),
        (Filter(starred=False, kind="range_test"), ["50% _off"]),
        (Filter(tags=["Lesson 1"]), ["broken"]),
        (Filter(tags=["keep", "Lesson 1"]), ["broken"]),
        (Filter(tags=["Lesson"]), []),
        (Filter(dataset="x' OR 1=1 --"), []),
    ],
    ids=repr,
)
def test_that_runs_are_found_by_what_they_are(four, wanted, names):
    assert [entry.name for entry in four.page(wanted)] == names
    assert four.count(wanted) == len(names)


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        (Sort("started", descending=False), ["Größer", "small", "50% _off", "broken"]),
        (Sort("name", descending=False), ["50% _off", "broken", "Größer", "small"]),
        (Sort("learning_rate", descending=True), ["Größer", "broken", "small", "50% _off"]),
        (Sort("learning_rate", descending=False), ["broken", "small", "Größer", "50% _off"]),
    ],
    ids=repr,
)
def test_that_runs_come_in_the_order_that_is_wanted_and_those_without_a_value_last(four, sort, names):
    assert [entry.name for entry in four.page(sort=sort)] == names
    assert [entry.name for offset in range(4) for entry in four.page(sort=sort, offset=offset, limit=1)] == names


def test_that_a_column_that_there_is_not_is_refused(store):
    with pytest.raises(ValueError, match="no column"):
        Sort("deleted; DROP TABLE runs")
    with pytest.raises(ValueError, match="no choice"):
        store.choices("id")


def test_that_the_choices_are_those_that_occur(four):
    assert four.choices("dataset") == ["digits", "iris"]
    assert four.choices("tags") == ["keep", "Lesson 1"]
    assert four.choices("status") == ["failed", "finished"]


# Changed


def test_that_an_edit_changes_only_what_is_given_and_is_told(store):
    run = a_training(store, name="old")
    assert store.flush()
    heard = []
    store.changed.append(heard.append)
    store.edit(run.id, note="seen", tags=[" two  words ", "two words", "", "b"])
    store.edit(run.id, starred=True)
    assert store.flush()
    entry = store.entry(run.id)
    assert (entry.name, entry.note, entry.tags, entry.starred) == ("old", "seen", ("two words", "b"), True)
    assert {run_id for ids in heard for run_id in ids} == {run.id}
    store.edit(run.id, name="", note="", tags=[], starred=False)
    assert store.flush()
    entry = store.entry(run.id)
    assert (entry.name, entry.note, entry.tags, entry.starred) == ("", "", (), False)


def test_that_a_run_renamed_while_it_goes_on_keeps_its_new_name(store):
    run = started(store, name="old")
    assert store.flush()
    store.edit(run.id, name="new")
    feed(store, run, training_events())
    assert store.flush()
    assert store.entry(run.id).name == "new"


def test_that_what_is_deleted_can_be_taken_back_until_the_store_is_closed(path, store):
    kept, gone = a_training(store), a_training(store)
    store.delete([kept.id, gone.id])
    assert store.flush()
    assert store.count() == 0
    assert store.choices("dataset") == []
    store.restore([kept.id])
    assert store.flush()
    assert [entry.id for entry in store.page()] == [kept.id]
    assert store.close()
    again = Store(path, told=print)
    again.restore([gone.id])
    assert again.flush()
    assert [entry.id for entry in again.page()] == [kept.id]
    assert again.close()


# Across programs


def test_that_two_programs_write_and_read_one_history_and_leave_each_others_runs_alone(path, store):
    mine = started(store, name="mine")
    feed(store, mine, [steps(0, 5)])
    assert store.flush()
    other = Store(path, told=print)
    theirs = started(other, name="theirs")
    assert other.flush()
    assert {entry.name: entry.status for entry in other.page()} == dict.fromkeys(("mine", "theirs"), RunStatus.RUNNING)
    feed(store, mine, [steps(5, 5), Finished(say("Done."))])
    assert store.flush()
    assert len(other.load(mine.id).steps) == 10
    assert other.close()  # as if it had been killed: its run has not ended
    assert store.entry(theirs.id).status is RunStatus.INTERRUPTED  # though the table does not say so yet
    third = Store(path, told=print)
    assert third.entry(theirs.id).status is RunStatus.INTERRUPTED
    assert "gone" in str(third.load(theirs.id).message)
    assert third.load(mine.id).status is RunStatus.FINISHED
    assert third.close()


def test_that_a_run_with_a_config_that_nobody_can_read_any_more_still_shows_its_curves(store):
    run = a_training(store, name="old")
    store._writer.change([run.id], lambda c: c.execute("UPDATE bodies SET config = replace(config, 'mlp', 'mlq')"))
    other = a_training(store)
    store._writer.change(
        [other.id],
        lambda c: c.execute("UPDATE bodies SET config_class = 'Gone' WHERE run = (SELECT max(run) FROM bodies)"),
    )
    assert store.flush()
    assert [entry.model for entry in store.page()] == ["mlp", "mlp"]
    for each, problem in ((run, "model"), (other, "Gone")):
        loaded = store.load(each.id)
        assert isinstance(loaded.config, UnreadableConfig)
        assert problem in str(loaded.config.message)
        assert "cannot be repeated" in str(loaded.config.message)
        assert same(loaded.steps, each.steps)


def test_that_thousands_of_runs_answer_in_milliseconds(path, store):
    ids = fill(path, 3000)
    assert store.count() == 3000
    took = {}
    for wanted in (Filter(), Filter(text="lesson adam"), Filter(dataset="iris", tags=["keep it"])):
        for column in ("started", "final_accuracy", "name"):
            sort, times = Sort(column), []
            for _ in range(5):
                began = time.perf_counter()
                store.count(wanted)
                store.page(wanted, sort, limit=50)
                times.append(time.perf_counter() - began)
            took[repr(wanted), column] = min(times)
    assert max(took.values()) < 0.05  # some milliseconds where nothing else is done
    assert [entry.id for entry in store.page(offset=2990, limit=50)] == ids[-10:]


def test_that_an_unopened_store_leaves_nothing_behind(path):
    store = Store(path, told=print)
    assert store.close()
    assert not path.parent.exists()


def test_that_a_run_that_grows_in_another_thread_is_read_whole(store):
    run, last = started(store), Run(fresh_id(), "training", TrainingConfig())
    assert last.id != run.id
    stop = threading.Event()

    def grow():
        first = 0
        while not stop.is_set():
            run.apply(steps(first, 7))
            first += 7
            time.sleep(0.0001)

    thread = threading.Thread(target=grow)
    thread.start()
    for _ in range(10):
        assert store.flush()
        loaded = store.load(run.id).steps
        assert loaded["step"].tolist() == list(range(len(loaded)))
        assert loaded["loss"] == pytest.approx(2.3 / (1 + 0.01 * loaded["step"]))
    stop.set()
    thread.join()


def test_that_a_sweep_that_diverges_has_a_thumbnail(store):
    run = started(store, "range_test", RangeTestConfig(repeats=1))
    *events, end = sweep_events(repeats=1)
    feed(store, run, events)
    columns = {
        **events[-1].columns,
        "step": np.arange(50, 100),
        "loss": np.array([*np.full(40, 1e300), *[np.inf] * 10]),
    }
    feed(store, run, [StepsEnded(columns), end])
    assert store.flush()
    assert store.entry(run.id).thumbnail.curve.shape[1] > 30
