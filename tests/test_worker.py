"""The one thread: order of events, stop and pause, what is refused, what is dropped, and the end."""

import threading
import time

import numpy as np
import pytest

from lrgui.core.config import TrainingConfig
from lrgui.core.events import Failed, Finished, Progressed, StepsEnded, Stopped
from lrgui.core.messages import Refused, say
from lrgui.core.runs import RunStatus
from lrgui.worker import Runner

CONFIG = TrainingConfig()


def steps(first, count):
    column = np.arange(first, first + count)
    return StepsEnded({"step": column, "learning_rate": np.full(count, 1e-3), "loss": 1.0 / (column + 1)})


def endless(config, emit, control):
    """A run that goes on until it is stopped, a chunk a millisecond."""
    step = 0
    while not control.stopping:
        control.wait_while_paused()
        emit(steps(step, 4))
        step += 4
        time.sleep(0.001)
    emit(Stopped(say("Stopped.")))


def short(config, emit, control):
    emit(steps(0, 8))
    emit(Finished(say("Done."), {"accuracy": 0.5}))


@pytest.fixture
def runner(qtbot):
    runner = Runner()
    yield runner
    assert runner.shutdown(5000)


def test_that_events_arrive_in_order_on_the_starting_thread_and_the_end_comes_last(runner, qtbot):
    seen = []
    runner.run_changed.connect(lambda run, event: seen.append((event, threading.get_ident())))
    with qtbot.waitSignal(runner.run_ended) as ended:
        runner.start("training", short, CONFIG)
    run = ended.args[0]
    assert [type(event) for event, _ in seen] == [StepsEnded, Finished]
    assert {thread for _, thread in seen} == {threading.get_ident()}
    assert run.status is RunStatus.FINISHED
    assert run.evaluation == {"accuracy": 0.5}
    assert list(run.steps["step"]) == list(range(8))


def test_that_the_job_runs_on_another_thread(runner, qtbot):
    threads = []

    def job(config, emit, control):
        threads.append(threading.get_ident())
        emit(Finished(say("Done.")))

    with qtbot.waitSignal(runner.run_ended):
        runner.start("training", job, CONFIG)
    assert threads and threads[0] != threading.get_ident()


def test_that_stop_ends_the_run_soon_and_keeps_what_it_has(runner, qtbot):
    runner.start("training", endless, CONFIG)
    run = runner.run
    qtbot.waitUntil(lambda: len(run.steps) > 10)
    with qtbot.waitSignal(runner.run_ended, timeout=1000):
        runner.stop()
    assert run.status is RunStatus.STOPPED
    assert len(run.steps) > 10
    assert not runner.busy


def test_that_a_paused_run_holds_and_goes_on_where_it_was(runner, qtbot):
    runner.start("training", endless, CONFIG)
    run = runner.run
    qtbot.waitUntil(lambda: len(run.steps) > 10)
    runner.pause()
    assert runner.paused
    qtbot.wait(60)
    held = len(run.steps)
    qtbot.wait(60)
    assert len(run.steps) == held
    runner.resume()
    qtbot.waitUntil(lambda: len(run.steps) > held)
    assert list(run.steps["step"]) == list(range(len(run.steps)))
    with qtbot.waitSignal(runner.run_ended):
        runner.stop()


def test_that_a_paused_run_can_be_stopped(runner, qtbot):
    runner.start("training", endless, CONFIG)
    runner.pause()
    with qtbot.waitSignal(runner.run_ended, timeout=1000):
        runner.stop()


def test_that_a_second_start_is_refused_in_words_while_the_first_goes_on(runner, qtbot):
    runner.start("training", endless, CONFIG)
    first = runner.run
    with pytest.raises(Refused, match="A run is still going"):
        runner.start("training", endless, CONFIG)
    assert runner.run is first
    with qtbot.waitSignal(runner.run_ended):
        runner.stop()


def test_that_a_dropped_runs_late_events_change_nothing(runner, qtbot):
    going_on = threading.Event()

    def stubborn(config, emit, control):
        emit(steps(0, 4))
        going_on.wait(5)
        emit(steps(4, 4))
        emit(Stopped(say("Stopped.")))

    runner.start("training", stubborn, CONFIG)
    run = runner.run
    qtbot.waitUntil(lambda: len(run.steps) == 4)
    changed = []
    runner.run_changed.connect(lambda *args: changed.append(args))
    runner.cancel()
    assert runner.run is None and runner.busy
    with qtbot.waitSignal(runner.idle):
        going_on.set()
    assert not changed
    assert len(run.steps) == 4
    assert run.status is RunStatus.RUNNING
    with qtbot.waitSignal(runner.run_ended):
        runner.start("training", short, CONFIG)


