"""Where a model of a person's own comes from: a file that is loaded, or a program whose function builds it."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import keras
import numpy as np

from lrgui.core.config.base import Choice
from lrgui.core.config.dataset import ScriptData
from lrgui.core.config.loss import OwnLoss
from lrgui.core.config.model import OwnModel
from lrgui.core.config.optimizer import OwnOptimizer
from lrgui.core.contents import content_hash
from lrgui.core.control import Control
from lrgui.core.events import Emit, Progressed
from lrgui.core.messages import Refused, say
from lrgui.training.download import Cancelled
from lrgui.training.own.archive import gone, open_archive, unreadable
from lrgui.training.own.keras_file import load_keras_file
from lrgui.training.own.python_file import PythonFile, check_trusted
from lrgui.training.own.safety import check_safe
from lrgui.training.own.trial import Part, has_passed, try_file


class Source(Protocol):
    """Gives the same model as often as it is asked."""

    def build(self) -> keras.Model:
        """Return the model, compiled if it comes so."""


class KerasSource:
    """A ``.keras`` file: each model has the weights that the file has."""

    def __init__(self, path: Path, *, compiled: bool) -> None:
        self._path, self._compiled = path, compiled

    def build(self) -> keras.Model:
        """Load the file."""
        return load_keras_file(self._path, compiled=self._compiled)


class PythonSource:
    """A Python file: its ``build_model()`` is called for each model, and draws first weights as it likes."""

    def __init__(self, path: Path) -> None:
        self._file = PythonFile(path)

    def build(self) -> keras.Model:
        """Call its function; what it draws from numpy is seeded by what Keras's layers draw from, and put back."""
        state = np.random.get_state()  # noqa: NPY002 - it is the generator that other people's code draws from
        np.random.seed(random.getrandbits(32))  # noqa: NPY002
        try:
            return self._file.build_model()
        finally:
            np.random.set_state(state)  # noqa: NPY002


def content_of(model: OwnModel) -> str:
    """Return the hash of the file as it is now; a program must be allowed to be run.

    Raises
    ------
    Refused
        It is gone, cannot be read, or was not allowed.
    """
    if model.is_python:
        return check_trusted(model.file)
    try:
        return content_hash(model.file)
    except FileNotFoundError as error:
        raise Refused(gone(model.file)) from error
    except IsADirectoryError:
        open_archive(model.file)  # which says what kind of folder it is
        raise
    except OSError as error:
        raise Refused(unreadable(model.file, error)) from error


def look_at(model: Choice, emit: Emit, control: Control, data: ScriptData | None = None) -> None:
    """Find out, before a run needs them, what may be wrong with the files; programs are tried in a child process.

    Models that are built here need no look.

    Parameters
    ----------
    model : Choice
        Which model.
    emit, control
        As for ``trainer.train``.
    data : ScriptData, optional
        The data, if it is a program, too, that loads them.

    Raises
    ------
    Refused
        Something is wrong; the sentence says what.
    Cancelled
        The run was stopped meanwhile.
    """
    if not isinstance(model, OwnModel):
        return
    both = data is not None and data.program == model.file
    if model.is_python:
        _try(model.file, model.time_limit, ("model", "data") if both else ("model",), emit, control)
    else:
        content_of(model)
        open_archive(model.file)
    if data is not None and not both:
        _try(data.program, data.time_limit, ("data",), emit, control)


def _try(path: Path, seconds: float, parts: Sequence[Part], emit: Emit, control: Control) -> None:
    content = check_trusted(path)
    if not all(has_passed(content, part) for part in parts):
        emit(Progressed(say("Trying {file} in a process of its own.", file=path.name)))
    try:
        try_file(path, seconds, parts, wanted=lambda: not control.stopping)
    except Refused:
        if control.stopping:
            raise Cancelled from None
        raise


def wants_compiled(loss: object, optimizer: object) -> bool:
    """Return whether anything that a model was compiled with is wanted."""
    return isinstance(loss, OwnLoss) or isinstance(optimizer, OwnOptimizer)


def source_of(model: OwnModel, loss: object, optimizer: object) -> Source:
    """Return where a model comes from; what it was compiled with is left in the file where nobody wants it.

    Raises
    ------
    Refused
        Something is wrong with the file.
    """
    if model.is_python:
        return PythonSource(model.file)
    archive = open_archive(model.file)
    compiled = wants_compiled(loss, optimizer)
    check_safe(archive, compiled=compiled)
    return KerasSource(model.file, compiled=compiled)
