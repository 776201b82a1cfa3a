"""Walks on a function as a PNG file: the paths, and loss and rate of each step."""

from collections.abc import Sequence
from pathlib import Path as FilePath

import numpy as np
from PySide6.QtCore import Qt

from lrgui.core.config.fields import choice_name
from lrgui.core.descent import Path
from lrgui.gui.plots.picture import TITLE_HEIGHT, Size, light_and_offscreen, panel, save_panels
from lrgui.gui.plots.plot import Plot

_PLACES = 800


def draw_descent(paths: Sequence[Path], file: FilePath, size: Size = (1280, 720)) -> None:
    """Draw walkers on a function of one or two variables.

    Parameters
    ----------
    paths : sequence of Path
        On the same function, at least one; what is computed of them is drawn.
    file : pathlib.Path
        Where to write the PNG.
    size : tuple of int
        Width and height in pixels.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    with light_and_offscreen():
        function = paths[0].function
        place = _on_a_line(paths) if len(function.variables) == 1 else _on_a_plane(paths)
        width, height = size
        left, room = round(width * 0.58), height - TITLE_HEIGHT
        panels = [
            (place, panel(0, 0, left, room)),
            (_over_steps(paths, "loss", [path.f for path in paths]), panel(left, 0, width - left, room / 2)),
            (
                _over_steps(paths, "learning rate", [path.learning_rate for path in paths]),
                panel(left, room / 2, width - left, room / 2),
            ),
        ]
        save_panels(f"Descent: {function.title}", panels, file, size)


def _on_a_line(paths: Sequence[Path]) -> Plot:
    function = paths[0].function
    ((low, high),) = function.view
    # As far as the walkers went, but not after one that was flung away.
    reach = np.concatenate([path.w[:, 0] for path in paths])
    seen = reach[(reach > low - (high - low)) & (reach < high + (high - low))]
    x = np.linspace(min(low, *seen), max(high, *seen), _PLACES)
    plot = Plot("x", "f(x)", whole_x=False)
    plot.curve(function.title, "raw", width=2).set(x, function.value(x))
    for number, path in enumerate(paths):
        near = (path.w[:, 0] >= x[0]) & (path.w[:, 0] <= x[-1])
        _walk(plot, path, number, path.w[near, 0], path.f[near])
    return plot


def _on_a_plane(paths: Sequence[Path]) -> Plot:
    function = paths[0].function
    plot = Plot("x", "y", whole_x=False)
    (left, right), (low, high) = function.view
    if function.minima:
        places = np.array([minimum.position for minimum in function.minima])
        plot.curve("minimum", "text", symbol="d", line=False).set(places[:, 0], places[:, 1])
    for number, path in enumerate(paths):
        x, y = path.w.T
        near = (x >= 2 * left - right) & (x <= 2 * right - left) & (y >= 2 * low - high) & (y <= 2 * high - low)
        _walk(plot, path, number, x[near], y[near])
    return plot


def _walk(plot: Plot, path: Path, number: int, x: np.ndarray, y: np.ndarray) -> None:
    plot.curve(_name(path, number), f"series{number}", width=1.5, symbol="o").set(x, y)


def _over_steps(paths: Sequence[Path], title: str, columns: Sequence[np.ndarray]) -> Plot:
    plot = Plot("step", title, whole_x=True)
    styles = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine
    for number, (path, values) in enumerate(zip(paths, columns, strict=True)):
        curve = plot.curve(_name(path, number), f"series{number}", width=2, style=styles[number % 2])
        curve.set(np.arange(len(values)), values)
    return plot


def _name(path: Path, number: int) -> str:
    return f"{number + 1} {path.walker.title} ({choice_name(type(path.walker.schedule))})"
