"""Jobs that do no training: they emit what real ones emit, and obey the same reins."""

import time

import numpy as np

from lrgui.core import schedules
from lrgui.core.events import (
    Described,
    Diverged,
    EpochEnded,
    FactorMoved,
    Finished,
    Planned,
    Progressed,
    StepsEnded,
    Stopped,
)
from lrgui.core.messages import say
from lrgui.core.summaries import LayerSummary, ModelSummary
from lrgui.worker import Jobs
from tests.gui.plotting import losses

STEPS_PER_EPOCH = 44
CHUNK = 11


def sweep(*, seconds=0.0, chunks=None, evaluation=0.36):
    """Return a range test whose sweeps diverge where the curve does; the second and later ones end ever earlier.

    ``seconds`` is how long a chunk takes; it breaks after so many ``chunks``.
    """

    def job(config, emit, control):
        rates = schedules.exponential_sweep(config.start, config.end, config.steps)
        emit(Planned(np.tile(rates, config.repeats), STEPS_PER_EPOCH, 1, 4_810, config.repeats))
        for number, (step, repeat, part) in enumerate(_chunks(len(rates), config.repeats)):
            control.wait_while_paused()
            if control.stopping:
                emit(Stopped(say("Stopped by hand."), {"loss": 2.0, "accuracy": evaluation}))
                return
            if number == chunks:
                raise MemoryError("no room for a tensor of shape [32, 26, 26, 32]")
            emit(_steps(step, rates[part], losses(rates, config.seed + repeat)[part], repeat))
            time.sleep(seconds)
        why = say("The loss passed {factor:g} x its best at {learning_rate:rate}.", factor=4, learning_rate=1.3)
        emit(Diverged(why, {"loss": 2.0, "accuracy": evaluation}))

    return job


def training(*, seconds=0.0, chunks=None, accuracy=0.96):
    """Return a training that ends at ``accuracy``; ``seconds`` a chunk, broken after so many ``chunks``."""

    def job(config, emit, control):
        steps = config.epochs * STEPS_PER_EPOCH
        table = schedules.rates(config.schedule, config.learning_rate, steps, STEPS_PER_EPOCH)
        momentum = schedules.cycled_momentum(config.optimizer)
        momentums = schedules.momentums(config.schedule, momentum, steps, STEPS_PER_EPOCH)
        emit(Planned(table, STEPS_PER_EPOCH, config.epochs, 4_810))
        factor = 1.0
        for number, first in enumerate(range(0, steps, CHUNK)):
            control.wait_while_paused()
            if control.stopping:
                emit(Stopped(say("Stopped by hand."), {"loss": 0.5, "accuracy": accuracy / 2}))
                return
            if number == chunks:
                raise ValueError("shapes (3,) and (4,) differ")
            if control.factor_at(first) != factor:
                factor = control.factor
                emit(FactorMoved(first, factor))
            part = slice(first, first + CHUNK)
            rates = factor * table[part]
            losses = 2.3 / (1 + 0.01 * np.arange(first, first + CHUNK))
            emit(_steps(first, rates, losses, momentums=None if momentums is None else momentums[part]))
            time.sleep(seconds)
            if (first + CHUNK) % STEPS_PER_EPOCH == 0:
                emit(_epoch((first + CHUNK) // STEPS_PER_EPOCH, config.epochs, accuracy, rates))
        emit(Finished(say("Finished."), {"loss": 0.1, "accuracy": accuracy}))

    return job


def _chunks(rates, repeats):
    """Return the first step, the sweep and the part of its rates of each chunk."""
    step = 0
    for repeat in range(repeats):
        end = rates - 2 * repeat
        for first in range(0, end, CHUNK):
            part = slice(first, min(first + CHUNK, end))
            yield step, repeat, part
            step += part.stop - part.start


def _steps(first, rates, losses, repeat=None, momentums=None):
    columns = {"step": np.arange(first, first + len(rates)), "learning_rate": rates, "loss": losses}
    columns["accuracy"] = np.exp(-np.minimum(losses, 50))
    if repeat is not None:
        columns["repeat"] = np.full(len(rates), repeat)
    if momentums is not None:
        columns["momentum"] = momentums
    return StepsEnded(columns)


def _epoch(number, epochs, accuracy, rates):
    reached = accuracy * number / epochs
    values = {
        "loss": 2 / number,
        "accuracy": reached,
        "val_loss": 2.1 / number,
        "val_accuracy": reached,
        "learning_rate": rates[-1],
        "learning_rate_low": rates.min(),
        "learning_rate_high": rates.max(),
    }
    return EpochEnded(number - 1, number * STEPS_PER_EPOCH, values)


def described(data=None, note=None):
    """Return an inspection that knows one model, with as many parameters as it has units, and these data."""

    def job(config, emit, control):
        units = getattr(config.model, "width", 10)
        layers = (LayerSummary("hidden", "Dense", (units,), units), LayerSummary("output", "Dense", (10,), 0))
        emit(Described(ModelSummary(layers, units, units), data, note))

    return job


def added(*sentences):
    """Return an adding of data that names the folder and then says these sentences."""

    def job(folder, emit, control):
        emit(Progressed(say("Checking {folder}", folder=folder.name), 0.5))
        emit(Finished(say(" ".join(sentences) or "Nothing was found.")))

    return job


def saved(config, path):
    """Write no model, but its schedule."""
    path.write_text(config.schedule.name, encoding="utf-8")
    return say("The model takes what you have.")


def fake_jobs(
    find=None, train=None, load=lambda: None, preview=None, fetch=None, add_data=None, compare=None, save=saved
):
    preview = preview or described()
    add_data = add_data or added()
    compare = compare or training()
    inspections = preview, fetch or preview, described()
    return Jobs(find or sweep(), train or training(), load, *inspections, add_data, compare, save)
