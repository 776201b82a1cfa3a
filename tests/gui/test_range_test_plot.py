"""The picture of a range test: live, re-smoothed, with suggestions that are clicked."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from lrgui.core.range_test import as_a_keras_callback_sees_it, smoothed
from lrgui.core.suggestions import RULES, recommend
from lrgui.core.sweeps import averaged
from lrgui.gui.plots.range_test_plot import RangeTestPlot
from lrgui.gui.theme import themes
from tests.gui.plotting import RATES, at, click, losses, settle


@pytest.fixture
def plot(qtbot):
    plot = RangeTestPlot()
    qtbot.addWidget(plot)
    plot.resize(860, 450)
    plot.show()
    qtbot.waitExposed(plot)
    return plot


def show(qtbot, plot, smoothing=0.9):
    rates, measured = RATES, losses()
    plot.show_sweeps([averaged(rates, measured)], smoothing)
    settle(qtbot, plot)
    return rates, measured


def suggest(qtbot, plot):
    rates, measured = show(qtbot, plot)
    suggestions = {name: rule(rates, measured) for name, rule in RULES.items()}
    recommended = recommend([(rates, measured)])
    plot.show_suggestions(suggestions, recommended)
    plot.set_learning_rate(recommended.learning_rate)
    plot.fit()
    settle(qtbot, plot)
    return suggestions, recommended


def test_that_the_line_is_the_smoothed_loss_and_the_points_are_raw(qtbot, plot):
    rates, measured = show(qtbot, plot)
    np.testing.assert_array_equal(plot._raw_curve.y, measured)
    np.testing.assert_array_equal(plot._line_curve.y, smoothed(measured, 0.9))
    np.testing.assert_array_equal(plot._line_curve.x, rates)


def test_that_smoothing_it_again_needs_no_new_run(qtbot, plot):
    _, measured = show(qtbot, plot)
    plot.set_learning_rate(4e-3)
    before = plot.height_at(4e-3)
    plot.set_smoothing(0.0)
    settle(qtbot, plot)
    np.testing.assert_allclose(plot._line_curve.y, measured, rtol=1e-12)
    np.testing.assert_array_equal(plot._raw_curve.y, measured)
    assert plot.height_at(4e-3) != before
    assert plot.learning_rate == 4e-3


def test_that_it_grows_while_points_come_in(qtbot, plot):
    plot.set_x_range(RATES[0], RATES[-1])
    for count in (1, 2, 20, 101):
        plot.show_sweeps([averaged(RATES[:count], losses()[:count])], 0.9)
        settle(qtbot, plot)
        assert len(plot._line_curve.y) == count
        low, high = plot.mapping.x_value(0), plot.mapping.x_value(plot.mapping.width)
        assert low < RATES[0]
        assert high > RATES[-1]


def test_that_the_callback_view_is_what_a_keras_callback_would_draw(qtbot, plot):
    _, measured = show(qtbot, plot)
    plot.steps_per_epoch = 30
    assert not plot._callback_curve.visible
    plot.show_callback_view(True)
    settle(qtbot, plot)
    assert plot._callback_curve.visible
    np.testing.assert_array_equal(plot._callback_curve.y, as_a_keras_callback_sees_it(measured, 30, 0.9))
    plot.show_callback_view(False)
    assert not plot._callback_curve.visible


def test_that_a_diverging_end_does_not_flatten_the_rest(qtbot, plot):
    measured = losses()
    measured[-5:] = [1e4, 1e9, 1e30, np.inf, np.nan]
    plot.show_sweeps([averaged(RATES, measured)], 0.9)
    plot.fit()
    settle(qtbot, plot)
    low, high = plot.mapping.y
    assert high < 8
    assert low < measured[np.isfinite(measured)].min()


@pytest.mark.parametrize("rule", list(RULES))
def test_that_a_click_on_a_suggestion_moves_the_marker_there(qtbot, plot, rule):
    suggestions, _ = suggest(qtbot, plot)
    rate = suggestions[rule].learning_rate
    plot.set_learning_rate(1e-6)
    with qtbot.waitSignal(plot.learning_rate_picked) as told:
        click(plot, at(plot, rate, plot.height_at(rate)))
    assert told.args == [rate]
    assert plot.learning_rate == rate


def test_that_evidence_is_drawn_for_the_suggestion_in_question_only(qtbot, plot):
    suggestions, _ = suggest(qtbot, plot)
    plot.set_learning_rate(2e-6)
    assert plot.suggestions.evidence is None
    for suggestion in suggestions.values():
        plot.set_learning_rate(suggestion.learning_rate)
        assert plot.suggestions.evidence is suggestion.evidence


def test_that_suggestions_without_a_rate_are_left_out(qtbot, plot):
    flat = np.full(101, 2.3)
    plot.show_sweeps([averaged(RATES, flat)], 0.9)
    plot.show_suggestions({name: rule(RATES, flat) for name, rule in RULES.items()}, recommend([(RATES, flat)]))
    plot.set_learning_rate(1e-3)
    settle(qtbot, plot)
    click(plot, at(plot, 1e-3, 2.3))
    assert plot.learning_rate == 1e-3


def test_that_the_recommended_range_is_shaded_behind_the_marker(qtbot, plot):
    _, recommended = suggest(qtbot, plot)
    plot.set_learning_rate(1e-6)
    image = plot._view.grab().toImage()
    bottom = plot.mapping.y_value(plot.mapping.height - 3)
    inside = at(plot, (recommended.low * recommended.high) ** 0.5, bottom)
    outside = at(plot, recommended.low / 3, bottom)
    card = themes.current.color("card")
    assert QColor(image.pixel(outside)).rgb() == card.rgb()
    assert QColor(image.pixel(inside)).rgb() != card.rgb()


def test_that_clearing_leaves_no_marker_and_no_suggestion(qtbot, plot):
    suggest(qtbot, plot)
    plot.clear_sweep()
    settle(qtbot, plot)
    assert plot.learning_rate is None
    assert plot.suggestions.evidence is None
    assert len(plot._line_curve.y) == 0


def test_that_a_sweep_of_nothing_but_nan_shows_an_empty_plot(qtbot, plot):
    plot.show_sweeps([averaged(RATES[:3], [np.nan] * 3)], 0.9)
    plot.set_learning_rate(RATES[1])
    settle(qtbot, plot)
    assert plot.marker.lines() == ["1.2e-7"]
