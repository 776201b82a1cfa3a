"""Weights that are no numbers any more behind a loss that still is one: a layer may hide them, or the last step."""

import math
import time
from typing import Any

import keras
import numpy as np

from lrgui.core.messages import Message, say
from lrgui.training.callbacks import ChunkCallback
from lrgui.training.loops import TrainingLoop

LOOK_SECONDS = 1.0
"""Looking through the weights takes some tenths of a millisecond: short epochs are not to be slowed down by it."""


def are_numbers(model: keras.Model) -> bool:
    """Whether all trainable weights are finite: a sum shows it in one pass, and float64 holds that of any float32."""
    return all(math.isfinite(float(np.sum(weight.numpy(), dtype=np.float64))) for weight in model.trainable_variables)


class LostWeights(ChunkCallback):
    """Ends ``fit`` after an epoch, at most once a second, if weights are no numbers; looks at the end in any case.

    Parameters
    ----------
    loop : TrainingLoop
        What runs the chunks.

    Attributes
    ----------
    by : int or None
        How many steps were done when it was seen; None as long as all is well.
    """

    def __init__(self, loop: TrainingLoop) -> None:
        super().__init__(loop)
        self.by: int | None = None
        self._looked = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Look, if it is time to."""
        if time.perf_counter() - self._looked >= LOOK_SECONDS:
            self._look()

    def on_train_end(self, logs: Any = None) -> None:
        """Look at what is left behind."""
        self._look()

    def _look(self) -> None:
        if self.by is None and not are_numbers(self.model):
            self.by = self.loop.done
            self.model.stop_training = True
        self._looked = time.perf_counter()


def why_weights_broke(steps: int, learning_rate: float) -> Message:
    """Say by which step it happened, and what to try."""
    return say(
        "Weights of the model were no longer numbers after step {step}, though the loss was one, with a learning rate "
        "of {learning_rate:rate}: take a lower one, {lower:rate} for instance.",
        step=steps - 1,
        learning_rate=learning_rate,
        lower=learning_rate / 10,
    )
