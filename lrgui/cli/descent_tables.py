"""Walks on a function as plain data for other programs, and as tables for a person."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from lrgui.core.config.fields import choice_name
from lrgui.core.descent import Path, Row, regime, rows, stability
from lrgui.core.functions.function import Point
from lrgui.core.messages import Message, format_learning_rate, plainly, say

_MOST_ROWS = 14


def record(paths: Sequence[Path]) -> dict[str, Any]:
    """Return all entries of all walkers, and the function that they walk on, as plain data."""
    function = paths[0].function
    return {
        "function": {
            "name": function.name,
            "formula": function.formula,
            "variables": list(function.variables),
            "derivatives": list(function.derivatives),
            "minima": [{"w": _place(m.position), "f": m.value, "deepest": m.deepest} for m in function.minima],
        },
        "steps": paths[0].steps,
        "seed": paths[0].seed,
        "walkers": [_walker(path) for path in paths],
    }


def _walker(path: Path) -> dict[str, Any]:
    return {
        "name": choice_name(type(path.walker)),
        "fields": path.walker.model_dump(mode="json"),
        "step": list(range(path.known)),
        "w": [_place(tuple(entry)) for entry in path.w.tolist()],
        "f": path.f.tolist(),
        "gradient": [_place(tuple(entry)) for entry in path.gradient.tolist()],
        "learning_rate": path.learning_rate.tolist(),
        "ended": plainly(path.ended.message) if path.ended else None,
    }


def _place(point: Point) -> Any:
    """Return a number in one variable, a list of two in two."""
    return point[0] if len(point) == 1 else list(point)


def show(paths: Sequence[Path], console: Console) -> None:
    """Print the function, and for each walker its steps and how it ended."""
    function = paths[0].function
    console.print(f"{function.title}: {function.formula}", style="bold", soft_wrap=True)
    for variable, text in zip(function.variables, function.derivatives, strict=True):
        console.print(str(say("derivative by {name}: {text}", name=variable, text=text)), soft_wrap=True)
    for path in paths:
        console.print()
        console.print(str(_heading(path)), style="bold", soft_wrap=True)
        if path.known:
            console.print(_table(path))
        console.print(str(_how_it_ended(path)), soft_wrap=True)


def _heading(path: Path) -> Message:
    walker, place = path.walker, path.start
    named = say("{title}, rate {rate:rate}", title=walker.title, rate=walker.learning_rate)
    limits, what = stability(walker, path.function, place), regime(walker, path.function, place, walker.learning_rate)
    if limits.limit is None or what is None:
        return named
    return say(
        "{named}; at the start {formula} = {limit:rate}: there the rate {regime}",
        named=named,
        formula=limits.formula,
        limit=limits.limit,
        regime=what.message,
    )


def _how_it_ended(path: Path) -> Message:
    if path.ended is not None:
        return path.ended.message
    return say("Still on its way after {steps} steps.", steps=path.steps)


def _table(path: Path) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in (say("step"), "w", "f(w)", say("gradient"), say("learning rate"), say("update")):
        table.add_column(str(title), justify="right")
    for entry in _spread(path.known):
        table.add_row(*_cells(rows(path, entry, entry + 1)[0]))
    return table


def _spread(known: int) -> list[int]:
    if known <= _MOST_ROWS + 7:
        return list(range(known))
    return sorted({round(place * (known - 1) / _MOST_ROWS) for place in range(_MOST_ROWS + 1)})


def _cells(row: Row) -> list[str]:
    update = "" if row.update is None else _written(row.update)
    rate = format_learning_rate(row.learning_rate, 4)
    return [str(row.step), _written(row.w), f"{row.f:.6g}", _written(row.gradient), rate, update]


def _written(point: Point) -> str:
    return " ".join(f"{part:.6g}" for part in point)
