"""The program as it is put together: the real window with real trainings, and no screen."""

import random
import time

import pytest

from lrgui.core.advice import advice_of
from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.control import STEPPING
from lrgui.core.runs import RunStatus

LOADING_MS = 120_000
"""TensorFlow's import on a machine that is busy with other things."""

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def profile(tmp_path, qapp):
    from lrgui.gui.theme import themes

    wanted = themes.wanted
    yield tmp_path / "profile"
    themes.use(wanted)


@pytest.fixture
def window(qtbot, profile):
    from lrgui.app import create_application, create_window
    from tests.gui.windows import shown

    create_application()
    window = shown(qtbot, create_window(profile))
    qtbot.waitUntil(lambda: window.note.text() == "Ready.", timeout=LOADING_MS)
    return window


def sweep_twice(qtbot, window):
    from tests.gui.windows import find

    return [find(qtbot, window, timeout=LOADING_MS) for _ in range(2)]


def test_that_a_sweep_a_drag_and_a_training_end_with_a_model_that_reads_digits(window, qtbot):
    from tests.gui.windows import cells, drag_marker, find, train

    window.train_page.form.set_value(TrainingConfig(epochs=5))
    swept = find(qtbot, window, timeout=LOADING_MS)
    recommended = advice_of(swept).recommended
    assert window.find_page.plot.learning_rate == recommended.learning_rate
    drag_marker(qtbot, window, 5e-3)
    rate = window.find_page.plot.learning_rate
    assert rate == pytest.approx(5e-3, rel=0.1)
    run = train(qtbot, window, timeout=LOADING_MS)
    assert run.status is RunStatus.FINISHED
    assert run.config == TrainingConfig(learning_rate=rate, epochs=5)
    assert run.steps["learning_rate"] == pytest.approx(rate, rel=1e-6)
    assert run.evaluation["accuracy"] > 0.9
    assert swept.evaluation["accuracy"] < run.evaluation["accuracy"]
    after_the_sweep, after_the_training = cells(window)
    assert after_the_sweep[0] == "Sweep only"
    assert after_the_sweep[5] == f"{100 * swept.evaluation['accuracy']:.1f} %"
    assert after_the_training[5] == f"{100 * run.evaluation['accuracy']:.1f} %"
    assert after_the_training[5] in window.train_page.verdict.text()
    assert after_the_sweep[5] in window.train_page.verdict.text()


def test_that_the_window_sweeps_the_same_curve_twice(window, qtbot):
    first, second = sweep_twice(qtbot, window)
    assert len(first.steps) > 50
    assert (first.steps["loss"] == second.steps["loss"]).all()
    assert window.find_page.plot.learning_rate == window.find_page.chips._chips[0].rate


def test_that_a_real_sweep_grows_on_the_screen_in_many_steps(window, qtbot):
    from tests.gui.windows import find

    sizes = []
    window.runner.run_changed.connect(lambda run, _: sizes.append(len(run.steps)))
    find(qtbot, window, timeout=LOADING_MS)
    assert len(set(sizes)) > 5


def test_that_closing_in_the_middle_of_a_real_training_ends_it_soon(window, qtbot):
    window.pages.show_page("train")
    window.train_page.form.set_value(TrainingConfig(epochs=2000))
    window.actions_["train"].trigger()
    run = window.runner.run
    qtbot.waitUntil(lambda: len(run.steps) > 100, timeout=LOADING_MS)
    began = time.perf_counter()
    assert window.close()
    assert time.perf_counter() - began < 5
    assert window.runner._thread.isFinished()
    qtbot.wait(10)
    assert not run.ended or run.status is RunStatus.STOPPED


VERBS = ("pause", "pause", "stop", "cancel", "find", "train", "factor", "page", "theme", "close")


class Desk:
    """One window at a time: a closed one is thrown away before the next is opened."""

    def __init__(self, profile):
        self.profile = profile
        self.window = None
        self.threads = []

    def open_window(self):
        from lrgui.app import create_window

        if self.window is None:
            self.window = create_window(self.profile)
            self.threads.append(self.window.runner._thread)
            self.window.show()
        return self.window

    def close_window(self):
        window, self.window = self.window, None
        if window is not None:
            assert window.close()
            window.deleteLater()


@pytest.fixture
def desk(qtbot, profile):
    from lrgui.app import create_application

    create_application()
    desk = Desk(profile)
    yield desk
    desk.close_window()


def test_that_cycles_of_every_verb_with_real_runs_neither_hang_nor_crash_nor_leave_a_thread(desk, qtbot):
    chance = random.Random(0)
    for _ in range(12):
        begin_something(desk.open_window(), chance)
        for _ in range(chance.randint(1, 4)):
            qtbot.wait(chance.choice((0, 1, 5, 20, 60, 150)))
            do(desk, chance.choice(VERBS), chance)
    ends_well(qtbot, desk.open_window())
    desk.close_window()
    assert len(desk.threads) > 3
    assert all(thread.isFinished() for thread in desk.threads)


def begin_something(window, chance):
    window.find_page.form.set_value(RangeTestConfig(batch_size=chance.choice((16, 32)), steps=chance.choice((20, 100))))
    window.train_page.form.set_value(TrainingConfig(epochs=chance.choice((1, 3, 300))), ["epochs"])
    window.actions_[chance.choice(("find", "train"))].trigger()


