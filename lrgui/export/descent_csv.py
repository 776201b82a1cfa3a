"""Walks on a function as CSV: every number in full, so that they can be computed again by hand."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path as FilePath

from lrgui.core.config.fields import choice_name
from lrgui.core.descent import Path, Row, rows
from lrgui.core.messages import Message, say


def columns_of(path: Path) -> tuple[str, ...]:
    """Return the titles of the columns of a walk, one for each variable where there are two."""
    if len(path.function.variables) == 1:
        return "step", "w", "f(w)", "gradient", "learning rate", "update"
    return "step", "x", "y", "f(x, y)", "df/dx", "df/dy", "learning rate", "update x", "update y"


def cells_of(row: Row) -> tuple[float | None, ...]:
    """Return the numbers of an entry in the order of the columns; None for the update where a walk ends."""
    update: Sequence[float | None] = row.update if row.update is not None else (None,) * len(row.w)
    return row.step, *row.w, row.f, *row.gradient, row.learning_rate, *update


def written(row: Row) -> list[str]:
    """Return the cells of an entry in full, an empty one where there is no number."""
    return ["" if cell is None else repr(cell) for cell in cells_of(row)]


def table_text(path: Path, entries: Iterable[int]) -> str:
    """Return some entries of a walk with tabs between the cells, as spreadsheets take it from the clipboard."""
    lines = [list(columns_of(path)), *(written(rows(path, entry, entry + 1)[0]) for entry in entries)]
    return "\n".join("\t".join(line) for line in lines)


def walks_csv(paths: Sequence[Path]) -> str:
    """Return all walks as far as they are known, one under the other, each row with the number of its walker.

    Parameters
    ----------
    paths : sequence of Path
        On the same function, at least one.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["walker", "optimizer", *columns_of(paths[0])])
    for number, path in enumerate(paths, 1):
        name = choice_name(type(path.walker))
        writer.writerows([number, name, *written(row)] for row in rows(path))
    return text.getvalue()


def save_walks(paths: Sequence[Path], file: FilePath) -> Message:
    """Write every step of all walks as CSV, and say so, or why that cannot be done."""
    for path in paths:
        path.extend_to(path.steps)
    try:
        file.write_text(walks_csv(paths), encoding="utf-8")
    except OSError as error:
        return say("{file} could not be written: {why}.", file=str(file), why=error.strerror or str(error))
    return say("Saved: {file}", file=str(file))
