"""A run as a person reads it on a terminal."""

import math
import shlex
from collections.abc import Sequence

import numpy as np
from rich.console import Console
from rich.table import Table

from lrgui.cli.options import typed_as
from lrgui.core.advice import Advice, advice_of
from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.config.experiment import Experiment
from lrgui.core.messages import Message, Text, format_learning_rate, say
from lrgui.core.runs import Run, RunStatus
from lrgui.core.scores import score_in
from lrgui.core.suggestions import Recommendation
from lrgui.core.sweeps import Sweep, pooled, sweeps_of

_CURVE_ROWS, _MOST_EPOCHS = 12, 25


def show_range_test(run: Run, console: Console) -> None:
    """Print the curve in a few rows, the verdict, what the rules suggest, and the recommendation."""
    if not isinstance(run.config, RangeTestConfig) or not len(run.steps):
        return
    sweeps = sweeps_of(run.steps)
    advice = advice_of(run)
    console.print(_curve(run.config, sweeps[0]) if len(sweeps) == 1 else _median(run.config, sweeps))
    if run.status is not RunStatus.FAILED:  # which is told on stderr
        console.print(str(run.message), style="bold")
    console.print()
    console.print(_suggestions(advice))
    _show_recommendation(run.config, advice.recommended, console)
    _show_peak(advice.peak, console)
    if run.evaluation:
        console.print(str(say("After the sweep alone, {score}", score=_score(run))))


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
    console.print(str(say("Train at it: {command}", command=shlex.join(["lrgui", "train", *words]))), soft_wrap=True)


def _show_peak(peak: Recommendation, console: Console) -> None:
    if peak.learning_rate is None:
        return
    told = say(
        "As the peak of a one-cycle or after a warm-up: {peak:rate}; from {low:rate} to {high:rate} should do as well.",
        peak=peak.learning_rate,
        low=peak.low,
        high=peak.high,
    )
    console.print(str(told))


def _curve(config: RangeTestConfig, sweep: Sweep) -> Table:
    loss = say("loss (this batch)") if config.batches_per_rate == 1 else say("loss (mean of its batches)")
    line = sweep.smoothed("losses", config.smoothing)
    accuracy = say("accuracy")
    columns = {loss: sweep.losses, say("smoothed loss"): line, accuracy: sweep.accuracies}
    if np.isnan(sweep.accuracies).all():  # where a number is predicted there is none
        del columns[accuracy]
    table = _table(say("learning rate"), *columns)
    for row in _spread(len(line)):
        numbers = (_number(values[row]) for values in columns.values())
        table.add_row(format_learning_rate(sweep.learning_rates[row]), *numbers)
    return table


def _median(config: RangeTestConfig, sweeps: Sequence[Sweep]) -> Table:
    table = _table(
        *(say("learning rate"), say("median smoothed loss of {count} sweeps", count=len(sweeps))),
        *(say("least"), say("most")),
    )
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
    if run.message is not None and run.status is not RunStatus.FAILED:  # a failure is told on stderr
        console.print(str(run.message), style="bold")
    if run.evaluation:
        console.print(str(say("After {seconds:.1f} s, {score}", seconds=run.seconds, score=_score(run))))


def _score(run: Run) -> Message:
    measured = run.evaluation
    if "accuracy" in measured:
        return say("{accuracy:percent} of the examples not trained on are right.", accuracy=measured["accuracy"])
    if "r2" in measured:
        return say(
            "R2 on the examples not trained on is {r2:.3f}, and the mean absolute error {error:.4g}.",
            r2=measured["r2"],
            error=measured["mae"],
        )
    return say("the loss on the examples not trained on is {loss:.4g}.", loss=measured["loss"])


def _epochs(run: Run) -> Table:
    epochs = run.epochs
    score = score_in(epochs)
    names = ("loss", score.name, "val_loss", score.of_validation)
    changes = "learning_rate_low" in epochs and (epochs["learning_rate_low"] != epochs["learning_rate_high"]).any()
    rates = say("rate at its end") if changes else say("learning rate")
    validation = say("validation {score}", score=score.title)
    table = _table(say("epoch"), say("loss"), score.title, say("validation loss"), validation, rates)
    for row in _rows(len(epochs)):
        numbers = (_number(epochs[name][row]) for name in names)
        rate = format_learning_rate(epochs["learning_rate"][row])
        table.add_row(str(int(epochs["epoch"][row]) + 1), *numbers, rate)
    return table


def _table(*titles: Text) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in titles:
        table.add_column(str(title), justify="right")
    return table


def _rows(epochs: int) -> list[int]:
    """Return every epoch, or of many the first, the last, and every second, third or tenth between."""
    stride = -(-epochs // _MOST_EPOCHS)
    return sorted({0, *range(stride - 1, epochs, stride), epochs - 1})


def _number(value: float) -> str:
    return f"{value:.4f}" if 1e-3 < abs(value) < 1e3 or not math.isfinite(value) else f"{value:.3g}"
