"""Opening a model of one's own, under real hands: dropped, chosen, typed; asked about once if it is a program."""

from dataclasses import replace
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from lrgui.core.config.model import OwnModel
from lrgui.core.contents import content_hash
from lrgui.core.events import Described, Failed
from lrgui.core.messages import say
from lrgui.core.runs import Run, RunStatus
from lrgui.core.summaries import ModelSummary
from lrgui.core.trust import keep_in, trust
from tests.gui.fake_jobs import fake_jobs
from tests.gui.windows import make_window, press, shown


def describe(config, emit, control):
    """Pretend to look at a model: by its name it is bad, not compiled, or good."""
    name = str(config.model.label)
    if "bad" in name:
        emit(Failed(say("{file} holds Python code: open another.", file=name)))
    else:
        emit(Described(ModelSummary((), 1234, 1234, compiled="plain" not in name)))


@pytest.fixture
def window(qtbot, tmp_path):
    keep_in(tmp_path / "profile")
    opened = make_window(tmp_path / "profile", replace(fake_jobs(), describe=describe))
    with qtbot.waitSignal(opened.runner.prepared, timeout=5000):
        shown(qtbot, opened)
    yield opened
    keep_in(None)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "我的 模型"
    place.mkdir()
    return place


def file(folder: Path, name: str, text: str = "x = 1") -> Path:
    (folder / name).write_text(text)
    return folder / name


