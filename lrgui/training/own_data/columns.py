"""Columns of a table as they stand in its text, and what they are taken for: numbers, or words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.csv_text import MISSING
from lrgui.core.messages import Refused, say
from lrgui.training.own_data.npy import LARGEST


@dataclass(frozen=True)
class TextTable:
    """Columns of text by name, all of the same length, and the number of the first row in the file."""

    file: str
    columns: dict[str, list[str]]
    first_row: int


@dataclass(frozen=True, eq=False)
class Column:
    """One column: float64 with NaN where a value is missing, or text (objects) with None."""

    name: str
    values: NDArray[Any]

    @property
    def text(self) -> bool:
        """Whether it holds text."""
        return self.values.dtype == object

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Where values are missing, shape (n,)."""
        return np.array([value is None for value in self.values]) if self.text else np.isnan(self.values)


def read_column(table: TextTable, name: str, decimal: str) -> Column:
    """Read a column as numbers, if most of its values are some, else as text.

    Raises
    ------
    Refused
        It holds numbers, but not in every row, or such as nothing can be computed with.
    """
    texts = [text.strip() for text in table.columns[name]]
    written = [text.replace(",", ".") for text in texts] if decimal == "comma" else texts
    values, others = _as_numbers(written)
    if len(others) > np.count_nonzero(~np.isnan(values)):
        return Column(name, np.array([None if text.lower() in MISSING else text for text in texts], object))
    if others:
        raise Refused(
            say(
                "Column '{name}' of {file} holds numbers, but '{text}' in row {row}: correct it, empty it, or leave "
                "the column out of the features.",
                name=name,
                file=table.file,
                text=written[others[0]],
                row=others[0] + table.first_row,
            )
        )
    _check_finite(values, table, name)
    return Column(name, values)


def _as_numbers(texts: Sequence[str]) -> tuple[NDArray[np.float64], list[int]]:
    """Return the numbers, NaN where there is none, and the places of what is neither a number nor missing."""
    values, others = np.full(len(texts), np.nan), []
    for place, text in enumerate(texts):
        try:
            values[place] = float(text)
        except ValueError:
            if text.lower() not in MISSING:
                others.append(place)
    return values, others


def _check_finite(values: NDArray[np.float64], table: TextTable, name: str) -> None:
    if len(infinite := np.flatnonzero(np.isinf(values))):
        raise Refused(
            say(
                "Column '{name}' of {file} is infinite in row {row}: correct it, or empty it.",
                name=name,
                file=table.file,
                row=int(infinite[0]) + table.first_row,
            )
        )
    if len(large := np.flatnonzero(np.abs(values) > LARGEST)):
        raise Refused(
            say(
                "Column '{name}' of {file} has a number in row {row} that is too large to compute with, beyond "
                "{most:.1e}: correct it, or empty it.",
                name=name,
                file=table.file,
                row=int(large[0]) + table.first_row,
                most=LARGEST,
            )
        )
