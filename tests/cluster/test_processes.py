"""Runs in two processes of their own: the same results, whatever becomes of a worker, and whatever is said to them."""

import importlib.util
import math
import os
import signal
from dataclasses import dataclass

import keras
import numpy as np
import psutil
import pytest

pytest.importorskip("distributed")

from lrgui.cluster import bundles, connection
from lrgui.cluster.batch import Batch
from lrgui.cluster.each import each
from lrgui.core.comparison import unfinished
from lrgui.core.config import Arm, RangeTestConfig
from lrgui.core.config.place import Processes
from lrgui.core.contents import content_hash
from lrgui.core.control import Control
from lrgui.core.events import ArmEnded, EpochEnded, Examined, Planned, Spread, StepsEnded
from lrgui.core.runs import RunStatus
from lrgui.core.sweeps import sweeps_of
from lrgui.core.trust import keep_in, trust
from lrgui.jobs import leave_clusters
from tests.cluster.gathering import Unreadable, assert_equal_within, carried_out, swept
from tests.training.comparing import ARMS, small
from tests.training.own_data.files import write_images

# What Dask leaves to the garbage collector when it closes.
pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed:ResourceWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
    # Keras's own, when a model is saved.
    "ignore:__array__ implementation:DeprecationWarning",
)

PLACE = Processes(workers=2)
MANY = small(seeds=10, epochs=2)
"""Short runs, and enough of them that some go together."""


@pytest.fixture(scope="module", autouse=True)
def workers():
    yield
    leave_clusters()
    leave_clusters()


@pytest.fixture(scope="module")
def here():
    return carried_out(small())


@pytest.fixture(scope="module")
def there():
    events = []
    return carried_out(small(), PLACE, watch=lambda event, run: events.append(event)), events


def pids():
    (cluster,) = connection._open.values()
    return list(cluster.client.run(os.getpid).values())


def test_that_results_are_those_of_here(here, there):
    run, _ = there
    assert run.status is RunStatus.FINISHED
    assert str(run.message) == str(here.message)
    assert_equal_within(run, here, len(ARMS), (0, 1))


def test_that_events_are_those_of_here_with_how_far_the_workers_are(here, there):
    run, events = there
    kinds = [type(event) for event in events]
    assert kinds.index(Planned) < kinds.index(StepsEnded) < kinds.index(EpochEnded) < kinds.index(ArmEnded)
    assert run.planned.parameters == here.planned.parameters
    assert np.array_equal(run.planned.learning_rates, here.planned.learning_rates)
    spread = [event for event in events if isinstance(event, Spread)]
    assert {(event.workers, event.running + event.waiting + event.done + event.failed) for event in spread} == {(2, 8)}
    assert (spread[-1].done, spread[-1].failed, spread[-1].waiting) == (8, 0, 0)
    assert run.spread is spread[-1]
    assert bool(run.spread.dashboard) is bool(importlib.util.find_spec("bokeh"))


def test_that_a_worker_that_is_kept_gives_the_same_again(there):
    """Its models are traced, and Dask's own thread draws no numbers between a seed and the weights drawn from it."""
    first, _ = there
    for _ in range(3):
        assert_equal_within(carried_out(small(), PLACE), first, len(ARMS), (0, 1), 0.0)


@pytest.fixture
def together(monkeypatch):
    """Runs go together, however slow the computer is just now."""
    monkeypatch.setattr(bundles, "TOGETHER_SECONDS", 60.0)


@pytest.fixture(scope="module")
def many_here():
    return carried_out(MANY)


def tasks_so_far():
    """Return how many messages have told that the first run of a task has begun."""
    (cluster,) = connection._open.values()
    return sum("began" in message for _, message in cluster.client.get_events(cluster.topic))


def test_that_short_runs_go_together_and_are_those_of_here(there, many_here, together):
    before = tasks_so_far()
    run = carried_out(MANY, PLACE)
    assert run.status is RunStatus.FINISHED, run.message
    assert 4 < tasks_so_far() - before < 30
    assert_equal_within(run, many_here, len(ARMS), range(10))


