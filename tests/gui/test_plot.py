"""A plot in the units of a person: axes, ranges, curves, gaps, and the hands that zoom it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest

from lrgui.gui.plots.decimation import decimated
from lrgui.gui.plots.mapping import Mapping
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.plot_menu import plot_menu
from lrgui.gui.plots.polylines import line_parts
from lrgui.gui.plots.ranges import grown, robust_range
from lrgui.gui.plots.ticks import linear_ticks, log_ticks
from lrgui.gui.theme import themes
from tests.gui.plotting import at, drag, settle, viewport, wheel


@pytest.fixture
def make(qtbot):
    def make(**options):
        plot = Plot("step", "loss", **options)
        qtbot.addWidget(plot)
        plot.resize(500, 300)
        plot.show()
        qtbot.waitExposed(plot)
        settle(qtbot, plot)
        return plot

    return make


def pixels(plot):
    return plot._view.grab().toImage()


def count(image, color):
    """Return how many pixels have a colour exactly."""
    wanted = QColor(color).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


# Axes


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (0, 400, ["0", "100", "200", "300", "400"]),
        (0, 0.004, ["0", "0.001", "0.002", "0.003", "0.004"]),
        (0.5, 0.99, ["0.5", "0.6", "0.7", "0.8", "0.9"]),
        (0, 40_000, ["0", "10,000", "20,000", "30,000", "40,000"]),
        (0, 4e-6, ["0", "1e-6", "2e-6", "3e-6", "4e-6"]),
        (-1, 1, ["-1.0", "-0.5", "0", "0.5", "1.0"]),
    ],
)
def test_that_numbers_on_an_axis_are_plain(low, high, labels):
    assert linear_ticks(low, high, 5).labels == labels


def test_that_epochs_are_whole_numbers():
    ticks = linear_ticks(0.9, 4.1, 20, whole=True)
    assert ticks.labels == ["1", "2", "3", "4"]
    assert ticks.minor == []


def test_that_a_log_axis_has_powers_of_ten():
    ticks = log_ticks(-7.1, 1.1, 12)
    assert ticks.labels == ["1e-7", "1e-6", "1e-5", "1e-4", "1e-3", "1e-2", "1e-1", "1", "10"]
    assert log_ticks(-7.1, 1.1, 5).labels == ["1e-6", "1e-4", "1e-2", "1"]


def test_that_a_log_axis_zoomed_in_still_has_numbers():
    assert log_ticks(-3.2, -1.8, 8).labels == ["1e-3", "2e-3", "5e-3", "1e-2"]
    assert len(log_ticks(-3.01, -2.99, 8).labels) >= 2


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e6), st.integers(2, 30))
def test_that_ticks_lie_in_the_range_and_are_no_more_than_wanted(low, width, most):
    high = low + width
    ticks = linear_ticks(low, high, most)
    assert len(ticks.major) <= most + 1
    assert all(low - 1e-6 * width <= tick <= high + 1e-6 * width for tick in ticks.major)
    assert len(set(ticks.labels)) == len(ticks.labels)


# Ranges


def test_that_a_run_that_diverges_does_not_flatten_the_others():
    good = 2.3 * np.exp(-np.arange(100) / 20)
    bad = 2.3 * np.exp(np.arange(100) / 2)
    low, high = robust_range([good, bad])
    assert low < 0.1
    assert 2.3 <= high < 8


def test_that_a_falling_loss_is_seen_from_its_start():
    loss = 2.5 * np.exp(-np.arange(5000) / 100) + 0.1
    assert robust_range([loss]) == (loss.min(), loss.max())


@pytest.mark.parametrize("n", [1, 2, 3, 7, 100, 377])
def test_that_the_tops_of_losses_are_those_of_numpys_quantiles(n):
    loss = np.random.default_rng(n).lognormal(0, 2, n)
    low, upper = np.quantile(loss, (0.05, 0.75))
    reference = max(upper, loss[0])
    top = min(loss.max(), reference + max(reference - low, 0.05 * reference))
    assert robust_range([loss]) == pytest.approx((loss.min(), max(top, loss.min())), rel=1e-12)


def test_that_rates_are_never_cut_off(make, qtbot):
    plot = make()
    plot.curve("rate", "learning_rate").set(np.arange(100), np.where(np.arange(100) == 50, 1.0, 1e-4))
    settle(qtbot, plot)
    assert plot.mapping.y[1] > 1.0


def test_that_the_rounding_of_single_precision_is_a_level_line(make, qtbot):
    plot = make()
    plot.curve("planned", "learning_rate").set([0, 1], [1.435e-2, 1.435e-2])
    plot.curve("reported", "learning_rate").set([0, 1], np.full(2, 1.435e-2, np.float32))
    plot.fit()
    settle(qtbot, plot)
    low, high = plot.mapping.y
    assert high > 1.3 * low


@given(
    st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(0.001, 1e3)), min_size=1, max_size=30),
)
def test_that_a_growing_range_always_holds_what_is_needed(needs):
    shown = None
    for low, width in needs:
        shown = grown(shown, (low, low + width), 0.05)
        assert shown[0] <= low
        assert shown[1] >= low + width


def test_that_a_range_set_beforehand_is_shown_before_the_data_fill_it(make, qtbot):
    plot = make(whole_x=True)
    plot.set_x_range(0, 390)
    curve = plot.curve("loss", "loss")
    curve.set([0, 1], [2.0, 1.9])
    settle(qtbot, plot)
    assert plot.mapping.x[0] < 0
    assert 390 < plot.mapping.x[1] < 420


def test_that_fitting_leaves_little_room(make, qtbot):
    plot = make()
    curve = plot.curve("loss", "loss")
    for n in range(1, 131):
        curve.set(np.arange(n), np.linspace(2, 1, 130)[:n])
        plot.prepare()
    plot.fit()
    settle(qtbot, plot)
    assert 129 < plot.mapping.x[1] < 135
    assert 0.9 < plot.mapping.y[0] < 1


# Curves


def test_that_a_curve_is_drawn_in_its_colour_and_goes_with_the_theme(make, qtbot):
    plot = make()
    plot.curve("", "loss", width=4).set([0, 1], [1.0, 1.0])
    settle(qtbot, plot)
    light = themes.current.color("loss").name()
    assert count(pixels(plot), light) > 500
    try:
        themes.use("dark")
        qtbot.wait(20)
        assert count(pixels(plot), themes.current.color("loss").name()) > 500
        assert count(pixels(plot), light) == 0
    finally:
        themes.use("light")


def test_that_gaps_do_not_warn_and_are_left_open(make, qtbot):
    plot = make(log_y=True)
    curve = plot.curve("", "loss", width=4)
    curve.set(np.arange(9), [1.0, 1.0, 1.0, np.nan, np.inf, -1.0, 1.0, 1.0, 1.0])
    settle(qtbot, plot)
    image = pixels(plot)
    color = themes.current.color("loss").rgb()
    assert image.pixel(at(plot, 1, 1.0)) == color
    assert image.pixel(at(plot, 7, 1.0)) == color
    assert image.pixel(at(plot, 4, 1.0)) != color


def test_that_a_hidden_curve_is_not_drawn_and_does_not_count_for_the_range(make, qtbot):
    plot = make()
    plot.curve("a", "loss").set([0, 1], [1.0, 2.0])
    far = plot.curve("b", "validation", width=4)
    far.set([0, 1], [50.0, 50.0])
    far.visible = False
    plot.fit()
    settle(qtbot, plot)
    assert plot.mapping.y[1] < 3
    assert count(pixels(plot), themes.current.color("validation").name()) == 0


def test_that_a_removed_curve_is_gone(make, qtbot):
    plot = make()
    curve = plot.curve("a", "validation", width=4)
    curve.set([0, 1], [1.0, 1.0])
    settle(qtbot, plot)
    assert count(pixels(plot), themes.current.color("validation").name()) > 500
    plot.remove(curve)
    settle(qtbot, plot)
    assert count(pixels(plot), themes.current.color("validation").name()) == 0


def test_that_a_band_is_a_fifth_of_the_strength(make, qtbot):
    plot = make()
    plot.band("", "learning_rate").set([0, 1, 2], [1.0, 1.0, 1.0], [2.0, 2.0, 2.0])
    settle(qtbot, plot)
    card, full = themes.current.color("card"), themes.current.color("learning_rate")
    seen = QColor(pixels(plot).pixel(at(plot, 1.05, 1.63)))
    assert seen.red() == pytest.approx(card.red() + 0.2 * (full.red() - card.red()), abs=3)


def test_that_x_and_y_of_different_length_are_refused(make):
    with pytest.raises(ValueError, match="alike"):
        make().curve("a", "loss").set([0, 1], [1.0])


def test_that_data_are_in_user_units_on_log_axes(make, qtbot):
    plot = make(log_x=True, log_y=True)
    plot.curve("", "loss").set([1e-7, 10.0], [1e-3, 1.0])
    plot.fit()
    settle(qtbot, plot)
    middle = plot.mapping.x_value(plot.mapping.width / 2)
    assert middle == pytest.approx(1e-3, rel=0.01)
    assert plot.mapping.x_value(plot.mapping.x_pixel(3e-4)) == pytest.approx(3e-4, rel=1e-9)
    assert plot.mapping.y_value(plot.mapping.y_pixel(0.02)) == pytest.approx(0.02, rel=1e-9)


# Fewer points


@given(arrays(np.float64, st.integers(3, 400), elements=st.floats(-1e6, 1e6)), st.integers(1, 20))
def test_that_fewer_points_keep_the_extremes_and_both_ends(y, columns):
    x = np.arange(len(y), dtype=float)
    fewer_x, fewer_y = decimated(x, y, columns)
    assert len(fewer_x) == len(fewer_y) <= 2 * columns or len(y) <= 2 * columns
    assert (fewer_y.min(), fewer_y.max()) == (y.min(), y.max())
    assert (fewer_x[0], fewer_x[-1]) == (0, len(y) - 1)
    assert (np.diff(fewer_x) >= 0).all()


def test_that_fewer_points_keep_a_gap_wider_than_a_column():
    y = np.ones(1000)
    y[400:600] = np.nan
    x, fewer = decimated(np.arange(1000.0), y, 50)
    assert np.isnan(fewer[(x > 420) & (x < 580)]).all()
    assert np.isfinite(fewer[(x < 380) | (x > 620)]).all()


def test_that_a_line_far_outside_is_cut_where_it_leaves_and_comes_back_in_one_part():
    mapping = Mapping((0, 10), (0, 1), 100, 100)
    x, y = np.array([0.0, 5.0, 6.0, 10.0]), np.array([0.5, 0.5, 1e30, 0.5])
    parts = list(line_parts(mapping.x_pixels(x), mapping.y_pixels(y), mapping.height))
    ((part_x, part_y),) = parts
    np.testing.assert_allclose(part_x, [0, 50, 50, 100, 100], atol=0.01)
    np.testing.assert_allclose(part_y, [50, 50, -100, -100, 50], atol=0.01)


def test_that_a_line_that_goes_through_the_area_unseen_by_its_points_is_drawn():
    ((x, y),) = line_parts(np.array([0.0, 100.0, 200.0]), np.array([-700.0, 900.0, 900.0]), 100)
    np.testing.assert_allclose(x, [37.5, 56.25], atol=0.01)
    np.testing.assert_allclose(y, [-100, 200], atol=0.01)


def test_that_a_gap_stays_a_gap_in_a_line_that_leaves_the_area_and_a_point_alone_is_a_dash():
    x, y = np.arange(6.0), np.array([50.0, 900.0, np.nan, 50.0, np.nan, -900.0])
    parts = list(line_parts(x, y, 100))
    np.testing.assert_allclose(parts[0], [[0, 150 / 850], [50, 200]], atol=0.01)
    np.testing.assert_allclose(parts[1], [[2, 4], [50, 50]])
    assert len(parts) == 2


# Hands


def test_that_zooming_stops_the_automatic_range_until_reset(make, qtbot):
    plot = make()
    curve = plot.curve("", "loss")
    curve.set(np.arange(100), np.linspace(2, 1, 100))
    settle(qtbot, plot)
    assert not plot._reset_button.isVisible()
    wheel(plot, at(plot, 50, 1.5), 3)
    zoomed = plot.mapping
    assert zoomed.x[1] - zoomed.x[0] < 90
    curve.set(np.arange(1000), np.linspace(2, 1, 1000))
    settle(qtbot, plot)
    assert plot.mapping == zoomed
    assert plot._reset_button.isVisible()
    QTest.mouseClick(plot._reset_button, Qt.MouseButton.LeftButton)
    settle(qtbot, plot)
    assert 999 < plot.mapping.x[1] < 1050
    assert not plot._reset_button.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_Home])
def test_that_a_key_resets_the_view(make, qtbot, key):
    plot = make()
    plot.curve("", "loss").set(np.arange(100), np.linspace(2, 1, 100))
    settle(qtbot, plot)
    drag(plot, at(plot, 50, 1.5), at(plot, 20, 1.2))
    assert not plot.automatic
    QTest.keyClick(viewport(plot).parentWidget(), key)
    settle(qtbot, plot)
    assert plot.automatic
    assert plot.mapping.x[0] < 0


def test_that_the_menu_speaks_our_words_and_copies_the_picture(make, qtbot):
    plot = make()
    menu = plot_menu(plot)
    words = {action.text(): action for action in menu.actions() if action.text()}
    assert list(words) == ["Reset view", "Copy picture", "Save picture ..."]
    assert not words["Reset view"].isEnabled()
    words["Copy picture"].trigger()
    assert QGuiApplication.clipboard().pixmap().width() == 2 * plot.width()
    menu.close()


def test_that_the_legend_tells_what_the_curves_say_under_the_pointer(make, qtbot):
    plot = make(whole_x=True)
    plot.curve("one", "loss").set([0, 10, 20], [1.0, 2.0, 3.0])
    plot.curve("two", "validation").set([0, 10], [5.0, 6.0])
    settle(qtbot, plot)
    assert plot._legend.isVisible()
    QTest.mouseMove(viewport(plot), at(plot, 10.2, 2.0))
    qtbot.wait(20)
    assert plot._legend._at == "step 10"
    assert plot._legend._values[0] == 2.0
    QTest.mouseMove(viewport(plot), at(plot, 20, 2.0))
    qtbot.wait(20)
    assert plot._legend._values[0] == 3.0
    assert np.isnan(plot._legend._values[1])


def test_that_a_plot_has_a_name_for_those_who_cannot_see_it(make):
    assert make().accessibleName() == "loss / step"
