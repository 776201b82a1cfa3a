import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lrgui.core.messages import format_learning_rate
from lrgui.core.suggestions import RULES, TITLES, recommend, steepest, valley
from lrgui.core.sweep_curve import FEWEST_POINTS

RATES = np.geomspace(1e-7, 10, 101)


def curve(rates, fall_at=1e-2, rise_at=1.0):
    """Falls from 2.3 to 0.3 around one rate and rises again around another; over log10 it is steepest at the first."""
    return 0.3 + 2 / (1 + rates / fall_at) + (rates / rise_at) ** 2


def noisy(seed, noise=0.05, rates=RATES, **places):
    losses = curve(rates, **places)
    return losses * (1 + noise * np.random.default_rng(seed).normal(size=len(losses)))


def recommended(learning_rates, losses):
    return recommend([(learning_rates, losses)])


ADVICE = {**RULES, "recommend": recommended}
everyone = pytest.mark.parametrize("advise", ADVICE.values(), ids=ADVICE.keys())


def decades_between(one, other):
    return abs(np.log10(one / other))


def assert_it_says_why_not(advice):
    assert advice.learning_rate is None
    assert str(advice.reason).endswith((".", "fall."))
    assert "None" not in str(advice.reason)


# What the rules find


def test_that_steepest_finds_the_steepest_point_over_the_logarithm_of_the_rate():
    assert decades_between(steepest(RATES, curve(RATES)).learning_rate, 1e-2) < 0.1


def test_that_the_smoothing_does_not_delay_the_curve():
    found = [steepest(RATES, noisy(seed)).learning_rate for seed in range(30)]
    assert decades_between(np.median(found), 1e-2) < 0.2


def test_that_minimum_is_a_tenth_of_the_rate_with_the_lowest_loss():
    fine = np.geomspace(1e-7, 10, 100_000)
    lowest = fine[np.argmin(curve(fine))]
    assert decades_between(RULES["minimum"](RATES, curve(RATES)).learning_rate, lowest / 10) < 0.1


def test_that_valley_is_the_middle_of_its_section():
    advice = valley(RATES, noisy(1))
    first, last = advice.evidence.learning_rates[[0, -1]]
    assert advice.learning_rate == pytest.approx(np.sqrt(first * last))
    assert np.all(np.diff(advice.evidence.losses) < 0)


def test_that_the_recommendation_lies_between_the_half_way_fall_and_the_lowest_loss():
    advice = recommended(RATES, noisy(2))
    assert 1e-2 < advice.learning_rate < 0.3
    assert advice.low < advice.learning_rate < advice.high


def test_that_every_rule_has_a_title():
    assert TITLES.keys() == RULES.keys()


# What chose it


def test_that_the_tangent_touches_the_curve_at_the_suggested_rate_and_spans_the_fall():
    advice = steepest(RATES, curve(RATES))
    decades, losses = np.log10(advice.evidence.learning_rates), advice.evidence.losses
    touched = np.interp(np.log10(advice.learning_rate), decades, losses)
    assert touched == pytest.approx(curve(advice.learning_rate), abs=0.1)
    assert losses == pytest.approx([2.3, 0.4], abs=0.1)
    assert "1." in str(advice.reason)


def test_that_the_minimum_is_shown_where_it_is():
    advice = RULES["minimum"](RATES, curve(RATES))
    assert advice.evidence.learning_rates == pytest.approx([10 * advice.learning_rate])
    assert advice.evidence.losses == pytest.approx(curve(advice.evidence.learning_rates), abs=0.05)


def test_that_the_reason_of_the_recommendation_holds_the_numbers_that_gave_it():
    values = (advice := recommended(RATES, noisy(3))).reason.values
    assert advice.learning_rate == pytest.approx(values["factor"] * np.sqrt(values["half"] * values["most"]))
    assert values["factor"] == pytest.approx(12.5 / 20)
    assert list(advice.evidence.learning_rates) == [values["half"], values["most"]]


def test_that_a_slow_sweep_is_bound_by_its_lowest_loss_and_says_so():
    rates = np.geomspace(1e-7, 10, 2001)
    advice = recommended(rates, curve(rates))
    assert advice.reason.values.keys() == {"factor", "lowest"}
    assert advice.learning_rate == pytest.approx(10**-0.2 * advice.reason.values["lowest"])
    assert advice.evidence.kind == "minimum"


def test_that_a_sweep_that_ends_in_its_fall_gets_the_advice_to_go_further():
    rates = RATES[RATES < 0.03]
    assert "higher To" in str(recommended(rates, curve(rates)).reason)
    assert "higher To" not in str(recommended(RATES, curve(RATES)).reason)
    broken = np.append(curve(rates[:-1]), np.nan)
    assert "higher To" not in str(recommended(rates, broken).reason)


# Nothing to suggest


