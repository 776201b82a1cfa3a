"""A user's own model, prepared: kept as it was, its step traced once, and put back for every run."""

import math
import time
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from lrgui.core.config import Config
from lrgui.core.messages import Refused, say
from lrgui.training.own.batches import Batches, DataEnded
from lrgui.training.own.ready import make_ready
from lrgui.training.own.snapshot import fingerprint, snapshot
from lrgui.training.own.traced import step_of
from lrgui.training.prepared import Prepared


class OwnPrepared(Prepared):
    """The face of a ``Prepared``, on a model and data that were made elsewhere.

    Parameters
    ----------
    model : keras.Model
        Compiled; its optimizer and its loss are used as they are.
    batches : Batches
        What it learns from.

    Attributes
    ----------
    snapshot : Snapshot
        Of the model as it was given.
    fingerprint : str
        Its hash then.
    batches : Batches
        As given.

    Raises
    ------
    Refused
        The model cannot be trained here, or does not fit the data; it is as it was.
    """

    def __init__(self, model: keras.Model, batches: Batches) -> None:
        try:
            first = batches.first()
        except DataEnded:
            raise Refused(say("There are no examples: the data have no batch.")) from None
        make_ready(model, first)
        self.model, self.batches = model, batches
        self.fingerprint, self.snapshot = fingerprint(model), snapshot(model)
        self.trained_by: Config | None = None
        self._step = step_of(self.snapshot, first, batches.pick, batches.signature)
        self.empty_logs = dict.fromkeys(model.get_metrics_result(), math.nan)

    def reset(self, seed: int) -> None:
        """Put the model back as it was given, with a rate that can be set; the seed orders the batches alone."""
        self.put_back()
        self._step.free_rate()
        self.model.steps_per_execution = 1
        self.batches.begin()

    def put_back(self) -> None:
        """Leave the model exactly as it was given."""
        self.trained_by = None
        self.snapshot.restore()

    def train_chunk(
        self, inputs: Any, labels: Any, scale: Any, indices: Any, rates: Any, momentums: Any, factor: Any,
        first: Any, last: Any, seconds: Any,
    ) -> Any:  # fmt: skip
        """Run steps until a limit is met; see ``graph.make_training_chunk``. The data are the model's own.

        Raises
        ------
        DataEnded
            There was no batch for the first of them.
        """
        start, rows = time.perf_counter(), list[NDArray[np.float32]]()
        # As numpy: every operation on a tensor outside of the graph takes its time.
        indices, rates, limit = indices.numpy(), float(factor) * rates.numpy(), float(seconds)
        for index in range(int(first), int(last)):
            try:
                fetched = self.batches.fetch(indices[index])
            except DataEnded:
                if not rows:
                    raise
                break
            row, _ = self._step(fetched, rates[index])
            rows.append(row.numpy())
            if not math.isfinite(rows[-1][1]) or time.perf_counter() - start >= limit:
                break
        return tf.constant(np.array(rows))
