"""A run as a script or a notebook that reproduces it where this program is not installed."""

from collections.abc import Mapping
from typing import Any

from lrgui.core.advice import advice_of
from lrgui.core.config import ComparisonConfig, Experiment, RangeTestConfig, TrainingConfig
from lrgui.core.config.base import Config
from lrgui.core.messages import Message, Refused, format_learning_rate, plainly, say
from lrgui.core.runs import Run
from lrgui.core.store.kept import Kept
from lrgui.core.store.origin import versions
from lrgui.core.store.plain import from_json
from lrgui.export.cells import Cell, as_notebook, as_script
from lrgui.export.comparison_code import comparison_cells
from lrgui.export.data_code import why_no_code
from lrgui.export.model_code import why_no_model
from lrgui.export.sweep_code import sweep_cells
from lrgui.export.training_code import training_cells

NEEDS = "Needs Keras 3 with TensorFlow, NumPy and scikit-learn, and nothing of the program that wrote it."


def why_no_script(config: Config) -> Message | None:
    """Say why no code can reproduce what a config asks; None if it can."""
    if isinstance(config, ComparisonConfig | RangeTestConfig | TrainingConfig):
        return why_no_code(config.dataset) or why_no_model(config.model)
    return say("This program does not know the settings of this run: it cannot write code for them.")


def run_script(kept: Kept) -> str:
    """Return a script that does the run again and prints the same numbers.

    From the same seed come the same first weights and the same batches. With the same versions, rates and losses of a
    constant rate, and of all that a plain function computes, are the same to the last bit or two of float32; Keras's
    own schedule classes compute the rate in float32, which after some hundred steps shows in the fifth digit.

    Raises
    ------
    Refused
        Data or model are a person's own, or the settings are unknown.
    """
    return as_script(*_parts(kept))


def run_notebook(kept: Kept) -> str:
    """Return the same as a notebook, with a picture at its end."""
    return as_notebook(*_parts(kept))


def config_script(config: TrainingConfig) -> str:
    """Return a script for a training that has not been run."""
    return as_script(_title(config), [_made(), NEEDS], training_cells(config))


def config_notebook(config: TrainingConfig) -> str:
    """Return the same as a notebook."""
    return as_notebook(_title(config), [_made(), NEEDS], training_cells(config))


def _parts(kept: Kept) -> tuple[str, list[str], list[Cell]]:
    run = kept.run
    if (reason := why_no_script(run.config)) is not None:
        raise Refused(reason)
    about = [*([kept.name] if kept.name else []), *_measured(run), _versions(kept.versions), NEEDS]
    return _title(run.config), about, _cells(run)


def _cells(run: Run) -> list[Cell]:
    match run.config:
        case ComparisonConfig():
            return comparison_cells(run.config)
        case RangeTestConfig():
            return sweep_cells(run.config, _recommended(run))
        case TrainingConfig():
            return training_cells(run.config, run.factor_moves)
    raise TypeError(f"no code for {run.config!r}")


def _recommended(run: Run) -> float | None:
    return advice_of(run).recommended.learning_rate if len(run.steps) else None


def _title(config: Config) -> str:
    assert isinstance(config, Experiment | ComparisonConfig)
    words = [plainly(config.dataset.title), plainly(config.model.title)]
    match config:
        case ComparisonConfig():
            words.append(f"{len(config.arms)} settings, {config.seeds} seeds, {config.epochs} epochs each")
        case RangeTestConfig():
            low, high = format_learning_rate(config.start), format_learning_rate(config.end)
            words += [plainly(config.optimizer.title), f"a sweep of the learning rate from {low} to {high}"]
        case TrainingConfig():
            rate = f"{plainly(config.schedule.title).lower()} at {format_learning_rate(config.learning_rate)}"
            words += [plainly(config.optimizer.title), rate, f"{config.epochs} epochs"]
    return ", ".join(words) + "."


def _measured(run: Run) -> list[str]:
    """Return what the run came to, so that whoever runs the code again sees whether it is the same."""
    told = [] if run.message is None else [f"The run ended so: {plainly(run.message)}"]
    if run.evaluation:
        found = ", ".join(f"{name} {value:.6g}" for name, value in run.evaluation.items())
        told.append(f"On the validation data it measured {found}.")
    if isinstance(run.config, RangeTestConfig) and len(run.steps):
        recommended = advice_of(run).recommended
        told.append(f"What follows from it: {plainly(recommended.reason)}")
    planned = run.planned
    if planned is not None and len(run.steps) < len(planned.learning_rates) and isinstance(run.config, TrainingConfig):
        told.append(f"It took {len(run.steps):,} of {len(planned.learning_rates):,} steps; this code goes to the end.")
    return told


def _versions(found_then: Mapping[str, Any]) -> str:
    found = ", ".join(f"{name} {version}" for name, version in found_then.items() if name != "lrgui")
    return f"{_made()} The run was made with {found}: the same versions give the same numbers." if found else _made()


def _made() -> str:
    return f"Written by Learning-Rate Lab {from_json(versions()).get('lrgui', '')}".strip() + "."
