"""The text of a table, and its first rows as they stand: what is looked at before a table is read."""

import csv
import gzip
import io
import itertools
import math
import zlib
from collections.abc import Sequence
from pathlib import Path

from lrgui.core.messages import Refused, say

MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "?", "-", "#n/a"})
"""What stands for a missing value, in small letters."""

MOST_BYTES = 400_000_000
"""Larger tables take too much memory as text."""

SEPARATORS = {"tab": "\t", "semicolon": ";", "bar": "|", "comma": ",", "space": " "}
"""In the order in which they are tried: a decimal comma is no separator where semicolons part the values."""

LOOKED_AT = 1 << 18
"""So many letters at the beginning tell how a table is written."""

_SAMPLE_ROWS = 50


def first_rows(path: Path, count: int, separator: str = "automatic") -> list[list[str]]:
    """Return the first rows of a table as they stand, without checks; to be looked at.

    Raises
    ------
    Refused, OSError, csv.Error
        There is nothing to be seen.
    """
    text = text_of(path, path.name, most=LOOKED_AT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATORS.get(separator) or guessed_separator(text))
    return list(itertools.islice(reader, count))


def text_of(path: Path, file: str, most: int | None = None) -> str:
    """Return what a table says, or the beginning of it; also of one that is compressed by gzip.

    Raises
    ------
    Refused
        It is empty, too large, or no text.
    OSError
        It cannot be read.
    """
    if path.is_dir():
        raise Refused(say("{file} is a folder, and no table: choose the file in it.", file=file))
    content = _content(path, file, most)
    if not content.strip():
        raise Refused(say("{file} is empty: choose a table with rows and columns.", file=file))
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    if encoding == "utf-8-sig" and b"\0" in content:
        raise Refused(say("{file} is no text: save the table as csv (comma-separated, UTF-8).", file=file))
    try:
        return content.decode(encoding, "ignore" if most else "strict")
    except UnicodeDecodeError as error:
        raise Refused(
            say(
                "{file} is not written in UTF-8 (byte {place:,}): save the table as csv UTF-8.",
                file=file,
                place=error.start,
            )
        ) from error


def _content(path: Path, file: str, most: int | None) -> bytes:
    limit = most or MOST_BYTES + 1
    try:
        with gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb") as stream:
            content = stream.read(limit)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Refused(say("{file} is no sound gzip file: copy it again, or unpack it.", file=file)) from error
    if len(content) > MOST_BYTES:
        raise Refused(
            say(
                "{file} is larger than {most} MB, too large for a table of text: save it as .npz with x and y, or take "
                "a part of its rows.",
                file=file,
                most=MOST_BYTES // 1_000_000,
            )
        )
    return content


def guessed_separator(text: str) -> str:
    """Return the first separator by which the first rows have equally many values, at least two; else a comma."""
    for separator in SEPARATORS.values():
        reader = csv.reader(io.StringIO(text[:LOOKED_AT], newline=""), delimiter=separator)
        try:
            widths = {len(row) for row in itertools.islice(filter(None, reader), _SAMPLE_ROWS)}
        except csv.Error:
            continue
        if len(widths) == 1 and widths.pop() > 1:
            return separator
    return ","


def names_columns(row: Sequence[str], decimal: str) -> bool:
    """Return whether a row can be the header: no value in it is a number or missing."""
    return not any(cell.strip().lower() in MISSING or number(cell, decimal) is not None for cell in row)


def number(cell: str, decimal: str) -> float | None:
    """Read a number as it is written, or None."""
    try:
        found = float(cell.replace(",", ".") if decimal == "comma" else cell)
    except ValueError:
        return None
    return None if math.isnan(found) else found


def distinct(names: Sequence[str]) -> list[str]:
    """Return the names of columns without blanks around them, each once."""
    found: dict[str, None] = {}  # however many columns there are, each is looked for once
    for place, name in enumerate((each.strip() for each in names), 1):
        name = name or f"column {place}"
        while name in found:
            name = f"{name} ({place})"
        found[name] = None
    return list(found)
