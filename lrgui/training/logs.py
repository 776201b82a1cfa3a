"""A run as a log directory of TensorBoard.

An event file is a TFRecord file of ``Event`` messages, and TensorFlow itself ships both: TensorBoard need not be here.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from lrgui.core.config import ComparisonConfig
from lrgui.core.messages import plainly
from lrgui.core.runs import History, Run

_FILE = "events.out.tfevents.{second:010d}.lrgui"

_VERSION = "brain.Event:2"

Columns = Mapping[str, NDArray[Any]]


def write_logs(run: Run, folder: Path) -> None:
    """Write what a run has measured, under the tags that ``keras.callbacks.TensorBoard`` uses.

    ``train`` has ``batch_...`` of each step and ``epoch_...`` of each epoch, by the number of steps done;
    ``validation`` has the epochs. Each sweep of a range test, and each arm of a comparison with each seed, has folders
    of its own. When each step was done is not kept: they are spread evenly over the time that the run took.

    Parameters
    ----------
    run : Run
        With what it has measured so far.
    folder : Path
        An empty folder.

    Raises
    ------
    OSError
        It cannot be written.
    """
    for name, steps, epochs in _parts(run):
        times = _Times(run, len(steps["step"]))
        _write(folder / name / "train", run, times, _of_steps(steps), _of_epochs(epochs, "", "val_"))
        if any(column.startswith("val_") for column in epochs) and len(epochs["step"]):
            _write(folder / name / "validation", run, times, {}, _of_epochs(epochs, "val_", ""))


class _Times:
    """When each step was done, as far as is known."""

    def __init__(self, run: Run, steps: int) -> None:
        self._started, self._each = run.started, run.seconds / max(steps, 1)

    def __call__(self, step: float) -> float:
        return float(self._started + self._each * step)


def _parts(run: Run) -> Iterable[tuple[str, Columns, Columns]]:
    """Yield the name, the steps and the epochs of each training, or sweep, that the run is made of."""
    steps, epochs = _columns(run.steps), _columns(run.epochs)
    if isinstance(run.config, ComparisonConfig):
        for arm, name in enumerate(run.config.names):
            for seed in run.config.seeds_used:
                own = [_where(part, arm=arm, seed=seed) for part in (steps, epochs)]
                if len(own[0].get("step", ())):
                    yield f"{_folder_name(plainly(name), arm)}/seed {seed}", own[0], own[1]
    elif "repeat" in steps and steps["repeat"].max(initial=0) > 0:
        for repeat in np.unique(steps["repeat"]).tolist():
            sweep = _where(steps, repeat=repeat)
            yield f"sweep {repeat + 1}", {**sweep, "step": np.arange(len(sweep["step"]))}, {}
    elif steps:
        yield ".", steps, epochs


def _folder_name(name: str, arm: int) -> str:
    """Return the name of an arm as one of a folder, never that of another arm."""
    kept = "".join(letter if letter.isalnum() or letter in " ._-+=" else "-" for letter in name).strip(". ")
    return f"{arm + 1} {kept}".strip()


def _columns(history: History) -> dict[str, NDArray[Any]]:
    return {name: np.asarray(history[name]) for name in history}


def _where(columns: Columns, **wanted: float) -> dict[str, NDArray[Any]]:
    if not columns:
        return {}
    rows = np.logical_and.reduce([columns[name] == value for name, value in wanted.items()])
    return {name: column[rows] for name, column in columns.items() if name not in wanted}


Tagged = dict[str, tuple[NDArray[Any], NDArray[Any]]]
"""Steps and values by their tag."""


def _of_steps(steps: Columns) -> Tagged:
    done = steps["step"] + 1
    names = [name for name in steps if name not in ("step", "repeat")]
    return {f"batch_{name}": (done, steps[name]) for name in names}


def _of_epochs(epochs: Columns, prefix: str, without: str) -> Tagged:
    """Return the columns that begin with the prefix, and not with ``without`` if that is given."""
    chosen = [name for name in epochs if name not in ("step", "epoch", "seconds") and name.startswith(prefix)]
    names = [name for name in chosen if not (without and name.startswith(without))]
    return {f"epoch_{name.removeprefix(prefix)}": (epochs["step"], epochs[name]) for name in names}


def _write(folder: Path, run: Run, times: _Times, *parts: Tagged) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _FILE.format(second=int(run.started))
    path.write_bytes(_records(run, times, parts))


def _records(run: Run, times: _Times, parts: Sequence[Tagged]) -> bytes:
    """Return what an event file holds, made in memory: on a full disk TensorFlow's writer hangs, and never says why."""
    place = f"ram://lrgui-{uuid.uuid4().hex}"
    try:
        with tf.io.TFRecordWriter(place) as writer:
            writer.write(tf.compat.v1.Event(wall_time=run.started, file_version=_VERSION).SerializeToString())
            for tagged in parts:
                for tag, (steps, values) in tagged.items():
                    _write_scalars(writer, tag, steps, values, times)
        with tf.io.gfile.GFile(place, "rb") as file:
            return bytes(file.read())
    finally:
        if tf.io.gfile.exists(place):
            tf.io.gfile.remove(place)


def _write_scalars(writer: Any, tag: str, steps: NDArray[Any], values: NDArray[Any], times: _Times) -> None:
    for step, value in zip(steps.tolist(), values.tolist(), strict=True):
        summary = tf.compat.v1.Summary(value=[tf.compat.v1.Summary.Value(tag=tag, simple_value=value)])
        event = tf.compat.v1.Event(wall_time=times(step), step=int(step), summary=summary)
        writer.write(event.SerializeToString())
