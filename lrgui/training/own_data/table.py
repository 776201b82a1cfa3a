"""Columns -> examples: missing values handled, categories encoded, the target taken apart."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config.dataset import CsvTable
from lrgui.core.messages import Message, Refused, say
from lrgui.training.own_data.columns import Column, TextTable, read_column
from lrgui.training.own_data.found import Found
from lrgui.training.own_data.npy import MOST_BYTES
from lrgui.training.own_data.splitting import check_count, held_back, told
from lrgui.training.own_data.targets import as_target
from lrgui.training.raw import Raw

_WAYS = {"mean": say("the mean"), "median": say("the median"), "mode": say("the most frequent value")}

_NAMED = 20
"""So many empty columns are named one by one."""

MOST_CATEGORIES = 50
"""A column of text with more different values is no category: a name, or a number of its own for each row."""


def encode(table: TextTable, dataset: CsvTable) -> Found:
    """Return the examples of a table.

    Raises
    ------
    Refused
        A column cannot be taken for what it is to be, or nothing is left.
    """
    target_name = _target(table, dataset.target)
    names = _features(table, dataset.features, target_name)
    target = read_column(table, target_name, dataset.decimal)
    features = [read_column(table, name, dataset.decimal) for name in names]
    notes: list[Message] = []
    features = _without_empty(features, table.file, notes)
    keep = ~target.missing
    if lost := int(np.count_nonzero(~keep)):
        notes.append(say("{count:,} rows without a target were left out.", count=lost))
    keep &= _complete(features, keep, dataset, notes)
    if not keep.any():
        raise Refused(
            say(
                "{file} has a missing value in every row: let the mean, median or most frequent value stand in for "
                "them, or leave columns out.",
                file=table.file,
            )
        )
    check_count(int(np.count_nonzero(keep)), table.file)
    where = say("The target '{name}' of {file}", name=target_name, file=table.file)
    taken = as_target(target.values[keep], dataset.task, where)
    back = held_back(taken.labels, dataset.validation_share, dataset.split_seed)
    _check_room(features, int(np.count_nonzero(keep)), table.file)
    encoded = [_encoded(Column(each.name, each.values[keep]), ~back, dataset.missing) for each in features]
    inputs = np.concatenate([columns for _, columns in encoded], axis=1)
    told_split = told(int(np.count_nonzero(~back)), int(np.count_nonzero(back)), dataset.split_seed)
    raw = Raw(
        (inputs[~back], taken.labels[~back]),
        (inputs[back], taken.labels[back]),
        standardized=dataset.standardize,
        feature_names=tuple(name for named, _ in encoded for name in named),
        standardized_target=dataset.standardize_target,
        notes=(taken.note, *notes, *_about_categories(features), told_split),
    )
    return Found(raw, "table", taken.class_names)


def _target(table: TextTable, wanted: str) -> str:
    return list(table.columns)[-1] if not wanted else _found(table, wanted)


def _features(table: TextTable, wanted: str, target: str) -> list[str]:
    if not wanted:
        return [name for name in table.columns if name != target]
    names = [_found(table, name.strip()) for name in wanted.split(";") if name.strip()]
    if target in names:
        raise Refused(
            say(
                "'{name}' of {file} is the target, and cannot be a feature too: leave it out of the features.",
                name=target,
                file=table.file,
            )
        )
    return names


def _found(table: TextTable, wanted: str) -> str:
    names = list(table.columns)
    if wanted in names:
        return wanted
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    raise Refused(
        say(
            "{file} has no column '{name}': it has {columns}.",
            file=table.file,
            name=wanted,
            columns=", ".join(names[:20]) + (", ..." if len(names) > 20 else ""),
        )
    )


def _without_empty(features: Sequence[Column], file: str, notes: list[Message]) -> list[Column]:
    kept = [each for each in features if not each.missing.all()]
    empty = [each.name for each in features if each.missing.all()]
    notes.extend(say("Column '{name}' is empty, and was left out.", name=name) for name in empty[:_NAMED])
    if (more := len(empty) - _NAMED) > 0:
        notes.append(say("{count:,} more columns are empty, and were left out.", count=more))
    if not kept:
        raise Refused(say("{file} has no feature with a value: choose other features.", file=file))
    for each in kept:
        different = len(set(each.values[~each.missing])) if each.text else 0
        if different > MOST_CATEGORIES:
            raise Refused(
                say(
                    "Column '{name}' of {file} has {count:,} different texts, too many for categories: name the "
                    "features to learn from, without it.",
                    name=each.name,
                    file=file,
                    count=different,
                )
            )
    return kept


def _complete(
    features: Sequence[Column], keep: NDArray[np.bool_], dataset: CsvTable, notes: list[Message]
) -> NDArray[np.bool_]:
    """Return which rows stay for the sake of missing features, and note what is done about those."""
    missing = {each.name: int(np.count_nonzero(each.missing & keep)) for each in features}
    missing = {name: count for name, count in missing.items() if count}
    if not missing:
        return keep
    values, columns = sum(missing.values()), ", ".join(list(missing)[:5]) + (", ..." if len(missing) > 5 else "")
    if dataset.missing != "drop":
        stands_in = _WAYS[dataset.missing]
        notes.append(
            say(
                "{values:,} missing values ({columns}): {way} stands in.",
                values=values,
                columns=columns,
                way=stands_in,
            )
        )
        return keep
    complete = ~np.any([each.missing for each in features], axis=0)
    rows = int(np.count_nonzero(keep & ~complete))
    notes.append(
        say(
            "{values:,} missing values ({columns}): {rows:,} rows were left out.",
            values=values,
            columns=columns,
            rows=rows,
        )
    )
    return complete


def _check_room(features: Sequence[Column], rows: int, file: str) -> None:
    """Refuse what takes too much memory when each category has a column of its own."""
    columns = sum(len(set(each.values[~each.missing])) if each.text else 1 for each in features)
    if (size := 8 * rows * columns) > MOST_BYTES:
        raise Refused(
            say(
                "{file} takes {size:.1f} GB of memory with a column for each category, more than {most:.0f} GB: name "
                "fewer features, or take a part of the rows.",
                file=file,
                size=size / 1e9,
                most=MOST_BYTES / 1e9,
            )
        )


def _encoded(column: Column, train: NDArray[np.bool_], way: str) -> tuple[list[str], NDArray[np.float64]]:
    """Return a column as numbers, shape (n, k), with its names: itself, or one column for each category."""
    values, missing = column.values.copy(), column.missing
    if missing.any():
        values[missing] = _stand_in(column, train & ~missing, way)
    if not column.text:
        return [column.name], values[:, np.newaxis]
    categories = sorted(set(values))
    return [f"{column.name}={each}" for each in categories], np.stack(
        [(values == each).astype(np.float64) for each in categories], axis=1
    )


def _stand_in(column: Column, known: NDArray[np.bool_], way: str) -> Any:
    """Return what stands in for missing values, as measured on the training part; all of it if that has none."""
    values = column.values[known] if known.any() else column.values[~column.missing]
    if column.text or way == "mode":
        different, counts = np.unique(values.astype(str) if column.text else values, return_counts=True)
        return different[counts.argmax()]
    return np.median(values) if way == "median" else values.mean()


def _about_categories(features: Sequence[Column]) -> Iterator[Message]:
    names = [each.name for each in features if each.text]
    if names:
        yield say("Categories, one column for each value: {columns}.", columns=", ".join(names))
