"""``lrgui find --confirm``: trainings at rates around the recommended one, and whether it was right."""

from dataclasses import replace
from typing import Any

from rich.console import Console
from rich.table import Table

from lrgui.cli.command import Command
from lrgui.cli.options import BadInput
from lrgui.cli.work import carry_out
from lrgui.core.advice import advice_of
from lrgui.core.comparison_presets import around
from lrgui.core.config import Execution, RangeTestConfig
from lrgui.core.config.comparison import MOST_SEEDS
from lrgui.core.messages import format_learning_rate, say
from lrgui.core.predicted import Confirmed, predicted_against_measured
from lrgui.core.runs import Run, RunStatus
from lrgui.core.store import Store

SEEDS = 4
"""The fewest with which one of five rates can be shown to be better than the predicted one."""

EPOCHS = 3


def seeds_of(typed: str | None) -> int | None:
    """Return how many seeds were asked for, or None where nothing is to be confirmed.

    Raises
    ------
    BadInput
        That is no number of seeds.
    """
    if typed is None:
        return None
    if not typed.isdecimal() or not 1 <= int(typed) <= MOST_SEEDS:
        told = say("--confirm {typed}: give a whole number of seeds from 1 to {most}.", typed=typed, most=MOST_SEEDS)
        raise BadInput(told)
    return int(typed)


def with_confirmation(
    command: Command, sweep: Run, seeds: int, compare: Command, execution: Execution, *, quiet: bool,
    store: Store | None,
) -> Command:  # fmt: skip
    """Train around what the sweep recommends, and return the command that also writes and prints what came of it.

    A sweep that was stopped, failed or recommends nothing is not confirmed.
    """
    assert isinstance(sweep.config, RangeTestConfig)
    if sweep.status not in (RunStatus.FINISHED, RunStatus.DIVERGED):
        return command
    predicted = advice_of(sweep).recommended.learning_rate
    if predicted is None:
        return replace(command, record=lambda run: {**command.record(run), "confirmed": None})
    config = around(sweep.config, predicted, EPOCHS, seeds)
    run = carry_out(compare, config, execution, quiet=quiet, store=store)
    confirmed = predicted_against_measured(run, predicted)

    def record(sweep: Run) -> dict[str, Any]:
        return {**command.record(sweep), "confirmed": {**_record(confirmed), "epochs": EPOCHS, "seeds": seeds}}

    def show(sweep: Run, console: Console) -> None:
        command.show(sweep, console)
        _show(confirmed, seeds, console)

    return replace(command, record=record, show=show)


def _record(confirmed: Confirmed) -> dict[str, Any]:
    columns = {"learning_rates": confirmed.rates, "accuracies": confirmed.accuracies}
    columns |= {"spreads": confirmed.spreads, "losses": confirmed.losses}
    return {
        "predicted": confirmed.predicted,
        "measured_best": confirmed.measured_best,
        **{name: column.tolist() for name, column in columns.items()},
        "message": str(confirmed.message),
    }


def _show(confirmed: Confirmed, seeds: int, console: Console) -> None:
    console.print()
    console.print(str(say("Predicted against measured: {epochs} epochs at each rate, {seeds} seeds.",
                          epochs=EPOCHS, seeds=seeds)))  # fmt: skip
    table = Table(box=None, pad_edge=False, header_style="dim")
    final = say("final {score}", score=confirmed.score.title)
    for title in (say("learning rate"), final, say("spread"), say("validation loss")):
        table.add_column(str(title), justify="right")
    table.add_column("")
    columns = (confirmed.rates, confirmed.accuracies, confirmed.spreads, confirmed.losses)
    for rate, accuracy, spread, loss in zip(*(column.tolist() for column in columns), strict=True):
        marks = [str(say("predicted"))] * (rate == confirmed.predicted)
        marks += [str(say("measured best"))] * (rate == confirmed.measured_best)
        known = accuracy == accuracy
        told = (str(confirmed.score.told(accuracy)), str(confirmed.score.told_spread(spread)), f"{loss:.3f}")
        numbers = told if known else ("-", "-", "-")
        table.add_row(format_learning_rate(rate), *numbers, ", ".join(marks))
    console.print(table)
    console.print(str(confirmed.message), style="bold", soft_wrap=True)