def drop(window, *paths):
    """Drop files on the window, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = (QPointF if PySide6.__version_info__ >= (6, 12) else QPoint)(200, 200)
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(200, 200), Qt.DropAction.CopyAction, data, buttons, keys))


def config_of(window):
    return window.find_page.form.value()


def question(window):
    boxes = window.findChildren(QMessageBox, "trust_question")
    return next((box for box in boxes if box.isVisible()), None)


def answer(qtbot, window, button):
    box = question(window)
    QTest.mouseClick(box.button(button), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: question(window) is None)


def test_that_a_dropped_file_is_the_model_with_its_own_optimizer_and_loss(window, qtbot, folder):
    path = file(folder, "mine.keras")
    drop(window, path)
    config = config_of(window)
    assert config.model == OwnModel(path=str(path))
    assert (config.loss.name, config.optimizer.name) == ("own", "own")
    note = window.find_page.form._notes["Model"]
    qtbot.waitUntil(lambda: note.text() == "1,234 parameters")


def test_that_a_file_that_was_not_compiled_gets_an_optimizer_and_a_loss_in_the_form(window, qtbot, folder):
    drop(window, file(folder, "plain.keras"))
    qtbot.waitUntil(lambda: config_of(window).optimizer.name == "adam")
    assert config_of(window).loss.name == "cross_entropy"
    assert config_of(window).model.label == "plain.keras"


def test_that_a_file_is_chosen_in_a_dialog_by_ctrl_o(window, qtbot, folder):
    path = file(folder, "mine.keras")
    press(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(QFileDialog, "open_file")
    assert "*.keras" in dialog.nameFilters()[0]
    assert "*.py" in dialog.nameFilters()[0]
    dialog.fileSelected.emit(str(path))
    dialog.close()
    assert config_of(window).model.label == "mine.keras"


def test_that_a_program_is_asked_about_once_for_its_content(window, qtbot, folder):
    path = file(folder, "mine.py")
    drop(window, path)
    assert "mine.py is a program, and it will be run." in question(window).text()
    answer(qtbot, window, QMessageBox.StandardButton.No)
    assert not isinstance(config_of(window).model, OwnModel)
    drop(window, path)
    answer(qtbot, window, QMessageBox.StandardButton.Yes)
    assert config_of(window).model.label == "mine.py"
    drop(window, path)
    assert question(window) is None
    file(folder, "mine.py", "x = 'edited'")
    drop(window, path)
    answer(qtbot, window, QMessageBox.StandardButton.Yes)
    assert trust().allows(content_hash(path))


def test_that_a_program_whose_path_was_typed_is_asked_about_before_it_runs(window, qtbot, folder):
    path = file(folder, "mine.py")
    config = config_of(window)
    window.find_page.form.set_value(config.model_copy(update={"model": OwnModel(path=str(path))}))
    press(window, Qt.Key.Key_F5)
    assert window.runner.run is None
    answer(qtbot, window, QMessageBox.StandardButton.No)
    assert window.runner.run is None
    press(window, Qt.Key.Key_F5)
    with qtbot.waitSignal(window.runner.run_ended, timeout=10_000):
        answer(qtbot, window, QMessageBox.StandardButton.Yes)
    qtbot.waitUntil(window.actions_["find"].isEnabled)
    with qtbot.waitSignal(window.runner.run_ended, timeout=10_000) as ended:
        window.actions_["find"].trigger()
    assert ended.args[0].config.model.label == "mine.py"
    assert question(window) is None


def test_that_the_default_answer_runs_nothing(window, qtbot, folder):
    drop(window, file(folder, "mine.py"))
    assert question(window).defaultButton() is question(window).button(QMessageBox.StandardButton.No)
    QTest.keyClick(question(window), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: question(window) is None)
    assert not isinstance(config_of(window).model, OwnModel)


def test_that_what_is_wrong_with_a_file_stands_over_the_pages_until_another_is_opened(window, qtbot, folder):
    drop(window, file(folder, "bad.keras"))
    qtbot.waitUntil(lambda: window.notice is not None and window.notice.isVisible())
    assert window.notice.text == "bad.keras holds Python code: open another."
    drop(window, file(folder, "good.keras"))
    qtbot.waitUntil(lambda: not window.notice.isVisible())


def test_that_a_file_that_nobody_knows_is_refused_by_name(window, folder):
    drop(window, file(folder, "song.mp3"))
    assert window.notice.text.startswith("song.mp3 is nothing that can be opened here: take one of ")
    assert ".keras" in window.notice.text


def test_that_the_file_of_the_form_can_be_chosen_beside_its_path(window, folder):
    first, second = file(folder, "one.keras"), file(folder, "two.keras")
    drop(window, first)
    row = window.find_page.form._rows["model", "own", "path"]
    assert row.input.raw() == str(first)
    assert row.input.cursorPosition() == len(str(first))
    row.input.choose()
    dialog = window.findChild(QFileDialog, "choose_path")
    assert dialog.directory().absolutePath() == str(folder)
    dialog.fileSelected.emit(str(second))
    dialog.close()
    assert config_of(window).model.label == "two.keras"


def test_that_a_folder_is_opened_by_the_menu_and_chosen_again_beside_its_path(window, tmp_path):
    (tmp_path / "pets").mkdir()
    window.actions_["open_folder"].trigger()
    dialog = window.findChild(QFileDialog, "open_folder")
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.fileSelected.emit(str(tmp_path / "pets"))
    dialog.close()
    assert config_of(window).dataset.label == "pets"
    window.find_page.form._rows["dataset", "image_folder", "path"].input.choose()
    again = window.findChild(QFileDialog, "choose_path")
    assert again.fileMode() is QFileDialog.FileMode.Directory
    again.close()


def test_that_another_model_gives_up_the_optimizer_and_loss_of_the_file(window, folder):
    drop(window, file(folder, "mine.keras"))
    window.find_page.form._rows["model",].input.show_value("mlp")
    config = config_of(window)
    assert (config.loss.name, config.optimizer.name) == ("cross_entropy", "adam")


BOTH = "def load_data():\n    pass\ndef build_model():\n    pass\n"


@pytest.mark.parametrize(("text", "model", "dataset"), [(BOTH, "own", "script"), (BOTH[:30], "mlp", "script")])
def test_that_a_program_that_loads_data_is_the_data_too(text, model, dataset, window, qtbot, folder):
    drop(window, file(folder, "mine.py", text))
    answer(qtbot, window, QMessageBox.StandardButton.Yes)
    assert (config_of(window).model.name, config_of(window).dataset.name) == (model, dataset)


def test_that_a_run_from_the_history_says_that_its_model_is_not_here(window, qtbot, folder):
    config = config_of(window).model_copy(update={"model": OwnModel(path=str(folder / "gone.keras"))})
    run = Run("a" * 32, "range_test", config, name="Old", status=RunStatus.FINISHED)
    window.history_desk.opener.show_runs([run])
    assert window.notice.text.startswith("The model of this run came from gone.keras, which is not here")
    assert config_of(window).model.label == "gone.keras"
