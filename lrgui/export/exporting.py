"""A run as a file of some kind: one call for the window and the command line."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import Run
from lrgui.core.store.kept import Kept
from lrgui.core.store.run_file import write_run_file
from lrgui.export.code import run_notebook, run_script
from lrgui.export.formats import FORMATS, why_not
from lrgui.export.report_html import report
from lrgui.export.run_csv import run_csv
from lrgui.export.run_json import run_json
from lrgui.export.writing import put, put_folder, put_text

Size = tuple[int, int]

T = TypeVar("T")

SIZE: Size = (1280, 720)
"""Of pictures, in pixels, where nobody says otherwise."""

LOG_PREFIX = "events.out.tfevents"
"""With which the names of all files in a log directory of TensorBoard begin."""


@dataclass(frozen=True)
class Makers:
    """What other rooms can do; None where there is nobody to do it.

    Attributes
    ----------
    draw : callable or None
        Takes a run, a path that ends with ``.png`` or ``.svg``, and a size.
    save_model : callable or None
        Takes a run with all that belongs to it and a path; writes its model, and says what that takes.
    write_logs : callable or None
        Takes a run and an empty folder.
    """

    draw: Callable[[Run, Path, Size], None] | None = None
    save_model: Callable[[Kept, Path], Message] | None = None
    write_logs: Callable[[Run, Path], None] | None = None


def export(kept: Kept, name: str, path: Path, makers: Makers, *, overwrite: bool = False, size: Size = SIZE) -> Message:
    """Write a run as a file of one kind, whole or not at all, and say so.

    Parameters
    ----------
    kept : Kept
        The run.
    name : str
        One of ``FORMATS``.
    path : Path
        Of the file; of the folder for ``tensorboard``.
    makers : Makers
        What other rooms can do.
    overwrite : bool
        Whether a file that is there may be replaced.
    size : tuple of int
        Of pictures.

    Raises
    ------
    Exists
        There is a file of that name.
    Refused
        The run cannot become such a file, or it cannot be written; what was there before is as it was.
    """
    if (reason := why_not(name, kept.run)) is not None:
        raise Refused(reason)
    note = _write(kept, name, path, makers, overwrite, size)
    told = say("Written to {path}.", path=str(path))
    return told if note is None else say("{told} {note}", told=told, note=note)


def _write(kept: Kept, name: str, path: Path, makers: Makers, overwrite: bool, size: Size) -> Message | None:
    notes: list[Message] = []
    match name:
        case "png" | "svg":
            draw = _there(makers.draw)
            put(path, lambda unfinished: draw(kept.run, unfinished, size), overwrite=overwrite)
        case "tensorboard":
            write_logs = _there(makers.write_logs)
            put_folder(path, partial(write_logs, kept.run), overwrite=overwrite, is_ours=_is_log)
        case "keras":
            save = _there(makers.save_model)
            put(path, lambda unfinished: notes.append(save(kept, unfinished)), overwrite=overwrite)
        case "lrrun":
            put(path, lambda unfinished: write_run_file(kept, unfinished), overwrite=overwrite)
        case "html":
            put_text(path, report(kept, _picture(kept.run, makers, size)), overwrite=overwrite)
        case _:
            put_text(path, text_of(kept, name), overwrite=overwrite)
    return notes[0] if notes else None


def _is_log(file: Path) -> bool:
    return file.name.startswith(LOG_PREFIX)


def _there(maker: T | None) -> T:
    if maker is None:
        raise Refused(say("This cannot be made here."))
    return maker


def _picture(run: Run, makers: Makers, size: Size) -> bytes | None:
    """Return the picture of a page, if anybody can draw it."""
    if makers.draw is None or why_not("png", run) is not None:
        return None
    with tempfile.TemporaryDirectory(prefix="lrgui-") as folder:
        path = Path(folder) / "picture.png"
        makers.draw(run, path, size)
        return path.read_bytes()


def text_of(kept: Kept, name: str) -> str:
    """Return what a file of one kind would hold, for the clipboard; a report has no picture then.

    Raises
    ------
    Refused
        The run cannot become such a file.
    ValueError
        Such a file is no text.
    """
    if not FORMATS[name].is_text:
        raise ValueError(f"{name} is no text")
    if (reason := why_not(name, kept.run)) is not None:
        raise Refused(reason)
    match name:
        case "script":
            return run_script(kept)
        case "notebook":
            return run_notebook(kept)
        case "csv":
            return run_csv(kept.run)
        case "json":
            return run_json(kept)
    return report(kept)
