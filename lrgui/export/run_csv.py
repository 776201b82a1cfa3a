"""Tables as CSV: every number in full, so that it is read back as it was."""

import csv
import io
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.runs import Run
from lrgui.export.tables import step_table

_LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def run_csv(run: Run) -> str:
    """Return every step of a run, and in the row of an epoch's last step what the epoch measured.

    What is not a number is written as ``nan`` or ``inf``, what was not measured is left empty.
    """
    return table_csv(step_table(run))


def table_csv(columns: Mapping[str, NDArray[Any]]) -> str:
    """Return columns of the same length, under their names."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*map(_written, columns.values()), strict=True))
    return text.getvalue()


def _written(column: NDArray[Any]) -> list[str]:
    if column.dtype == object:
        return [_harmless(str(value)) for value in column]
    if not isinstance(column, np.ma.MaskedArray):
        return list(map(repr, column.tolist()))
    written = [""] * len(column)
    for place in np.flatnonzero(~np.ma.getmaskarray(column)).tolist():
        written[place] = repr(column.data[place].item())
    return written


def _harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; it may come from another computer."""
    return f"'{text}" if text.startswith(_LOOKS_LIKE_A_FORMULA) else text