HOPELESS = {
    "flat": (RATES, np.full(101, 2.3)),
    "flat and far from zero": (RATES, np.full(101, 1e9) + 1e-7 * np.arange(101) % 2),
    "rising": (RATES, 2.3 + RATES),
    "NaN from the start": (RATES, np.full(101, np.nan)),
    "infinite from the start": (RATES, np.full(101, np.inf)),
    "empty": ([], []),
    "of different length": (RATES, np.ones(7)),
    "without a positive rate": (-RATES, curve(RATES)),
    "at one rate": (np.full(50, 0.1), np.linspace(2, 1, 50)),
    "at nearly one rate": (0.1 + 1e-16 * np.arange(50), np.linspace(2, 1, 50)),
}


@everyone
@pytest.mark.parametrize("sweep", HOPELESS.values(), ids=HOPELESS.keys())
def test_that_a_hopeless_sweep_gets_a_sentence_and_no_rate(advise, sweep):
    assert_it_says_why_not(advise(*sweep))


@everyone
@pytest.mark.parametrize("count", range(1, FEWEST_POINTS))
def test_that_too_few_points_are_counted(advise, count):
    advice = advise(RATES[::15][:count], curve(RATES[::15])[:count])
    assert_it_says_why_not(advice)
    assert str(count) in str(advice.reason)
    assert str(FEWEST_POINTS) in str(advice.reason)


def test_that_noise_alone_is_rarely_taken_for_a_fall():
    noise = np.random.default_rng(0).normal(size=(200, 101))
    taken = sum(recommended(RATES, 2.3 + 0.2 * row).learning_rate is not None for row in noise)
    assert taken < 20


def test_that_no_sweep_at_all_is_said():
    assert_it_says_why_not(recommend([]))


# What may not disturb


@everyone
@given(seed=st.integers(0, 10_000), factor=st.floats(1e-3, 1e3), constant=st.floats(-1e3, 1e3))
def test_that_scaling_the_losses_or_adding_a_constant_does_not_move_the_advice(advise, seed, factor, constant):
    losses = noisy(seed)
    asked = advise(RATES, losses)
    assert advise(RATES, 1000 * losses).learning_rate == pytest.approx(asked.learning_rate)
    assert advise(RATES, factor * losses + constant).learning_rate == pytest.approx(asked.learning_rate)


@everyone
@given(seed=st.integers(0, 10_000), factor=st.floats(1e-3, 1e3))
def test_that_the_advice_moves_with_the_rates(advise, seed, factor):
    losses = noisy(seed)
    asked = advise(RATES, losses)
    assert advise(factor * RATES, losses).learning_rate == pytest.approx(factor * asked.learning_rate)


@everyone
@given(seed=st.integers(0, 10_000), order=st.permutations(range(len(RATES))))
def test_that_the_order_of_the_points_does_not_matter(advise, seed, order):
    losses = noisy(seed)
    shuffled = advise(RATES[list(order)], losses[list(order)])
    assert shuffled.learning_rate == pytest.approx(advise(RATES, losses).learning_rate)


ANY = st.floats(width=64) | st.sampled_from([0.0, 1.0, np.nan, np.inf, -np.inf, 1e308, -1e308, 5e-324])


@everyone
@given(data=st.data(), count=st.integers(0, 40))
def test_that_any_arrays_get_a_sentence(advise, data, count):
    rates = data.draw(arrays(float, count, elements=ANY) | st.just(np.geomspace(1e-6, 1, count)))
    advice = advise(rates, data.draw(arrays(float, count, elements=ANY)))
    assert len(str(advice.reason)) > 20
    assert advice.learning_rate is None or 0 < advice.learning_rate < np.inf


@everyone
@pytest.mark.parametrize("lost", [np.nan, np.inf])
def test_that_a_lost_point_in_the_middle_hardly_moves_the_advice(advise, lost):
    losses = noisy(4, 0.02)
    asked = advise(RATES, losses)
    losses[[40, 60]] = lost
    assert decades_between(advise(RATES, losses).learning_rate, asked.learning_rate) < 0.2


@everyone
@pytest.mark.parametrize("end", [np.nan, np.inf, 1e30, 1e300])
def test_that_a_late_divergence_hardly_moves_the_advice(advise, end):
    losses = noisy(5, 0.02)
    asked = advise(RATES, losses)
    losses[-8:] = end
    assert decades_between(advise(RATES, losses).learning_rate, asked.learning_rate) < 0.15


@pytest.mark.parametrize("spike", [20.0, 1e6])
def test_that_an_early_spike_hardly_moves_the_recommendation(spike):
    losses = noisy(6)
    asked = recommended(RATES, losses).learning_rate
    losses[[2, 20]] = spike
    assert decades_between(recommended(RATES, losses).learning_rate, asked) < 0.1


@pytest.mark.parametrize(("points", "noise", "limit"), [(21, 0.02, 0.3), (51, 0.05, 0.25), (101, 0.15, 0.25)])
def test_that_noise_hardly_spreads_the_recommendation(points, noise, limit):
    rates = np.geomspace(1e-7, 10, points)
    found = [recommended(rates, noisy(seed, noise, rates)).learning_rate for seed in range(40)]
    assert np.std(np.log10(found)) < limit


