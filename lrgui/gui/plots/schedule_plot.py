"""The picture of schedules: rates over the steps or epochs of a run, several at once, with points to drag."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lrgui.core.messages import Text, joined, say
from lrgui.gui.plots.layers import Curve
from lrgui.gui.plots.mapping import Floats, Mapping, to_axis
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.point_handles import PointHandles, Points, Scale
from lrgui.gui.plots.reading_layer import Reading, ReadingLayer

_MOST_DECADES = 6.0
"""A decay to nothing does not stretch a log axis further than so far below the highest rate."""


@dataclass(frozen=True, slots=True)
class RunLength:
    """How long the run is that schedules are drawn for: in steps, both at least 1."""

    steps: int = 1
    steps_per_epoch: int = 1


class RateCurve(Curve):
    """A curve of rates: on a linear axis zero is in sight, on a log axis nothing far below the top.

    ``top`` is a rate that is to be in sight even if the curve stays below it.
    """

    top: float | None = None

    @property
    def runs_away(self) -> bool:
        """Whether a range may cut it off: rates never are."""
        return False

    def set_alpha(self, alpha: float) -> None:
        """Draw it as strong as this, from 0 to 1."""
        if alpha != self.alpha:
            self.alpha = alpha
            self._changed()

    def y_positions(self, mapping: Mapping) -> list[Floats]:
        """Return what is in sight, decimated."""
        seen = super().y_positions(mapping)
        if self.top is not None:
            seen = [*seen, to_axis([self.top], mapping.log_y)]
        if not mapping.log_y:
            return [np.append(y, 0.0) for y in seen]
        highest = to_axis(np.max(self.y, initial=0.0), log=True)
        return [np.maximum(y, highest - _MOST_DECADES) for y in seen]


class RunPlot(Plot):
    """Something over the steps of a run, or over its epochs.

    Parameters
    ----------
    title : Message or str
        Of the y axis.
    """

    def __init__(self, title: Text, parent: QWidget | None = None) -> None:
        super().__init__(say("step"), title, whole_x=True, robust=False, parent=parent)
        self.run, self.in_epochs = RunLength(), False
        self._title, self._x_title = title, say("step")

    @property
    def _unit(self) -> int:
        return self.run.steps_per_epoch if self.in_epochs else 1

    def show_run(self, run: RunLength, *, in_epochs: bool) -> None:
        """Show x over a whole run from now on, counted in steps or in epochs."""
        self.run, self.in_epochs = run, in_epochs
        title = say("epoch") if in_epochs else say("step")
        if title != self._x_title:
            self._x_title = self._bottom.title = title
            if self._title:
                self.call(joined((self._title, title), " / "))
            self._view.viewport().update()
        self.set_x_range(0, max(run.steps, 2) / self._unit)

    def show_table(self, curve: Curve, table: Floats) -> None:
        """Draw a value for each step, shape (steps,), by a curve of this plot."""
        curve.set(np.arange(len(table)) / self._unit, table)


class SchedulePlot(RunPlot):
    """The draft as a thick curve, others thin behind it. ``points_drawn`` carries the points that a hand has moved."""

    points_drawn = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("learning rate"), parent)
        self._tables: dict[Curve, Floats] = {}
        self._others: list[RateCurve] = []
        self._read: int | None = None
        self.draft = self.add(RateCurve(self.data_changed, "", "learning_rate", width=3))
        self.reading = self.add(ReadingLayer(self.data_changed))
        self.handles = PointHandles(self)
        self.handles.moved.connect(self.points_drawn)
        self.handles.released.connect(self.settle)
        self.area.double_clicked.connect(self.handles.add_at)

    # What is drawn

    def show_draft(self, name: Text, table: Floats) -> None:
        """Draw the rates of the schedule that is being made, shape (steps,)."""
        self.draft.name = name
        self.show_table(self.draft, table)

    def show_others(self, others: Sequence[tuple[Text, str, Floats]]) -> None:
        """Draw these thin behind the draft, and no others: the name, the colour's meaning, and the rates of each."""
        for curve in self._others:
            self._layers.remove(curve)
            self._tables.pop(curve, None)
        self._others = [RateCurve(self.data_changed, name, meaning, width=2) for name, meaning, _ in others]
        self._layers[:0] = self._others
        for curve, (_, _, table) in zip(self._others, others, strict=True):
            self.show_table(curve, table)
        self._layers_changed()

    def show_table(self, curve: Curve, table: Floats) -> None:
        """Draw a rate for each step, shape (steps,), by a curve of this plot."""
        self._tables[curve] = table
        super().show_table(curve, table)

    def show_points(self, points: Points | None, top: float, before: int = 0, lowest: float = 0.0) -> None:
        """Put handles on the points of a drawn schedule, or take them away.

        Parameters
        ----------
        points : tuple of Point, or None
            Shares of the run behind the warm-up, and of the rate.
        top : float
            The rate that a share of 1 is.
        before : int
            Steps of the warm-up.
        lowest : float
            The least share of the rate that a point may have.
        """
        self.draft.top = top if points else None
        last = max(self.run.steps - 1, before + 1)
        self.handles.show_points(points, Scale(before / self._unit, last / self._unit, top), lowest)

    def settle(self) -> None:
        """Fit the axes to what is drawn, and show it at once; while a hand holds a point, they stay."""
        if not self.handles.held:
            self.fit()
        if self._read is not None:
            self.read_at(min(self._read, self.run.steps - 1))
        self.data_changed()
        self.refresh_soon()

    def show_log(self, log: bool) -> None:
        """Draw the rates on a log axis, or on a linear one."""
        self._log_y = self._left.log = log
        for curve, table in self._tables.items():
            self.show_table(curve, table)
        self.start_over()

    # Hands

    def hovered(self, pixel: QPointF | None) -> None:
        """Tell what all curves say at the step under a pixel of the area; None when the pointer has left."""
        if pixel is None or not self._tables:
            self._read = None
            self.reading.clear()
        else:
            self.read_at(min(max(round(self.mapping.x_value(pixel.x()) * self._unit), 0), self.run.steps - 1))
        self.refresh_soon()

    def read_at(self, step: int) -> None:
        """Stand on a step, and read every curve there: the draft first."""
        self._read = step
        order = [self.draft, *self._others]
        readings = [
            Reading(curve.meaning, curve.name, float(self._tables[curve][step]))
            for curve in order
            if curve in self._tables and step < len(self._tables[curve])
        ]
        epoch = step / self.run.steps_per_epoch
        self.reading.show(
            step / self._unit, say("step {step:,}  ·  epoch {epoch:.2f}", step=step, epoch=epoch), readings
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and remove points (Qt's hook)."""
        if not self.handles.press(event):
            super().keyPressEvent(event)
