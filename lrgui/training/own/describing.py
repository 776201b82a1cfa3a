"""What a model of a person's own is made of, before anything is trained."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import keras

from lrgui.core.config.model import OwnModel
from lrgui.core.summaries import ModelSummary
from lrgui.training.describe import summary_of
from lrgui.training.own.archive import open_archive
from lrgui.training.own.fitting import build_on
from lrgui.training.own.keras_file import outline
from lrgui.training.own.python_file import PythonFile
from lrgui.training.own.safety import check_safe
from lrgui.training.own.source import content_of
from lrgui.training.own.trial import try_file
from lrgui.training.prepared import unseen_by_seeds


def describe_own(model: OwnModel, shape: tuple[int, ...] | None) -> ModelSummary:
    """Return what the model in a file is made of; a program is tried in a child first, if it was not yet.

    Parameters
    ----------
    model : OwnModel
        Where it lies.
    shape : tuple of int or None
        Of the examples on which it is built, if it has no shapes of its own; None where nobody knows: such a model has
        then no parameters yet.

    Raises
    ------
    Refused
        The file cannot be used; the sentence says why.
    """
    content = content_of(model)
    if model.is_python:
        try_file(model.file, model.time_limit)
        return _of_program(content, model.file, shape)
    return _of_archive(content, model.file, shape)


@lru_cache(16)
def _of_program(content: str, path: Path, shape: tuple[int, ...] | None) -> ModelSummary:
    with unseen_by_seeds():
        model = PythonFile(path).build_model()
        return _summary(model, shape, path, compiled=bool(model.compiled))


@lru_cache(16)
def _of_archive(content: str, path: Path, shape: tuple[int, ...] | None) -> ModelSummary:
    archive = open_archive(path)
    check_safe(archive, compiled=False)
    with unseen_by_seeds(), keras.StatelessScope(initialize_variables=False):
        return _summary(outline(archive), shape, path, compiled=archive.compiled)


def _summary(model: keras.Model, shape: tuple[int, ...] | None, path: Path, *, compiled: bool) -> ModelSummary:
    if shape is not None:
        build_on(model, shape, path.name)
    return replace(summary_of(model), compiled=compiled)
