"""The marker under real hands."""

import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from lrgui.core.sweeps import averaged
from lrgui.gui.plots.range_test_plot import RangeTestPlot
from tests.gui.plotting import RATES, at, click, double_click, drag, losses, point, settle, viewport, wheel


@pytest.fixture
def plot(qtbot):
    plot = RangeTestPlot()
    qtbot.addWidget(plot)
    plot.resize(860, 450)
    plot.show_sweeps([averaged(RATES, losses())], 0.9)
    plot.set_learning_rate(3e-4)
    plot.fit()
    plot.show()
    qtbot.waitExposed(plot)
    settle(qtbot, plot)
    return plot


def one_pixel(plot):
    """Return by what factor the rate grows over a pixel."""
    return plot.mapping.x_value(1) / plot.mapping.x_value(0)


def within_a_pixel(plot, rate):
    return abs(math.log(plot.learning_rate / rate)) <= math.log(one_pixel(plot))


def test_that_a_typed_rate_comes_back_exactly(plot):
    for rate in (3e-4, 0.1, 1.7e-5, 0.02):
        plot.set_learning_rate(rate)
        assert plot.learning_rate == rate


def test_that_setting_it_by_program_tells_nobody(plot, qtbot):
    with qtbot.assertNotEmitted(plot.learning_rate_picked):
        plot.set_learning_rate(1e-3)


@pytest.mark.parametrize("goal", [2e-6, 4e-3, 0.5])
def test_that_a_drag_lands_within_a_pixel_of_the_rate(plot, goal):
    told = []
    plot.learning_rate_picked.connect(told.append)
    drag(plot, at(plot, 3e-4, 1.0), at(plot, goal, 1.0))
    assert within_a_pixel(plot, goal)
    assert told[-1] == plot.learning_rate
    assert len(told) > 2


def test_that_a_drag_takes_hold_a_few_pixels_beside_the_line_without_a_jump(plot):
    start, goal = at(plot, 3e-4, 1.0), at(plot, 1e-2, 1.0)
    start.setX(start.x() + 5)
    goal.setX(goal.x() + 5)
    drag(plot, start, goal)
    assert within_a_pixel(plot, 1e-2)


@pytest.mark.parametrize(("x", "end"), [(-300, RATES[0]), (3000, RATES[-1])])
def test_that_a_drag_beyond_the_edge_ends_at_the_end_of_the_sweep(plot, x, end):
    drag(plot, at(plot, 3e-4, 1.0), point(plot, (x, 200)))
    assert plot.learning_rate == end


def test_that_a_rate_outside_the_sweep_is_held_at_its_end(plot):
    plot.set_learning_rate(1e4)
    assert plot.learning_rate == RATES[-1]


def test_that_a_drag_beside_it_pans_and_leaves_the_rate(plot, qtbot):
    before = plot.mapping.x
    with qtbot.assertNotEmitted(plot.learning_rate_picked):
        drag(plot, at(plot, 1e-5, 1.0), at(plot, 1e-4, 1.0))
    assert plot.mapping.x[0] < before[0] - 0.9
    assert plot.learning_rate == 3e-4


def test_that_zoom_pan_and_reset_leave_it_where_it_was(plot, qtbot):
    with qtbot.assertNotEmitted(plot.learning_rate_picked):
        wheel(plot, at(plot, 1e-2, 1.5), 5)
        assert not plot.automatic
        drag(plot, at(plot, 1e-2, 1.5), point(plot, (20, 300)))
        assert plot.learning_rate == 3e-4
        plot.reset_view()
        settle(qtbot, plot)
    assert plot.learning_rate == 3e-4
    assert plot.automatic


def test_that_it_can_be_dragged_to_the_same_rates_after_zooming(plot):
    wheel(plot, at(plot, 3e-4, 1.5), 3)
    QTest.qWait(20)
    height = plot.mapping.y_value(200)
    drag(plot, at(plot, 3e-4, height), at(plot, 1e-3, height))
    assert within_a_pixel(plot, 1e-3)


@pytest.mark.parametrize(
    ("key", "modifier", "decades"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 0.1),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, -0.1),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 0.01),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, -0.01),
    ],
)
def test_that_arrow_keys_move_it_by_a_tenth_of_a_decade_and_with_shift_finely(plot, qtbot, key, modifier, decades):
    with qtbot.waitSignal(plot.learning_rate_picked) as told:
        QTest.keyClick(viewport(plot).parentWidget(), key, modifier)
    assert plot.learning_rate == pytest.approx(3e-4 * 10**decades, rel=1e-12)
    assert told.args == [plot.learning_rate]


def test_that_arrow_keys_stop_at_the_end_of_the_sweep(plot):
    plot.set_learning_rate(9.0)
    for _ in range(3):
        QTest.keyClick(viewport(plot).parentWidget(), Qt.Key.Key_Right)
    assert plot.learning_rate == RATES[-1]


def test_that_a_double_click_on_the_curve_sets_it(plot):
    told = []
    plot.learning_rate_picked.connect(told.append)
    double_click(plot, at(plot, 2e-2, 0.9))
    assert within_a_pixel(plot, 2e-2)
    assert told == [plot.learning_rate]


def test_that_a_single_click_beside_everything_sets_nothing(plot, qtbot):
    with qtbot.assertNotEmitted(plot.learning_rate_picked):
        click(plot, at(plot, 2e-2, 1.9))


def test_that_the_pointer_says_that_it_can_be_dragged(plot):
    QTest.mouseMove(viewport(plot), at(plot, 1e-6, 1.0))
    QTest.qWait(20)
    elsewhere = viewport(plot).cursor().shape()
    QTest.mouseMove(viewport(plot), at(plot, 3e-4, 1.0))
    QTest.qWait(20)
    assert viewport(plot).cursor().shape() == Qt.CursorShape.SizeHorCursor != elsewhere


@pytest.mark.parametrize("rate", [1e-7, 3e-4, 4e-3, 10.0])
def test_that_its_label_stays_inside_the_area(plot, rate):
    plot.set_learning_rate(rate)
    label = plot.marker.label_rect(plot.mapping)
    assert label.left() >= 0
    assert label.right() <= plot.mapping.width
    assert label.top() >= 0
    assert label.bottom() <= plot.mapping.height


def test_that_its_label_says_the_rate_and_the_smoothed_loss_there(plot):
    plot.set_learning_rate(4e-3)
    rate, loss = plot.marker.lines()
    assert rate == "4.0e-3"
    assert loss == f"loss {plot.height_at(4e-3):.3g}"
    assert plot.accessibleDescription().startswith(f"marker at {rate}, {loss}; ")


def test_that_there_is_none_before_a_sweep(qtbot):
    plot = RangeTestPlot()
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.show()
    plot.set_learning_rate(1e-3)
    assert plot.learning_rate is None
    with qtbot.assertNotEmitted(plot.learning_rate_picked):
        double_click(plot, point(plot, (100, 100)))
