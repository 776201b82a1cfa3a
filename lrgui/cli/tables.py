"""A run as a person reads it on a terminal."""

import math
from collections.abc import Sequence

import numpy as np
from rich.console import Console
from rich.table import Table

from lrgui.cli.options import typed_as
from lrgui.core.advice import Advice, advise
from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.config.experiment import Experiment
from lrgui.core.messages import Message, format_learning_rate, say
from lrgui.core.runs import Run
from lrgui.core.suggestions import Recommendation
from lrgui.core.sweeps import Sweep, pooled, sweeps_of

_CURVE_ROWS, _MOST_EPOCHS = 12, 25


def show_range_test(run: Run, console: Console) -> None:
    """Print the curve in a few rows, the verdict, what the rules suggest, and the recommendation."""
    if not isinstance(run.config, RangeTestConfig) or not len(run.steps):
        return
    sweeps = sweeps_of(run.steps)
    advice = advise(sweeps)
    console.print(_curve(run.config, sweeps[0]) if len(sweeps) == 1 else _median(run.config, sweeps))
    console.print(str(run.message), style="bold")
    console.print()
    console.print(_suggestions(advice))
    _show_recommendation(run.config, advice.recommended, console)
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


def _curve(config: RangeTestConfig, sweep: Sweep) -> Table:
    loss = "loss (this batch)" if config.batches_per_rate == 1 else "loss (mean of its batches)"
    table = _table("learning rate", loss, "smoothed loss", "accuracy")
    line = sweep.smoothed("losses", config.smoothing)
    for row in _spread(len(line)):
        numbers = (_number(values[row]) for values in (sweep.losses, line, sweep.accuracies))
        table.add_row(format_learning_rate(sweep.learning_rates[row]), *numbers)
    return table


def _median(config: RangeTestConfig, sweeps: Sequence[Sweep]) -> Table:
    table = _table("learning rate", f"median smoothed loss of {len(sweeps)} sweeps", "least", "most")
    rates, *columns = pooled(sweeps, smoothing=config.smoothing)
    for row in _spread(len(rates)):
        table.add_row(format_learning_rate(rates[row]), *(_number(column[row]) for column in columns))
    return table


def _spread(count: int) -> list[int]:
    """Return a few rows from the first to the last."""
    return sorted({round(row) for row in np.linspace(0, count - 1, _CURVE_ROWS)}) if count else []


def _suggestions(advice: Advice) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(str(say("rule")))
    table.add_column(str(say("learning rate")), justify="right")
    table.add_column(str(say("why")))
    for name, suggestion in advice.suggestions.items():
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
    epochs = run.epochs
    changes = "learning_rate_low" in epochs and (epochs["learning_rate_low"] != epochs["learning_rate_high"]).any()
    rates = "rate at its end" if changes else "learning rate"
    table = _table("epoch", "loss", "accuracy", "validation loss", "validation accuracy", rates)
    for row in _rows(len(epochs)):
        numbers = (_number(epochs[name][row]) for name in names)
        rate = format_learning_rate(epochs["learning_rate"][row])
        table.add_row(str(int(epochs["epoch"][row]) + 1), *numbers, rate)
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
