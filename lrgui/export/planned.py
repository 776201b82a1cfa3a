"""A training that has not been run: its schedule, step by step, and code for it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config import TrainingConfig
from lrgui.core.schedules import cycled_momentum, momentums, rates
from lrgui.export.code import config_notebook, config_script
from lrgui.export.code_run import CodeRun
from lrgui.export.run_csv import table_csv
from lrgui.export.valid_json import to_json


def planned_script(config: TrainingConfig) -> str:
    """Return a script that does the training.

    Raises
    ------
    Refused
        Data or model are a person's own.
    """
    return config_script(config)


def planned_notebook(config: TrainingConfig) -> str:
    """Return the same as a notebook."""
    return config_notebook(config)


def planned_csv(config: TrainingConfig) -> str:
    """Return the rate of every step, and its momentum where that is cycled.

    Raises
    ------
    Refused
        How many steps there are is not known yet, or a formula gives no rate.
    """
    return table_csv(_columns(config))


def planned_json(config: TrainingConfig) -> str:
    """Return the same as JSON, with all settings."""
    columns = {name: column.tolist() for name, column in _columns(config).items()}
    return to_json(
        {"format": "lrgui schedule", "version": 1, "config": config.model_dump(mode="json"), "step": columns}
    )


def _columns(config: TrainingConfig) -> dict[str, NDArray[Any]]:
    run = CodeRun(config)
    step = np.arange(run.steps)
    table = rates(config.schedule, run.rate, run.steps, run.steps_per_epoch)
    columns: dict[str, NDArray[Any]] = {"step": step, "epoch": step // run.steps_per_epoch, "learning_rate": table}
    momentum = momentums(config.schedule, cycled_momentum(config.optimizer), run.steps, run.steps_per_epoch)
    return columns if momentum is None else {**columns, "momentum": momentum}
