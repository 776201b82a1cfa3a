"""Walks on a function as a PNG file: the paths, and loss and rate of each step."""

from collections.abc import Sequence
from pathlib import Path as FilePath

import numpy as np
from PySide6.QtCore import Qt

from lrgui.core.config.fields import choice_name
from lrgui.core.descent import Path
from lrgui.gui.plots.contour_plot import landscape_of
from lrgui.gui.plots.descent_plot import axis_titles
from lrgui.gui.plots.picture import TITLE_HEIGHT, Size, light_and_offscreen, panel, save_panels
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.trails import Trail, Trails


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
        function, place = paths[0].function, _on_the_function(paths)
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


def _on_the_function(paths: Sequence[Path]) -> Plot:
    function = paths[0].function
    plot = Plot(*axis_titles(function), robust=False)
    plot.add(landscape_of(plot.data_changed, function)).take_in(path.w for path in paths)
    for number, path in enumerate(paths):
        # Names in the legend; trails are drawn, for a curve thins out a long line as if it never turned back.
        plot.curve(_name(path, number), f"series{number}", width=2, symbol="o")
    trails = plot.add(Trails(plot.data_changed))
    trails.show([Trail(path, number, selected=False) for number, path in enumerate(paths) if path.known])
    trails.position = max(path.known for path in paths)
    return plot


def _over_steps(paths: Sequence[Path], title: str, columns: Sequence[np.ndarray]) -> Plot:
    plot = Plot("step", title, whole_x=True)
    styles = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine
    for number, (path, values) in enumerate(zip(paths, columns, strict=True)):
        curve = plot.curve(_name(path, number), f"series{number}", width=2, style=styles[number % 2])
        curve.set(np.arange(len(values)), values)
    return plot


def _name(path: Path, number: int) -> str:
    return f"{number + 1} {path.walker.title} ({choice_name(type(path.walker.schedule))})"
