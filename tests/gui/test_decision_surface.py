"""The plane of two features, looked at."""

import numpy as np
from PySide6.QtCore import QPointF

from lrgui.gui.theme import themes
from lrgui.gui.widgets.decision_surface import DecisionSurface
from tests.gui.looking import color_at, grab, plane


def make(qtbot, size=(420, 260)):
    surface, examined = DecisionSurface(), plane()
    surface.show_surface(examined.surface, examined.class_names)
    return surface, grab(qtbot, surface, size)


def pale(label):
    return themes.current.mixed("card", f"series{label}", 0.3).name()


def test_that_areas_have_the_colour_of_the_class_that_is_predicted_there_with_up_at_the_top(qtbot):
    surface, picture = make(qtbot)
    assert color_at(picture, surface.pixel(0.1, 0.9)).name() == pale(1)
    assert color_at(picture, surface.pixel(0.9, 0.1)).name() == pale(0)


def test_that_points_lie_on_it_in_the_full_colour_of_their_class(qtbot):
    surface, picture = make(qtbot)
    assert color_at(picture, surface.pixel(0.25, 0.75)).name() == themes.current.color("series1").name()
    assert color_at(picture, surface.pixel(0.75, 0.25)).name() == themes.current.color("series0").name()


def test_that_classes_differ_in_their_symbols_too(qtbot):
    surface, picture = make(qtbot, size=(800, 640))
    # A square reaches into its corners, a disc does not.
    square, disc = (surface.pixel(*point) + QPointF(-6, -6) for point in ((0.25, 0.75), (0.75, 0.25)))
    assert color_at(picture, square).name() == themes.current.color("series1").name()
    assert color_at(picture, disc).name() != themes.current.color("series0").name()


def test_that_the_plane_has_one_scale_in_both_directions_and_keeps_to_its_room(qtbot):
    surface, _ = make(qtbot, size=(700, 200))
    area = surface.area()
    assert abs(area.width() - area.height()) < 1
    assert area.bottom() <= surface.height()


def test_that_points_alone_are_drawn_before_there_is_a_model(qtbot):
    surface = DecisionSurface()
    surface.show_points(np.array([[0.0, 0.0], [2.0, 1.0]]), np.array([0, 1]), ("left", "right"))
    picture = grab(qtbot, surface)
    assert color_at(picture, surface.pixel(2, 1)).name() == themes.current.color("series1").name()
    assert surface.accessibleDescription() == "2 points of 2 classes: left, right"


def test_that_the_shares_of_the_plane_are_told_to_those_who_do_not_see_it(qtbot):
    surface, _ = make(qtbot)
    assert surface.accessibleDescription().startswith("Share of the plane that is predicted as each class: below 51%")
