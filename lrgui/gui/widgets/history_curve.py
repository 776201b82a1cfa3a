"""The curve of a run that is looked at in the history: loss over step, or over the rate of a sweep."""

from PySide6.QtCore import Qt

from lrgui.core.comparison.curves import curve
from lrgui.core.config import ComparisonConfig, RangeTestConfig
from lrgui.core.messages import say
from lrgui.core.runs import Run
from lrgui.core.sweeps import pooled, sweeps_of
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.series_look import dashes_of
from lrgui.gui.words import show

_USUAL_SMOOTHING = 0.9


class HistoryCurve(Plot):
    """Shows one run at a time."""

    def __init__(self) -> None:
        super().__init__(say("step"), say("loss"))
        self._kind = ""
        show(self.setAccessibleName, say("The losses of the selected run"))

    def show_run(self, run: Run | None) -> None:
        """Draw a run, or nothing."""
        self.clear()
        if run is None or not len(run.steps):
            return
        if run.kind != self._kind:
            self._kind = run.kind
            sweep = run.kind == "range_test"
            self.set_axes(say("learning rate") if sweep else say("step"), say("loss"), log_x=sweep, robust=True)
            show(self.setAccessibleName, say("The losses of the selected run"))
        if run.kind == "range_test":
            self._draw_sweep(run)
        elif isinstance(run.config, ComparisonConfig):
            self._draw_comparison(run, run.config)
        else:
            self._draw_training(run)
        self.reset_view()

    def _draw_sweep(self, run: Run) -> None:
        sweeps = sweeps_of(run.steps)
        smoothing = run.config.smoothing if isinstance(run.config, RangeTestConfig) else _USUAL_SMOOTHING
        curve = pooled(sweeps, "losses", smoothing)
        if len(sweeps) > 1:
            self.band("", "loss").set(curve.learning_rates, curve.low, curve.high)
        else:
            raw = self.curve("", "raw", width=1.5, symbol=".", line=False)
            raw.set(sweeps[0].learning_rates, sweeps[0].losses)
        self.curve("", "loss", width=2.5).set(curve.learning_rates, curve.median)

    def _draw_training(self, run: Run) -> None:
        self.curve(say("this batch"), "raw").set(run.steps["step"], run.steps["loss"])
        epochs = run.epochs
        if "step" not in epochs:
            return
        ends = epochs["step"]
        for name, column, meaning, style in (
            (say("epoch"), "loss", "loss", Qt.PenStyle.SolidLine),
            (say("validation"), "val_loss", "validation", Qt.PenStyle.DashLine),
        ):
            if column in epochs:
                self.curve(name, meaning, width=2, style=style).set(ends, epochs[column])

    def _draw_comparison(self, run: Run, config: ComparisonConfig) -> None:
        for arm, name in enumerate(config.names):
            found = curve(run.steps, arm, "loss")
            self.band("", f"series{arm}").set(found.step, found.low, found.high)
            self.curve(name, f"series{arm}", width=2, style=dashes_of(arm)).set(found.step, found.median)
