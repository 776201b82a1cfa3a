"""A choice of own data -> what is in its file, or one sentence that names the file and what to do."""

import csv
import tokenize
import zipfile
import zlib
from dataclasses import replace

from lrgui.core.config.dataset import Arrays, CsvTable, IdxFiles, ImageFolder, OwnData, ScriptData
from lrgui.core.config.dataset.facts import Stamp, stamp
from lrgui.core.messages import Refused, say
from lrgui.training.own_data.found import Found

_DAMAGED = (EOFError, ValueError, KeyError, SyntaxError, zlib.error, zipfile.BadZipFile, csv.Error, tokenize.TokenError)


def stamp_of(dataset: OwnData) -> Stamp:
    """Return size and time of change of a person's file: what has another stamp is read again.

    Raises
    ------
    Refused
        It is not there, or may not be looked at.
    """
    try:
        return stamp(dataset.file)
    except FileNotFoundError as error:
        raise Refused(
            say("{file} is not there: it was moved, renamed or removed. Choose it again.", file=str(dataset.file))
        ) from error
    except (OSError, ValueError) as error:
        raise Refused(
            say("{file} cannot be looked at ({reason}): choose another.", file=str(dataset.file), reason=_why(error))
        ) from error


def read(dataset: OwnData) -> Found:
    """Return what is in a person's file or folder.

    Raises
    ------
    Refused
        It cannot be read, or nothing can be learned from it; the sentence names the file and what to do.
    """
    stamp_of(dataset)
    try:
        return _told_of_scaling(_read(dataset))
    except MemoryError as error:
        raise Refused(
            say("{file} does not fit into memory: take a part of it, or a folder of images.", file=dataset.label)
        ) from error
    except OSError as error:
        raise Refused(
            say(
                "{file} cannot be read ({reason}): copy it again, or choose another.",
                file=dataset.label,
                reason=_why(error),
            )
        ) from error
    except _DAMAGED as error:
        raise Refused(
            say("{file} is cut short or damaged ({reason}): copy it again.", file=dataset.label, reason=_why(error))
        ) from error


def _read(dataset: OwnData) -> Found:
    match dataset:
        case CsvTable():
            from lrgui.training.own_data.csv_file import read_csv

            return read_csv(dataset)
        case Arrays():
            from lrgui.training.own_data.arrays import read_arrays

            return read_arrays(dataset)
        case ImageFolder():
            from lrgui.training.own_data.folder import read_folder

            return read_folder(dataset)
        case IdxFiles():
            from lrgui.training.own_data.idx_file import read_idx

            return read_idx(dataset)
        case ScriptData():
            raise Refused(
                say(
                    "{file} loads data for a model of your own, in a sweep or a training: choose Own model, with "
                    "build_model() in the same file or another.",
                    file=dataset.label,
                )
            )
    raise TypeError(f"nothing reads {dataset!r}")


def _told_of_scaling(found: Found) -> Found:
    """Add to the notes what is done to features and target before training."""
    raw, notes = found.raw, list(found.raw.notes)
    if raw.standardized:
        notes.append(say("Each feature is given mean 0 and deviation 1, as measured on the training part."))
    elif found.kind == "table":
        notes.append(say("The features are left as they are."))
    if raw.regression and raw.standardized_target:
        deviation = float(raw.train[1].std())
        notes.append(say("The target is given mean 0 and deviation 1: the loss is in units of {deviation:,.6g}.",
                         deviation=deviation))  # fmt: skip
    return replace(found, raw=replace(raw, notes=tuple(notes)))


def _why(error: Exception) -> str:
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return told.splitlines()[0] if told else type(error).__name__
