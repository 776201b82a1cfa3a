"""Each preset does what its sentence says."""

import numpy as np
import pytest

from lrgui.core.descent import paths_of, regime, stability
from lrgui.core.descent_presets import PRESETS


def walked(name):
    paths = paths_of(PRESETS[name].config)
    for path in paths:
        path.extend_to(path.steps)
    return paths


def ending(path):
    return path.ended.name if path.ended else None


def named(path):
    found = regime(path.walker, path.function, path.start, path.walker.learning_rate)
    return found.name if found else None


def distance(path):
    return np.linalg.norm(path.w - path.function.minima[0].position, axis=1)


def test_that_there_is_one_for_everything_that_goes_wrong():
    failures = {name for name, preset in PRESETS.items() if preset.kind == "failure"}
    assert failures == {
        "too_small", "just_right", "above_the_limit", "decays_too_soon", "ravine", "saddle", "plateau",
    }  # fmt: skip


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_that_a_preset_has_a_title_and_a_sentence(preset):
    assert str(preset.title) and str(preset.explanation).endswith(".")
    assert {"{", "}"} & set(str(preset.explanation)) == set()


def test_that_the_shrinking_rate_is_soon_there_while_the_fixed_one_jumps():
    fixed, shrinking = walked("fixed_against_shrinking")
    limit = stability(fixed.walker, fixed.function, fixed.start).limit
    assert 0.95 * limit < fixed.walker.learning_rate < limit
    assert (np.sign(fixed.w[1:, 0]) == -np.sign(fixed.w[:-1, 0])).all()
    assert ending(fixed) is None
    assert shrinking.ended is not None and shrinking.ended.name == "arrived"
    assert 25 <= shrinking.ended.step <= 35
    jumps = distance(shrinking)[:30]
    assert (np.diff(jumps[1:] / jumps[:-1]) < 0).all()


def test_that_momentum_arrives_first_in_a_ravine():
    plain, momentum, nesterov = walked("momentum_in_a_ravine")
    assert ending(momentum) == ending(nesterov) == "arrived"
    assert ending(plain) is None
    assert abs(plain.w[-1, 1]) < 1e-6 < abs(plain.w[-1, 0])


def test_that_adam_is_off_at_once_where_descent_lingers():
    descent, adam = walked("adam_at_a_saddle")
    left = [int(np.argmax(np.abs(path.w[:, 1]) > 1)) for path in (descent, adam)]
    assert 0 < 3 * left[1] < left[0]
    assert ending(descent) == ending(adam) == "arrived"
    assert adam.ended.step < descent.ended.step


def test_that_a_large_start_noise_and_restarts_leave_the_local_minimum_and_a_small_rate_does_not():
    small, large, noise, restarts = walked("out_of_a_local_minimum")
    assert ending(small) == "caught"
    assert ending(large) == ending(restarts) == "arrived"
    assert ending(noise) == "settled"
    assert distance(restarts)[59] > 4 > 1e-2 > distance(restarts)[-1]


def test_that_noise_leaves_the_local_minimum_whatever_the_seed():
    config = PRESETS["out_of_a_local_minimum"].config
    for seed in range(1, 6):
        noise = paths_of(config.model_copy(update={"seed": seed}))[2]
        noise.extend_to(noise.steps)
        assert distance(noise)[-1] < 1


def test_that_without_bias_correction_the_first_step_is_three_times_as_long():
    corrected, uncorrected = walked("bias_correction")
    assert corrected.update[0, 0] == pytest.approx(-0.5, rel=1e-3)
    assert uncorrected.update[0, 0] / corrected.update[0, 0] == pytest.approx(0.1 / 0.001**0.5, rel=1e-3)


@pytest.mark.parametrize("seed", range(6))
def test_that_decay_wins_where_there_is_noise(seed):
    paths = paths_of(PRESETS["noise"].config.model_copy(update={"seed": seed}))
    for path in paths:
        path.extend_to(path.steps)
    fixed, decaying = (np.sqrt(np.mean(distance(path)[-100:] ** 2)) for path in paths)
    assert fixed > 0.7
    assert decaying < fixed / 3


def test_that_a_far_too_small_rate_creeps():
    (path,) = walked("too_small")
    assert named(path) == "creeps"
    assert ending(path) is None
    assert path.w[-1, 0] > 0.9 * path.start[0]


def test_that_the_right_rate_leaves_three_fifths_at_each_step():
    (path,) = walked("just_right")
    assert named(path) == "converges"
    np.testing.assert_allclose(path.w[1:21] / path.w[:20], 0.6)
    assert path.ended is not None and (path.ended.name, path.ended.step) == ("arrived", 20)


def test_that_above_the_limit_the_loss_grows_at_every_step():
    (path,) = walked("above_the_limit")
    assert named(path) == "diverges"
    assert (np.diff(path.f) > 0).all()
    assert path.ended is not None and "above 2/L = 1" in str(path.ended.message)


def test_that_a_rate_that_decays_too_soon_cannot_arrive():
    (path,) = walked("decays_too_soon")
    assert ending(path) == "stalled"
    assert path.learning_rate.sum() == pytest.approx(2 * path.walker.learning_rate)
    assert distance(path)[-1] > 0.5 * distance(path)[0]


def test_that_in_a_ravine_it_jumps_from_wall_to_wall_and_creeps_along_the_floor():
    (path,) = walked("ravine")
    assert named(path) == "overshoots"
    assert (np.sign(path.w[1:, 1]) == -np.sign(path.w[:-1, 1])).all()
    assert (path.w[:, 0] > 0).all()
    assert ending(path) is None


def test_that_on_the_ridge_it_rests_where_nothing_is_lowest():
    (path,) = walked("saddle")
    assert ending(path) == "saddle"
    assert path.function.value_at((0.0, 0.1)) < path.f[-1]


def test_that_on_the_plateau_no_rate_helps():
    (path,) = walked("plateau")
    assert ending(path) == "plateau"
    assert distance(path)[-1] > 0.99 * distance(path)[0]
