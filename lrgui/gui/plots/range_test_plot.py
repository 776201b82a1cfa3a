"""The picture of a range test: raw points, the smoothed line, suggestions, and the marker that picks a rate."""

import math
from collections.abc import Mapping as Named
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from lrgui.core.advice import curve_of
from lrgui.core.messages import Message, joined, say
from lrgui.core.suggestions import Recommendation, Suggestion
from lrgui.core.sweep_curve import SweepCurve, read_sweep
from lrgui.core.sweeps import Sweep, pool, pooled
from lrgui.gui.plots.layers import Layer
from lrgui.gui.plots.learning_rate_marker import LearningRateMarker
from lrgui.gui.plots.mapping import Floats, Mapping, to_axis
from lrgui.gui.plots.overlays import Overlays
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.suggestion_layer import SuggestionLayer
from lrgui.gui.plots.sweep_views import VIEWS, ViewName, useful_end

_TENTH_OF_A_DECADE, _HUNDREDTH = 0.1, 0.01
_A_LITTLE = 0.5
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class RangeTestPlot(Plot):
    """What one or several sweeps measured over the learning rate, live, with a marker.

    ``learning_rate_picked`` is emitted when a hand picks a rate. ``steps_per_epoch`` is what the callback's view needs
    to know of the run. ``show_view`` chooses between the losses and the accuracies of the same steps. ``sweeps`` is
    what ``show_sweeps`` was given last, ``overlays`` are others that are laid over them.
    """

    learning_rate_picked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.view = VIEWS["loss"]
        super().__init__(say("learning rate"), self.view.title, log_x=self.view.log, parent=parent)
        self.steps_per_epoch = 1
        self.sweeps: Sequence[Sweep] = ()
        self._curve = pooled(())
        self._planned: tuple[float, float] | None = None
        self._smoothing = 0.9
        self._sweep_changed = False
        self._make_layers()
        self.overlays = Overlays(self)
        self.marker = LearningRateMarker(self.height_at, self.refresh_soon)
        self.area.addItem(self.marker, ignoreBounds=True)
        self.marker.learning_rate_picked.connect(self._picked)
        self.area.clicked.connect(self._clicked)
        self.area.double_clicked.connect(self._double_clicked)

    def _make_layers(self) -> None:
        self.suggestions = SuggestionLayer(self.data_changed, self.height_at, self._obstacles)
        self.add(_Shade(self.suggestions))
        self._scale = self.add(_FromNoneToAll())
        self._scale.visible = False
        self._band = self.band(say("least to most"), "loss")
        self._raw_curve = self.curve(say("each step"), "raw", width=1.5, symbol=".", line=False)
        self._callback_curve = self.curve(
            say("as a Keras callback sees it"), "callback", width=1.8, style=Qt.PenStyle.DashLine
        )
        self._callback_curve.visible = False
        self._line_curve = self.curve(say("smoothed"), "loss", width=2.5)
        self._read_curve = self.curve(say("read by the rules"), "suggestion", width=1.2, alpha=0.8)
        self._read_curve.visible = False
        self.add(self.suggestions)
        self._name_layers()

    # The sweeps

    def show_plan(self, start: float, end: float) -> None:
        """Show which rates a run is going to take, from ``start`` up to ``end``, before it has measured them."""
        self._planned = start, end
        self._set_range()

    def show_sweeps(self, sweeps: Sequence[Sweep], smoothing: float) -> None:
        """Show what was measured so far, in the order of the sweeps; smoothing is from 0 to below 1.

        Costs nothing until the next repaint.
        """
        self.sweeps, self._smoothing = sweeps, smoothing
        self._note_sweep()

    def set_smoothing(self, smoothing: float) -> None:
        """Draw the line anew with another smoothing, from 0 to below 1; what was measured stays as it is."""
        self._smoothing = smoothing
        self._note_sweep()

    def show_view(self, name: ViewName) -> None:
        """Show the losses or the accuracies of the same sweeps; marker and suggestions stay on their rates."""
        self.view = view = VIEWS[name]
        self.set_axes(say("learning rate"), view.title, log_x=view.log, robust=view.measured == "losses")
        self.suggestions.over_losses = view.measured == "losses"
        self._scale.visible = view.measured == "accuracies"
        self._sweep_changed = True
        self._smooth()
        self._set_range()
        self.marker.show_on(view.quantity, log=view.log)
        self._marker_moved()
        self.fit()

    def show_callback_view(self, shown: bool) -> None:
        """Overlay what a callback draws that takes Keras's running mean for the value of the batch."""
        self._callback_curve.visible = shown
        self._note_sweep()

    def overlay(self, run_id: str, name: str, sweeps: Sequence[Sweep]) -> None:
        """Lay another run's sweeps over those of the plot, as one thin line."""
        self.overlays.add(run_id, name, sweeps)
        self._note_sweep()

    def clear_sweep(self) -> None:
        """Show no sweep, no suggestion and no marker; the next sweep decides the ranges."""
        self.sweeps = ()
        self.suggestions.show({}, None)
        self.set_learning_rate(None)
        self._note_sweep()
        self.start_over()

    def _note_sweep(self) -> None:
        self._sweep_changed = True
        self.data_changed()

    def prepare(self) -> bool:
        """Smooth what is new, then let the ranges follow."""
        self._smooth()
        return super().prepare()

    def _smooth(self) -> None:
        if not self._sweep_changed:
            return
        self._sweep_changed = False
        measured, sweeps = self.view.measured, self.sweeps
        self._curve = curve = pooled(sweeps, measured, self._smoothing)
        self._line_curve.set(curve.learning_rates, curve.median)
        self._band.set(curve.learning_rates, curve.low, curve.high)
        self._show_raw()
        if self._callback_curve.visible:
            views = [
                sweep.as_a_keras_callback_sees_it(measured, self.steps_per_epoch, self._smoothing) for sweep in sweeps
            ]
            rates = [sweep.learning_rates for sweep in sweeps]
            seen = pool(list(zip(rates, views, strict=True)), measured)
            self._callback_curve.set(seen.learning_rates, seen.median)
        self.overlays.draw(measured, self._smoothing)
        self._name_layers()
        if sweeps:
            reached = np.concatenate([sweep.learning_rates for sweep in sweeps])
            self.marker.set_limits(float(reached.min()), float(reached.max()))
            self._set_range()

    def _show_raw(self) -> None:
        """Show the points of all sweeps, in the order of their rates as a curve needs them."""
        rates, values = np.empty(0), np.empty(0)
        if self.sweeps:
            rates = np.concatenate([sweep.learning_rates for sweep in self.sweeps])
            values = np.concatenate([getattr(sweep, self.view.measured) for sweep in self.sweeps])
        order = np.argsort(rates, kind="stable")
        self._raw_curve.set(rates[order], values[order])

    def _name_layers(self) -> None:
        several = len(self.sweeps) > 1
        batches = max((int(sweep.steps.max()) for sweep in self.sweeps), default=1)
        self._band.visible = several
        self._line_curve.name = say("median of {count} sweeps", count=len(self.sweeps)) if several else say("smoothed")
        self._raw_curve.name = say("mean of {count} batches", count=batches) if batches > 1 else say("each step")

    def _set_range(self) -> None:
        """Show all planned rates on a log axis, and on a linear one those that are of use."""
        if self.view.log:
            if self._planned is not None:
                self.set_x_range(*self._planned)
        # Not by the drawn line: smoothed more, it falls later; and it may still be that of the run before.
        elif self.sweeps and len((curve := pooled(self.sweeps, self.view.measured, _A_LITTLE)).median):
            self.set_x_range(0.0, useful_end(curve))
        elif self._planned is not None:
            self.set_x_range(0.0, self._planned[1])

    def height_at(self, learning_rate: float) -> float:
        """Return the height of the line at a rate, straight between the points on the log axis; NaN outside it."""
        self._smooth()
        if not len(self._curve.median):
            return math.nan
        positions = to_axis(self._curve.learning_rates, log=True)
        at = to_axis(learning_rate, log=True)
        return float(np.interp(at, positions, self._curve.median, left=math.nan, right=math.nan))

    # The marker and the suggestions

    @property
    def learning_rate(self) -> float | None:
        """The rate of the marker, exactly; None while there is none."""
        return self.marker.learning_rate

    @property
    def value(self) -> float | None:
        """The rate of the marker."""
        return self.learning_rate

    def set_learning_rate(self, learning_rate: float | None) -> None:
        """Put the marker on a rate, held within the sweep, without telling; None hides it.

        Without a sweep there is no marker.
        """
        self._smooth()
        self.marker.learning_rate = learning_rate if self.sweeps else None
        self._marker_moved()

    def show_suggestions(
        self,
        suggestions: Named[str, Suggestion],
        recommendation: Recommendation | None,
        peak: Recommendation | None = None,
    ) -> None:
        """Draw suggestions by the name of their rule and that of a peak, and shade the range of the recommendation."""
        self.suggestions.show(suggestions, recommendation, peak)
        curve = read_sweep(*curve_of(self.sweeps))
        if isinstance(curve, SweepCurve):
            self._read_curve.set(curve.learning_rates, curve.line)
        self._show_what_was_read()

    def _show_what_was_read(self) -> None:
        # The rules read a line that does not lag; without it their evidence would hang beside the drawn one.
        self._read_curve.visible = self.suggestions.evidence is not None

    def _marker_moved(self) -> None:
        self.suggestions.selected = self.marker.learning_rate
        self._show_what_was_read()
        self.describe()
        self.refresh_soon()

    def _picked(self, learning_rate: float) -> None:
        self._marker_moved()
        self.learning_rate_picked.emit(learning_rate)

    def in_words(self) -> list[Message]:
        """Return what is drawn, and where the marker stands, in words."""
        marked = self.marker.told()
        at = [say("marker at {place}", place=joined(marked))] if marked else []
        return [*at, *super().in_words()]

    def _pick(self, learning_rate: float) -> None:
        if self.sweeps:
            self.marker.pick(learning_rate)

    def _clicked(self, pixel: QPointF) -> None:
        if (rate := self.suggestions.rate_at(self.mapping, pixel)) is not None:
            self._pick(rate)

    def _double_clicked(self, pixel: QPointF) -> None:
        rate = self.suggestions.rate_at(self.mapping, pixel)
        self._pick(self.mapping.x_value(pixel.x()) if rate is None else rate)

    def hovered(self, pixel: QPointF | None) -> None:
        """Show what chose the suggestion under the pointer."""
        super().hovered(pixel)
        rate = None if pixel is None else self.suggestions.rate_at(self.mapping, pixel)
        if self.suggestions.hover(rate):
            self.area.setCursor(Qt.CursorShape.ArrowCursor if rate is None else Qt.CursorShape.PointingHandCursor)
            self._show_what_was_read()
            self.refresh_soon()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the marker with the arrow keys, a tenth of a decade or with Shift a hundredth (Qt's hook)."""
        direction = _ARROWS.get(Qt.Key(event.key()))
        if direction is None or self.learning_rate is None:
            super().keyPressEvent(event)
            return
        fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self.marker.step(direction * (_HUNDREDTH if fine else _TENTH_OF_A_DECADE))

    def paint_layers(self, painter: QPainter) -> None:
        """Draw the marker over everything else."""
        super().paint_layers(painter)
        self.marker.draw(painter, self.mapping, focused=self.has_focus())

    def _obstacles(self, mapping: Mapping) -> list[QRectF]:
        return self.marker.obstacles(mapping)


class _FromNoneToAll(Layer):
    """Nothing to be seen; it lets the axis of an accuracy go from 0 to 1 whatever has been measured so far."""

    def __init__(self) -> None:
        super().__init__(lambda: None)

    @property
    def runs_away(self) -> bool:
        """Not at all."""
        return False

    def y_positions(self, mapping: Mapping) -> list[Floats]:
        """Return both ends."""
        return [np.array([0.0, 1.0])]

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw nothing."""


class _Shade(Layer):
    """The recommended range, behind everything."""

    def __init__(self, suggestions: SuggestionLayer) -> None:
        super().__init__(lambda: None)
        self._suggestions = suggestions

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Shade."""
        self._suggestions.paint_range(painter, mapping)
