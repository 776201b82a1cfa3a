"""Exporting under real hands: from every page, into real folders, and what is told when it cannot be."""

import json
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from lrgui.core.messages import Refused, say
from lrgui.core.store import FILE_NAME, Store
from lrgui.core.store.run_file import read_run_file
from lrgui.gui.plots.plot_menu import plot_menu
from tests.gui.fake_comparison import comparing
from tests.gui.fake_jobs import fake_jobs, saved, sweep, training
from tests.gui.test_history_page import five_runs  # noqa: F401 (a fixture)
from tests.gui.windows import find, make_window, press, shown, train

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.fixture
def open_window(qtbot, tmp_path, folder):
    def opened(jobs=None, profile=None):
        window = shown(qtbot, make_window(profile or tmp_path / "profile", jobs or fake_jobs()))
        window.settings.export_folder = folder
        return window

    return opened


def ask(qtbot, window, key=Qt.Key.Key_E):
    """Open the sheet by the keys, and return it."""
    with qtbot.waitActive(window, timeout=10_000):
        window.activateWindow()
    press(window, key, CONTROL | SHIFT)
    return window.export_desk.sheet


def take(qtbot, window, name, timeout=20_000):
    """Click on a kind of file in the sheet, and return how that ended."""
    sheet = window.export_desk.sheet
    with qtbot.waitSignal(window.export_desk.ended, timeout=timeout) as ended:
        qtbot.mouseClick(sheet.buttons[name], Qt.MouseButton.LeftButton)
    qtbot.wait(10)
    return ended.args[0]


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def test_that_a_sweep_becomes_a_picture_and_a_table_by_one_click_each(open_window, qtbot, folder):
    window = open_window()
    find(qtbot, window)
    sheet = ask(qtbot, window)
    sheet.size_fields.show_size((900, 500))
    assert take(qtbot, window, "png").written
    assert window.export_desk.sheet is None
    image = QImage(str(folder / "range-test-digits-mlp-adam.png"))
    assert (image.width(), image.height()) == (900, 500)
    told = window.statusBar().currentMessage()
    assert str(folder / "range-test-digits-mlp-adam.png") in told
    button = window.export_desk._folder_button
    assert button.isVisible() and button.folder == folder
    window.statusBar().showMessage("Something else.")
    assert not button.isVisible()
    ask(qtbot, window)
    assert take(qtbot, window, "csv").written
    assert "learning_rate" in (folder / "range-test-digits-mlp-adam.csv").read_text(encoding="utf-8")


def test_that_the_last_kind_place_and_size_are_offered_again(open_window, qtbot, folder, tmp_path):
    window = open_window()
    find(qtbot, window)
    (tmp_path / "other").mkdir()
    sheet = ask(qtbot, window)
    assert sheet.buttons["script"].isDefault()
    sheet.set_folder(tmp_path / "other")
    sheet.size_fields.show_size((640, 480))
    take(qtbot, window, "svg")
    assert files(tmp_path / "other") == ["range-test-digits-mlp-adam.svg"]
    sheet = ask(qtbot, window)
    assert sheet.folder == tmp_path / "other"
    assert sheet.size_fields.size_or_none() == (640, 480)
    assert sheet.buttons["svg"].isDefault() and sheet.buttons["svg"].property("primary")
    sheet.close()


def test_that_where_there_is_nothing_to_export_that_is_told(open_window, qtbot):
    window = open_window(fake_jobs(find=sweep(seconds=0.2)))
    assert ask(qtbot, window) is None
    assert "no sweep to export yet" in window.statusBar().currentMessage()
    with qtbot.waitSignal(window.runner.run_started):
        press(window, Qt.Key.Key_F5)
    assert ask(qtbot, window) is None
    assert "goes on" in window.statusBar().currentMessage()
    with qtbot.waitSignal(window.runner.run_ended):
        press(window, Qt.Key.Key_Escape)
    for page in ("train", "compare", "history"):
        window.pages.show_page(page)
        qtbot.wait(100)
        if page != "train":  # which shows the sweep
            assert ask(qtbot, window) is None or page == "history"


