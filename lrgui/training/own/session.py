"""A run of a user's own model, which leaves it as it was."""

from collections.abc import Sequence
from types import TracebackType

import keras
import numpy as np

from lrgui.core.config import Config
from lrgui.core.config.dataset.facts import Facts
from lrgui.core.control import Control
from lrgui.core.events import Emit
from lrgui.core.messages import Message, say
from lrgui.training.examples import Examples
from lrgui.training.own.batches import DataEnded
from lrgui.training.own.prepared import OwnPrepared
from lrgui.training.plan import Plan
from lrgui.training.session import Material, Session


class OwnSession(Session):
    """A session without validation data, after which the model is bit by bit what it was before.

    Parameters
    ----------
    prepared : OwnPrepared
        What is trained, and on what.
    plan : Plan
        By which rates.
    config, emit, control
        As for ``Session``.
    """

    def __init__(self, prepared: OwnPrepared, plan: Plan, config: Config, emit: Emit, control: Control) -> None:
        self._own = prepared
        super().__init__(Material(prepared, _nothing_held(), plan), config, emit, control)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        self._own.put_back()

    def fit(self, enders: Sequence[keras.callbacks.Callback], *, validate: bool) -> None:
        """Run the plan; where the data end before it, what was measured stays."""
        try:
            super().fit(enders, validate=False)
        except DataEnded:
            self.ran_out = True
            self.report.flush()

    def evaluate(self) -> dict[str, float]:
        """Return nothing: there is nothing to evaluate on."""
        return {}

    def examine(self) -> None:
        """Emit nothing."""

    def told(self, message: Message) -> Message:
        """Say instead, where it is so, that the data came to their end."""
        if not self.ran_out:
            return message
        return say(
            "The data ended after {done} of {steps} steps; what was measured stays.",
            done=self.loop.done,
            steps=self.plan.steps,
        )


def _nothing_held() -> Examples:
    """Return what stands in the place of examples: the data lie with the model."""
    none = np.empty(0, np.float32)
    return Examples(none, none, none, none, Facts("table", (), ("",), 0, 0), 1.0)
