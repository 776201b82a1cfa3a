"""What a sweep in another process tells its live window, as lines of JSON."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from lrgui.core.config.optimizer import Optimizer, OptimizerChoice
from lrgui.core.events import Planned, StepsEnded
from lrgui.core.messages import Message
from lrgui.core.store.plain import from_json, to_json

_OPTIMIZER: TypeAdapter[Any] = TypeAdapter(Optimizer)


@dataclass(frozen=True, slots=True)
class SweepEnded:
    """The sweep is over; what its optimizer is like is said with it, because the advice differs with that."""

    message: Message
    optimizer: OptimizerChoice | None = None


LiveEvent = Planned | StepsEnded | SweepEnded


def to_line(event: LiveEvent) -> bytes:
    """Return an event as one line; the steps with all their columns."""
    match event:
        case Planned():
            told = {
                "plan": event.learning_rates.tolist(),
                "steps_per_epoch": event.steps_per_epoch,
                "epochs": event.epochs,
                "parameters": event.parameters,
                "repeats": event.repeats,
            }
        case StepsEnded():
            told = {"steps": {name: column.tolist() for name, column in event.columns.items()}}
        case SweepEnded(message, optimizer):
            told = {"message": message, "optimizer": None if optimizer is None else optimizer.model_dump()}
    return to_json(told).encode() + b"\n"


def from_line(line: bytes) -> LiveEvent:
    """Return the event of a line.

    Raises
    ------
    ValueError
        It is of no event.
    """
    told = from_json(line.decode())
    match told:
        case {"plan": list(rates), "steps_per_epoch": int(steps), "epochs": int(epochs), "parameters": int(parameters),
              "repeats": int(repeats)}:  # fmt: skip
            return Planned(np.array(rates, np.float64), steps, epochs, parameters, repeats)
        case {"steps": dict(columns)}:
            return StepsEnded({name: np.array(column) for name, column in columns.items()})
        case {"message": Message() as message, "optimizer": optimizer}:
            return SweepEnded(message, None if optimizer is None else _OPTIMIZER.validate_python(optimizer))
    raise ValueError("no event")