def test_that_an_exception_in_a_job_becomes_a_failed_run_with_its_details(runner, qtbot):
    def broken(config, emit, control):
        emit(steps(0, 4))
        raise ValueError("shapes (3,) and (4,) differ")

    with qtbot.waitSignal(runner.run_ended) as ended:
        runner.start("training", broken, CONFIG)
    run = ended.args[0]
    assert run.status is RunStatus.FAILED
    assert "shapes (3,) and (4,) differ" in str(run.message)
    assert "Traceback" in run.details
    assert len(run.steps) == 4


def test_that_a_refusal_in_a_job_is_told_in_its_own_words_without_a_traceback(runner, qtbot):
    def refusing(config, emit, control):
        raise Refused(say("No such file: {name}.", name="a.npz"))

    with qtbot.waitSignal(runner.run_ended) as ended:
        runner.start("training", refusing, CONFIG)
    assert str(ended.args[0].message) == "No such file: a.npz."
    assert ended.args[0].details == ""


def test_that_a_job_which_returns_without_an_end_is_a_failed_run(runner, qtbot):
    with qtbot.waitSignal(runner.run_ended) as ended:
        runner.start("training", lambda config, emit, control: None, CONFIG)
    assert ended.args[0].status is RunStatus.FAILED


def test_that_a_run_asked_for_during_the_preparation_starts_after_it(runner, qtbot):
    loaded = threading.Event()
    order = []
    runner.prepare(lambda: (loaded.wait(5), order.append("prepared")))

    def job(config, emit, control):
        order.append("run")
        emit(Finished(say("Done.")))

    runner.start("training", job, CONFIG)
    assert runner.run.status is RunStatus.WAITING
    with qtbot.waitSignal(runner.run_ended):
        loaded.set()
    assert order == ["prepared", "run"]


def test_that_a_failed_preparation_is_told_and_the_next_run_still_starts(runner, qtbot):
    def broken():
        raise ImportError("no module named tensorflow")

    with qtbot.waitSignal(runner.prepared) as prepared:
        runner.prepare(broken)
    assert "no module named tensorflow" in str(prepared.args[0])
    with qtbot.waitSignal(runner.run_ended):
        runner.start("training", short, CONFIG)


def test_that_what_is_local_to_the_thread_lives_from_the_preparation_to_the_last_run(runner, qtbot):
    local = threading.local()
    found = []

    def job(config, emit, control):
        found.append(getattr(local, "value", None))
        emit(Finished(say("Done.")))

    with qtbot.waitSignal(runner.prepared):
        runner.prepare(lambda: setattr(local, "value", 7))
    for _ in range(2):
        with qtbot.waitSignal(runner.run_ended):
            runner.start("training", job, CONFIG)
    assert found == [7, 7]


def test_that_shutdown_in_the_middle_of_a_run_stops_it_and_the_thread(qtbot):
    runner = Runner()
    runner.start("training", endless, CONFIG)
    run = runner.run
    qtbot.waitUntil(lambda: len(run.steps) > 4)
    before = time.perf_counter()
    assert runner.shutdown(5000)
    assert time.perf_counter() - before < 1


def test_that_shutdown_says_so_when_a_job_does_not_listen(qtbot):
    runner = Runner()
    release = threading.Event()
    runner.start("training", lambda config, emit, control: release.wait(5), CONFIG)
    qtbot.wait(20)
    assert not runner.shutdown(50)
    release.set()
    assert runner.shutdown(5000)


# Inspections


@pytest.fixture
def told(runner):
    told = []
    runner.inspected.connect(lambda event: told.append(str(event.message)))
    return told


def answering(text):
    def job(config, emit, control):
        emit(Progressed(say(text)))

    return job


def test_that_an_inspection_answers_while_a_run_goes_on_and_ends_no_run(runner, told, qtbot):
    runner.start("training", endless, CONFIG)
    run = runner.run
    with qtbot.waitSignal(runner.inspected, timeout=1000):
        runner.inspect(answering("here"), CONFIG)
    assert told == ["here"]
    assert runner.run is run and not run.ended
    with qtbot.waitSignal(runner.run_ended):
        runner.stop()


