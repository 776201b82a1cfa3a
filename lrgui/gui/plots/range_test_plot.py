"""The picture of a range test: raw losses, the smoothed line, suggestions, and the marker that picks a rate."""

import math
from collections.abc import Mapping as Named

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from lrgui.core.range_test import as_a_keras_callback_sees_it, smoothed
from lrgui.core.suggestions import Recommendation, Suggestion
from lrgui.core.sweep_curve import SweepCurve, read_sweep
from lrgui.gui.plots.layers import Layer
from lrgui.gui.plots.learning_rate_marker import LearningRateMarker
from lrgui.gui.plots.mapping import Mapping, to_axis
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.suggestion_layer import SuggestionLayer

Floats = NDArray[np.float64]

_TENTH_OF_A_DECADE, _HUNDREDTH = 0.1, 0.01
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class RangeTestPlot(Plot):
    """Loss over the learning rate, live, with a marker. ``learning_rate_picked`` is emitted when a hand picks one.

    ``steps_per_epoch`` is what the callback's view needs to know of the run.
    """

    learning_rate_picked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("learning rate", "loss (this batch)", log_x=True, parent=parent)
        self.steps_per_epoch = 1
        self._rates: Floats = np.empty(0)
        self._losses: Floats = np.empty(0)
        self._line: Floats = np.empty(0)
        self._smoothing = 0.9
        self._sweep_changed = False
        self._make_layers()
        self.marker = LearningRateMarker(self.loss_at, self.refresh_soon)
        self.area.addItem(self.marker, ignoreBounds=True)
        self.marker.learning_rate_picked.connect(self._picked)
        self.area.clicked.connect(self._clicked)
        self.area.double_clicked.connect(self._double_clicked)

    def _make_layers(self) -> None:
        self.suggestions = SuggestionLayer(self.data_changed, self.loss_at, self._obstacles)
        self.add(_Shade(self.suggestions))
        self._raw_curve = self.curve("each step", "raw", width=1.5, symbol=".", line=False)
        self._callback_curve = self.curve(
            "as a Keras callback sees it", "callback", width=1.8, style=Qt.PenStyle.DashLine
        )
        self._callback_curve.visible = False
        self._line_curve = self.curve("smoothed", "loss", width=2.5)
        self._read_curve = self.curve("read by the rules", "suggestion", width=1.2, alpha=0.8)
        self._read_curve.visible = False
        self.add(self.suggestions)

    # The sweep

    def show_sweep(self, learning_rates: ArrayLike, losses: ArrayLike, smoothing: float) -> None:
        """Show what was measured so far, both of shape (n,); smoothing is from 0 to below 1.

        Costs nothing until the next repaint.
        """
        self._rates, self._losses = np.asarray(learning_rates, np.float64), np.asarray(losses, np.float64)
        self._smoothing = smoothing
        self._note_sweep()

    def set_smoothing(self, smoothing: float) -> None:
        """Draw the line anew with another smoothing, from 0 to below 1; the losses stay as they were measured."""
        self._smoothing = smoothing
        self._note_sweep()

    def show_callback_view(self, shown: bool) -> None:
        """Overlay what a callback draws that takes Keras's running mean for the batch loss."""
        self._callback_curve.visible = shown
        self._note_sweep()

    def clear_sweep(self) -> None:
        """Show no sweep, no suggestion and no marker; the next sweep decides the ranges."""
        self._rates = self._losses = np.empty(0)
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
        self._line = smoothed(self._losses, self._smoothing)
        self._raw_curve.set(self._rates, self._losses)
        self._line_curve.set(self._rates, self._line)
        if self._callback_curve.visible:
            seen = as_a_keras_callback_sees_it(self._losses, self.steps_per_epoch, self._smoothing)
            self._callback_curve.set(self._rates, seen)
        if len(self._rates):
            self.marker.set_limits(float(self._rates.min()), float(self._rates.max()))

    def loss_at(self, learning_rate: float) -> float:
        """Return the smoothed loss at a rate, straight between the steps on the log axis; NaN outside the sweep."""
        self._smooth()
        seen = np.isfinite(self._line)
        if not seen.any():
            return math.nan
        positions = to_axis(self._rates[seen], log=True)
        at = to_axis(learning_rate, log=True)
        return float(np.interp(at, positions, self._line[seen], left=math.nan, right=math.nan))

    # The marker and the suggestions

    @property
    def learning_rate(self) -> float | None:
        """The rate of the marker, exactly; None while there is none."""
        return self.marker.learning_rate

    def set_learning_rate(self, learning_rate: float | None) -> None:
        """Put the marker on a rate, held within the sweep, without telling; None hides it.

        Without a sweep there is no marker.
        """
        self._smooth()
        self.marker.learning_rate = learning_rate if len(self._rates) else None
        self._marker_moved()

    def show_suggestions(self, suggestions: Named[str, Suggestion], recommendation: Recommendation | None) -> None:
        """Draw suggestions by the name of their rule, and shade the range of the recommendation."""
        self.suggestions.show(suggestions, recommendation)
        curve = read_sweep(self._rates, self._losses)
        if isinstance(curve, SweepCurve):
            self._read_curve.set(curve.learning_rates, curve.line)
        self._show_what_was_read()

    def _show_what_was_read(self) -> None:
        # The rules read a line that does not lag; without it their evidence would hang beside the drawn one.
        self._read_curve.visible = self.suggestions.evidence is not None

    def _marker_moved(self) -> None:
        self.suggestions.selected = self.marker.learning_rate
        self._show_what_was_read()
        self.setAccessibleDescription(", ".join(self.marker.lines()))
        self.refresh_soon()

    def _picked(self, learning_rate: float) -> None:
        self._marker_moved()
        self.learning_rate_picked.emit(learning_rate)

    def _pick(self, learning_rate: float) -> None:
        if len(self._rates):
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


class _Shade(Layer):
    """The recommended range, behind everything."""

    def __init__(self, suggestions: SuggestionLayer) -> None:
        super().__init__(lambda: None)
        self._suggestions = suggestions

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Shade."""
        self._suggestions.paint_range(painter, mapping)