def test_that_a_name_that_is_taken_is_asked_about_in_the_sheet(open_window, qtbot, folder):
    window = open_window()
    find(qtbot, window)
    (folder / "mine.csv").write_text("precious", encoding="utf-8")
    sheet = ask(qtbot, window)
    sheet.name.setText("mine")
    assert not take(qtbot, window, "csv").written
    assert sheet.isVisible() and sheet.answer.told.text() == "mine.csv exists already."
    assert (folder / "mine.csv").read_text(encoding="utf-8") == "precious"
    with qtbot.waitSignal(window.export_desk.ended):
        qtbot.mouseClick(sheet.answer.keep_both, Qt.MouseButton.LeftButton)
    assert files(folder) == ["mine-2.csv", "mine.csv"]
    sheet = ask(qtbot, window)
    sheet.name.setText("mine")
    take(qtbot, window, "csv")
    with qtbot.waitSignal(window.export_desk.ended):
        qtbot.mouseClick(sheet.answer.replace, Qt.MouseButton.LeftButton)
    assert (folder / "mine.csv").read_text(encoding="utf-8") != "precious"
    assert window.export_desk.sheet is None


def test_that_what_is_in_the_way_is_one_sentence_in_the_sheet_and_leaves_no_file(open_window, qtbot, folder, tmp_path):
    window = open_window()
    find(qtbot, window)
    sheet = ask(qtbot, window)
    sheet.size_fields.width_field.setText("12")
    qtbot.mouseClick(sheet.buttons["png"], Qt.MouseButton.LeftButton)
    assert "200 to 8,000 pixels" in sheet.answer.told.text()
    sheet.size_fields.show_size((400, 300))
    sheet.name.setText("a/b")
    qtbot.mouseClick(sheet.buttons["png"], Qt.MouseButton.LeftButton)
    assert "A name has none of these" in sheet.answer.told.text()
    sheet.name.setText("x" * 300)
    assert not take(qtbot, window, "png").written
    assert "too long" in sheet.answer.told.text() and sheet.answer.told.property("level") == "error"
    sheet.name.setText("sweep")
    sheet.set_folder(tmp_path / "gone")
    assert not take(qtbot, window, "svg").written
    assert "does not exist" in sheet.answer.told.text()
    sheet.set_folder(folder)
    assert take(qtbot, window, "svg").written
    assert files(folder) == ["sweep.svg"]


def test_that_code_goes_to_the_clipboard_from_the_sheet(open_window, qtbot):
    window = open_window()
    find(qtbot, window)
    sheet = ask(qtbot, window)
    qtbot.mouseClick(sheet.copies["script"], Qt.MouseButton.LeftButton)
    assert "import keras" in QGuiApplication.clipboard().text()
    assert "Python script" in window.statusBar().currentMessage()
    assert not sheet.buttons["keras"].isEnabled()
    assert "ruins its model" in sheet.buttons["keras"].toolTip()
    sheet.close()


def test_that_schedules_and_walks_are_exported_from_their_pages(open_window, qtbot, folder):
    window = open_window()
    window.pages.show_page("schedules")
    for name in ("schedule", "svg", "json", "notebook"):
        sheet = ask(qtbot, window)
        sheet.name.setText(f"cosine-{name}")
        assert take(qtbot, window, name).written
    assert "CosineDecay" in (folder / "cosine-schedule.py").read_text(encoding="utf-8")
    assert json.loads((folder / "cosine-json.json").read_text(encoding="utf-8"))["step"]["learning_rate"]
    window.pages.show_page("descent")
    for name in ("csv", "png", "svg"):
        ask(qtbot, window)
        assert take(qtbot, window, name).written
    walks = (folder / "descent-parabola.csv").read_text(encoding="utf-8")
    assert len(walks.splitlines()) > 100
    assert {"descent-parabola.png", "descent-parabola.svg"} < set(files(folder))


def test_that_a_comparison_is_exported_and_opens_in_another_window(open_window, qtbot, folder, tmp_path):
    window = open_window(fake_jobs(compare=comparing()))
    window.pages.show_page("compare")
    with qtbot.waitSignal(window.runner.run_ended):
        window.actions_["compare"].trigger()
    for name in ("html", "lrrun"):
        sheet = ask(qtbot, window)
        sheet.name.setText("arms")
        assert take(qtbot, window, name).written
    assert "data:image/png" in (folder / "arms.html").read_text(encoding="utf-8")
    run_id = window.pages["compare"].run.id
    other = open_window(fake_jobs(compare=comparing()), tmp_path / "another computer")
    other.opener.open_path(folder / "arms.lrrun")
    qtbot.waitUntil(lambda: other.pages.current == "compare", timeout=10_000)
    assert other.pages["compare"].run.id == run_id
    assert "in the history now" in other.statusBar().currentMessage()
    assert other.history.store.knows(run_id)
    broken = folder / "broken.lrrun"
    broken.write_bytes((folder / "arms.lrrun").read_bytes()[:400])
    other.opener.open_path(broken)
    qtbot.waitUntil(lambda: other.notice is not None and other.notice.isVisible())
    assert "broken.lrrun" in other.notice.text


