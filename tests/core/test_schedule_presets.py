"""The presets fit the runs that they are for, and what their sentences say of the plan is true."""

import math

import numpy as np
import pytest

from lrgui.core.config import TrainingConfig
from lrgui.core.config.schedule import Cosine, Sgdr
from lrgui.core.schedule_presets import BREAKING, GOOD, PRESETS, preset_of
from lrgui.core.schedule_shelf import KeptSchedule, Shelf, free_name
from lrgui.core.schedules import rates

BASE = TrainingConfig(dataset="moons", epochs=3)


def planned(name, base=None):
    config = named(name).config(base or TrainingConfig())
    return rates(config.schedule, config.learning_rate, config.steps_per_epoch * config.epochs, config.steps_per_epoch)


def named(name):
    return next(preset for preset in PRESETS if preset.name == name)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_that_every_preset_fits_its_run_on_any_data_and_is_known_again(preset):
    for base in (TrainingConfig(), BASE):
        config = preset.config(base)
        assert config.dataset == base.dataset
        assert preset_of(config) is preset
        assert len(str(preset.told)) > 60


def test_that_names_and_titles_are_unique_and_the_breaking_ones_say_so():
    assert len({preset.name for preset in PRESETS}) == len({preset.title for preset in PRESETS}) == len(PRESETS)
    assert all(preset.breaks for preset in BREAKING) and not any(preset.breaks for preset in GOOD)


def test_that_a_preset_that_was_changed_is_one_no_more():
    config = named("cosine").config(TrainingConfig())
    assert preset_of(config.model_copy(update={"schedule": Cosine(floor=0.1)})) is None


def test_that_the_second_example_of_the_article_is_there_to_the_last_digit():
    config = named("hold_then_decay").config(TrainingConfig())
    assert (config.epochs, config.learning_rate, str(config.optimizer.title)) == (15, 1e-3, "Adam")
    by_epoch = planned("hold_then_decay")[:: config.steps_per_epoch]
    expected = [1e-3 * math.exp(-0.1 * max(0, epoch - 9)) for epoch in range(15)]
    assert by_epoch == pytest.approx(expected, rel=1e-9)


def test_that_the_first_example_of_the_article_loses_a_hundredth_at_every_step():
    table = planned("shrink")
    assert table[0] == 1e-3
    np.testing.assert_allclose(table[1:] / table[:-1], 0.99, rtol=1e-12)


def test_that_what_is_gone_in_an_epoch_is_gone_in_an_epoch():
    assert planned("gone_in_an_epoch")[TrainingConfig().steps_per_epoch] < 1e-3 * 1e-3


def test_that_the_last_epoch_of_the_restarts_begins_at_the_full_rate():
    config = named("restart_at_the_end").config(TrainingConfig())
    table = planned("restart_at_the_end")
    last = 7 * config.steps_per_epoch
    assert isinstance(config.schedule, Sgdr)
    assert table[last] == config.learning_rate
    assert table[last - 1] < 0.01 * config.learning_rate


def test_that_steps_taken_for_epochs_halve_the_rate_fourteen_times_in_the_first_epoch():
    config = named("steps_for_epochs").config(TrainingConfig())
    assert planned("steps_for_epochs")[config.steps_per_epoch - 1] == config.learning_rate / 2**14


# What is kept


def test_that_a_shelf_comes_back_as_it_was():
    shelf = Shelf(kept=(KeptSchedule(name="mine", learning_rate=0.02, schedule="cosine,warmup=3ep", series=4),))
    assert Shelf.model_validate_json(shelf.model_dump_json()) == shelf


def test_that_what_can_no_longer_be_read_is_dropped_and_the_rest_stays():
    kept = [{"name": "old", "learning_rate": 1, "schedule": {"name": "gone"}}, {"name": "b", "learning_rate": 0.1}]
    kept.append({"name": "mine", "learning_rate": 0.02, "schedule": "cosine"})
    assert [entry.name for entry in Shelf(kept=kept).kept] == ["mine"]


def test_that_a_name_that_is_taken_gets_a_number():
    assert free_name("Cosine", []) == "Cosine"
    assert free_name("Cosine", ["Cosine", "Cosine 2"]) == "Cosine 3"
