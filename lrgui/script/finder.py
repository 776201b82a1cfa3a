"""A callback that makes a range test of the user's own ``fit``, and leaves the model as it was."""

import math
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from lrgui.core import schedules
from lrgui.core.decimals import decimal
from lrgui.core.events import Planned, StepsEnded
from lrgui.core.live import SweepEnded
from lrgui.core.messages import Refused, say
from lrgui.core.range_test import StopRule
from lrgui.core.runs import History
from lrgui.core.sweep_curve import FEWEST_POINTS
from lrgui.core.sweep_ends import end_of, how_it_ended
from lrgui.core.sweeps import averaged
from lrgui.script.live_window import LiveWindow
from lrgui.script.options import sweep_config
from lrgui.script.result import SweepResult
from lrgui.training.own.batches import Pick
from lrgui.training.own.kind import kind_of
from lrgui.training.own.ready import is_built, make_ready
from lrgui.training.own.snapshot import Snapshot, fingerprint, snapshot
from lrgui.training.own.swept import Swept
from lrgui.training.own.traced import step_of

_PICK = Pick()


class LearningRateFinder(keras.callbacks.Callback):
    """Sweeps the learning rate in the ``fit`` that it is passed to, with that fit's own data; then ends it.

    Each step takes the next rate of a table, and its true loss is read, not the mean since the epoch began that Keras
    shows. The fit ends with the sweep. The model is then bit by bit what it was before, also where an error or Ctrl+C
    ended a step; if anything else breaks the fit off, ``restore()`` puts it back. Other callbacks of the same fit see
    a model that is swept: leave out those that save it.

    Parameters
    ----------
    start, stop : float
        The rate of the first and of the last step.
    steps : int
        How often the rate is raised; less often if the fit has fewer steps.
    smoothing : float
        Of the line that the stop rule watches, from 0 to below 1.
    stop_factor : float or None
        The sweep ends when that line passes so many times its best; None: it goes to the end.
    live : bool
        Whether a window of its own process draws the sweep meanwhile.

    Attributes
    ----------
    result : SweepResult or None
        What was found; None before the first fit has ended.
    """

    def __init__(
        self, start: float = 1e-7, stop: float = 10.0, steps: int = 100, *, smoothing: float = 0.9,
        stop_factor: float | None = 4.0, live: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self._config = sweep_config(start=start, end=stop, steps=steps, smoothing=smoothing, stop_factor=stop_factor)
        self._live = live
        self._window: LiveWindow | None = None
        self._sweep: _Sweep | None = None
        self.result: SweepResult | None = None

    def on_train_begin(self, logs: Any = None) -> None:
        """Plan the sweep, and take the place of the function that runs the fit's steps."""
        self.restore()
        config, available = self._config, self._steps_of_the_fit()
        if available < FEWEST_POINTS:
            raise Refused(
                say(
                    "The fit has {steps} steps, and a sweep needs {needed} at least: give it more epochs.",
                    steps=int(available),
                    needed=FEWEST_POINTS,
                )
            )
        if available <= config.steps:
            config = config.model_copy(update={"steps": int(available) - 1})
        if self._live and self._window is None:
            self._window = LiveWindow()
        self._sweep = _Sweep(self.model, config, int(self.params.get("steps") or config.steps + 1), self._window)
        self.model.train_function = self._sweep

    def _steps_of_the_fit(self) -> float:
        steps, epochs = self.params.get("steps"), self.params.get("epochs", 1)
        return math.inf if steps is None else steps * epochs

    def on_test_begin(self, logs: Any = None) -> None:
        """Skip the validation behind the sweep: there is nothing to validate."""
        if self._sweep is not None and self._sweep.ended:
            self.model.stop_evaluating = True

    def on_train_end(self, logs: Any = None) -> None:
        """Put the model back, and read the sweep."""
        if self._sweep is not None:
            sweep = self._sweep
            self.restore()
            self.result = sweep.result()

    def restore(self) -> None:
        """Put the model back as it was before the fit, if it is not yet."""
        if self._sweep is not None:
            self._sweep.put_back()
            self._sweep = None

    def wait(self) -> None:
        """Return when the live window has been closed; at once where there is none."""
        if self._window is not None:
            self._window.wait()


class _Sweep:
    """Stands where Keras has the function of a step: one sweep of one fit."""

    def __init__(self, model: keras.Model, config: Any, steps_per_epoch: int, window: LiveWindow | None) -> None:
        self._model, self._config, self._window = model, config, window
        self._rates = schedules.sweep(config.start, config.end, config.steps, config.spacing, 1)
        self._rule = StopRule(config.smoothing, config.stop_factor)
        self._train_function = model.train_function
        self._snapshot: Snapshot | None = None
        self._history, self._before = History(), ""
        self._planned = Planned(self._rates, steps_per_epoch, -(-len(self._rates) // steps_per_epoch), 0)
        self.ended = False
        if is_built(model):
            # Before this fit resets the metrics.
            self._keep(None)

    def __call__(self, iterator: Any) -> Any:
        """Take as many steps as the fit wants of one call; ends as Keras's own where the data end."""
        logs: Any = None
        try:
            for _ in range(self._model.steps_per_execution):
                batch = next(iterator, None)
                if batch is None:
                    break
                logs = self._take(batch)
                if self.ended:
                    break
        except BaseException:
            self.put_back()
            raise
        if logs is None:
            raise StopIteration
        if self.ended:
            self._put_back_within_the_fit()
        return logs

    def _put_back_within_the_fit(self) -> None:
        """Put the model back at once, so that no other callback sees what the sweep has left, and end the fit.

        What the metrics have come to stays until the fit has shown it.
        """
        shown = [(variable, tf.convert_to_tensor(variable)) for variable in self._model.metrics_variables]
        self.put_back()
        for variable, value in shown:
            variable.assign(value)
        self._model.stop_training = True

    def _take(self, batch: Any) -> Any:
        step = len(self._history)
        if not step:
            self._begin(batch)
        row, logs = self._step((batch,), self._rates[step])
        rate, loss, accuracy = (decimal(value) for value in row.numpy())
        values = {"step": step, "learning_rate": rate, "loss": loss, "accuracy": accuracy}
        ended = StepsEnded({name: np.array([value]) for name, value in values.items()})
        self._history.append(ended.columns)
        self._show(ended)
        self.ended = self._rule.fires(loss) or step + 1 == len(self._rates)
        return logs

    def _begin(self, batch: Any) -> None:
        first = _PICK(batch)
        kept = self._snapshot or self._keep(first)
        self._step = step_of(kept, first, _PICK)
        self._model.train_function = self
        self._step.free_rate()
        self._show(self._planned)

    def _keep(self, batch: Any) -> Snapshot:
        """Keep the model as it is, with Keras's own function for its steps."""
        model = self._model
        make_ready(model, batch)
        model.train_function = self._train_function
        self._before, self._snapshot = fingerprint(model), snapshot(model)
        model.train_function = self
        return self._snapshot

    def _show(self, event: Planned | StepsEnded) -> None:
        if self._window is not None:
            self._window.show(event)

    def put_back(self) -> None:
        """Leave the model as it was before the fit, with Keras's own function for its steps."""
        if self._snapshot is not None:
            self._snapshot.restore()
        self._model.train_function = self._train_function

    def result(self) -> SweepResult:
        """Return what was measured, and how it ended."""
        history, config = self._history, self._config
        sweep = averaged(history["learning_rate"], history["loss"], history["accuracy"])
        end = how_it_ended(sweep, config)
        kind = kind_of(self._model.optimizer)
        if self._window is not None:
            self._window.show(SweepEnded(end.message, kind))
        swept = Swept(end_of([end], 1)(end.message), self._before, fingerprint(self._model), kind)
        return SweepResult(history, swept, config.smoothing, self._window)
