"""The picture of a range test: live, re-smoothed, with suggestions that are clicked."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from lrgui.core.advice import advise
from lrgui.core.range_test import as_a_keras_callback_sees_it, smoothed
from lrgui.core.suggestions import RULES, recommend
from lrgui.core.sweep_curve import read_sweep
from lrgui.core.sweeps import averaged, pooled
from lrgui.gui.plots.range_test_plot import RangeTestPlot
from lrgui.gui.theme import themes
from tests.gui.plotting import RATES, at, click, drag, losses, point, settle


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


def test_that_an_empty_plot_names_what_one_sweep_will_draw(qtbot, plot):
    settle(qtbot, plot)
    assert [str(entry.name) for entry in plot._legend._entries] == ["smoothed", "each step"]


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


# Several sweeps


def five_sweeps():
    """Return sweeps of which each ends two rates before the one before it; accuracies as a rise and a fall."""
    lengths = (101, 99, 97, 95, 93)
    return [
        averaged(RATES[:length], losses(seed=seed)[:length], accuracies(seed=seed)[:length])
        for seed, length in enumerate(lengths)
    ]


def accuracies(rates=RATES, seed=0):
    decades = np.log10(rates)
    rise = 0.1 + 0.8 / (1 + np.exp(-3 * (decades + 2.8)))
    noise = np.random.default_rng(seed).normal(0, 0.02, len(rates))
    return np.clip(np.where(rates > 0.1, 0.1, rise) + noise, 0, 1)


def test_that_several_sweeps_are_a_smoothed_median_with_a_band_and_all_their_points(qtbot, plot):
    sweeps = five_sweeps()
    plot.show_sweeps(sweeps, 0.9)
    settle(qtbot, plot)
    expected = pooled(sweeps, "losses", 0.9)
    np.testing.assert_array_equal(plot._line_curve.y, expected.median)
    np.testing.assert_array_equal(plot._band._ys, (expected.low, expected.high))
    assert plot._band.visible
    assert len(plot._raw_curve.y) == sum(len(sweep.losses) for sweep in sweeps)
    assert str(plot._line_curve.name) == "median of 5 sweeps"
    lines = np.array([smoothed(sweep.losses, 0.9)[:90] for sweep in sweeps])
    np.testing.assert_allclose(plot._line_curve.y[:90], np.median(lines, axis=0))


def test_that_a_single_sweep_has_no_band(qtbot, plot):
    plot.show_sweeps(five_sweeps(), 0.9)
    settle(qtbot, plot)
    plot.show_sweeps(five_sweeps()[:1], 0.9)
    settle(qtbot, plot)
    assert not plot._band.visible
    assert str(plot._line_curve.name) == "smoothed"


def test_that_the_band_is_seen_around_the_median(qtbot, plot):
    spread = [averaged(RATES, np.full(101, level)) for level in (1.0, 2.0, 3.0)]
    plot.show_sweeps(spread, 0.0)
    plot.fit()
    settle(qtbot, plot)
    image, card = plot._view.grab().toImage(), themes.current.color("card")
    assert QColor(image.pixel(at(plot, 1.1e-3, 2.5))).rgb() != card.rgb()
    assert QColor(image.pixel(at(plot, 1.1e-3, 3.05))).rgb() == card.rgb()


def test_that_the_rules_are_drawn_on_the_median_of_the_sweeps(qtbot, plot):
    sweeps = five_sweeps()
    plot.show_sweeps(sweeps, 0.9)
    advice = advise(sweeps)
    plot.show_suggestions(advice.suggestions, advice.recommended)
    plot.set_learning_rate(advice.suggestions["steepest"].learning_rate)
    settle(qtbot, plot)
    assert plot._read_curve.visible
    np.testing.assert_array_equal(plot._read_curve.y, read_sweep(*pooled(sweeps)[:2]).line)


def test_that_the_callback_view_of_several_sweeps_is_the_median_of_what_it_sees_of_each(qtbot, plot):
    sweeps = [averaged(np.repeat(RATES, 2), np.repeat(losses(seed=seed), 2)) for seed in range(3)]
    plot.steps_per_epoch = 30
    plot.show_callback_view(True)
    plot.show_sweeps(sweeps, 0.9)
    settle(qtbot, plot)
    seen = [as_a_keras_callback_sees_it(sweep.as_steps[1], 30, 0.9, sweep.steps) for sweep in sweeps]
    np.testing.assert_allclose(plot._callback_curve.y, np.median(seen, axis=0))
    assert str(plot._raw_curve.name) == "mean of 2 batches"


# Accuracy over a linear axis


def test_that_the_other_view_shows_the_accuracies_of_the_same_sweep_over_a_linear_axis(qtbot, plot):
    sweeps = five_sweeps()
    plot.show_plan(RATES[0], RATES[-1])
    plot.show_sweeps(sweeps, 0.9)
    plot.show_view("accuracy")
    settle(qtbot, plot)
    assert not plot.mapping.log_x
    assert "accuracy" in plot.accessibleName()
    np.testing.assert_array_equal(plot._line_curve.y, pooled(sweeps, "accuracies", 0.9).median)
    middle = (plot.mapping.x_value(0) + plot.mapping.x_value(plot.mapping.width)) / 2
    assert plot.mapping.x_pixel(middle) == pytest.approx(plot.mapping.width / 2)
    plot.show_view("loss")
    settle(qtbot, plot)
    assert plot.mapping.log_x
    assert plot.mapping.x_value(plot.mapping.width) > RATES[-1]
    np.testing.assert_array_equal(plot._line_curve.y, pooled(sweeps, "losses", 0.9).median)


def test_that_a_linear_axis_ends_soon_after_the_rates_that_learn(qtbot, plot):
    plot.show_plan(RATES[0], RATES[-1])
    plot.show_sweeps([averaged(RATES, losses(), accuracies())], 0.9)
    plot.show_view("accuracy")
    settle(qtbot, plot)
    assert 0.1 < plot.mapping.x_value(plot.mapping.width) < 0.3
    assert plot.mapping.x_value(0) < 0


def test_that_the_marker_stays_on_its_rate_from_view_to_view_and_is_dragged_in_both(qtbot, plot):
    plot.show_sweeps([averaged(RATES, losses(), accuracies())], 0.9)
    plot.set_learning_rate(4e-3)
    for view, quantity, aim in (("accuracy", "accuracy", 0.05), ("loss", "loss", 1e-4), ("accuracy", "accuracy", 0.02)):
        before = plot.learning_rate
        plot.show_view(view)
        settle(qtbot, plot)
        assert plot.learning_rate == before
        assert plot.marker.lines()[1].startswith(f"{quantity} ")
        low, high = plot.mapping.y
        height = low + 0.7 * (high - low)
        with qtbot.waitSignal(plot.learning_rate_picked):
            drag(plot, at(plot, before, height), at(plot, aim, height))
        pixel = abs(plot.mapping.x_value(1) - plot.mapping.x_value(0)) if view == "accuracy" else 0.03 * aim
        assert plot.learning_rate == pytest.approx(aim, abs=2 * pixel)


def test_that_the_marker_on_a_linear_axis_never_leaves_the_rates_of_the_sweep(qtbot, plot):
    plot.show_sweeps([averaged(RATES, losses(), accuracies())], 0.9)
    plot.set_learning_rate(0.05)
    plot.show_view("accuracy")
    settle(qtbot, plot)
    low, high = plot.mapping.y
    drag(plot, at(plot, 0.05, (low + high) / 2), point(plot, (1, plot.mapping.height / 2)))
    assert plot.learning_rate == RATES[0]


def test_that_suggestions_lie_on_the_accuracies_without_what_was_read_from_the_losses(qtbot, plot):
    sweeps = five_sweeps()
    plot.show_sweeps(sweeps, 0.9)
    advice = advise(sweeps)
    plot.show_suggestions(advice.suggestions, advice.recommended)
    plot.show_view("accuracy")
    rate = advice.suggestions["steepest"].learning_rate
    plot.set_learning_rate(0.05)
    settle(qtbot, plot)
    with qtbot.waitSignal(plot.learning_rate_picked) as told:
        click(plot, at(plot, rate, plot.height_at(rate)))
    assert told.args == [rate]
    assert plot.suggestions.evidence is None
    assert not plot._read_curve.visible


def test_that_a_sweep_without_accuracies_leaves_the_other_view_empty(qtbot, plot):
    plot.show_sweeps([averaged(RATES, losses())], 0.9)
    plot.set_learning_rate(1e-3)
    plot.show_view("accuracy")
    settle(qtbot, plot)
    assert len(plot._line_curve.y) == 0
    assert plot.marker.lines() == ["1.0e-3"]


def test_that_the_axis_of_accuracies_goes_from_0_to_1_from_the_first_step_on(qtbot, plot):
    plot.show_plan(RATES[0], RATES[-1])
    plot.show_view("accuracy")
    for count in (1, 5, 101):
        plot.show_sweeps([averaged(RATES[:count], losses()[:count], accuracies()[:count])], 0.9)
        settle(qtbot, plot)
        assert plot.mapping.y == pytest.approx((-0.05, 1.05))