def test_that_an_inspection_has_a_thread_of_its_own_that_stays_the_same(runner, qtbot):
    local = threading.local()
    found = []

    def job(config, emit, control):
        found.append((threading.get_ident(), getattr(local, "value", None)))
        local.value = 7
        emit(Progressed(say("here")))

    for _ in range(2):
        with qtbot.waitSignal(runner.inspected):
            runner.inspect(job, CONFIG)
    (first, before), (second, after) = found
    assert first == second != threading.get_ident()
    assert (before, after) == (None, 7)


def test_that_a_newer_inspection_asks_the_older_to_end_and_what_that_still_says_is_not_heard(runner, told, qtbot):
    begun = threading.Event()

    def slow(config, emit, control):
        begun.set()
        while not control.stopping:
            time.sleep(0.001)
        emit(Progressed(say("too late")))

    runner.inspect(slow, CONFIG)
    assert begun.wait(5)
    runner.inspect(answering("never begun"), CONFIG)
    with qtbot.waitSignal(runner.inspected, timeout=1000):
        runner.inspect(answering("newest"), CONFIG)
    qtbot.wait(20)
    assert told == ["newest"]


def test_that_an_event_on_its_way_when_the_inspection_was_superseded_is_not_heard(runner, told, qtbot):
    emitted = threading.Event()

    def early(config, emit, control):
        emit(Progressed(say("old")))
        emitted.set()

    runner.inspect(early, CONFIG)
    assert emitted.wait(5)
    runner.inspect(answering("new"), CONFIG)
    qtbot.waitUntil(lambda: "new" in told)
    assert told == ["new"]


def test_that_a_cancelled_inspection_is_not_heard_of_again(runner, told, qtbot):
    begun, ended = threading.Event(), threading.Event()

    def job(config, emit, control):
        begun.set()
        while not control.stopping:
            time.sleep(0.001)
        emit(Progressed(say("too late")))
        ended.set()

    runner.inspect(job, CONFIG)
    assert begun.wait(5)
    runner.cancel_inspection()
    assert ended.wait(5)
    qtbot.wait(20)
    assert not told


def test_that_an_inspection_which_breaks_says_so_and_the_next_one_is_made(runner, qtbot):
    def broken(config, emit, control):
        raise ValueError("shapes (3,) and (4,) differ")

    with qtbot.waitSignal(runner.inspected) as said:
        runner.inspect(broken, CONFIG)
    assert isinstance(said.args[0], Failed) and "shapes (3,) and (4,) differ" in str(said.args[0].message)
    with qtbot.waitSignal(runner.inspected) as said:
        runner.inspect(answering("here"), CONFIG)
    assert str(said.args[0].message) == "here"


def test_that_an_inspection_waits_for_imports_under_way_so_that_no_module_is_met_half_made(runner, qtbot):
    loaded = threading.Event()
    order = []
    runner.prepare(lambda: (loaded.wait(5), order.append("imported")))
    runner.inspect(lambda config, emit, control: (order.append("inspected"), emit(Progressed(say("here")))), CONFIG)
    qtbot.wait(80)
    assert order == []
    with qtbot.waitSignal(runner.inspected, timeout=2000):
        loaded.set()
    assert order == ["imported", "inspected"]


def test_that_shutdown_ends_run_and_inspection_together(qtbot):
    runner = Runner()
    begun = threading.Event()

    def job(config, emit, control):
        begun.set()
        while not control.stopping:
            time.sleep(0.001)

    runner.start("training", endless, CONFIG)
    runner.inspect(job, CONFIG)
    assert begun.wait(5)
    before = time.perf_counter()
    assert runner.shutdown(5000)
    assert time.perf_counter() - before < 1


def test_that_shutdown_does_not_wait_for_an_inspection_that_waits_for_imports(qtbot):
    runner = Runner()
    imported = threading.Event()
    runner.prepare(lambda: imported.wait(5))
    runner.inspect(answering("never"), CONFIG)
    qtbot.wait(20)
    assert not runner.shutdown(50)
    assert runner._inspector_thread.wait(1000)
    imported.set()
    assert runner.shutdown(5000)


def test_that_shutdown_says_so_when_an_inspection_does_not_listen(qtbot):
    runner = Runner()
    release, begun = threading.Event(), threading.Event()
    runner.inspect(lambda config, emit, control: (begun.set(), release.wait(5)), CONFIG)
    assert begun.wait(5)
    assert not runner.shutdown(50)
    release.set()
    assert runner.shutdown(5000)
