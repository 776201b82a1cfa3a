"""The callback that lets the plateau rule act, and what a person is told of it."""

from collections.abc import Mapping

import keras

from lrgui.core.config.plateau import ReduceOnPlateau
from lrgui.core.events import Emit, FactorMoved
from lrgui.core.messages import Message, say
from lrgui.core.plateau import PlateauRule
from lrgui.training.loops import TrainingLoop

_MONITORED = {
    "loss": say("the loss"),
    "accuracy": say("the accuracy"),
    "val_loss": say("the validation loss"),
    "val_accuracy": say("the validation accuracy"),
}


class LowerOnPlateau(keras.callbacks.Callback):
    """Lowers the rate, whatever the schedule, after epochs that brought nothing new; emits from which step on.

    Parameters
    ----------
    loop : TrainingLoop
        What runs the steps.
    choice : ReduceOnPlateau
        The rule.
    emit : callable
        Takes the events.
    """

    def __init__(self, loop: TrainingLoop, choice: ReduceOnPlateau, emit: Emit) -> None:
        super().__init__()
        self._loop, self._choice, self._emit = loop, choice, emit
        self._rule = PlateauRule(choice)
        self._moves = 0
        self._last: Message | None = None
        loop.lowered = self._rule.factor

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """Ask the rule, if the epoch is whole and another one follows."""
        loop, name = self._loop, self._choice.monitor
        if self.model.stop_training or logs is None or name not in logs:
            return
        if self._rule.lowers(float(logs[name])):
            loop.lowered = self._rule.factor
            self._moves += 1
            self._last = say(
                "to {rate:rate} from epoch {epoch} on, when {monitored} got no better",
                rate=float(loop.plan.rates[loop.done]) * loop.multiplier,
                epoch=epoch + 2,
                monitored=_MONITORED[name],
            )
            self._emit(FactorMoved(loop.step, self._rule.factor, by="rule"))

    def told(self, message: Message) -> Message:
        """Add to a sentence how often the rule has acted, and at what rate that ended."""
        if self._last is None:
            return message
        if self._moves == 1:
            return say("{message} The rate was reduced {last}.", message=message, last=self._last)
        return say(
            "{message} The rate was reduced {count} times: at last {last}.",
            message=message,
            count=self._moves,
            last=self._last,
        )
