"""What a run has measured as one table: a row for each step, and in the last row of an epoch what that measured."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config import ComparisonConfig, RangeTestConfig
from lrgui.core.messages import plainly
from lrgui.core.runs import History, Run
from lrgui.core.store.saving import snapshot
from lrgui.core.sweeps import sweeps_of

Column = NDArray[Any]

_WHOSE = ("arm", "seed")

_ORDER = (
    *("repeat", "arm", "arm_name", "seed", "step", "epoch"),
    *("learning_rate", "momentum", "loss", "smoothed_loss", "accuracy", "mae"),
    *("epoch_loss", "epoch_accuracy", "epoch_r2", "epoch_mae"),
    *("val_loss", "val_accuracy", "val_r2", "val_mae"),
)


def step_table(run: Run) -> dict[str, Column]:
    """Return the columns by name, all of the same length.

    ``step`` and ``epoch`` count from 0. What was measured over an epoch begins with ``epoch_`` or ``val_``; it stands
    in the row of the epoch's last step, and is masked in all others.
    """
    steps, epochs = snapshot(run.steps), snapshot(run.epochs)
    if not len(steps):
        return {}
    columns: dict[str, Column] = {name: steps[name] for name in steps}
    if run.planned is not None and not isinstance(run.config, RangeTestConfig):
        columns["epoch"] = steps["step"].astype(np.int64) // run.planned.steps_per_epoch
    if isinstance(run.config, ComparisonConfig):
        names = np.array([plainly(name) for name in run.config.names], dtype=object)
        columns["arm_name"] = names[steps["arm"].astype(np.int64)]
    if isinstance(run.config, RangeTestConfig):
        columns["smoothed_loss"] = _smoothed(steps, run.config.smoothing)
    columns |= _of_epochs(steps, epochs)
    return {name: columns[name] for name in sorted(columns, key=_place)}


def _place(name: str) -> tuple[int, str]:
    """Return where a column stands: the history does not keep their order."""
    return _ORDER.index(name) if name in _ORDER else len(_ORDER), name


def _smoothed(steps: History, smoothing: float) -> Column:
    """Return at each step the smoothed loss of the point that it belongs to."""
    return np.concatenate([np.repeat(sweep.smoothed("losses", smoothing), sweep.steps) for sweep in sweeps_of(steps)])


def _of_epochs(steps: History, epochs: History) -> dict[str, Column]:
    """Return the columns of the epochs, in the rows of their last steps."""
    if not len(epochs):
        return {}
    rows = {key: row for row, key in enumerate(zip(*_keys(steps), strict=True))}
    last = [np.asarray(part) for part in _keys(epochs)]
    last[-1] = last[-1] - 1  # ``step`` of an epoch is the number of steps that are done
    places = np.array([rows.get(key, -1) for key in zip(*(part.tolist() for part in last), strict=True)])
    found = places >= 0
    columns: dict[str, Column] = {}
    for name in epochs:
        if name in ("epoch", "step", "learning_rate", *_WHOSE):
            continue
        values, unknown = np.zeros(len(steps)), np.ones(len(steps), np.bool_)
        values[places[found]], unknown[places[found]] = np.asarray(epochs[name], np.float64)[found], False
        column = np.ma.MaskedArray(values, unknown)
        columns[name if name.startswith("val_") else f"epoch_{name}"] = column
    return columns


def _keys(history: History) -> list[Any]:
    """Return what tells the rows apart: the step, in a comparison that of an arm with a seed."""
    return [history[name].astype(np.int64).tolist() for name in (*_WHOSE, "step") if name in history]
