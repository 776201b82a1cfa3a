"""A table of text -> columns, by Python's own ``csv``.

pandas would read a large file faster, but nothing else here needs it: 60 MB more to install, and half a second more to
import, for a step that is done once.
"""

import csv
import io
from collections.abc import Sequence

from lrgui.core.config.dataset import CsvTable
from lrgui.core.csv_text import LOOKED_AT, SEPARATORS, distinct, guessed_separator, names_columns, text_of
from lrgui.core.messages import Refused, say
from lrgui.training.own_data.columns import TextTable
from lrgui.training.own_data.found import Found
from lrgui.training.own_data.table import encode

MOST_COLUMNS = 20_000
"""Each is read and judged by itself: so many take half a second."""


def read_csv(dataset: CsvTable) -> Found:
    """Return the examples of a table; see ``CsvTable`` for what its fields mean.

    Raises
    ------
    Refused
        The file is no table, or nothing can be learned from it.
    csv.Error
        It is damaged.
    """
    text = text_of(dataset.file, dataset.label)
    separator = SEPARATORS.get(dataset.separator) or guessed_separator(text)
    _check_count(text[:LOOKED_AT], separator, dataset.label)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = [row for row in reader if any(cell.strip() for cell in row)]
    if not rows:
        raise Refused(say("{file} is empty: choose a table with rows and columns.", file=dataset.label))
    if len(rows[0]) < 2:
        raise Refused(
            say(
                "{file} has one column only, and needs a target and a feature: if something else than {separator} "
                "parts the values, say so with the separator.",
                file=dataset.label,
                separator=next(name for name, sign in SEPARATORS.items() if sign == separator),
            )
        )
    _check_widths(rows, dataset.label)
    headed = dataset.header == "yes" or (dataset.header == "automatic" and names_columns(rows[0], dataset.decimal))
    names = distinct(rows[0]) if headed else [str(say("column {number}", number=i + 1)) for i in range(len(rows[0]))]
    body = rows[1:] if headed else rows
    if not body:
        raise Refused(say("{file} has a header and no rows: choose a table with examples.", file=dataset.label))
    columns = dict(zip(names, map(list, zip(*body, strict=True)), strict=True))
    return encode(TextTable(dataset.label, columns, first_row=2 if headed else 1), dataset)


def _check_count(beginning: str, separator: str, file: str) -> None:
    """Refuse too many columns before all rows are held as text: what is longer than the beginning has long values."""
    first: list[str] = next(csv.reader(io.StringIO(beginning.lstrip(), newline=""), delimiter=separator), [])
    if len(first) > MOST_COLUMNS:
        raise Refused(
            say(
                "{file} has more than {most:,} columns: save it as .npz with x and y, or leave columns out.",
                file=file,
                most=MOST_COLUMNS,
            )
        )


def _check_widths(rows: Sequence[Sequence[str]], file: str) -> None:
    wide = len(rows[0])
    for number, row in enumerate(rows, 1):
        if len(row) != wide:
            raise Refused(
                say(
                    "{file} has {found} values in row {row}, and {wide} in the first: correct the row, or say what "
                    "parts the values.",
                    file=file,
                    found=len(row),
                    row=number,
                    wide=wide,
                )
            )
