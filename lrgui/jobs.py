"""The jobs that the window and the command line hand out; TensorFlow is imported when one of them runs, not before."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

from lrgui import loading
from lrgui.core.config.dataset import DatasetChoice
from lrgui.core.control import Control
from lrgui.core.events import Emit
from lrgui.core.garbage import none_collected
from lrgui.core.messages import Message
from lrgui.core.profile import user_profile

if TYPE_CHECKING:
    from lrgui.core.config.place import PlaceChoice
    from lrgui.core.runs import Run
    from lrgui.core.store import Kept

Job = Callable[[Any, Emit, Control], None]


def find(config: Any, emit: Emit, control: Control, on: "PlaceChoice | None" = None) -> None:
    """Sweep the learning rate: ``config`` is a ``RangeTestConfig``.

    ``on`` is where its sweeps are carried out; None is here.
    """
    if _elsewhere(on):
        from lrgui.cluster import sweeps

        sweeps.range_test(config, emit, control, on)
        return
    loading.check()
    from lrgui.training.trainer import range_test

    range_test(config, emit, control)


def train(config: Any, emit: Emit, control: Control) -> None:
    """Train by a schedule: ``config`` is a ``TrainingConfig``."""
    loading.check()
    from lrgui.training.trainer import train

    train(config, emit, control)


def compare(
    config: Any, emit: Emit, control: Control, folder: Path | None = None, on: "PlaceChoice | None" = None
) -> None:
    """Train several arms in turn: ``config`` is a ``ComparisonConfig``.

    What is needed to go on after the program was gone is kept in ``folder``, if one is given. ``on`` is where the arms
    are trained, each with each seed by itself; None is here, in turn.
    """
    if _elsewhere(on):
        from lrgui.cluster import comparison

        comparison.compare(config, emit, control, on, folder)
        return
    loading.check()
    from lrgui.training.comparison import compare

    compare(config, emit, control, folder)


def _elsewhere(on: "PlaceChoice | None") -> TypeGuard["PlaceChoice"]:
    return on is not None and on.name != "here"


def missing_for(place: "PlaceChoice") -> Message | None:
    """Say what has to be installed before runs can be carried out at a place, or nothing."""
    from lrgui.cluster.connection import missing_for

    return missing_for(place)


def leave_clusters() -> None:
    """End the processes and connections that are kept for the next runs at a place."""
    if (connection := sys.modules.get("lrgui.cluster.connection")) is not None:
        connection.leave_clusters()


def save_model(config: Any, path: Path) -> Message:
    """Write the model of the last run of a ``TrainingConfig`` in this process, as ``.keras``; say what it takes."""
    loading.check()
    from lrgui.training.saving import save_model

    return save_model(config, path)


def export_model(kept: "Kept", path: Path) -> Message:
    """Write the model that a training of this process has left, as long as no other has taken its place."""
    return save_model(kept.run.config, path)


def write_logs(run: "Run", folder: Path) -> None:
    """Write a run into an empty folder, as a log directory of TensorBoard."""
    loading.check()
    from lrgui.training.logs import write_logs

    write_logs(run, folder)


def describe(config: Any, emit: Emit, control: Control) -> None:
    """Describe the model alone, which takes some milliseconds."""
    loading.check()
    from lrgui.training.preview import model_alone

    model_alone(config, emit, control)


def preview(config: Any, emit: Emit, control: Control) -> None:
    """Describe data and model: ``config`` is any ``Experiment``. Nothing is downloaded."""
    loading.check()
    from lrgui.training.preview import preview

    preview(config, emit, control)


def fetch_and_preview(config: Any, emit: Emit, control: Control) -> None:
    """Do the same, and download the data first if they have to be."""
    loading.check()
    from lrgui.training.preview import fetch_and_preview

    fetch_and_preview(config, emit, control)


def load_training(
    threads: int | None = None, profile: Path | None = None, warn: Callable[[Message], None] | None = None
) -> None:
    """Import all that a run needs, so that the first one does not wait for it.

    Parameters
    ----------
    threads : int, optional
        How many cores TensorFlow takes, all if left out; see ``lrgui.training.threads``.
    profile : Path, optional
        Where it is kept how that goes; the user's own if left out.
    warn : callable, optional
        Takes the sentence where a program did not survive it the last time. Without, that is raised.

    Raises
    ------
    Refused
        It could not be loaded, or was not tried, because a program did not survive it the last time.
    """
    loading.load(profile or user_profile(), partial(_import_training, threads), warn)


def load_training_again(threads: int | None = None, profile: Path | None = None) -> None:
    """Do so after it has failed, because a person asks for it; tried first where a crash costs nothing.

    Raises
    ------
    Refused
        It failed again.
    """
    loading.load_again(profile or user_profile(), partial(_import_training, threads))


def _import_training(threads: int | None) -> None:
    from lrgui.training.preload import load_library

    load_library()
    with none_collected():
        from lrgui.training.threads import limit_threads

        limit_threads(threads)
        import lrgui.training.preview
        import lrgui.training.trainer  # noqa: F401


def at_hand(dataset: DatasetChoice) -> bool:
    """Return whether a run on these data needs no download; TensorFlow is not imported for that."""
    from lrgui.training.sources import is_at_hand

    return is_at_hand(dataset)


def add_data(folder: Any, emit: Emit, control: Control) -> None:
    """Add data sets from a folder, a ``Path``, that was copied from another computer."""
    from lrgui.training.keras_cache import add_folder

    add_folder(folder, emit, control)
