"""Ready comparisons, rates around one, and what papers say."""

import math

import numpy as np
import pytest

from lrgui.core.comparison_presets import PRESETS, around, with_own_rates
from lrgui.core.config import ComparisonConfig, TrainingConfig
from lrgui.core.events import ArmEnded, EpochEnded
from lrgui.core.messages import say
from lrgui.core.paper_results import PAPER_TABLES
from lrgui.core.predicted import predicted_against_measured
from lrgui.core.runs import Run


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
@pytest.mark.parametrize("data", [{}, {"dataset": "iris", "batch_size": 16}, {"dataset": "moons", "model": "softmax"}])
def test_that_each_is_a_comparison_on_the_data_and_model_of_the_form(preset, data):
    base = TrainingConfig(**data, seed=3)
    config = preset.config(base)
    assert (config.dataset, config.model, config.seed) == (base.dataset, base.model, 3)
    assert len(set(config.names)) == len(config.arms) >= 2
    assert "{" not in f"{preset.told}{preset.title}"


def test_that_the_fixed_rate_and_the_articles_decay_are_the_same_for_ten_epochs():
    from lrgui.core.schedules import rates

    config = PRESETS[0].config(TrainingConfig())
    fixed, decays = (rates(arm.schedule, arm.learning_rate, 15 * 44, 44) for arm in config.arms)
    assert np.array_equal(fixed[: 10 * 44], decays[: 10 * 44])
    assert decays[-1] == pytest.approx(1e-3 * math.exp(-0.5))


def test_that_optimizers_take_the_rates_of_their_sweeps_where_there_is_one():
    config = next(preset for preset in PRESETS if preset.own_rates).config(TrainingConfig())
    changed = with_own_rates(config, lambda arm: 0.123 if arm == 1 else None)
    assert changed.arms[1].learning_rate == 0.123
    assert changed.arms[0] == config.arms[0]


def test_that_five_rates_lie_around_one_and_within_what_a_rate_may_be():
    config = around(TrainingConfig(optimizer="sgd"), 0.02)
    rates = [arm.learning_rate for arm in config.arms]
    assert rates[2] == 0.02
    assert np.diff(np.log10(rates)) == pytest.approx([np.log10(2)] * 4)
    assert {arm.optimizer.name for arm in config.arms} == {"sgd"}
    assert [arm.learning_rate for arm in around(TrainingConfig(), 500.0).arms][-1] == 1e3


def confirmed(accuracies, seeds=4):
    """Return what is said of a rate of 0.01 when those around it came to these accuracies; None diverged."""
    config = around(TrainingConfig(), 0.01, seeds=seeds)
    run = Run("run", "comparison", config)
    for arm, accuracy in enumerate(accuracies):
        for seed in range(seeds):
            if accuracy is None:
                run.apply(ArmEnded(arm, seed, "diverged", say("gone")))
                continue
            values = {"arm": arm, "seed": seed, "val_accuracy": accuracy + 0.002 * (seed % 2), "val_loss": 1 - accuracy}
            run.apply(EpochEnded(2, 132, {**values, "seconds": 1.0}))
    return predicted_against_measured(run, 0.01)


def test_that_the_measured_best_stands_beside_the_predicted_rate():
    right = confirmed([0.5, 0.8, 0.95, 0.9, None])
    assert (right.predicted, right.measured_best) == (0.01, 0.01)
    assert "did best of those around it: 95.1 %" in str(right.message)
    assert np.isnan(right.accuracies[-1])
    close = confirmed([0.5, 0.8, 0.95, 0.9502, 0.9])
    assert close.measured_best == pytest.approx(0.02)
    assert "the prediction is not refuted" in str(close.message)
    off = confirmed([0.5, 0.95, 0.6, 0.2, None])
    assert "the prediction was off" in str(off.message)
    assert off.losses[1] == pytest.approx(0.05)
    assert "diverged; 2.5e-3 did best" in str(confirmed([0.9, 0.8, None, None, None]).message)
    nothing = confirmed([None] * 5)
    assert nothing.measured_best is None
    assert "No training" in str(nothing.message)


@pytest.mark.parametrize("table", PAPER_TABLES, ids=lambda table: table.name)
def test_that_papers_are_quoted_with_their_source_and_whole_rows(table):
    assert "arXiv" in table.source
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_that_a_comparison_of_presets_survives_being_kept():
    for preset in PRESETS:
        config = preset.config(TrainingConfig())
        assert ComparisonConfig.model_validate_json(config.model_dump_json()) == config
