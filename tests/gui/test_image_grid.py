"""Images with what they were taken for, looked at pixel by pixel."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from lrgui.gui.theme import themes
from lrgui.gui.widgets.image_grid import Caption, ImageGrid, image_of
from tests.gui.looking import color_at, colors_in, grab


def checkerboard(size=8):
    return ((np.indices((size, size)).sum(axis=0) % 2) * 255).astype(np.uint8)[..., np.newaxis]


def shown(qtbot, images, captions, size=(400, 300)):
    grid = ImageGrid("Images")
    grid.show_images(np.array(images), captions)
    grab(qtbot, grid, size)
    return grid, grid._canvas, grid._canvas.grab().toImage()


def test_that_pixels_stay_what_they_are_grey_and_in_colour():
    grey = image_of(np.array([[[0], [255]], [[7], [130]]], np.uint8))
    assert [grey.pixelColor(x, y).red() for y in (0, 1) for x in (0, 1)] == [0, 255, 7, 130]
    colour = image_of(np.array([[[255, 0, 0], [0, 255, 0], [1, 2, 3]]], np.uint8))
    assert [colour.pixelColor(x, 0).name() for x in range(3)] == ["#ff0000", "#00ff00", "#010203"]


def test_that_an_image_scales_up_crisp_by_whole_pixels(qtbot):
    _grid, canvas, picture = shown(qtbot, [checkerboard()], [Caption("a")])
    assert canvas.side % 8 == 0 and canvas.side >= 56
    place = canvas.place(0)
    left = place.left() + (place.width() - canvas.side) // 2
    seen = [picture.pixelColor(left + x, place.top() + 5).red() for x in range(canvas.side)]
    each = canvas.side // 8
    assert set(seen) == {0, 255}
    assert {seen[first : first + each].count(seen[first]) for first in range(0, canvas.side, each)} == {each}


def test_that_a_wrong_answer_is_marked_by_frame_and_cross_beside_its_colour(qtbot):
    captions = [Caption("3", "is 5", right=False), Caption("3", right=True)]
    _grid, canvas, picture = shown(qtbot, [checkerboard()] * 2, captions)
    error, good = themes.current.color("error").name(), themes.current.color("good").name()
    wrong, right = canvas.place(0), canvas.place(1)
    assert color_at(picture, QPoint(wrong.left() + 1, wrong.center().y())).name() == error
    assert color_at(picture, QPoint(right.left() + 1, right.center().y())).name() != error
    below = canvas.side + 8
    in_captions = [colors_in(picture, place.adjusted(4, below, -4, -4)) for place in (wrong, right)]
    assert error in in_captions[0] and good not in in_captions[0]
    assert good in in_captions[1] and error not in in_captions[1]


def test_that_images_fill_rows_and_those_that_find_no_room_are_scrolled_to(qtbot):
    grid, canvas, _ = shown(qtbot, [checkerboard()] * 200, [Caption(str(n % 10)) for n in range(200)])
    columns = canvas.columns(canvas.width())
    assert columns > 2
    assert canvas.place(columns).top() > canvas.place(0).bottom()
    assert canvas.place(columns - 1).right() <= canvas.width()
    assert grid.verticalScrollBar().maximum() > 0
    grid.resize(800, 300)
    qtbot.waitUntil(lambda: canvas.columns(canvas.width()) > columns)


def test_that_more_room_makes_the_images_larger(qtbot):
    grid, canvas, _ = shown(qtbot, [checkerboard()] * 4, [Caption("a")] * 4)
    small = canvas.side
    grid.resize(800, 600)
    qtbot.waitUntil(lambda: canvas.side > small)


def test_that_the_mouse_finds_the_image_it_rests_on(qtbot):
    _grid, canvas, _ = shown(qtbot, [checkerboard()] * 2, [Caption("a")] * 2)
    assert canvas.index_at(canvas.place(1).center()) == 1
    assert canvas.index_at(QPoint(canvas.place(0).right() + 3, 5)) is None
    assert canvas.index_at(QPoint(390, 200)) is None


def test_that_what_is_shown_is_told_to_those_who_do_not_see_it(qtbot):
    grid, _, _ = shown(qtbot, [checkerboard()] * 2, [Caption("3", "is 5", right=False), Caption("3", right=True)])
    assert grid.accessibleName() == "Images"
    assert grid.accessibleDescription() == "2 images, 1 of them wrong"


def test_that_captions_which_do_not_fit_the_images_are_refused(qtbot):
    grid = ImageGrid("Images")
    qtbot.addWidget(grid)
    with pytest.raises(ValueError):
        grid.show_images(np.array([checkerboard()]), [])
