"""Runs for tests of exports: made of events as real ones are, without TensorFlow."""

import numpy as np

from lrgui.core.config import Arm, ComparisonConfig, RangeTestConfig, TrainingConfig
from lrgui.core.events import ArmEnded, Diverged, EpochEnded, Finished, Planned, StepsEnded, Stopped
from lrgui.core.messages import say
from lrgui.core.runs import Run
from lrgui.core.store import Kept

PER_EPOCH = 4
RUN_ID = "0123456789abcdef" * 2


def run_of(kind, config, events):
    run = Run(RUN_ID, kind, config, started=1.7e9)
    for event in events:
        run.apply(event)
    return run


def steps(first, count, losses=None, **more):
    number = np.arange(first, first + count)
    columns = {"step": number, "learning_rate": 1e-3 / (1 + number), "loss": 1 / (2 + number), "accuracy": number / 64}
    if losses is not None:
        columns["loss"] = np.array(losses)
    return StepsEnded({**columns, **{name: np.full(count, value) for name, value in more.items()}})


def epoch(number, **more):
    values = {"loss": 0.5 / (number + 1), "accuracy": 0.75, "val_loss": 0.625 / (number + 1), "val_accuracy": 0.5}
    rates = dict.fromkeys(("learning_rate", "learning_rate_low", "learning_rate_high"), 1e-3)
    return EpochEnded(number, PER_EPOCH * (number + 1), {**more, **values, **rates})


def training(epochs=3, **fields):
    """Return a training of some epochs of four steps, as it is kept."""
    events = [Planned(np.full(PER_EPOCH * epochs, 1e-3), PER_EPOCH, epochs, 10)]
    for number in range(epochs):
        events += [steps(PER_EPOCH * number, PER_EPOCH), epoch(number)]
    end = Finished(say("Finished: {epochs} epochs.", epochs=epochs), {"loss": 0.25, "accuracy": 0.875})
    config = TrainingConfig(**{"epochs": epochs, "batch_size": 1437 // PER_EPOCH, **fields})
    return Kept.of(run_of("training", config, [*events, end]))


def broken(count=1, loss=float("nan")):
    """Return a training whose last loss was no number, after so few steps."""
    losses = [*(0.5,) * (count - 1), loss]
    plan = Planned(np.full(8, 1e-3), PER_EPOCH, 2, 10)
    config = TrainingConfig(epochs=2, batch_size=1437 // PER_EPOCH)
    return Kept.of(run_of("training", config, [plan, steps(0, count, losses), Diverged(say("No number."))]))


def nothing():
    """Return a training that was stopped before its first step."""
    return Kept.of(run_of("training", TrainingConfig(), [Stopped(say("Stopped before the first step."))]))


def sweep(repeats=2, count=5):
    config = RangeTestConfig(repeats=repeats, steps=count - 1, start=1e-4, end=1.0)
    rates = np.geomspace(1e-4, 1.0, count)
    events = [Planned(np.tile(rates, repeats), 44, 1, 10, repeats)]
    for repeat in range(repeats):
        event = steps(repeat * count, count, repeat=repeat)
        events.append(StepsEnded({**event.columns, "learning_rate": rates}))
    return Kept.of(run_of("range_test", config, [*events, Finished(say("Reached the end."))]))


def comparison(names=("constant", "=cmd|' /C calc'!A0")):
    config = ComparisonConfig(arms=tuple(Arm(name=name) for name in names), seeds=2, epochs=1, batch_size=359)
    events = [Planned(np.full(4 * PER_EPOCH, 1e-3), PER_EPOCH, 1, 10)]
    for seed in (0, 1):
        for arm in range(len(names)):
            owner = {"arm": arm, "seed": seed}
            events += [steps(0, PER_EPOCH, [10.0 * arm + seed] * PER_EPOCH, **owner), epoch(0, **owner, seconds=0.5)]
            events.append(ArmEnded(arm, seed, "finished", say("finished")))
    return Kept.of(run_of("comparison", config, [*events, Finished(say("Done."))]))