def do(desk, verb, chance):
    window = desk.window
    if window is None:
        return
    if verb == "close":
        desk.close_window()
    elif verb == "factor":
        window.runner.set_factor(chance.choice((0.1, 1.0, 3.0)))
    elif verb == "page":
        window.pages.show_page(chance.choice(("find", "train")))
    else:
        window.actions_[verb].trigger()


def ends_well(qtbot, window):
    """Whatever was done before: the next run goes from its start to its end."""
    window.actions_["cancel"].trigger()
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=10_000)
    window.find_page.form.set_value(RangeTestConfig())
    with qtbot.waitSignal(window.runner.run_ended, timeout=LOADING_MS) as ended:
        window.actions_["find"].trigger()
    assert ended.args[0].status is RunStatus.DIVERGED


# Watching a run, and runs that follow each other


def test_that_closing_while_a_real_run_waits_for_its_next_step_ends_it_soon(window, qtbot):
    window.desk.set_pace(STEPPING)
    window.actions_["find"].trigger()
    run = window.runner.run
    qtbot.waitUntil(lambda: run.planned is not None, timeout=LOADING_MS)
    window.actions_["step"].trigger()
    qtbot.waitUntil(lambda: len(run.steps) == 1)
    began = time.perf_counter()
    assert window.close()
    assert time.perf_counter() - began < 2
    assert window.runner._thread.isFinished()


def test_that_a_real_run_that_waits_for_its_next_step_stops_within_a_fifth_of_a_second(window, qtbot):
    sweep_twice(qtbot, window)
    window.desk.set_pace(STEPPING)
    window.actions_["find"].trigger()
    run = window.runner.run
    qtbot.waitUntil(lambda: run.planned is not None, timeout=LOADING_MS)
    window.actions_["step"].trigger()
    qtbot.waitUntil(lambda: len(run.steps) == 1)
    began = time.perf_counter()
    with qtbot.waitSignal(window.runner.run_ended):
        window.actions_["stop"].trigger()
    assert time.perf_counter() - began < 0.2
    assert run.status is RunStatus.STOPPED and len(run.steps) == 1


def test_that_a_repeated_run_takes_about_as_long_as_the_form_has_said(window, qtbot):
    """Within a factor of two, by the best of three: others may use the computer meanwhile."""
    from tests.gui.windows import train

    config = TrainingConfig(epochs=60)
    window.pages.show_page("train")
    window.train_page.form.set_value(config)
    train(qtbot, window, timeout=LOADING_MS)
    ratios = []
    for _ in range(3):
        said = window.desk.timings.estimate("training", config).seconds
        assert window.train_page.estimate.text().startswith("about")
        began = time.perf_counter()
        train(qtbot, window, timeout=LOADING_MS)
        ratios.append(said / (time.perf_counter() - began))
        if 0.5 < ratios[-1] < 2:
            return
    pytest.fail(f"said and needed: {ratios}")


def test_that_three_rates_are_trained_one_after_the_other_and_compared(window, qtbot):
    from PySide6.QtWidgets import QDialog

    from tests.gui.windows import cells

    window.pages.show_page("train")
    window.train_page.form.set_value(TrainingConfig(epochs=3))
    window.actions_["vary"].trigger()
    dialog = window.findChild(QDialog, "vary")
    dialog.values.setText("1e-4, 1e-3, 1e-2")
    with qtbot.waitSignal(window.desk.series.done, timeout=LOADING_MS):
        dialog.go.click()
    runs = [line.run for line in window.train_page.runs.lines]
    assert [row[0] for row in cells(window)] == ["learning rate 1e-4", "learning rate 1e-3", "learning rate 1e-2"]
    assert [run.config for run in runs] == [TrainingConfig(epochs=3, learning_rate=rate) for rate in (1e-4, 1e-3, 1e-2)]
    assert all(run.status is RunStatus.FINISHED and len(run.epochs) == 3 for run in runs)
    accuracies = [run.evaluation["accuracy"] for run in runs]
    assert accuracies == sorted(accuracies) and accuracies[-1] > 0.9
    assert "The best is learning rate 1e-2" in window.train_page.verdict.text()


def test_that_a_lesson_plays_with_real_trainings_and_tells_what_came_of_them(window, qtbot):
    from tests.gui.lessons.playing import hurry, play

    object.__setattr__(window.jobs, "at_hand", lambda dataset: False)  # the digits are quickest
    runs = []
    window.runner.run_ended.connect(runs.append)
    window.actions_["lessons"].trigger()
    hurry(window)
    window.lessons.open("find")
    told = play(qtbot, window)
    swept, *trained = runs
    assert [run.status for run in trained] == [RunStatus.FINISHED] * 3
    assert str(swept.message).rsplit(" ", 1)[-1].rstrip(".") in told[1]  # the rate at which the sweep ended
    accuracies = [f"{100 * run.epochs['val_accuracy'][-1]:.1f} %" for run in trained]
    assert accuracies[0] in told[2] and all(accuracy in told[4] for accuracy in accuracies)
    assert trained[0].epochs["val_accuracy"][-1] > trained[2].epochs["val_accuracy"][-1]
