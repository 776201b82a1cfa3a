"""What the plots of the descent are made of: lines of equal height, clipped paths, ink, arrows, heights."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from lrgui.core.config.descent import Adam, Momentum, Sgd
from lrgui.core.descent import Path
from lrgui.core.functions import FUNCTIONS, bowl, typed
from lrgui.gui.plots.clipping import lines_within
from lrgui.gui.plots.contour_plot import contour_levels
from lrgui.gui.plots.descent_picture import draw_descent
from lrgui.gui.plots.descent_plot import DescentPlot
from lrgui.gui.plots.marching_squares import contour_segments
from lrgui.gui.plots.step_plot import StepPlot
from lrgui.gui.plots.trails import Trail, TrailPainter
from lrgui.gui.theme import Theme
from lrgui.gui.widgets.descent_surface import Surface
from lrgui.gui.widgets.rate_slider import RateSlider
from tests.gui.looking import grab
from tests.gui.plotting import settle


def walked(function, walker, steps=50, start=None):
    path = Path(function, start or function.start, walker, steps)
    path.extend_to(steps)
    return path


# Lines of equal height


def test_that_the_line_of_a_bowl_is_its_circle():
    x = np.linspace(-2, 2, 81)
    values = np.add.outer(x**2, x**2)
    ends = contour_segments(x, x, values, 1.0)
    assert len(ends) > 100
    np.testing.assert_allclose(np.hypot(*ends.T), 1.0, atol=2e-3)


def test_that_a_line_is_closed_and_each_of_its_ends_belongs_to_two_segments():
    x = np.linspace(-3, 3, 40)
    values = FUNCTIONS["himmelblau"].value(*np.meshgrid(x, x))
    ends = np.round(contour_segments(x, x, values, 20.0), 9)
    _, counts = np.unique(ends, axis=0, return_counts=True)
    inner = (np.abs(np.unique(ends, axis=0)) < 3).all(axis=1)
    assert set(counts[inner]) == {2}


def test_that_cells_without_a_value_have_no_line_and_a_plain_has_none_at_all():
    x = np.linspace(-1, 1, 20)
    values = np.add.outer(x, x)
    values[:, :10] = np.nan
    ends = contour_segments(x, x, values, 0.0)
    assert np.isfinite(ends).all()
    assert (ends[:, 0] >= x[10]).all()
    assert len(contour_segments(x, x, np.ones((20, 20)), 1.0)) == 0


def test_that_levels_above_a_minimum_are_log_spaced_and_at_a_saddle_share_the_plane():
    x = np.linspace(-2, 2, 60)
    x, y = np.meshgrid(x, x)
    levels = contour_levels(x**2 + y**2, 0.0)
    np.testing.assert_allclose(np.diff(np.log(levels)), np.diff(np.log(levels))[0])
    saddle = x**2 - y**2
    levels = contour_levels(saddle, None)
    between = [np.mean((saddle > low) & (saddle <= high)) for low, high in itertools.pairwise(levels)]
    assert max(between) < 1.3 * min(between)
    assert len(contour_levels(np.full((4, 4), 3.0), None)) == 0
    assert len(contour_levels(np.full((4, 4), np.nan), None)) == 0


# Paths


def points_of(lines):
    return [[(point.x(), point.y()) for point in line.toList()] for line in lines]


def test_that_a_line_is_cut_where_it_leaves_a_rectangle_in_the_right_direction():
    room = QRectF(0, 0, 10, 10)
    lines = points_of(lines_within(np.array([5.0, 5.0, 1e6]), np.array([5.0, 8.0, 8.0 + 1e6]), room))
    assert lines[0] == [(5, 5), (5, 8)]
    np.testing.assert_allclose(lines[1][-1], (7, 10), atol=1e-4)


def test_that_a_line_that_crosses_without_a_point_inside_is_seen_and_one_that_passes_by_is_not():
    room = QRectF(0, 0, 10, 10)
    (across,) = points_of(lines_within(np.array([-5.0, 15.0]), np.array([5.0, 5.0]), room))
    np.testing.assert_allclose(across, [(0, 5), (10, 5)])
    assert lines_within(np.array([-5.0, 5.0]), np.array([20.0, 20.0]), room) == []


def test_that_points_on_the_same_pixel_are_one_and_gaps_stay_gaps():
    room = QRectF(0, 0, 100, 100)
    x = np.concatenate([[0.0, 50.0], np.full(10_000, 50.01)])
    (line,) = lines_within(x, x, room)
    assert line.size() == 2
    x = np.array([1.0, 20.0, np.nan, 40.0, 60.0])
    assert points_of(lines_within(x, x, room)) == [[(1, 1), (20, 20)], [(40, 40), (60, 60)]]


def test_that_ink_added_step_by_step_looks_as_if_it_was_drawn_at_once(qapp):
    path = walked(bowl(30), Momentum(learning_rate=0.01), 40)
    trails = [Trail(path, 0, True)]
    pixels = {path: (200 + 30 * path.w[:, 0], 150 - 40 * path.w[:, 1])}
    pictures = []
    for positions in (range(41), (40,), (40, 10, 40)):
        painter_of_trails = TrailPainter()
        for position in positions:
            image = QImage(400, 300, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(Qt.GlobalColor.white)
            painter = QPainter(image)
            painter_of_trails.paint(painter, "view", QSizeF(400, 300), trails, pixels, position)
            painter.end()
        pictures.append(np.array(image.constBits()).reshape(300, 400, 4).astype(int))
    # Where one stroke ends and the next begins, a pixel's edge may be a little softer.
    for picture in pictures[1:]:
        assert np.mean(np.abs(picture - pictures[0]) > 40) < 2e-3
    assert np.mean(pictures[0] < 200) > 0.005


def test_that_every_function_is_drawn_with_a_walker_on_it(qtbot):
    plot, seen = DescentPlot(), []
    for function in FUNCTIONS.values():
        plot.show_function(function)
        path = walked(function, Adam(learning_rate=0.05), 30)
        plot.show_walks([Trail(path, 0, True)], function.start)
        plot.show_position(4.5)
        image = grab(qtbot, plot)
        assert len({image.pixel(x, y) for x in range(60, 390, 5) for y in range(10, 250, 5)}) > 20
        seen.append(image)
    assert all(one != other for one, other in itertools.combinations(seen, 2))


def test_that_a_minimum_lies_on_the_plot_where_the_function_has_it(qtbot):
    function = FUNCTIONS["himmelblau"]
    plot = DescentPlot()
    plot.show_function(function)
    path = walked(function, Sgd(learning_rate=0.001), 2)
    plot.show_walks([Trail(path, 0, True)], (0.0, 0.0))
    grab(qtbot, plot)
    settle(qtbot, plot)
    image = plot.grab().toImage()
    for minimum in function.minima:
        x, y = minimum.position
        pixel = plot._view.mapTo(
            plot, plot._view.mapFromScene(plot.area.mapToScene(plot.mapping.x_pixel(x), plot.mapping.y_pixel(y)))
        )
        assert image.pixelColor(pixel).lightness() < 60


def test_that_a_hundred_thousand_wide_jump_is_no_trouble_in_any_plot(qtbot):
    path = walked(typed("exp(x**2)"), Sgd(learning_rate=10.0), 30, (3.0,))
    assert path.ended.name == "diverged"
    trails = [Trail(path, 0, True)]
    for plot in (DescentPlot(), StepPlot("f(w)", lambda path: path.f), StepPlot("f", lambda path: path.f, log_y=True)):
        if isinstance(plot, DescentPlot):
            plot.show_function(path.function)
            plot.show_walks(trails, (3.0,))
        else:
            plot.show_walks(trails)
        plot.show_position(1)
        grab(qtbot, plot)


# The surface


def test_that_the_front_of_the_surface_is_nearer_and_its_middle_in_the_middle(qtbot):
    surface = Surface()
    surface.show_function(bowl(1))
    grab(qtbot, surface)
    _, y, depth = surface.project(np.array([0.0, 0.0]), np.array([-1.0, 1.0]), np.array([0.5, 0.5]))
    front = int(np.argmin(depth))
    assert y[front] > y[1 - front]
    everything = surface.project(*(part.reshape(-1) for part in np.meshgrid([-1.0, 1.0], [-1.0, 1.0], [0.0, 1.0])))
    for pixels, size in ((everything[0], surface.width()), (everything[1], surface.height())):
        assert pixels.min() >= 0
        assert pixels.max() <= size


def test_that_heights_are_in_proportion_for_a_bowl_and_bent_for_a_narrow_valley(qapp):
    surface = Surface()
    surface.show_function(bowl(1))
    assert surface._heights.exponent == 1
    surface.show_function(FUNCTIONS["rosenbrock"])
    assert surface._heights.exponent < 0.6
    assert np.median(surface._grid) == pytest.approx(0.3, abs=0.06)


def test_that_a_function_of_one_variable_has_a_sentence_instead_of_a_surface(qtbot):
    surface = Surface()
    surface.show_function(FUNCTIONS["parabola"])
    empty = grab(qtbot, surface)
    assert len({empty.pixel(x, y) for x in range(400) for y in range(100, 200)}) > 2


# The slider


def test_that_the_slider_is_logarithmic_and_spans_a_rate_that_lies_outside(qtbot):
    slider = RateSlider()
    slider.show_around(0.1)
    grab(qtbot, slider, (600, 50))
    decades = [slider.pixel(10.0**decade) for decade in range(-4, 2)]
    np.testing.assert_allclose(np.diff(decades), np.diff(decades)[0])
    assert slider.rate_at(slider.pixel(0.0316)) == pytest.approx(0.0316, rel=0.01)
    slider.show_rate(1e-7, "series0")
    assert 0 < slider.pixel(1e-7) < slider.width()
    slider.show_limit(1e-9, "2/L")
    grab(qtbot, slider)


# The picture of the command line


def test_that_the_picture_of_a_walk_on_a_plane_has_the_map_below_the_path(qapp, tmp_path):
    function = FUNCTIONS["himmelblau"]
    draw_descent([walked(function, Sgd(learning_rate=0.001, noise=100.0), 5000)], tmp_path / "walk.png")
    picture = QImage(str(tmp_path / "walk.png"))
    colors = [picture.pixelColor(x, y) for x in range(90, 720) for y in range(60, 660)]
    light = Theme.load("light")
    assert len({color.name() for color in colors if color.hue() == light.color("terrain_low").hue()}) > 20
    assert sum(color == light.color("series0") for color in colors) > 5000
    assert sum(color == light.color("minimum") for color in colors) > 100


def test_that_the_picture_names_each_of_eight_walkers_in_its_colour(qapp, tmp_path):
    paths = [walked(FUNCTIONS["beale"], Sgd(learning_rate=rate), 20) for rate in np.geomspace(1e-4, 1, 8)]
    draw_descent(paths, tmp_path / "walks.png")
    picture, light = QImage(str(tmp_path / "walks.png")), Theme.load("light")
    for number in range(8):
        top = round((48 + 20 * number) * picture.width() / 1100)
        line = [picture.pixelColor(x, y) for x in range(755, 1265) for y in range(top, top + 22)]
        assert sum(color == light.color(f"series{number}") for color in line) > 30
        assert sum(color == light.color("text") for color in line) > 20
    assert {picture.pixelColor(1262, y).name() for y in range(48, 210)} == {light.color("card").name()}