def test_that_several_runs_of_the_history_get_files_with_names_of_their_own(open_window, qtbot, folder, five_runs):  # noqa: F811
    (folder / "Wine.svg").write_text("precious", encoding="utf-8")
    window = open_window(profile=five_runs)
    window.pages.show_page("history")
    page = window.pages["history"]
    qtbot.waitUntil(lambda: len(page.selected()) == 1)
    sheet = ask(qtbot, window)
    assert not sheet.subject.several
    sheet.close()
    page.table.selectAll()
    qtbot.waitUntil(lambda: len(page.selected()) == 5)
    sheet = ask(qtbot, window)
    assert sheet.subject.several and "keras" not in sheet.buttons
    outcome = take(qtbot, window, "svg")
    assert str(outcome.told) == f"5 of 5 runs written to {folder}."
    assert files(folder) == [
        "Fast.svg",
        "Slow-sweep.svg",
        "Slow.svg",
        "Wine-2.svg",
        "Wine.svg",
        "range-test-digits-mlp-adam.svg",
    ]
    assert (folder / "Wine.svg").read_text(encoding="utf-8") == "precious"
    ask(qtbot, window)
    take(qtbot, window, "lrrun")
    assert read_run_file(folder / "Fast.lrrun").tags == ("good",)


def test_that_the_window_lives_while_many_runs_are_written_and_that_it_can_be_stopped(
    open_window,
    qtbot,
    folder,
    five_runs,  # noqa: F811
    monkeypatch,
):
    window = open_window(profile=five_runs)
    window.pages.show_page("history")
    page = window.pages["history"]
    qtbot.waitUntil(lambda: bool(page.selected()))
    page.table.selectAll()
    let_go, read = threading.Event(), []
    kept = Store.kept

    def slow(store, run_id):
        read.append(run_id)
        assert len(read) < 2 or let_go.wait(10)
        return kept(store, run_id)

    monkeypatch.setattr(Store, "kept", slow)
    sheet = ask(qtbot, window)
    with qtbot.waitSignal(window.export_desk.ended) as ended:
        qtbot.mouseClick(sheet.buttons["csv"], Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: sheet.answer.told.text() == "Writing 2 of 5 ...")
        assert sheet.answer.bar.isVisible() and not sheet.buttons["csv"].isEnabled()
        qtbot.mouseClick(sheet.answer.stop, Qt.MouseButton.LeftButton)
        let_go.set()
    assert str(ended.args[0].told).startswith("2 of 5 runs written")
    assert len(files(folder)) == 2


def test_that_a_trained_model_is_saved_between_the_runs(open_window, qtbot, folder):
    let_go, order = threading.Event(), []

    def slow(config, path):
        assert let_go.wait(10)
        order.append("saved")
        return saved(config, path)

    def next_job(config, emit, control):
        order.append("training")
        training()(config, emit, control)

    window = open_window(fake_jobs(train=next_job, save=slow))
    window.pages.show_page("train")
    action = window.actions_["save_model"]
    assert not action.isEnabled()
    train(qtbot, window)
    qtbot.waitUntil(action.isEnabled)
    assert action in window.train_page.table.actions()  # its menu, under the other button of the mouse
    sheet = ask(qtbot, window, Qt.Key.Key_S)
    assert sheet.buttons["keras"].isDefault()
    sheet.name.setText("mine")
    with qtbot.waitSignals([window.export_desk.ended, window.runner.run_ended]):
        qtbot.mouseClick(sheet.buttons["keras"], Qt.MouseButton.LeftButton)
        window.actions_["train"].trigger()
        qtbot.wait(100)  # the window's own loop turns, and the training that was asked for has not begun
        assert order == ["training"] and not action.isEnabled()
        let_go.set()
    assert order == ["training", "saved", "training"]
    assert (folder / "mine.keras").read_text(encoding="utf-8") == "constant"
    assert "The model takes what you have." in window.statusBar().currentMessage()


