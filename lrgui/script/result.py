"""What a sweep has found, for a script or a notebook."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.advice import Advice, advise
from lrgui.core.messages import format_learning_rate, say
from lrgui.core.runs import History
from lrgui.core.sweeps import Sweep, pooled, sweeps_of
from lrgui.script.live_window import LiveWindow
from lrgui.training.own.swept import Swept

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Suggested:
    """What one rule says: a rate, or None, and why."""

    learning_rate: float | None
    reason: str


class SweepResult:
    """What a range test has measured, and what follows from it.

    Parameters
    ----------
    history : History
        The steps, as ``StepsEnded`` has them.
    swept : Swept
        How it ended, and the model's hash before and after.
    smoothing : float
        Of the drawn line, from 0 to below 1.
    window : LiveWindow, optional
        In which it can be seen.

    Attributes
    ----------
    fingerprints : tuple of str
        Hashes of the model before and after.
    """

    def __init__(self, history: History, swept: Swept, smoothing: float, window: LiveWindow | None = None) -> None:
        self._sweeps: tuple[Sweep, ...] = sweeps_of(history)
        self._swept, self._smoothing, self._window = swept, smoothing, window
        self.fingerprints = (swept.before, swept.after)

    @cached_property
    def _advice(self) -> Advice | None:
        return advise(self._sweeps, self._swept.optimizer) if self._sweeps else None

    @property
    def recommended(self) -> float | None:
        """The rate to train at; None if the sweep shows none."""
        return self._advice.recommended.learning_rate if self._advice else None

    @property
    def low(self) -> float | None:
        """The lower end of the range that should do about as well."""
        return self._advice.recommended.low if self._advice else None

    @property
    def high(self) -> float | None:
        """Its upper end."""
        return self._advice.recommended.high if self._advice else None

    @property
    def reason(self) -> str:
        """Why this rate, or why none, in a sentence."""
        return str(self._advice.recommended.reason if self._advice else say("There is no sweep to read yet."))

    @property
    def message(self) -> str:
        """How the sweep ended, in a sentence."""
        return str(self._swept.ended.message)

    @cached_property
    def suggestions(self) -> dict[str, Suggested]:
        """What each rule says: ``valley``, ``steepest``, ``minimum``."""
        found = self._advice.suggestions if self._advice else {}
        return {name: Suggested(rule.learning_rate, str(rule.reason)) for name, rule in found.items()}

    @property
    def learning_rates(self) -> Floats:
        """The rate of each step, shape (steps,), one sweep after the other."""
        return self._steps(0)

    @property
    def losses(self) -> Floats:
        """The true loss of each step's batch, before its update, shape (steps,)."""
        return self._steps(1)

    def _steps(self, column: int) -> Floats:
        return np.concatenate([sweep.as_steps[column] for sweep in self._sweeps]) if self._sweeps else np.empty(0)

    @property
    def unchanged(self) -> bool:
        """Whether the model is bit by bit what it was before the sweep."""
        return self.fingerprints[0] == self.fingerprints[1]

    def wait(self) -> None:
        """Return when the live window has been closed; at once where there is none.

        It closes by itself with the process that has opened it, at the end of a script.
        """
        if self._window is not None:
            self._window.wait()

    def plot(self, axes: Any = None) -> Any:
        """Draw the sweep with matplotlib, and return the axes.

        Parameters
        ----------
        axes : matplotlib.axes.Axes, optional
            Where to; a new figure if left out.

        Raises
        ------
        ImportError
            matplotlib is not installed.
        """
        try:
            from matplotlib import pyplot
        except ImportError as error:
            raise ImportError(
                str(say("plot() draws with matplotlib, which is not installed: python -m pip install matplotlib"))
            ) from error
        axes = axes if axes is not None else pyplot.subplots()[1]
        curve = pooled(self._sweeps, smoothing=self._smoothing)
        axes.plot(self.learning_rates, self.losses, ".", color="0.7", markersize=3, label=str(say("each step")))
        axes.plot(curve.learning_rates, curve.median, color="#0072b2", linewidth=2, label=str(say("smoothed")))
        if self.recommended is not None:
            axes.axvspan(self.low, self.high, color="#cc3377", alpha=0.1)
            label = say("recommended {rate:rate}", rate=self.recommended)
            axes.axvline(self.recommended, color="#cc3377", label=str(label))
        axes.set(xscale="log", xlabel=str(say("learning rate")), ylabel=str(say("loss (this batch)")))
        _hold_down(axes, curve.median)
        axes.legend()
        return axes

    def __repr__(self) -> str:
        if self.recommended is None:
            return f"SweepResult(recommended=None, steps={len(self.losses)})"
        low, rate, high = (format_learning_rate(float(rate or 0)) for rate in (self.low, self.recommended, self.high))
        return f"SweepResult(recommended={rate}, low={low}, high={high}, steps={len(self.losses)})"


def _hold_down(axes: Any, line: Floats) -> None:
    """Let a loss that has run away not flatten the rest."""
    line = line[np.isfinite(line)]
    if len(line):
        low, first = float(line.min()), float(np.median(line[: max(len(line) // 4, 1)]))
        axes.set_ylim(low - 0.1 * (first - low), low + 2 * max(first - low, 1e-9))
