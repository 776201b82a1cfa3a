"""A run as a person reads it on a terminal."""

import math

import numpy as np
from rich.console import Console
from rich.table import Table

from lrgui.cli.options import typed_as
from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.config.experiment import Experiment
from lrgui.core.messages import Message, format_learning_rate, say
from lrgui.core.range_test import smoothed
from lrgui.core.runs import Run
from lrgui.core.suggestions import RULES, Recommendation, recommend

_CURVE_ROWS, _MOST_EPOCHS = 12, 25


def show_range_test(run: Run, console: Console) -> None:
    """Print the curve in a few rows, the verdict, what the rules suggest, and the recommendation."""
    if not isinstance(run.config, RangeTestConfig) or not len(run.steps):
        return
    rates, losses = run.steps["learning_rate"], run.steps["loss"]
    console.print(_curve(run.config, rates, losses))
    console.print(str(run.message), style="bold")
    console.print()
    console.print(_suggestions(rates, losses))
    _show_recommendation(run.config, recommend([(rates, losses)]), console)
    if "accuracy" in run.evaluation:
        console.print(str(say("After the sweep alone, {accuracy}", accuracy=_accuracy(run))))


def _show_recommendation(config: RangeTestConfig, recommended: Recommendation, console: Console) -> None:
    console.print()
    if recommended.learning_rate is None:
        console.print(str(recommended.reason))
        return
    best = say(
        "Recommended: {learning_rate:rate}; from {low:rate} to {high:rate} should do about as well.",
        learning_rate=recommended.learning_rate,
        low=recommended.low,
        high=recommended.high,
    )
    console.print(str(best), style="bold")
    console.print(str(recommended.reason))
    words = ["--learning-rate", format_learning_rate(recommended.learning_rate), *typed_as(Experiment, config)]
    console.print(str(say("Train at it: {command}", command="lrgui train " + " ".join(words))), soft_wrap=True)


def _curve(config: RangeTestConfig, rates: np.ndarray, losses: np.ndarray) -> Table:
    table = _table("learning rate", "loss (this batch)", "smoothed loss")
    line = smoothed(losses, config.smoothing)
    for row in sorted({round(row) for row in np.linspace(0, len(rates) - 1, _CURVE_ROWS)}):
        table.add_row(format_learning_rate(rates[row]), _number(losses[row]), _number(line[row]))
    return table


def _suggestions(rates: np.ndarray, losses: np.ndarray) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(str(say("rule")))
    table.add_column(str(say("learning rate")), justify="right")
    table.add_column(str(say("why")))
    for name, rule in RULES.items():
        suggestion = rule(rates, losses)
        rate = "-" if suggestion.learning_rate is None else format_learning_rate(suggestion.learning_rate)
        table.add_row(name, rate, str(suggestion.reason))
    return table


def show_training(run: Run, console: Console) -> None:
    """Print a row an epoch (some of them, if there are many), the verdict, and the accuracy at the end."""
    if not isinstance(run.config, TrainingConfig):
        return
    if len(run.epochs):
        console.print(_epochs(run))
    if run.message is not None:
        console.print(str(run.message), style="bold")
    if "accuracy" in run.evaluation:
        console.print(str(say("After {seconds:.1f} s, {accuracy}", seconds=run.seconds, accuracy=_accuracy(run))))


def _accuracy(run: Run) -> Message:
    return say("{accuracy:percent} of the examples not trained on are right.", accuracy=run.evaluation["accuracy"])


def _epochs(run: Run) -> Table:
    names = ("loss", "accuracy", "val_loss", "val_accuracy")
    table = _table("epoch", "loss", "accuracy", "validation loss", "validation accuracy", "learning rate")
    for row in _rows(len(run.epochs)):
        numbers = (_number(run.epochs[name][row]) for name in names)
        rate = format_learning_rate(run.epochs["learning_rate"][row])
        table.add_row(str(int(run.epochs["epoch"][row]) + 1), *numbers, rate)
    return table


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in titles:
        table.add_column(title, justify="right")
    return table


def _rows(epochs: int) -> list[int]:
    """Return every epoch, or of many the first, the last, and every second, third or tenth between."""
    stride = -(-epochs // _MOST_EPOCHS)
    return sorted({0, *range(stride - 1, epochs, stride), epochs - 1})


def _number(value: float) -> str:
    return f"{value:.4f}" if 1e-3 < abs(value) < 1e3 or not math.isfinite(value) else f"{value:.3g}"
