"""What is said of the arms: no more than the spread allows, and no less than can be seen."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from lrgui.core.comparison import verdict, what_seeds_show
from lrgui.core.comparison.verdict import least_seeds, pairs_of
from tests.core.comparisons import comparison

CASES = 1000

NOISES = {
    "normal": lambda random, shape: random.normal(size=shape),
    "heavy tails": lambda random, shape: random.standard_t(2, size=shape),
    "some runs fail": lambda random, shape: -np.exp(1.5 * random.normal(size=shape)),
    "works or does not": lambda random, shape: 10 * random.integers(0, 2, shape) + random.normal(size=shape),
    "few examples": lambda random, shape: random.binomial(36, 0.9, shape) / 36 * 100,
}


def accuracies(noise, random, arms, seeds):
    """Return accuracies of arms that are the same; the seeds have something in common, and some are rounded."""
    common = random.normal(size=seeds) * random.choice([0, 1])
    found = 0.8 + 0.01 * (common + NOISES[noise](random, (arms, seeds)))
    return np.round(360 * found) / 360 if random.integers(2) else found


@pytest.mark.parametrize("noise", NOISES)
def test_that_it_does_not_cry_wolf(noise):
    random = np.random.default_rng(7)
    ways = itertools.cycle(itertools.product((2, 3, 5), (3, 4, 5, 6, 10)))
    cases = (accuracies(noise, random, *next(ways)) for _ in range(CASES))
    assert sum(any(pair.shown for pair in pairs_of(comparison(case))) for case in cases) <= 0.05 * CASES


@pytest.mark.parametrize("seeds", [3, 5, 10])
def test_that_two_arms_that_are_the_same_are_not_told_apart_with_the_usual_noise(seeds):
    random = np.random.default_rng(8)
    cases = (accuracies("normal", random, 2, seeds) for _ in range(CASES))
    assert sum("is better" in str(verdict(comparison(case)).message) for case in cases) <= 0.05 * CASES


@pytest.mark.parametrize(("seeds", "spreads", "least"), [(5, 5, 95), (6, 5, 95), (10, 2, 85), (20, 1.5, 95)])
def test_that_it_sees_a_large_difference(seeds, spreads, least):
    random = np.random.default_rng(9)
    seen = 0
    for _ in range(100):
        finals = 0.8 + 0.01 * random.normal(size=(2, seeds))
        finals[1] += 0.01 * spreads
        (pair,) = verdict(comparison(finals)).pairs
        seen += pair.shown and pair.one.name == "arm 1"
    assert seen >= least


def test_that_the_sentence_claims_no_more_than_the_spread_allows():
    close = comparison([[0.94, 0.95, 0.96, 0.95, 0.94], [0.95, 0.94, 0.97, 0.94, 0.96]], ["constant", "cosine"])
    assert str(verdict(close).message) == (
        "cosine and constant differ by 0.4 points, less than their spread of 1.3: no difference shown."
    )
    apart = comparison([[0.94, 0.95, 0.96, 0.95, 0.94], [0.97, 0.98, 0.99, 0.98, 0.98]], ["constant", "cosine"])
    assert str(verdict(apart).message) == (
        "cosine is better than constant: by 3.2 points, with a spread of 0.4 over 5 seeds."
    )
    same = comparison([[0.94, 0.95, 0.96]] * 2, ["constant", "cosine"])
    assert str(verdict(same).message) == ("constant and cosine differ by less than 0.1 points: no difference shown.")
    wide = comparison([[0.90, 0.95, 0.95], [0.96, 0.97, 0.96]], ["constant", "cosine"])
    assert str(verdict(wide).message) == (
        "cosine and constant differ by 3.0 points, with a spread of 2.6, which is too much for 3 seeds: no difference "
        "shown."
    )


def test_that_too_few_seeds_show_nothing_however_far_apart_the_arms_are():
    for seeds in (1, 2):
        said = str(verdict(comparison([[0.1] * seeds, [0.9] * seeds])).message)
        assert "no difference is shown: take 3 or more." in said
    three = np.repeat([[0.1], [0.5], [0.9]], 3, axis=1)
    assert "3 seeds are too few for so many arms" in str(verdict(comparison(three)).message)
    assert [least_seeds(pairs) for pairs in (1, 3, 10, 120)] == [3, 4, 5, 7]
    assert str(what_seeds_show(5)) == "5 seeds show differences above 1.5 times their spread."
    assert "take 4 or more" in str(what_seeds_show(3, arms=3))


def test_that_of_many_arms_only_those_are_claimed_that_are_shown():
    random = np.random.default_rng(3)
    finals = 0.9 + 0.005 * random.normal(size=(3, 8))
    finals[2] -= 0.2
    said = str(verdict(comparison(finals, ["a", "b", "far behind"])).message)
    assert "Shown: a is better than far behind; b is better than far behind; no other difference." in said or (
        "Shown: b is better than far behind; a is better than far behind; no other difference." in said
    )
    finals[0] += 0.2  # no accuracy is above 1, but the arithmetic does not mind
    said = str(verdict(comparison(finals, ["a", "b", "far behind"])).message)
    assert said.startswith("a has the highest mean, 109.8 %")
    assert "is better than all others, by" in said
    same = str(verdict(comparison(0.9 + 0.01 * random.normal(size=(3, 8)))).message)
    assert same.endswith("no two arms differ by more than their spread allows: no difference shown.")


def test_that_what_diverged_is_told_and_does_not_count():
    said = verdict(comparison([[0.9, 0.91, 0.92, 0.9], [np.nan] * 4], ["good", "too high"]))
    assert said.pairs == ()
    assert str(said.message) == (
        "good has 90.8 %, with a spread of 1.0 points over 4 seeds. too high diverged with 4 of 4 seeds."
    )
    some = verdict(comparison([[0.9, 0.91, 0.92, 0.9], [0.9, np.nan, 0.92, 0.9]]))
    assert some.pairs[0].seeds == 3
    assert "arm 1 diverged with 1 of 4 seeds." in str(some.message)


def test_that_it_tells_after_how_many_epochs_what_ended_early_is_compared():
    def lasting(epochs):
        made = comparison([[0.9, 0.91, 0.92], [0.9, 0.92, 0.91], [0.91, 0.9, 0.92]])
        arms = [replace(arm, seeds=tuple(_lasting(seed, count) for seed in arm.seeds))
                for arm, count in zip(made.arms, epochs, strict=True)]  # fmt: skip
        return str(
            verdict(replace(made, config=made.config.model_copy(update={"epochs": 4}), arms=tuple(arms))).message
        )

    assert "epochs" not in lasting((4, 4, 4))
    assert lasting((2, 2, 2)).endswith("Compared after 2 of 4 epochs.")
    assert lasting((4, 2, 4)).endswith("What ended early is compared after 2 of 4 epochs or more.")


def _lasting(seed, epochs):
    repeated = {name: np.repeat(getattr(seed, name), epochs) for name in ("step", "val_score", "val_loss")}
    return replace(seed, **repeated)