def test_that_a_stop_amid_runs_that_go_together_keeps_those_that_had_ended(there, many_here, together, tmp_path):
    control = Control()

    def stop(event, run):
        if isinstance(event, ArmEnded) and len(run.arm_ends) == 12:
            control.stop()

    stopped = carried_out(MANY, PLACE, control=control, watch=stop, folder=tmp_path)
    assert stopped.status is RunStatus.STOPPED
    assert 12 <= len(stopped.arm_ends) < 40
    run = carried_out(MANY, PLACE, folder=tmp_path)
    assert run.status is RunStatus.FINISHED, run.message
    assert_equal_within(run, many_here, len(ARMS), range(10))


@dataclass(frozen=True)
class Asked:
    config: object
    group: int = 0
    examined: bool = False


class Ends(list):
    """Listens to nothing but the ends of runs."""

    def began(self, number, ground):
        """Pass over the beginning of a run."""

    rows = epochs = lambda self, number, first, what: None

    def ended(self, number, outcome):
        """Take in the end of a run."""
        self.append((number, outcome.how))


def test_that_a_run_that_no_worker_can_read_spoils_none_of_those_that_go_with_it(there, together):
    (cluster,) = connection._open.values()
    one, ends = small().training(0, 0), Ends()
    asked = [Asked(Unreadable() if number == 20 else one) for number in range(40)]
    batch = Batch(cluster, asked, None, ends, lambda event: None, Control())
    batch.run()
    assert sorted(ends) == [(number, "ended") for number in range(40) if number != 20]
    assert (batch.tally.done, batch.tally.failed) == (39, 1)
    assert "could not carry out a run" in str(batch.tally.reason)


def test_that_nothing_can_be_reached_from_outside(there):
    own = [each for pid in (os.getpid(), *pids()) for each in psutil.Process(pid).net_connections("inet")]
    assert {each.laddr.ip for each in own if each.status == psutil.CONN_LISTEN} == {"127.0.0.1"}


def test_that_stop_keeps_what_there_is_and_the_rest_is_done_by_going_on(there, tmp_path):
    first, _ = there
    control = Control()

    def stop(event, run):
        if isinstance(event, ArmEnded):
            control.stop()

    stopped = carried_out(small(), PLACE, control=control, watch=stop, folder=tmp_path)
    ended = {(end.arm, end.seed) for end in stopped.arm_ends}
    assert stopped.status is RunStatus.STOPPED
    assert 1 <= len(ended) < 8
    assert unfinished(tmp_path, small())
    begun = set()

    def look(event, run):
        if isinstance(event, Spread):
            begun.add(event.running + event.waiting + event.done)

    run = carried_out(small(), PLACE, watch=look, folder=tmp_path)
    assert begun == {8 - len(ended)}
    assert run.status is RunStatus.FINISHED
    assert_equal_within(run, first, len(ARMS), (0, 1))
    assert not unfinished(tmp_path, small())


def test_that_an_arm_can_be_removed_and_another_held_for_a_while(there):
    first, _ = there
    control = Control()
    control.arms.remove(1)
    control.arms.pause(2)

    def resume(event, run):
        if isinstance(event, ArmEnded) and event.arm in (0, 3):
            control.arms.resume(2)

    run = carried_out(small(), PLACE, control=control, watch=resume)
    assert {(end.arm, end.how) for end in run.arm_ends} == {
        (0, "finished"),
        (1, "removed"),
        (2, "finished"),
        (3, "finished"),
    }
    assert not (run.steps["arm"] == 1).any()
    for arm in (0, 2, 3):
        own = first.steps["arm"] == arm
        assert (run.steps["arm"] == arm).sum() == own.sum()


def keys_of_no_run(dask_scheduler):
    return [key for key in dask_scheduler.tasks if not key.startswith("lrgui-")]


