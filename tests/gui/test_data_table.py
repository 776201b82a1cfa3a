"""Tables that are only read."""

import math

import pytest
from PySide6.QtCore import Qt

from lrgui.core.summaries import LayerSummary, ModelSummary
from lrgui.gui.widgets.data_table import Column, DataTable, write_value
from lrgui.gui.widgets.model_summary import ModelSummaryView


def texts(table):
    model = table.model()
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def titles(table):
    model = table.model()
    return [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]


@pytest.mark.parametrize(
    ("value", "text"),
    [(3, "3"), (1234567, "1,234,567"), (0.85143, "0.8514"), (1e-5, "1.000e-5"), (math.nan, "–"), ("a", "a")],  # noqa: RUF001
)
def test_that_a_cell_is_written_as_one_reads_it(value, text):
    assert write_value(value) == text


def test_that_columns_are_shown_under_their_titles_numbers_on_the_right(qtbot):
    table = DataTable("Rows")
    qtbot.addWidget(table)
    table.show_columns([Column("Class", ["a", "b"]), Column("Length", [1.5, 2.0])])
    assert titles(table) == ["Class", "Length"]
    assert texts(table) == [["a", "1.5"], ["b", "2"]]
    sides = [table.model().index(0, column).data(Qt.ItemDataRole.TextAlignmentRole) for column in (0, 1)]
    assert sides[0] & Qt.AlignmentFlag.AlignLeft and sides[1] & Qt.AlignmentFlag.AlignRight


def test_that_new_columns_take_the_place_of_the_old(qtbot):
    table = DataTable("Rows")
    qtbot.addWidget(table)
    table.show_columns([Column("a", [1, 2, 3])])
    table.show_columns([Column("b", ["x"]), Column("c", [4])])
    assert (titles(table), texts(table)) == (["b", "c"], [["x", "4"]])
    table.show_columns([])
    assert (titles(table), texts(table)) == ([], [])


def test_that_columns_of_different_length_are_refused(qtbot):
    table = DataTable("Rows")
    qtbot.addWidget(table)
    with pytest.raises(ValueError):
        table.show_columns([Column("a", [1]), Column("b", [1, 2])])


def test_that_a_model_is_shown_layer_by_layer_with_the_sum_below(qtbot):
    view = ModelSummaryView()
    qtbot.addWidget(view)
    layers = LayerSummary("convolution", "Conv2D", (26, 26, 32), 320), LayerSummary("output", "Dense", (10,), 1290)
    view.show_model(ModelSummary(layers, 1610, 1610))
    assert texts(view.table) == [["convolution", "26 x 26 x 32", "320", "Conv2D"], ["output", "10", "1,290", "Dense"]]
    assert view.total.text() == "1,610 parameters"
    view.show_model(ModelSummary(layers, 1610, 1600))
    assert view.total.text() == "1,610 parameters, 10 of them not trained"
