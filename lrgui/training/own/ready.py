"""A user's model made ready for a sweep: what cannot be swept is refused in words, what is not built yet is built."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras
import tensorflow as tf

from lrgui.core.messages import Refused, say
from lrgui.training.failures import explain


def make_ready(model: keras.Model, batch: Any) -> None:
    """Check a model, and build what a training would build at its first step: weights and the optimizer's variables.

    Parameters
    ----------
    model : keras.Model
        Compiled.
    batch : tuple
        ``(x,)``, ``(x, y)`` or ``(x, y, sample_weight)``, as they come from the data.

    Raises
    ------
    Refused
        It cannot be trained here; the sentence says why, and what to do.
    """
    check(model)
    if not is_built(model):
        inputs, _, _ = keras.utils.unpack_x_y_sample_weight(batch)
        with about_the_data():
            model(inputs, training=False)
    if not model.trainable_variables:
        raise Refused(say("The model has no weights that can be trained: nothing would depend on the learning rate."))
    if not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)


def check(model: Any) -> None:
    """Refuse what cannot be swept, whatever the data are.

    Raises
    ------
    Refused
        With the sentence.
    """
    if keras.backend.backend() != "tensorflow":
        raise Refused(
            say(
                "Keras runs on {backend} here, and the sweep needs TensorFlow: set KERAS_BACKEND=tensorflow before "
                "Keras is imported.",
                backend=keras.backend.backend(),
            )
        )
    if not isinstance(model, keras.Model):
        raise Refused(say("A keras.Model is needed, and {kind} is none.", kind=type(model).__name__))
    if not model.compiled or not isinstance(model.optimizer, keras.optimizers.Optimizer):
        raise Refused(
            say("The model has to be compiled with its optimizer and loss first: model.compile(optimizer, loss).")
        )
    if model.distribute_strategy.num_replicas_in_sync > 1:
        raise Refused(
            say(
                "The model was built for {devices} devices at once, which the sweep cannot do yet: build it outside "
                "of the strategy's scope for the sweep, and train it on all of them at the rate that was found.",
                devices=model.distribute_strategy.num_replicas_in_sync,
            )
        )


def is_built(model: keras.Model) -> bool:
    """Return whether all its weights are there."""
    layers = model._flatten_layers()  # noqa: SLF001 - built is said of each layer, and Keras has no public way to all
    return all(layer.built for layer in layers)


@contextmanager
def about_the_data() -> Iterator[None]:
    """Say in words what Keras and TensorFlow say of a model and data that do not fit together."""
    try:
        yield
    except (ValueError, TypeError, KeyError, tf.errors.InvalidArgumentError) as error:
        raise Refused(explain(error)) from error