def test_that_own_data_and_an_own_program_travel_once_and_are_run_as_here(tmp_path):
    table = tmp_path / "flowers.csv"
    numbers = np.random.default_rng(0).normal(size=(90, 3))
    rows = [f"{a},{b},{c},{'yes' if a + b > 0 else 'no'}" for a, b, c in numbers]
    table.write_text("\n".join(["a,b,c,kind", *rows]))
    program = tmp_path / "model.py"
    program.write_text(
        "import keras\nfrom keras import layers\n\n\ndef build_model():\n"
        "    return keras.Sequential([keras.Input((3,)), layers.Dense(4, 'relu'), layers.Dense(2, 'softmax')])\n"
    )
    sent = set()

    def look(event, run):
        if isinstance(event, ArmEnded | StepsEnded):
            (cluster,) = connection._open.values()
            sent.update(cluster.client.run_on_scheduler(keys_of_no_run))

    keep_in(tmp_path)
    try:
        trust().allow(content_hash(program), str(program))
        config = small(
            dataset=f"csv,path={table}", model=f"own,path={program}", loss="cross_entropy", optimizer="adam",
            arms=(Arm(learning_rate=0.1), Arm(learning_rate=1e-3)),
        )  # fmt: skip
        run = carried_out(config, PLACE, watch=look)
        assert run.status is RunStatus.FINISHED, run.message
        assert_equal_within(run, carried_out(config), 2, (0, 1))
        assert run.planned.data_content
        assert len(sent) == 1
    finally:
        keep_in(None)


def test_that_a_file_with_a_model_and_a_folder_of_images_travel_and_are_run_as_here(tmp_path):
    folder, file = write_images(tmp_path / "pets"), tmp_path / "mine.keras"
    keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Flatten(), keras.layers.Dense(2, "softmax")]).save(file)
    config = small(
        dataset=f"own,path={folder},image_size=8", model=f"own,path={file}", loss="cross_entropy", optimizer="adam",
        seeds=1, epochs=1, arms=(Arm(learning_rate=0.1), Arm(learning_rate=1e-3)),
    )  # fmt: skip
    run = carried_out(config, PLACE)
    assert run.status is RunStatus.FINISHED, run.message
    assert run.planned.model_content == content_hash(file)
    assert_equal_within(run, carried_out(config), 2, (0,))


def test_that_a_program_that_nobody_has_allowed_is_not_sent(tmp_path):
    program = tmp_path / "model.py"
    program.write_text("raise SystemExit")
    keep_in(tmp_path)
    try:
        run = carried_out(small(model=f"own,path={program}", arms=(Arm(),)), PLACE)
    finally:
        keep_in(None)
    assert run.status is RunStatus.FAILED
    assert "was not allowed" in str(run.message)


def test_that_repeated_sweeps_are_told_in_their_order_and_are_those_of_here():
    config = RangeTestConfig(dataset="iris", batch_size=8, repeats=3, steps=60, end=100.0)
    (one, events), (other, _) = swept(config, PLACE), swept(config)
    assert str(one.message) == str(other.message)
    assert one.status is other.status
    for name in other.steps:
        np.testing.assert_allclose(one.steps[name], other.steps[name], rtol=1e-6, err_msg=name)
    assert len(sweeps_of(one.steps)) == 3
    assert one.evaluation == pytest.approx(other.evaluation, rel=1e-6)
    assert sum(isinstance(event, Examined) for event in events) == 1
    assert len(one.planned.learning_rates) == len(other.planned.learning_rates)


def test_that_any_function_can_be_called_for_each_of_several_things():
    assert sorted(each(math.sqrt, [4.0, 9.0, 16.0], PLACE)) == [(4.0, 2.0), (9.0, 3.0), (16.0, 4.0)]


# The last one: who comes in the place of a worker that was killed has all to load and to trace.
def test_that_a_run_whose_worker_is_killed_is_done_by_another(there, many_here, together):
    control, killed = Control(), []

    def kill(event, run):
        if control.pace is None and len(run.arm_ends) == 20 and not killed:
            # By now some go together; what they tell from now on is told in the middle of a run.
            control.pace = 60
        if control.pace is not None and isinstance(event, StepsEnded):
            killed.append(pids()[0])
            os.kill(killed[0], signal.SIGKILL)
            control.pace = None

    run = carried_out(MANY, PLACE, control=control, watch=kill)
    assert len(killed) == 1
    assert run.status is RunStatus.FINISHED, run.message
    assert_equal_within(run, many_here, len(ARMS), range(10))
