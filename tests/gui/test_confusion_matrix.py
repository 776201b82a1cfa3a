"""The confusion matrix, looked at and pointed at."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from lrgui.gui.theme import Theme, contrast, themes
from lrgui.gui.widgets.confusion_matrix import ConfusionMatrix
from tests.gui.looking import color_at, colors_in, grab, hover

NAMES = ("cat", "dog", "fish")
COUNTS = np.array([[40, 3, 0], [1, 50, 0], [0, 0, 20]])


def make(qtbot, counts=COUNTS, names=NAMES, size=(400, 300)):
    matrix = ConfusionMatrix()
    matrix.show_counts(counts, names)
    return matrix, grab(qtbot, matrix, size)


def test_that_right_and_wrong_have_colours_of_their_own_the_stronger_the_more_and_none_where_nothing_is(qtbot):
    matrix, picture = make(qtbot)
    inside = QPointF(3, 3)
    seen = {at: color_at(picture, matrix.place(*at).topLeft() + inside) for at in np.ndindex(3, 3)}
    current = themes.current
    assert seen[1, 1].name() == current.color("loss").name()
    assert seen[0, 1].name() == current.color("validation").name()
    assert seen[0, 2].name() == current.color("grid").name()
    assert contrast(seen[1, 0], current.color("grid")) < contrast(seen[0, 1], current.color("grid"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_that_every_count_can_be_read_on_its_colour(theme):
    colors = Theme.load(theme)
    for meaning in ("loss", "validation"):
        for share in np.linspace(0, 1, 101):
            background = colors.mixed("grid", meaning, float(share))
            assert contrast(colors.readable_on(background), background) >= 4.5


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_that_counts_are_written_up_to_ten_classes_and_have_room(qtbot, classes):
    counts = np.full((classes, classes), 1234)
    matrix, picture = make(qtbot, counts, [f"class {n}" for n in range(classes)], size=(700, 260))
    place = matrix.place(classes - 1, 0).adjusted(2, 2, -2, -2)
    ink = themes.current.readable_on(matrix.color(classes - 1, 0)).name()
    assert ink in colors_in(picture, place)
    assert place.height() >= 13
    assert matrix.grid().bottom() <= matrix.height() + 1


def test_that_a_hundred_classes_are_colours_only_and_tell_their_count_to_the_mouse(qtbot):
    counts = np.diag(np.full(100, 9))
    counts[3, 7] = 4
    matrix, picture = make(qtbot, counts, [f"class {n}" for n in range(100)], size=(500, 500))
    assert color_at(picture, matrix.place(3, 7).center()).name() == themes.current.color("validation").name()
    told = []
    matrix.pointed.connect(told.append)
    hover(matrix, matrix.place(3, 7).center())
    assert list(map(str, told)) == ["class 3 taken for class 7: 4 of 13"]


def test_that_the_cell_under_the_mouse_is_told_and_none_when_it_has_gone(qtbot):
    matrix, _ = make(qtbot)
    told = []
    matrix.pointed.connect(told.append)
    hover(matrix, matrix.place(0, 1).center())
    hover(matrix, matrix.place(1, 1).center())
    hover(matrix, matrix.grid().topLeft() / 2)
    assert list(map(str, told)) == ["cat taken for dog: 3 of 43", "dog: 50 of 51 right", ""]


def test_that_a_cell_is_found_where_it_is_painted(qtbot):
    matrix, _ = make(qtbot)
    for row in range(3):
        for column in range(3):
            assert matrix.cell_at(matrix.place(row, column).center()) == (row, column)


def test_that_its_sum_is_told_to_those_who_do_not_see_it(qtbot):
    matrix, _ = make(qtbot)
    assert matrix.accessibleDescription() == "110 of 114 examples on the diagonal"


def test_that_names_which_do_not_fit_the_counts_are_refused(qtbot):
    matrix = ConfusionMatrix()
    qtbot.addWidget(matrix)
    with pytest.raises(ValueError):
        matrix.show_counts(COUNTS, ("cat", "dog"))
