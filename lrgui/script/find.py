"""One call: sweep a compiled model, and leave it as it was."""

from collections.abc import Mapping
from typing import Any

import keras

from lrgui.core.control import Control
from lrgui.core.events import Event, StepsEnded
from lrgui.core.live import SweepEnded
from lrgui.core.runs import History
from lrgui.core.sweep_ends import steps_of_one_sweep
from lrgui.script.live_window import LiveWindow
from lrgui.script.options import sweep_config
from lrgui.script.result import SweepResult
from lrgui.training.own.batches import batches_of
from lrgui.training.own.ready import check
from lrgui.training.own.sweep import sweep_model


def find_learning_rate(
    model: keras.Model,
    x: Any,
    y: Any = None,
    *,
    batch_size: int = 32,
    start: float = 1e-7,
    stop: float = 10.0,
    steps: int = 100,
    batches_per_rate: int = 1,
    repeats: int = 1,
    smoothing: float = 0.9,
    stop_factor: float | None = 4.0,
    sample_weight: Any = None,
    class_weight: Mapping[int, float] | None = None,
    steps_per_epoch: int | None = None,
    seed: int = 0,
    live: bool = False,
) -> SweepResult:
    """Train a compiled model while the learning rate rises, recommend a rate, and leave the model bit by bit as it was.

    Put back are weights, the optimizer with its iterations and its rate or schedule, the statistics of
    BatchNormalization, the seeds of dropout, the metrics, ``stop_training``, ``history`` and the compiled functions;
    also after an error, after Ctrl+C, and when the loss became NaN.

    Parameters
    ----------
    model : keras.Model
        Compiled: its own optimizer and loss are swept. It is built from the data if it is not yet.
    x, y, sample_weight : array, or a tuple, list or dict of arrays
        As for ``fit``; ``x`` may also be a ``tf.data.Dataset``, a ``keras.utils.PyDataset`` or a generator.
    batch_size : int
        Of arrays.
    start, stop : float
        The rate of the first and of the last step.
    steps : int
        How often the rate is raised.
    batches_per_rate, repeats : int
        Steps at each rate; sweeps, each with batches from the next seed.
    smoothing : float
        Of the line that the stop rule watches, from 0 to below 1.
    stop_factor : float or None
        The sweep ends when that line passes so many times its best; None: it goes to the end.
    class_weight : mapping of int to float, optional
        How much the examples of each class count.
    steps_per_epoch : int, optional
        Batches of an epoch, where the data do not say.
    seed : int
        Orders the batches of arrays.
    live : bool
        Whether a window of its own process draws the sweep meanwhile.

    Returns
    -------
    SweepResult
        ``recommended``, ``low``, ``high``, ``reason``, ``suggestions``, ``learning_rates``, ``losses``, ``plot()``.

    Raises
    ------
    lrgui.core.messages.Refused
        Model or data cannot be used; the sentence says why, and what to do.
    ValueError
        An argument is out of its bounds.
    """
    config = sweep_config(
        start=start, end=stop, steps=steps, batches_per_rate=batches_per_rate, repeats=repeats, smoothing=smoothing,
        stop_factor=stop_factor,
    )  # fmt: skip
    check(model)
    batches = batches_of(
        x, y, batch_size=batch_size, sample_weight=sample_weight, class_weight=class_weight,
        steps_per_epoch=steps_per_epoch, most_steps=steps_of_one_sweep(config),
    )  # fmt: skip
    history = History()
    window = LiveWindow() if live else None

    def emit(event: Event) -> None:
        if isinstance(event, StepsEnded):
            history.append(event.columns)
        if window is not None:
            window.show(event)

    swept = sweep_model(model, batches, config, emit, Control(), seed=seed)
    if window is not None:
        window.show(SweepEnded(swept.ended.message, swept.optimizer))
    return SweepResult(history, swept, config.smoothing, window)
