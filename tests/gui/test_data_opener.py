"""Opening data of one's own under real hands; inspections only pretend to look."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from lrgui.core.config.dataset import Arrays, CsvTable, ImageFolder
from lrgui.core.config.dataset.facts import Facts, remember, stamp
from lrgui.core.config.loss import CrossEntropy, SquaredError
from lrgui.core.config.model import Cnn, Mlp
from lrgui.core.messages import say
from lrgui.gui.csv_dialog import CsvDialog
from tests.gui.fake_jobs import described, fake_jobs
from tests.gui.test_previews import table_data
from tests.gui.windows import make_window, shown

TABLE = "rooms;garden;price\n3;yes;200,5\n4;no;250,1\n5;yes;301,0\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "我的 houses.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def open_window(qtbot, tmp_path):
    def make(**jobs):
        window = make_window(tmp_path / "profile", fake_jobs(**jobs))
        with qtbot.waitSignal(window.runner.prepared, timeout=5000):
            shown(qtbot, window)
        return window

    return make


def opened(qtbot, window, path):
    window.opener.open_path(path)
    dialog = window.findChild(CsvDialog)
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def test_that_a_table_asks_for_its_columns_with_its_first_rows_in_sight(open_window, qtbot, table):
    window = open_window()
    dialog = opened(qtbot, window, table)
    model = dialog.table.model()
    titles = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(3)]
    assert titles == ["rooms", "garden", "price"] and model.rowCount() == 3
    assert dialog.target.currentText() == "price"
    dialog.target.setCurrentIndex(1)
    dialog.features.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.rows["decimal"].input.show_value("comma")
    dialog.rows["missing"].input.show_value("median")
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    config = window.find_page.form.value()
    assert config.dataset == CsvTable(
        path=str(table), target="garden", features="price", decimal="comma", missing="median"
    )
    qtbot.waitUntil(lambda: window.desk.previews.dialog.isVisible())
    assert window.desk.previews.dialog.title.text() == table.name


def test_that_another_separator_reads_the_rows_again(open_window, qtbot, table):
    dialog = opened(qtbot, open_window(), table)
    dialog.rows["separator"].input.show_value("tab")
    assert not dialog.go.isEnabled()
    dialog.rows["separator"].input.show_value("semicolon")
    dialog.rows["header"].input.show_value("no")
    assert dialog.go.isEnabled() and dialog.table.model().rowCount() == 4
    assert dialog.target.currentText() == "3"
    dialog.reject()


def test_that_a_number_to_predict_brings_its_loss_along(open_window, qtbot, table):
    def look(config, emit, control):
        if isinstance(config.dataset, CsvTable):
            remember(config.dataset, Facts("table", (2,), (), 80, 20), stamp(config.dataset.file))
        described(table_data())(config, emit, control)

    window = open_window(preview=look)
    assert isinstance(window.find_page.form.value().loss, CrossEntropy)
    QTest.mouseClick(opened(qtbot, window, table).go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(window.find_page.form.value().loss, SquaredError), timeout=5000)


def test_that_data_with_less_than_a_batch_are_told_of_in_the_form_and_break_no_other_page(open_window, qtbot, tmp_path):
    def look(config, emit, control):
        if isinstance(config.dataset, Arrays):
            remember(config.dataset, Facts("table", (2,), ("0", "1"), 16, 4), stamp(config.dataset.file))
        described(table_data())(config, emit, control)

    window = open_window(preview=look)
    estimate = window.train_page.estimate  # of the other page, which still has what was right before
    np.savez(tmp_path / "few.npz", x=np.zeros((20, 2)), y=np.arange(20) % 2)
    window.opener.open_path(tmp_path / "few.npz")
    qtbot.waitUntil(lambda: window.find_page.form.value() is None, timeout=5000)
    assert estimate.text() == "known once the data have been read"


@pytest.mark.parametrize(("name", "kind"), [("a.npz", Arrays), ("pets", ImageFolder)])
def test_that_other_data_are_taken_at_once_by_what_they_are(open_window, tmp_path, name, kind):
    if kind is Arrays:
        np.savez(tmp_path / name, x=np.zeros((20, 2)), y=np.arange(20) % 2)
    else:
        (tmp_path / name).mkdir()
    window = open_window()
    window.opener.open_path(tmp_path / name)
    assert window.find_page.form.value().dataset == kind(path=str(tmp_path / name))


def test_that_a_table_replaces_a_model_that_needs_images(open_window, qtbot, table):
    window = open_window()
    config = window.find_page.form.value()
    window.find_page.form.set_value(config.model_copy(update={"model": Cnn()}), ("model",))
    QTest.mouseClick(opened(qtbot, window, table).go, Qt.MouseButton.LeftButton)
    assert isinstance(window.find_page.form.value().model, Mlp)


def test_that_a_table_without_text_is_refused_in_a_sentence(open_window, qtbot, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    window = open_window()
    window.opener.open_path(Path(empty))
    assert window.findChild(CsvDialog) is None
    assert "empty.csv is empty" in window.notice.text


def test_that_a_file_that_is_gone_is_told_of_without_numbers_and_paths(open_window, tmp_path):
    window = open_window()
    window.opener.open_path(tmp_path / "gone.csv")
    assert window.notice.text.startswith("gone.csv cannot be read (")
    assert "Errno" not in window.notice.text and str(tmp_path) not in window.notice.text


def test_that_a_table_of_names_alone_is_not_taken(open_window, qtbot, tmp_path):
    (tmp_path / "names.csv").write_text("a,b,c\n", encoding="utf-8")
    dialog = opened(qtbot, open_window(), tmp_path / "names.csv")
    assert not dialog.go.isEnabled() and "names of columns only" in dialog._told.text()
    dialog.rows["header"].input.show_value("no")  # then it is a row
    assert dialog.go.isEnabled()
    dialog.reject()


def test_that_the_preview_tells_how_data_were_read(open_window, qtbot, tmp_path):
    from dataclasses import replace

    notes = (say("2 rows without a target were left out."),)
    data = replace(table_data(), notes=notes, class_names=(), class_counts=np.zeros(0, int), labels=np.arange(4.0))
    window = open_window(preview=described(data))
    window.actions_["preview"].trigger()
    dialog = window.desk.previews.dialog
    qtbot.waitUntil(lambda: "a number to predict" in dialog.counts.text(), timeout=5000)
    assert "left out" in dialog.how_read.text() and dialog.histogram.isHidden()
    assert dialog.rows.model().headerData(0, Qt.Orientation.Horizontal) == "Target"
