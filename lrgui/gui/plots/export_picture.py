"""Pictures for other programs: of a run, drawn anew, or of a plot of the window as it stands there."""

from pathlib import Path

from PySide6.QtGui import QImage, QPainter

from lrgui.core.config import ComparisonConfig, RangeTestConfig, TrainingConfig
from lrgui.core.messages import Refused, Text, say
from lrgui.core.runs import Run
from lrgui.gui.plots.picture import TITLE_HEIGHT, draw_plot, draw_title, names_fit, panel
from lrgui.gui.plots.picture_key import Key
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.sheet import LARGEST, SMALLEST, STANDARD, Size, blank, light_and_offscreen, sheet, units_of


def render(run: Run, path: Path, size: Size = STANDARD) -> None:
    """Draw a run of any kind, with whatever it has measured.

    Parameters
    ----------
    run : Run
        A sweep, a training or a comparison.
    path : Path
        Where to write it; its ending decides between ``.svg`` and PNG.
    size : tuple of int
        Width and height in pixels, each from ``SMALLEST`` to ``LARGEST``; exactly so large is the picture.

    Raises
    ------
    OSError
        The file cannot be written.
    Refused
        Nobody has a picture so large or small, or for such a run.
    """
    check_size(size)
    if isinstance(run.config, RangeTestConfig):
        from lrgui.gui.plots.picture import draw_range_test

        draw_range_test(run, path, size)
    elif isinstance(run.config, TrainingConfig):
        from lrgui.gui.plots.picture import draw_training

        draw_training(run, path, size)
    elif isinstance(run.config, ComparisonConfig):
        from lrgui.gui.plots.comparison_picture import draw_comparison

        draw_comparison(run, path, size)
    else:
        raise Refused(say("There is no picture of a run whose settings cannot be read."))


def check_size(size: Size) -> None:
    """Make sure that a picture can be so large.

    Raises
    ------
    Refused
        A side is too short or too long.
    """
    if not all(SMALLEST <= side <= LARGEST for side in size):
        raise Refused(
            say(
                "A picture of {width} x {height} pixels cannot be drawn: each side takes {least} to {most}.",
                width=size[0],
                height=size[1],
                least=SMALLEST,
                most=LARGEST,
            )
        )


def render_plot(plot: Plot, title: Text, path: Path, size: Size = STANDARD) -> None:
    """Draw a plot of the window as it is shown there, with its zoom and all that lies over it.

    Parameters
    ----------
    plot : Plot
        It stays as it is.
    title : Message or str
        The line above it; empty for none.
    path, size
        See ``render``.

    Raises
    ------
    OSError
        The file cannot be written.
    Refused
        Nobody has a picture so large or small.
    """
    check_size(size)
    with light_and_offscreen(), sheet(path, size, title or plot.accessibleName()) as painter:
        _draw(plot, title, painter, size)


def image_of(plot: Plot, size: Size) -> QImage:
    """Return a plot of the window as a picture for the clipboard, as large as it is."""
    with light_and_offscreen():
        image = blank(size)
        painter = QPainter(image)
        _draw(plot, "", painter, size)
        painter.end()
    return image


def _draw(plot: Plot, title: Text, painter: QPainter, size: Size) -> None:
    width, height = units_of(size)
    top = 0 if str(title) else -TITLE_HEIGHT
    if str(title):
        draw_title(painter, title, width)
    room = panel(0, top, width, height - TITLE_HEIGHT - top)
    if names_fit(plot, room):
        draw_plot(plot, painter, room)
        return
    key = Key(plot.named(), room.width())
    key.draw(painter, room.left(), room.top())
    plot.leave_names(True)
    try:
        draw_plot(plot, painter, room.adjusted(0, key.height, 0, 0))
    finally:
        plot.leave_names(False)
