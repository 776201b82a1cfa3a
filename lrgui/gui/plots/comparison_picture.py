"""A comparison as a picture: median and range of each arm."""

from pathlib import Path

from lrgui.core.comparison import curve
from lrgui.core.config import ComparisonConfig
from lrgui.core.messages import Message, joined, say
from lrgui.core.runs import Run
from lrgui.core.scores import score_in
from lrgui.gui.plots.picture import TITLE_HEIGHT, panel, save_panels
from lrgui.gui.plots.picture_key import Key
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.series_look import dashes_of, symbol_of
from lrgui.gui.plots.sheet import STANDARD, Size, light_and_offscreen, units_of


def draw_comparison(run: Run, path: Path, size: Size = STANDARD) -> None:
    """Draw the loss, what the validation data say, and the learning rate of each arm over its steps.

    Parameters
    ----------
    run : Run
        Of kind ``comparison``; with whatever it measured.
    path : Path
        Where to write it, as PNG or, where it ends so, as SVG.
    size : tuple of int
        Width and height in pixels.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    config = run.config
    assert isinstance(config, ComparisonConfig)
    with light_and_offscreen():
        width, height = units_of(size)
        score = score_in(run.epochs)
        title = say("validation accuracy") if score.share else say("validation R2")
        plots = [
            _plot(run, config, "loss", say("loss")),
            _plot(run, config, score.of_validation, title),
            _plot(run, config, "learning_rate", say("learning rate")),
        ]
        whole = panel(0, 0, width, height - TITLE_HEIGHT)
        # Once for all three, and whole: the names of arms are long.
        key = Key(plots[0].named(), whole.width())
        for plot in plots:
            plot.leave_names(True)
        below = height - TITLE_HEIGHT - key.height
        upper = key.height + round(below * 0.6)
        rooms = [
            panel(0, key.height, width / 2, upper - key.height),
            panel(width / 2, key.height, width / 2, upper - key.height),
            panel(0, upper, width, height - TITLE_HEIGHT - upper),
        ]
        seeds = say("{seeds} seeds: median and range", seeds=config.seeds)
        about = joined((config.dataset.title, config.model.title, seeds), "  ·  ")
        panels = list(zip(plots, rooms, strict=True))
        told = say("Comparison: {about}", about=about)
        save_panels(told, panels, path, size, lambda painter: key.draw(painter, whole.left(), whole.top()))


def _plot(run: Run, config: ComparisonConfig, column: str, title: Message) -> Plot:
    plot = Plot(say("step"), title, whole_x=True, robust=column == "loss")
    history = run.epochs if column in run.epochs and column not in run.steps else run.steps
    removed = {end.arm for end in run.arm_ends if end.how == "removed"}
    for arm, name in enumerate(config.names):
        if arm in removed:
            continue
        line = curve(history, arm, column)
        if config.seeds > 1:
            plot.band("", f"series{arm}").set(line.step, line.low, line.high)
        symbol = symbol_of(arm) if history is run.epochs else None
        plot.curve(name, f"series{arm}", width=2.5, style=dashes_of(arm), symbol=symbol).set(line.step, line.median)
    return plot
