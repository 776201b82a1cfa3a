"""The page of comparisons under real hands."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from lrgui.core.advice import advise
from lrgui.core.comparison import measured
from lrgui.core.comparison_presets import PRESETS
from lrgui.core.config import Arm, ComparisonConfig
from lrgui.core.config.lengths import epochs
from lrgui.core.config.optimizer import Sgd
from lrgui.core.config.schedule import Constant, Cosine, Sgdr
from lrgui.core.messages import format_percent
from lrgui.core.runs import RunStatus
from lrgui.core.sweeps import sweeps_of
from lrgui.gui.widgets.compare_papers import ComparePapers
from lrgui.gui.widgets.compare_state import rows_of
from lrgui.gui.widgets.compare_table import CompareTable
from tests.gui.fake_comparison import comparing
from tests.gui.fake_jobs import fake_jobs, sweep
from tests.gui.test_layout import assert_all_can_be_read, place
from tests.gui.windows import dismiss_error, find, make_window, press, shown

THREE = ComparisonConfig(epochs=3, seeds=3, arms=(Arm(), Arm(schedule=Cosine()), Arm(schedule=Sgdr())))


def recommended_for(window, arms):
    """Return what the sweep of the jobs here, the same with every optimizer, recommends for each of the arms."""
    sweeps = sweeps_of(window.find_page.run.steps)
    return [advise(sweeps, arm.optimizer).recommended.learning_rate for arm in arms]


def opened(qtbot, profile, compare=None, config=THREE, size=(1280, 800), theme=None):
    """Show a window whose page of comparisons is in front."""
    window = shown(qtbot, make_window(profile, fake_jobs(compare=compare or comparing()), theme=theme), size)
    press(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.current == "compare"
    if config is not None:
        window.pages["compare"].form.show_comparison(config)
    QApplication.processEvents()
    return window


@pytest.fixture
def window(qtbot, tmp_path):
    return opened(qtbot, tmp_path / "profile")


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def compare(qtbot, window):
    """Compare by F6 and return the run when it has ended."""
    with qtbot.waitSignal(window.runner.run_ended, timeout=10_000) as ended:
        press(window, Qt.Key.Key_F6)
    return ended.args[0]


def begin(qtbot, window, rows=1):
    """Compare by a click on the button, and return the run when some epochs of arms are done."""
    click(window.pages["compare"].button)
    run = window.runner.run
    qtbot.waitUntil(lambda: len(run.epochs) >= rows)
    return run


def field(window, name):
    return window.pages["compare"].form.arms.form.findChild(QWidget, f"arm.{name}")


def state_of(window, arm):
    return next(row.state for row in window.pages["compare"].table.model_.rows if row.arm == arm)


# What is asked


def test_that_a_first_comparison_is_ready_and_the_empty_page_says_what_it_does(qtbot, tmp_path):
    page = opened(qtbot, tmp_path / "profile", config=None).pages["compare"]
    assert [type(arm.schedule) for arm in page.config().arms] == [Constant, Cosine]
    assert page.button.isEnabled()
    assert "same data" in page._empty.told.text()


def test_that_arms_are_added_duplicated_and_removed_by_clicks_and_keys(window):
    arms = window.pages["compare"].form.arms
    click(arms.add)
    assert len(window.pages["compare"].config().arms) == 4
    assert len(set(window.pages["compare"].config().names)) == 4
    click(arms.duplicate)
    assert window.pages["compare"].config().arms[3] == window.pages["compare"].config().arms[4]
    arms.lines[0].setFocus()
    QTest.keyClick(arms.lines[0], Qt.Key.Key_Delete)
    click(arms.remove)
    assert [line.number for line in arms.lines] == [0, 1, 2]
    assert window.pages["compare"].config().arms[0].schedule == Cosine()


def test_that_the_last_arm_cannot_be_removed(window):
    arms = window.pages["compare"].form.arms
    arms.set_arms([Arm()])
    assert not arms.remove.isEnabled()
    QTest.keyClick(arms.lines[0], Qt.Key.Key_Delete)
    assert window.pages["compare"].config().arms == (Arm(),)


def test_that_a_click_on_an_arm_shows_its_fields_and_typing_changes_it_alone(window):
    page = window.pages["compare"]
    click(page.form.arms.lines[1])
    rate = field(window, "learning_rate")
    rate.setFocus()
    rate.selectAll()
    QTest.keyClicks(rate, "3e-2")
    QTest.keyClicks(page.form.arms.form.name, "fast")
    assert [arm.learning_rate for arm in page.config().arms] == [1e-3, 3e-2, 1e-3]
    assert tuple(map(str, page.config().names)) == ("constant", "fast", "cosine with restarts")
    assert "fast" in page.form.arms.lines[1].accessibleName()


def test_that_a_second_click_on_an_arm_folds_its_fields(window):
    arms = window.pages["compare"].form.arms
    open_before = arms.form.isVisible()
    click(arms.lines[0])
    assert arms.form.isVisible() is not open_before


def test_that_bad_input_is_told_at_its_field_and_nothing_can_be_started(window):
    page = window.pages["compare"]
    click(page.form.arms.lines[1])
    rate = field(window, "learning_rate")
    rate.setText("fast")
    assert page.config() is None
    assert not page.button.isEnabled()
    assert rate.property("wrong")
    rate.setText("0.01")
    assert page.config().arms[1].learning_rate == 0.01
    assert page.button.isEnabled()


def test_that_an_arm_that_does_not_go_with_what_all_share_is_named_at_its_field(window):
    page = window.pages["compare"]
    page.form.arms.set_arms([Arm(), Arm(name="slow start", schedule=Constant(warmup=epochs(9)))], selected=1)
    assert page.config() is None
    assert "slow start" in page.form.arms.lines[1].toolTip()
    wrong = [row for row in page.form.arms.form._rows.values() if row.input.property("wrong")]
    assert [row.path[0] for row in wrong] == ["schedule"]
    page.form.findChild(QWidget, "epochs").setText("12")
    assert page.config() is not None
    assert "slow start" in page.form.arms.lines[1].toolTip()  # its name, now with nothing wrong
    assert not [row for row in page.form.arms.form._rows.values() if row.input.property("wrong")]


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_that_every_preset_can_be_compared_as_it_stands_and_says_what_it_asks(window, preset):
    page = window.pages["compare"]
    presets = page.form.arms.presets
    next(action for action in presets.menu.actions() if action.text() == str(preset.title)).trigger()
    assert page.config() == preset.config(page.form.value())
    assert presets.sentence.text() == str(preset.told)
    assert page.button.isEnabled()


def test_that_one_field_is_varied_into_arms_that_differ_in_nothing_else(window):
    page = window.pages["compare"]
    click(page.form.arms.vary)
    dialog = window.findChild(QWidget, "vary")
    dialog.values.setText("1e-3, 1e-2, 1e-1")
    assert dialog.go.text() == "Make 3 arms"
    click(dialog.go)
    found = page.config().arms
    assert [arm.learning_rate for arm in found[:3]] == [1e-3, 1e-2, 1e-1]
    assert [arm.schedule for arm in found] == [Constant()] * 3 + [Cosine(), Sgdr()]


def test_that_each_arm_gets_the_rate_that_a_sweep_with_its_own_optimizer_recommends(window, qtbot):
    page = window.pages["compare"]
    page.form.arms.set_arms([Arm(name="one", optimizer=Sgd()), Arm(name="other"), Arm(learning_rate=7.0)])
    with qtbot.waitSignal(window.compare_desk._sweeps.done):
        click(page.form.arms.sweep)
    assert [arm.learning_rate for arm in page.config().arms] == recommended_for(window, page.config().arms)
    assert page.verdict.text().startswith("The sweeps are over")
    assert window.pages.current == "compare"
    assert window.find_page.run.config.optimizer == Arm().optimizer


def test_that_the_optimizers_of_the_preset_ask_for_their_rates_until_these_are_found(window, qtbot):
    page = window.pages["compare"]
    preset = next(preset for preset in PRESETS if preset.own_rates)
    page.form.arms.preset_picked.emit(preset)
    with qtbot.waitSignal(window.compare_desk._sweeps.done, timeout=10_000):
        click(page.form.arms.presets.find_rates)
    assert [arm.learning_rate for arm in page.config().arms] == recommended_for(window, page.config().arms)
    assert page.form.arms.presets.find_rates.isHidden()


def test_that_ctrl_enter_compares_on_this_page_and_trains_on_the_others(window, qtbot):
    with qtbot.waitSignal(window.runner.run_ended, timeout=10_000) as ended:
        press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (ended.args[0].kind, window.pages.current) == ("comparison", "compare")
    press(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.runner.run_ended, timeout=10_000) as ended:
        press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert ended.args[0].kind == "training"


def test_that_a_stopped_sweep_leaves_the_other_arms_their_rates(qtbot, tmp_path):
    jobs = fake_jobs(find=sweep(seconds=0.05))
    window = shown(qtbot, make_window(tmp_path / "profile", jobs))
    window.actions_["show_compare"].trigger()
    page = window.pages["compare"]
    with qtbot.waitSignal(window.compare_desk._sweeps.done):
        click(page.form.arms.sweep)
        qtbot.waitUntil(lambda: window.runner.run is not None and len(window.runner.run.steps) > 0)
        press(window, Qt.Key.Key_Escape)
    qtbot.wait(50)
    assert window.runner.run is None
    assert [arm.learning_rate for arm in page.config().arms] == [1e-3, 1e-3]


def test_that_the_form_shares_its_data_and_model_with_the_other_pages(window):
    page = window.pages["compare"]
    page.form.findChild(QWidget, "batch_size").setText("64")
    assert window.train_page.form.value().batch_size == 64
    window.find_page.form.findChild(QWidget, "seed").setText("7")
    assert page.config().seed == 7
    assert page.config().arms == THREE.arms


# What is seen


def test_that_each_arm_grows_a_curve_with_the_range_of_its_seeds(window, qtbot):
    run = compare(qtbot, window)
    page = window.pages["compare"]
    assert run.status is RunStatus.FINISHED
    assert run.kind == "comparison"
    for arm, curves in enumerate(page.curves._arms):
        of_epochs = curves[0]
        assert of_epochs.line.x.tolist() == [44, 88, 132]
        low, high = of_epochs.band._ys
        assert (low < of_epochs.line.y).all()
        assert (of_epochs.line.y < high).all()
        assert of_epochs.line.meaning == f"series{arm}"
    assert [str(curves[0].line.name) for curves in page.curves._arms] == ["constant", "cosine", "cosine with restarts"]


def test_that_the_table_and_the_verdict_say_what_was_measured(window, qtbot):
    run = compare(qtbot, window)
    page = window.pages["compare"]
    model = page.table.model_
    rows = [[model.data(model.index(row, column)) for column in range(model.columnCount())] for row in range(3)]
    means = [100 * arm.mean for arm in measured(run).arms]
    assert [row[0] for row in rows] == ["constant", "cosine", "cosine with restarts"]
    assert [row[1] for row in rows] == [f"{mean:.1f} ± 1.0 %" for mean in means]
    assert [row[-2] for row in rows] == ["finished"] * 3
    assert page.verdict.text().startswith("cosine has the highest mean")
    page.results.tabs.setCurrentIndex(1)
    assert page.results.currentWidget().accessibleName() == "Differences between the arms"


def test_that_arms_are_held_stopped_and_removed_by_clicks_while_the_others_go_on(qtbot, tmp_path):
    config = THREE.model_copy(update={"epochs": 8, "arms": (*THREE.arms, Arm(learning_rate=0.01))})
    window = opened(qtbot, tmp_path / "profile", comparing(seconds=0.01), config)
    table = window.pages["compare"].table
    run = begin(qtbot, window, rows=12)
    press(window, Qt.Key.Key_Space)  # so that none of them ends under the hand
    click(table.verbs_of(0).hold)
    click(table.verbs_of(1).stop)
    click(table.verbs_of(2).remove)
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: [state_of(window, arm) for arm in range(4)] == ["paused", "stopped", "removed", "finished"])
    assert not run.ended
    assert not window.pages["compare"].curves._arms[2][0].line.visible
    click(table.verbs_of(0).hold)
    qtbot.waitUntil(lambda: run.ended)
    qtbot.waitUntil(lambda: state_of(window, 0) == "finished")
    assert [arm.index for arm in measured(run).arms] == [0, 1, 3]
    assert not table.verbs_of(0).hold.isVisible()


def test_that_a_removed_arm_keeps_its_line_with_nothing_in_it(qtbot, tmp_path):
    window = opened(qtbot, tmp_path / "profile", comparing(seconds=0.01))
    run = begin(qtbot, window)
    click(window.pages["compare"].table.verbs_of(1).remove)
    qtbot.waitUntil(lambda: run.ended)
    assert tuple(map(str, window.pages["compare"].table.model_.rows[1].cells)) == ("cosine", "", "", "", "", "")
    assert "than cosine with restarts" in window.pages["compare"].verdict.text()


def test_that_pointing_at_an_arm_draws_it_thicker(window, qtbot):
    compare(qtbot, window)
    page = window.pages["compare"]
    where = page.table.visualRect(page.table.model_.index(1, 0)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [curves[0].line.emphasised for curves in page.curves._arms] == [False, True, False]


def test_that_an_arm_that_diverges_is_told_calmly_and_the_others_are_compared(qtbot, tmp_path):
    window = opened(qtbot, tmp_path / "profile", comparing(diverging=(2,)))
    compare(qtbot, window)
    assert [state_of(window, arm) for arm in range(3)] == ["finished", "finished", "diverged"]
    assert "cosine with restarts diverged with 3 of 3 seeds" in window.pages["compare"].verdict.text()


def test_that_a_comparison_that_is_stopped_keeps_what_it_has(qtbot, tmp_path):
    window = opened(qtbot, tmp_path / "profile", comparing(seconds=0.02))
    run = begin(qtbot, window, rows=9)
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: run.ended)
    assert run.status is RunStatus.STOPPED
    assert [state_of(window, arm) for arm in range(3)] == ["stopped"] * 3
    assert "highest mean" in window.pages["compare"].verdict.text()


def test_that_a_comparison_that_fails_says_why_and_can_be_asked_for_again(qtbot, tmp_path):
    window = opened(qtbot, tmp_path / "profile", comparing(chunks=4))
    compare(qtbot, window)
    told, _ = dismiss_error(qtbot, window)
    assert told == window.pages["compare"].verdict.text()
    assert window.pages["compare"].button.isEnabled()


def test_that_a_cancelled_comparison_leaves_the_page_as_it_was(qtbot, tmp_path):
    window = opened(qtbot, tmp_path / "profile", comparing(seconds=0.02))
    begin(qtbot, window)
    press(window, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    page = window.pages["compare"]
    assert page.verdict.text() == "The comparison was cancelled."
    assert page._empty.isVisible()
    assert page.table.model_.rowCount() == 0


def test_that_what_papers_report_is_marked_as_theirs_with_its_source(window):
    page = window.pages["compare"]
    page.results.tabs.setCurrentIndex(2)
    papers = page.results.currentWidget()
    assert isinstance(papers, ComparePapers)
    for row in range(papers.choice.count()):
        papers.choice.setCurrentIndex(row)
        assert papers.mark.text() == "Other model, from the paper"
        assert "arXiv" in papers.source.text()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (1093, 614), (1024, 576)], ids=str)
def test_that_nothing_is_cut_off_while_arms_are_compared_and_after(qtbot, tmp_path, size, theme):
    config = THREE.model_copy(update={"epochs": 4})
    window = opened(qtbot, tmp_path / "profile", comparing(seconds=0.004), config, size, theme)
    run = begin(qtbot, window, rows=9)
    qtbot.wait(200)
    assert_all_can_be_read(window)
    qtbot.waitUntil(lambda: run.ended)
    results = window.pages["compare"].results
    for tab in range(3):
        results.tabs.setCurrentIndex(tab)
        qtbot.wait(30)
        assert_all_can_be_read(window)


# Gone on with, confirmed, kept


def test_that_an_interrupted_comparison_is_offered_to_be_gone_on_with(qtbot, tmp_path):
    from lrgui.core.comparison.unfinished import Unfinished, keep, path_of
    from lrgui.core.profile import COMPARISONS

    window = opened(qtbot, tmp_path / "profile")
    page = window.pages["compare"]
    assert page.button.text() == "Compare"
    columns = {"step": np.arange(3)}
    keep(path_of(tmp_path / "profile" / COMPARISONS, THREE), Unfinished(columns, columns))
    page.form.arms.set_arms(THREE.arms)
    assert page.button.text() == "Go on"
    assert page.estimate.text() == "Interrupted: goes on where it was."
    page.form.findChild(QWidget, "seeds").setText("4")
    assert page.button.text() == "Compare"


def test_that_confirm_trains_around_the_marker_and_draws_it_onto_the_sweep(qtbot, tmp_path):
    job = comparing(accuracies=(0.5, 0.8, 0.9, 0.95, 0.3))
    window = shown(qtbot, make_window(tmp_path / "profile", fake_jobs(compare=job)))
    assert not window.actions_["confirm"].isEnabled()
    find(qtbot, window)
    page = window.find_page
    rate = page.learning_rate
    with qtbot.waitSignal(window.runner.run_ended) as ended:
        click(page.verdict_card.confirm_button)
    assert window.pages.current == "find"
    config = ended.args[0].config
    assert config.arms[2].learning_rate == pytest.approx(rate)
    means = [format_percent(arm.mean) for arm in measured(ended.args[0]).arms]
    assert page.measured.told == (*means[:3], f"best {means[3]}", means[4])
    assert "did best" in page.reason.text()
    assert not page.plot.suggestions.titled()
    find(qtbot, window)
    assert page.measured.told == ()
    assert page.plot.suggestions.titled()


def test_that_a_comparison_is_opened_again_from_the_history(qtbot, tmp_path):
    window = opened(qtbot, tmp_path / "profile")
    compare(qtbot, window)
    page = window.pages["compare"]
    verdict = page.verdict.text()
    page.form.arms.set_arms([Arm()])
    press(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    history = window.history_desk.page
    qtbot.waitUntil(lambda: history.model.rowCount() == 1)
    QTest.mouseClick(
        history.table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=history.table.visualRect(history.model.index(0, 2)).center(),
    )
    qtbot.waitUntil(window.actions_["open_run"].isEnabled)
    assert not window.actions_["overlay_runs"].isEnabled()
    window.actions_["open_run"].trigger()
    qtbot.waitUntil(lambda: window.pages.current == "compare")
    qtbot.waitUntil(lambda: page.config() == THREE)
    assert page.verdict.text() == verdict
    assert [row.state for row in page.table.model_.rows] == ["finished"] * 3


def test_that_the_arms_are_there_again_in_the_next_session(qtbot, tmp_path):
    window = opened(qtbot, tmp_path / "profile")
    window.pages["compare"].form.arms.set_arms(PRESETS[1].arms)
    window.close()
    other = opened(qtbot, tmp_path / "profile", config=None)
    assert other.pages["compare"].config().arms == PRESETS[1].arms


def test_that_nothing_moves_when_a_comparison_begins_and_ends(qtbot, tmp_path):
    window = opened(qtbot, tmp_path / "profile", comparing(seconds=0.01))
    page = window.pages["compare"]
    places = [place(window, page._views)]
    run = begin(qtbot, window, rows=4)
    places.append(place(window, page._views))
    qtbot.waitUntil(lambda: run.ended)
    qtbot.wait(50)
    places.append(place(window, page._views))
    assert places == places[:1] * 3


def test_that_names_have_their_room_however_often_the_table_is_shown_again(qtbot, tmp_path):
    window = opened(qtbot, tmp_path / "profile", comparing(seconds=0.02))
    run, size = begin(qtbot, window), window.pages["compare"].table.size()
    titles, rows = rows_of(run, lambda arm: False)
    rows = [replace(row, cells=(*row.cells[:-1], "6, 6 stopped")) for row in rows]
    table, rooms = CompareTable(), []  # that of the window is shown rows of its own meanwhile
    qtbot.addWidget(table)
    table.resize(size)
    table.show()
    for _ in range(4):
        table.show_rows(titles, rows, going=True)
        QApplication.processEvents()
        rooms.append(table.columnWidth(0))
    assert len(set(rooms)) == 1
    assert rooms[0] >= 130


def test_that_sweeps_for_a_preset_are_offered_only_while_nothing_runs(qtbot, tmp_path):
    window = opened(qtbot, tmp_path / "profile", comparing(seconds=0.05))
    arms = window.pages["compare"].form.arms
    arms.preset_picked.emit(next(preset for preset in PRESETS if preset.own_rates))
    assert arms.presets.find_rates.isEnabled()
    begin(qtbot, window)
    assert not arms.presets.find_rates.isEnabled()
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(arms.presets.find_rates.isEnabled)
