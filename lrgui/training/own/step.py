"""One step of a user's own model: at a given rate, with the true loss of its batch."""

import math
import weakref
from typing import Any

import keras
import tensorflow as tf

from lrgui.core.messages import Refused, say
from lrgui.training.graph import recorded
from lrgui.training.own.batches import Pick
from lrgui.training.own.rate import FreeRate, rate_object
from lrgui.training.own.ready import about_the_data


class Step:
    """Runs ``model.train_step`` as ``fit`` would: traced once, or eagerly, or by XLA, as the model was compiled.

    It does not keep the model alive.

    Parameters
    ----------
    model : keras.Model
        Made ready.
    pick : Pick
        Makes the batch of what was fetched, where the step is traced.
    signature : list, optional
        The types of what is fetched, if they are known.
    """

    def __init__(self, model: keras.Model, pick: Pick, signature: list[Any] | None = None) -> None:
        self._model, self._pick = weakref.ref(model), pick
        self._rate = FreeRate()
        self._tells_loss_itself = False
        self._run: Any = self._step
        if not model.run_eagerly:
            types = None if signature is None else [tuple(signature), tf.TensorSpec([], tf.float32)]
            self._run = tf.function(
                self._step,
                input_signature=types,
                autograph=False,
                jit_compile=model.jit_compile,
                reduce_retracing=types is None,
            )
            # It is kept with its model: the warning that it is made anew too often would speak of other models.
            self._run._omit_frequent_tracing_warning = True  # noqa: SLF001 - there is no public way

    def free_rate(self) -> None:
        """Let the rate be set at each step, also where the optimizer follows a schedule; a snapshot puts that back."""
        optimizer = self._living().optimizer
        if rate_object(optimizer) is not None:
            optimizer.learning_rate = self._rate

    def try_out(self, batch: Any) -> None:
        """Take a step eagerly, so that metrics and all else that is made at a first step is there before the tracing.

        It changes the model: take a snapshot before, and restore it after.

        Parameters
        ----------
        batch : tuple
            As ``pick`` would make it.

        Raises
        ------
        Refused
            Model and data do not fit together, or the model does not tell its loss.
        """
        model = self._living()
        with about_the_data(), recorded(model) as steps:
            logs = model.train_step(batch)
        # Where train_step is traced by itself, what comes by inside cannot be had out here.
        self._tells_loss_itself = not steps or tf.is_symbolic_tensor(steps[0].loss)
        if self._tells_loss_itself and "loss" not in logs:
            raise Refused(say("The model's own train_step tells no loss: let it return one by the name of loss."))

    def __call__(self, fetched: tuple[Any, ...], learning_rate: Any) -> tuple[Any, dict[str, Any]]:
        """Take a step.

        Returns
        -------
        tuple
            Rate read from the optimizer, true loss and accuracy of the batch, a tensor of shape (3,); and Keras's logs.
        """
        return self._run(fetched, tf.constant(learning_rate, tf.float32))

    def _step(self, fetched: tuple[Any, ...], learning_rate: Any) -> tuple[Any, dict[str, Any]]:
        model = self._living()
        model.optimizer.learning_rate = learning_rate
        batch = self._pick(*fetched)
        if self._tells_loss_itself:
            # What it returns is a mean since the metrics were reset: of this batch alone, after this.
            model.reset_metrics()
        with recorded(model) as steps:
            logs = model.train_step(batch)
        loss = logs["loss"] if self._tells_loss_itself else steps[0].loss
        measured = math.nan if self._tells_loss_itself else accuracy(batch, steps[0].outputs)
        row = (model.optimizer.learning_rate, loss, measured)
        return tf.stack([tf.cast(tf.convert_to_tensor(value), tf.float32) for value in row]), logs

    def _living(self) -> keras.Model:
        model = self._model()
        assert model is not None, "the step of a model that is gone"
        return model


def accuracy(batch: Any, outputs: Any) -> Any:
    """Return the accuracy where a model has one output for each class and y are classes or one-hot; else NaN."""
    _, y, _ = keras.utils.unpack_x_y_sample_weight(batch)
    if y is None or keras.tree.is_nested(y) or keras.tree.is_nested(outputs):
        return math.nan
    y, outputs = tf.convert_to_tensor(y), tf.convert_to_tensor(outputs)
    if outputs.shape.rank != 2 or (outputs.shape[-1] or 0) < 2:
        return math.nan
    if y.shape.rank == 2 and y.shape[-1] == outputs.shape[-1]:
        return tf.reduce_mean(keras.metrics.categorical_accuracy(y, outputs))
    if y.dtype.is_integer and (y.shape.rank == 1 or (y.shape.rank == 2 and y.shape[-1] == 1)):
        return tf.reduce_mean(keras.metrics.sparse_categorical_accuracy(y, outputs))
    return math.nan