def test_that_several_losses_at_the_same_rate_are_read_as_their_mean():
    losses = curve(RATES)
    wobble = 0.1 * np.sin(np.arange(101))
    twice = steepest(np.repeat(RATES, 2), np.ravel([losses - wobble, losses + wobble], order="F"))
    assert twice.learning_rate == pytest.approx(steepest(RATES, losses).learning_rate)


def test_that_the_speed_of_a_sweep_is_counted_in_steps_however_they_lie_on_the_rates():
    coarse, fine = np.geomspace(1e-7, 10, 51), np.geomspace(1e-7, 10, 201)
    four_each = recommended(np.repeat(coarse, 4), np.repeat(curve(coarse), 4))
    assert decades_between(four_each.learning_rate, recommended(fine, curve(fine)).learning_rate) < 0.02
    assert decades_between(four_each.learning_rate, recommended(coarse, curve(coarse)).learning_rate) > 0.3


# Several sweeps


def test_that_pooled_sweeps_spread_less_than_single_ones():
    sweeps = [(RATES, noisy(seed, 0.15)) for seed in range(60)]
    single = [recommend([sweep]).learning_rate for sweep in sweeps]
    pooled = [recommend(sweeps[first : first + 5]).learning_rate for first in range(0, 60, 5)]
    assert np.std(np.log10(pooled)) < 0.8 * np.std(np.log10(single))


def test_that_the_median_of_the_sweeps_is_recommended_and_said():
    sweeps = [(RATES, curve(RATES, fall_at)) for fall_at in (1e-3, 3e-3, 1e-2)]
    advice = recommend(sweeps)
    assert advice.learning_rate == pytest.approx(recommend(sweeps[1:2]).learning_rate)
    assert advice.reason.values["count"] == 3
    assert advice.reason.values["most"] == pytest.approx(recommend(sweeps[2:]).learning_rate)
    assert str(advice.reason).startswith("The 3 sweeps differ, from ")


def test_that_sweeps_that_are_close_are_said_to_agree():
    sweeps = [(RATES, curve(RATES, fall_at)) for fall_at in (2e-3, 3e-3, 4e-3)]
    advice = recommend(sweeps)
    each = [recommend([sweep]).learning_rate for sweep in sweeps]
    assert str(advice.reason).startswith(
        f"The 3 sweeps agree within {format_learning_rate(min(each))} to {format_learning_rate(max(each))}."
    )


def test_that_sweeps_that_say_the_same_are_said_to_agree_on_it():
    advice = recommend([(RATES, noisy(7))] * 4)
    assert str(advice.reason) == f"The 4 sweeps agree on {format_learning_rate(advice.learning_rate)}."


def test_that_a_sweep_that_cannot_be_read_is_left_aside():
    good = (RATES, noisy(7))
    advice = recommend([(RATES, np.full(101, np.nan)), good, ([], [])])
    assert advice.learning_rate == recommend([good]).learning_rate
    assert str(advice.reason).startswith("Only 1 of 3 sweeps shows a fall. The loss had fallen ")
    told = str(recommend([good, (RATES, np.full(101, np.nan)), good]).reason)
    assert told.startswith("The 2 sweeps agree")
    assert told.endswith("1 more showed no clear fall.")


# Training with it


class LeastSquares:
    """Minibatch gradient descent on a noisy linear problem: a training that numpy can do in no time."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)
        self.inputs = self.random.normal(size=(512, 20)) * np.geomspace(1, 0.2, 20)
        self.targets = self.inputs @ self.random.normal(size=20) + 0.3 * self.random.normal(size=512)

    def train(self, rates):
        weights, losses = np.zeros(20), []
        with np.errstate(all="ignore"):
            for rate in rates:
                batch = self.random.integers(0, 512, 32)
                errors = self.inputs[batch] @ weights - self.targets[batch]
                losses.append(np.mean(errors**2))
                weights -= rate * 2 * self.inputs[batch].T @ errors / 32
            final = np.mean((self.inputs @ weights - self.targets) ** 2)
        return np.array(losses), final if np.isfinite(final) else np.inf


@pytest.mark.parametrize("steps", [100, 300, 2000])
def test_that_training_at_the_recommended_rate_comes_close_to_the_best_constant_rate(steps):
    problem = LeastSquares(seed=steps)
    sweep = np.geomspace(1e-7, 10, steps + 1)
    advice = recommended(sweep, problem.train(sweep)[0])
    start = np.mean(problem.targets**2)
    best = min(problem.train(np.full(300, rate))[1] for rate in np.geomspace(1e-4, 1, 33))
    reached = np.median([problem.train(np.full(300, advice.learning_rate))[1] for _ in range(5)])
    assert reached - best < 0.02 * (start - best)


def test_that_denormal_losses_give_a_sentence():
    for advise in RULES.values():
        advice = advise([10.0, 3.0, 4.0, 2.0, 1.5, 1.0], [5e-324] * 6)
        assert advice.learning_rate is None
        assert "never clearly fell" in str(advice.reason)
