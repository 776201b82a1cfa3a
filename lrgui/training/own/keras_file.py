"""A ``.keras`` file -> keras.Model, never with code from the file, and every refusal in a sentence with its remedy."""

import math
import random
import warnings
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import keras

from lrgui.core.messages import Refused, say
from lrgui.training.failures import explain, is_about_memory
from lrgui.training.own.archive import Archive, damaged, gone, open_archive
from lrgui.training.own.safety import check_safe

LEAST_BYTES_PER_NUMBER = 0.02
"""Weights take two or four bytes each, and pack badly: a file with so few for each number is lying."""

_SLACK_BYTES = 100_000


def load_keras_file(path: Path, *, compiled: bool = True) -> keras.Model:
    """Load a model with its weights and, if wanted, with the optimizer, loss and metrics that it was saved with.

    Parameters
    ----------
    path : Path
        Of a file that ``model.save()`` has written.
    compiled : bool
        Whether it comes compiled, if it was; else another optimizer and loss can be given to it.

    Raises
    ------
    Refused
        It cannot be loaded without running code from it, is damaged, claims what it does not hold, or is of a Keras
        that this one does not understand.
    """
    archive = open_archive(path)
    check_safe(archive, compiled=compiled)
    try:
        _check_claims(archive)
        with warnings.catch_warnings():
            # That an optimizer which was never used has nothing to load is no news.
            warnings.simplefilter("ignore", UserWarning)
            return keras.saving.load_model(str(path), compile=compiled and archive.compiled, safe_mode=True)
    except Refused:
        raise
    except FileNotFoundError as error:
        raise Refused(gone(path)) from error
    except (zipfile.BadZipFile, EOFError, OSError, KeyError) as error:
        raise Refused(damaged(path)) from error
    except Exception as error:
        raise _not_understood(archive, error) from error


def outline(archive: Archive) -> keras.Model:
    """Return the model that a file describes: with shapes but no values inside a ``StatelessScope`` that makes none.

    Keras keeps a list of variables without values for each thread, to give them some later: call it in a thread that
    goes at once.

    Raises
    ------
    Refused
        Keras does not understand the description.
    """
    described = {**archive.config, "compile_config": None}
    try:
        return keras.saving.deserialize_keras_object(described, safe_mode=True)
    except Exception as error:
        raise _not_understood(archive, error) from error


def _check_claims(archive: Archive) -> None:
    """Refuse a description that asks for far more memory than the weights beside it would fill."""
    drawn = random.getstate()
    with ThreadPoolExecutor(1) as passing:
        numbers = passing.submit(_numbers, archive).result()
    random.setstate(drawn)  # the model itself is to draw its seeds as if nobody had looked before
    if numbers * LEAST_BYTES_PER_NUMBER > archive.weights_bytes + _SLACK_BYTES:
        raise Refused(
            say(
                "{file} describes {numbers:,} parameters but holds {megabytes:.1f} MB of weights: it is damaged or was "
                "made to fill the memory. Save the model again with model.save().",
                file=archive.path.name,
                numbers=numbers,
                megabytes=archive.weights_bytes / 1e6,
            )
        )


def _numbers(archive: Archive) -> int:
    with keras.StatelessScope(initialize_variables=False):
        return sum(math.prod(variable.shape) for variable in outline(archive).variables)


def _not_understood(archive: Archive, error: Exception) -> Refused:
    """Say that Keras does not load it; a file from a newer Keras is the likeliest reason, if it is one."""
    if is_about_memory(error):
        return Refused(explain(error))
    file = archive.path.name
    if _parts(archive.version) > _parts(keras.__version__):
        return Refused(
            say(
                "{file} was saved by Keras {theirs}, and this program has {ours}, which does not understand it: save "
                "the model with Keras {ours}, or update this program's Keras.",
                file=file,
                theirs=archive.version,
                ours=keras.__version__,
            )
        )
    return Refused(
        say(
            "Keras cannot make the model that {file} describes ({reason}): save it again with model.save(), or write "
            "build_model() in a Python file.",
            file=file,
            reason=_reason(error),
        )
    )


def _reason(error: Exception) -> str:
    """Return the first line of what Keras says, which goes on with the whole description."""
    first = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
    return first if len(first) <= 160 else f"{first[:157]}..."


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:3] if part.isdecimal())
