"""The loops that run in the graph: many steps a call, each at its own rate, each leaving its true loss behind."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, NamedTuple

import keras
import tensorflow as tf

from lrgui.training.feed import Feed
from lrgui.training.momentum import given_momentum
from lrgui.training.traced import Traced

CHUNK_ROWS = 1024
"""The most steps of one chunk: how many rows its buffer has."""


def build_metrics(model: keras.Model, feed: Feed) -> None:
    """Make loss and metrics create their variables now, so that no loop in a graph has to.

    Keras would do it at the first batch, and trace everything twice for it.
    """
    inputs, targets = feed.shaped(tf.zeros((1, *feed.example_shape))), feed.targets(feed.nothing()[1])
    predictions = model(inputs, training=False)
    model.compute_loss(inputs, targets, predictions)
    model.compute_metrics(inputs, targets, predictions)
    model.reset_metrics()


class LossUnseen(Exception):
    """A model has a step of its own that does not compute its loss by ``compute_loss``, where it could be seen."""


class Recorded(NamedTuple):
    """What came by while a step was traced."""

    loss: Any
    outputs: Any


@contextmanager
def recorded(model: keras.Model) -> Iterator[list[Recorded]]:
    """Collect what ``model.compute_loss`` takes and returns while a step is traced; its own method is put back after.

    That is the loss of the batch itself, and what the model answers to it. What Keras's logs hold are means since the
    epoch began.
    """
    steps: list[Recorded] = []
    compute_loss = model.compute_loss

    def compute_and_record(x: Any, y: Any, y_pred: Any, *others: Any, **named: Any) -> Any:
        steps.append(Recorded(compute_loss(x, y, y_pred, *others, **named), y_pred))
        return steps[-1].loss

    model.compute_loss = compute_and_record
    try:
        yield steps
    finally:
        del model.compute_loss


def make_training_chunk(model: keras.Model, feed: Feed, *, cycles_momentum: bool) -> Traced:
    """Return the traced function that runs steps of one epoch until a limit is met.

    Its arguments are the resident data (``inputs``, ``labels``, ``scale``), the epoch's part of the tables
    (``indices`` of shape (steps, batch), ``rates`` and ``momentums`` of shape (steps,)), the ``factor`` on the rates,
    the steps ``first`` to ``last`` (excluded) and the ``seconds`` after which no further step begins. A loss that is
    not finite ends the chunk too; the first step is always run. Where the momentum is not cycled, that table is not
    looked at.

    It returns an array of shape (steps done, 3): the rate read from the optimizer, and the true loss and the accuracy
    of the step's batch, or the mean absolute error where a number is predicted; where the momentum is cycled, that of
    each step is the fourth column.
    """
    rows = tf.Variable(tf.zeros((CHUNK_ROWS, 4 if cycles_momentum else 3)), trainable=False)

    def chunk(
        inputs: Any, labels: Any, scale: Any, indices: Any, rates: Any, momentums: Any, factor: Any,
        first: Any, last: Any, seconds: Any,
    ) -> Any:  # fmt: skip
        start = tf.timestamp()

        def goes_on(index: Any, loss: Any, elapsed: Any) -> Any:
            return (index < last) & tf.math.is_finite(loss) & (elapsed < seconds)

        def body(index: Any, loss: Any, elapsed: Any) -> tuple[Any, Any, Any]:
            momentum = momentums[index] if cycles_momentum else None
            chosen = indices[index]
            examples = tf.gather(inputs, chosen), tf.gather(labels, chosen), scale
            row = _trained_step(model, feed, examples, factor * rates[index], momentum)
            written = rows[index - first].assign(tf.stack(row))
            with tf.control_dependencies([written]):
                return index + 1, row[1], _since(start)

        nothing_yet = (first, tf.constant(0.0), tf.constant(-1.0, tf.float64))
        index, _, _ = tf.while_loop(goes_on, body, nothing_yet, parallel_iterations=1)
        return rows[: index - first]

    signature = [
        *feed.signature(),
        tf.TensorSpec([None, None], tf.int32),
        tf.TensorSpec([None], tf.float32),
        tf.TensorSpec([None], tf.float32),
        tf.TensorSpec([], tf.float32),
        *_limits_signature(),
    ]
    return Traced(chunk, signature)


def _trained_step(
    model: keras.Model, feed: Feed, examples: tuple[Any, Any, Any], learning_rate: Any, momentum: Any | None
) -> list[Any]:
    """Take one step on examples (inputs, targets, scale), and return its row."""
    _, targets, _ = examples
    model.optimizer.learning_rate = learning_rate
    with recorded(model) as steps, nullcontext() if momentum is None else given_momentum(model.optimizer, momentum):
        model.train_step(feed.training_batch(*examples))
    if not steps:
        raise LossUnseen
    loss, outputs = steps[0]
    row = [tf.convert_to_tensor(model.optimizer.learning_rate), loss, _score(feed, targets, outputs)]
    return row if momentum is None else [*row, momentum]


def make_evaluation_chunk(model: keras.Model, feed: Feed, batch_size: int) -> Traced:
    """Return the traced function that evaluates batches in their order until a limit is met.

    Its arguments are as for ``make_training_chunk``, without the tables; ``first`` and ``last`` count batches of
    ``batch_size``. The model's metrics take in what is measured.

    It returns the number of the next batch, and the answers to the examples so far: an array of shape (examples, 2)
    with the class that the model holds for the likeliest, and its output for that class; or, where a number is
    predicted, that number twice.
    """

    def chunk(inputs: Any, labels: Any, scale: Any, first: Any, last: Any, seconds: Any) -> tuple[Any, Any]:
        start = tf.timestamp()

        def goes_on(index: Any, elapsed: Any, answers: Any) -> Any:
            return (index < last) & (elapsed < seconds)

        def body(index: Any, elapsed: Any, answers: Any) -> tuple[Any, Any, Any]:
            batch = slice(index * batch_size, (index + 1) * batch_size)
            with recorded(model) as steps:
                logs = model.test_step(feed.batch(inputs[batch], labels[batch], scale))
            with tf.control_dependencies(list(logs.values())):
                answers = answers.write(index - first, _answers(feed, steps[0].outputs))
                return index + 1, _since(start), answers

        nothing_yet = tf.TensorArray(tf.float32, 0, dynamic_size=True, infer_shape=False, element_shape=[None, 2])
        state = (first, tf.constant(-1.0, tf.float64), nothing_yet)
        index, _, answers = tf.while_loop(goes_on, body, state, parallel_iterations=1)
        return index, answers.concat()

    return Traced(chunk, [*feed.signature(), *_limits_signature()])


def _score(feed: Feed, targets: Any, outputs: Any) -> Any:
    """Return the accuracy of a batch, or its mean absolute error in the target's own units."""
    if feed.target_deviation is not None:
        return feed.target_deviation * tf.reduce_mean(tf.abs(feed.targets(targets) - outputs))
    if feed.threshold is not None:
        return tf.reduce_mean(tf.cast(tf.cast(outputs[:, 0] > feed.threshold, targets.dtype) == targets, tf.float32))
    # By the operations of Keras's own metric, which the graph then does once for both: it costs no time that shows.
    return tf.reduce_mean(keras.metrics.sparse_categorical_accuracy(targets, outputs))


def _answers(feed: Feed, outputs: Any) -> Any:
    if feed.threshold is not None:
        second = tf.cast(outputs[:, 0], tf.float32)
        likelier = tf.cast(second > feed.threshold, tf.float32)
        return tf.stack([likelier, tf.where(likelier > 0, second, 2 * feed.threshold - second)], axis=-1)
    likeliest = tf.cast(tf.argmax(outputs, axis=-1), tf.float32)
    return tf.stack([likeliest, tf.cast(tf.reduce_max(outputs, axis=-1), tf.float32)], axis=-1)


def _since(start: Any) -> Any:
    """Return the seconds since then; a clock that is set back ends the chunk, as one that is set forward does."""
    return tf.abs(tf.timestamp() - start)


def _limits_signature() -> list[tf.TensorSpec]:
    return [tf.TensorSpec([], tf.int32), tf.TensorSpec([], tf.int32), tf.TensorSpec([], tf.float64)]