def test_that_what_waits_for_a_run_is_offered_as_soon_as_it_has_ended(open_window, qtbot):
    let_go = threading.Event()

    def slow(config, emit, control):
        assert let_go.wait(10)
        training()(config, emit, control)

    window = open_window(fake_jobs(train=slow))
    find(qtbot, window)
    sheet = ask(qtbot, window)
    logs = sheet.buttons["tensorboard"]
    assert logs.isEnabled()
    with qtbot.waitSignal(window.runner.run_started):
        window.actions_["train"].trigger()
    qtbot.waitUntil(lambda: not logs.isEnabled())
    assert "waits for the run" in logs.toolTip() and sheet.buttons["csv"].isEnabled()
    let_go.set()
    qtbot.waitUntil(logs.isEnabled)
    assert "TensorBoard" in logs.toolTip()
    sheet.close()


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (Refused(say("The model of this run is gone.")), "is gone"),
        (OSError(28, "No space left on device"), "no room left"),
        (ValueError("a layer without a name"), "a layer without a name"),
    ],
)
def test_that_a_model_that_cannot_be_saved_is_told_in_the_sheet(open_window, qtbot, folder, error, part):
    def broken(config, path):
        path.write_text("half of it", encoding="utf-8")
        raise error

    window = open_window(fake_jobs(save=broken))
    window.pages.show_page("train")
    train(qtbot, window)
    qtbot.waitUntil(window.actions_["save_model"].isEnabled)
    sheet = ask(qtbot, window)
    assert not take(qtbot, window, "keras").written
    assert sheet.isVisible() and part in sheet.answer.told.text()
    assert files(folder) == []
    sheet.close()


def test_that_a_run_whose_weights_another_run_has_replaced_has_no_model_any_more(open_window, qtbot):
    window = open_window()
    window.pages.show_page("train")
    first = train(qtbot, window)
    train(qtbot, window)
    window.train_page.table.select(first)
    sheet = ask(qtbot, window)
    assert not sheet.buttons["keras"].isEnabled()
    assert "no longer here" in sheet.buttons["keras"].toolTip()
    assert sheet.buttons["csv"].isEnabled()
    sheet.close()


def test_that_a_sweep_has_no_model_to_save(open_window, qtbot):
    window = open_window()
    find(qtbot, window)
    window.pages.show_page("train")
    window.train_page.table.selectRow(0)
    assert window.train_page.table.current_run().kind == "range_test"
    assert not window.actions_["save_model"].isEnabled()


def test_that_one_plot_is_saved_and_its_rate_copied(open_window, qtbot, folder):
    window = open_window()
    find(qtbot, window)
    plot = window.find_page.plot
    plot.setFocus()
    press(window, Qt.Key.Key_C, CONTROL)
    assert float(QGuiApplication.clipboard().text()) == pytest.approx(plot.learning_rate, rel=1e-5)
    assert "Copied" in window.statusBar().currentMessage()
    menu = plot_menu(plot)
    menu.actions()[-1].trigger()
    menu.close()
    sheet = window.export_desk.sheet
    assert list(sheet.buttons) == ["png", "svg"]
    assert take(qtbot, window, "svg").written
    assert files(folder) == ["loss-this-batch-over-learning-rate.svg"]
    window.find_page.rate_plot.setFocus()
    press(window, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().image().width() == 2 * window.find_page.rate_plot.width()


def test_that_tables_are_copied_as_spreadsheets_take_them(open_window, qtbot, five_runs):  # noqa: F811
    window = open_window(profile=five_runs)
    window.pages.show_page("train")
    train(qtbot, window)
    window.train_page.table.setFocus()
    press(window, Qt.Key.Key_C, CONTROL)
    title, *rows = [line.split("\t") for line in QApplication.clipboard().text().split("\n")]
    assert title[0] == "Run" and "Accuracy" in title
    assert len(rows) == 1 and rows[0][0] == "Run 1" and rows[0][title.index("Accuracy")] == "★ 96.0 %"[-6:]
    window.pages.show_page("history")
    page = window.pages["history"]
    qtbot.waitUntil(lambda: bool(page.selected()))
    page.table.selectAll()
    page.table.setFocus()
    press(window, Qt.Key.Key_C, CONTROL)
    lines = QApplication.clipboard().text().split("\n")
    assert len(lines) == 7 and all(line.count("\t") == lines[0].count("\t") for line in lines)
    assert any(line.split("\t")[lines[0].split("\t").index("Run")] == "Wine" for line in lines)


def test_that_what_is_exported_is_what_the_history_knows_of_the_run(open_window, qtbot, folder):
    window = open_window()
    run = find(qtbot, window)
    window.history.store.edit(run.id, name="For the lesson", note="look at the valley")
    assert window.history.store.flush()
    ask(qtbot, window)
    assert take(qtbot, window, "lrrun").written
    kept = read_run_file(folder / "For-the-lesson.lrrun")
    assert kept.note == "look at the valley" and kept.run.id == run.id


def test_that_a_window_that_closes_leaves_no_half_written_file(open_window, qtbot, folder):
    window = open_window()
    find(qtbot, window)
    sheet = ask(qtbot, window)
    qtbot.mouseClick(sheet.buttons["png"], Qt.MouseButton.LeftButton)
    window.close()
    assert all(name.endswith(".png") and not name.startswith(".") for name in files(folder))
    assert FILE_NAME in {path.name for path in window.settings.profile.iterdir()}
