"""A comparison that trains nothing: it emits what a real one emits, and obeys the reins of its arms."""

import time

import numpy as np

from lrgui.core import schedules
from lrgui.core.events import ArmEnded, EpochEnded, Finished, Planned, StepsEnded, Stopped
from lrgui.core.messages import say
from tests.gui.fake_jobs import STEPS_PER_EPOCH


def comparing(*, seconds=0.0, accuracies=(0.9, 0.95, 0.8), diverging=(), chunks=None):
    """Return a comparison whose arms end at these accuracies, one after the other, a little else with each seed.

    ``seconds`` is how long an epoch of an arm takes; arms in ``diverging`` do so in their second epoch; it breaks after
    so many ``chunks``.
    """

    def job(config, emit, control):
        tables = [_rates(arm, config.epochs) for arm in config.arms]
        emit(Planned(np.tile(np.concatenate(tables), config.seeds), STEPS_PER_EPOCH, config.epochs, 4_810))
        going = {(arm, seed): 0 for seed in config.seeds_used for arm in range(len(config.arms))}
        count = 0
        while going:
            key = _next(going, emit, control)
            if control.stopping:
                emit(Stopped(say("Stopped by hand. Nothing is shown.")))
                return
            if key is None:
                continue
            if count == chunks:
                raise MemoryError("no room for a tensor of shape [32, 26, 26, 32]")
            count += 1
            time.sleep(seconds)
            (arm, seed), epoch = key, going[key]
            if arm in diverging and epoch == 1:
                emit(ArmEnded(arm, seed, "diverged", say("The loss was no longer a number at step 60.")))
                del going[key]
                continue
            emit(_steps(arm, seed, epoch, tables[arm]))
            reached = accuracies[arm % len(accuracies)] + 0.01 * (seed - config.seed)
            emit(_epoch(arm, seed, epoch, reached * (epoch + 1) / config.epochs, tables[arm]))
            going[key] += 1
            if going[key] == config.epochs:
                emit(ArmEnded(arm, seed, "finished", say("finished")))
                del going[key]
        emit(Finished(say("The arms differ by less than their spread: no difference shown.")))

    return job


def _rates(arm, epochs):
    return schedules.rates(arm.schedule, arm.learning_rate, epochs * STEPS_PER_EPOCH, STEPS_PER_EPOCH)


def _next(going, emit, control):
    """Return the arm and seed that is furthest behind; end those that a hand has ended."""
    control.wait_while_paused()
    for arm, seed in list(going):
        if (state := control.arms.state(arm)) in ("stopped", "removed"):
            emit(ArmEnded(arm, seed, state, say("{state} by hand", state=state)))
            del going[arm, seed]
    ready = [key for key in going if control.arms.state(key[0]) == "going"]
    if not ready:
        if going:
            control.wait_for_an_arm({arm for arm, _ in going})
        return None
    return min(ready, key=lambda key: (going[key], key[1], key[0]))


def _steps(arm, seed, epoch, rates):
    steps = np.arange(epoch * STEPS_PER_EPOCH, (epoch + 1) * STEPS_PER_EPOCH)
    losses = (2.3 + 0.05 * seed) / (1 + 0.01 * (arm + 1) * steps)
    return StepsEnded(
        {
            "arm": np.full(len(steps), arm),
            "seed": np.full(len(steps), seed),
            "step": steps,
            "learning_rate": rates[steps],
            "loss": losses,
            "accuracy": np.exp(-losses),
        }
    )


def _epoch(arm, seed, epoch, reached, rates):
    values = {
        "arm": arm,
        "seed": seed,
        "seconds": 0.2 * (epoch + 1),
        "loss": 2 / (epoch + 1),
        "accuracy": reached,
        "val_loss": 2.1 / (epoch + 1),
        "val_accuracy": reached,
        "learning_rate": rates[(epoch + 1) * STEPS_PER_EPOCH - 1],
        "learning_rate_low": rates.min(),
        "learning_rate_high": rates.max(),
    }
    return EpochEnded(epoch, (epoch + 1) * STEPS_PER_EPOCH, values)
