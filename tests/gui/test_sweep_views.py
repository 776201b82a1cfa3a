import numpy as np
import pytest

from lrgui.core.sweeps import averaged, pooled
from lrgui.gui.plots.sweep_views import useful_end
from lrgui.gui.widgets.sweep_card import SweepCard


def curve(rates, accuracies):
    return pooled([averaged(rates, np.ones(len(rates)), accuracies)], "accuracies")


def test_that_a_linear_axis_ends_a_little_above_the_last_rate_that_learns():
    rates = np.geomspace(1e-7, 10, 81)
    assert useful_end(curve(rates, np.where((rates > 1e-3) & (rates < 0.11), 0.9, 0.1))) == pytest.approx(0.15)


@pytest.mark.parametrize(("end", "shown"), [(0.02, 0.02), (0.0123, 0.015), (7.0, 8.0), (10.0, 10.0), (0.3, 0.3)])
def test_that_a_sweep_that_learns_to_its_end_is_shown_to_its_end(end, shown):
    rates = np.linspace(1e-4, end, 50)
    assert useful_end(curve(rates, np.linspace(0.1, 0.9, 50))) == pytest.approx(shown)


def test_that_it_does_not_jump_while_a_sweep_grows():
    rates = np.linspace(1e-4, 0.1, 400)
    accuracies = np.linspace(0.1, 0.9, 400)
    ends = {round(useful_end(curve(rates[:count], accuracies[:count])), 9) for count in range(1, 401)}
    assert len(ends) < 45


def test_that_a_single_point_has_an_axis_too():
    assert useful_end(curve(np.array([1e-7]), np.array([0.1]))) == pytest.approx(1e-7)


def test_that_a_narrow_card_leaves_the_tabs_their_words_and_takes_the_room_from_the_slider(qtbot):
    card = SweepCard()
    qtbot.addWidget(card)
    card.show()
    widths = {}
    for width in (900, card.minimumSizeHint().width()):
        card.resize(width, 400)
        qtbot.wait(1)
        assert card.views.width() >= card.views.sizeHint().width()
        widths[width] = card.smoothing.width()
    assert list(widths.values()) == sorted(widths.values(), reverse=True)
    assert card.smoothing.width() < card.smoothing.sizeHint().width()
