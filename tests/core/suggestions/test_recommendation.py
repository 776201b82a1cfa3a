import numpy as np
import pytest

from lrgui.core.suggestions import FAMILIES, recommend, recommend_peak
from lrgui.core.sweep_curve import read_sweep
from tests.core.suggestions.curves import RATES, both, curve, noisy, recommended


def test_that_the_recommendation_lies_between_the_half_way_fall_and_the_lowest_loss():
    advice = recommended(RATES, noisy(2))
    assert 1e-2 < advice.learning_rate < 0.3
    assert advice.low < advice.learning_rate < advice.high


@both
def test_that_the_reason_holds_the_numbers_that_gave_the_rate(advise):
    values = (told := advise(RATES, noisy(3))).reason.values
    ends = values["ends"].values
    towards = 1 / 3 if advise is recommended else 0.4
    between = ends["learned"] ** (1 - towards) * ends["broke"] ** towards
    assert told.learning_rate == pytest.approx(values["factor"] * between)
    line = read_sweep(RATES, noisy(3))
    assert (ends["learned"], ends["broke"]) == (line.rate_where_fallen(0.6), line.rate_where_risen(0.25))
    assert str(told.reason).startswith("Six tenths of the fall were done at ")


@both
def test_that_what_chose_the_rate_is_drawn_from_where_it_learned_to_where_it_broke(advise):
    told = advise(RATES, noisy(3))
    ends = told.reason.values["ends"].values
    assert told.evidence.kind == "section"
    assert list(told.evidence.learning_rates[[0, -1]]) == [ends["learned"], ends["broke"]]
    assert np.all(np.diff(told.evidence.learning_rates) > 0)
    line = read_sweep(RATES, noisy(3))
    assert told.evidence.losses[0] == pytest.approx(line.level_where_fallen(0.6), rel=0.01)


@both
def test_that_a_slow_sweep_is_bound_by_its_lowest_loss_and_says_so(advise):
    slow = np.geomspace(1e-7, 10, 4001)
    told = advise(slow, curve(slow))
    assert told.reason.values.keys() == {"factor", "lowest"}
    assert told.learning_rate == pytest.approx((0.8 if advise is recommended else 1.6) * told.reason.values["lowest"])
    assert told.evidence.kind == "minimum"


def test_that_a_sweep_that_ends_before_the_loss_rises_says_so():
    rates = RATES[RATES < 0.2]
    told = str(recommended(rates, curve(rates)).reason)
    assert "; the sweep ended at 0.17: between them" in told
    assert "the sweep ended" not in str(recommended(RATES, curve(RATES)).reason)


@pytest.mark.parametrize("family", [None, *FAMILIES])
def test_that_a_peak_is_higher_than_a_constant_rate_and_its_range_around_it(family):
    for seed in range(5):
        sweeps = [(RATES, noisy(seed))]
        constant, top = recommend(sweeps, family), recommend_peak(sweeps, family)
        assert constant.low < constant.learning_rate < constant.high
        assert constant.learning_rate < top.learning_rate
        assert top.low < top.learning_rate < top.high


def test_that_the_optimizer_counts():
    rates = {family: recommend([(RATES, noisy(1))], family).learning_rate for family in (None, *FAMILIES)}
    assert len(set(rates.values())) == len(rates)
    assert rates["gradient"] > rates["adaptive"]


def test_that_a_sweep_that_ends_in_its_fall_gets_the_advice_to_go_further():
    rates = RATES[RATES < 0.03]
    assert "higher To" in str(recommended(rates, curve(rates)).reason)
    assert "higher To" not in str(recommended(RATES, curve(RATES)).reason)
    broken = np.append(curve(rates[:-1]), np.nan)
    assert "higher To" not in str(recommended(rates, broken).reason)


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
