"""One plot: axes in words, curves in user units, a view that follows the data until a hand takes it."""

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from lrgui.core.messages import Text, joined
from lrgui.gui.plots.auto_range import AutoRange
from lrgui.gui.plots.layered_plot import LayeredPlot
from lrgui.gui.plots.layers import Band, Curve, Layer
from lrgui.gui.plots.plot_menu import copy_from, show_plot_menu
from lrgui.gui.plots.plot_words import all_in_words
from lrgui.gui.plots.repaint import shared_repainter
from lrgui.gui.theme import themes
from lrgui.gui.words import words

__all__ = ["Band", "Curve", "Layer", "Plot"]

_TOLD_AFTER_MS = 1000
"""What is drawn is put into words at most so often."""


class Plot(LayeredPlot):
    """Curves over two axes.

    Data signals only mark a plot as changed; the shared repainter brings it up to date. The ranges follow the data,
    growing in steps, until a hand zooms or pans; ``reset_view`` gives them back.

    Parameters
    ----------
    title_x, title_y : Message or str
        Words beside the axes; they also make the accessible name.
    log_x, log_y : bool
        Which axes are logarithmic. Data stay in user units all the same.
    whole_x : bool
        Whether x counts something, so that ticks are whole numbers.
    robust : bool
        Whether a loss that runs away upwards is cut off rather than flattening the others.
    """

    def __init__(
        self,
        title_x: Text,
        title_y: Text,
        *,
        log_x: bool = False,
        log_y: bool = False,
        whole_x: bool = False,
        robust: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title_x, title_y, log_x=log_x, log_y=log_y, whole_x=whole_x, parent=parent)
        self._ranges = AutoRange(log_x=log_x, robust=robust)
        self._data_changed, self._fit_next = True, False
        self._telling = QTimer(self, singleShot=True, interval=_TOLD_AFTER_MS)
        self._telling.timeout.connect(self.describe)
        self._connect()
        self._say(all_in_words(()))
        self.call(joined((title_y, title_x), " / "))

    def _connect(self) -> None:
        self.area.sigRangeChangedManually.connect(self._taken_by_hand)
        self.area.sigRangeChanged.connect(self._view_changed)
        self.area.sigResized.connect(self._view_changed)
        self.area.menu_wanted.connect(self._show_menu)
        self._reset_button.clicked.connect(self.reset_view)
        words.changed.connect(self._rename)

    def clear(self) -> None:
        """Take everything away and forget the ranges."""
        self._layers.clear()
        self._ranges.release_x()
        self._layers_changed()
        self.start_over()

    # What the axes show

    def set_axes(self, title_x: Text, title_y: Text, *, log_x: bool, robust: bool) -> None:
        """Show other quantities from now on; parameters are those of the constructor. The ranges start over."""
        self._log_x = self._bottom.log = log_x
        self._bottom.title, self._left.title = title_x, title_y
        self._ranges = AutoRange(log_x=log_x, robust=robust)
        self.call(joined((title_y, title_x), " / "))
        self.start_over()

    def set_title_y(self, title: Text) -> None:
        """Say that the vertical axis shows another quantity."""
        self._left.title = title
        self.call(joined((title, self._bottom.title), " / "))
        self.data_changed()

    def set_x_range(self, low: float, high: float) -> None:
        """Show x from low to high (user units, low below high) whatever the data: what a run is going to fill."""
        self._ranges.fix_x(low, high)
        self.data_changed()

    def start_over(self) -> None:
        """Forget ranges and zoom, as a new run does: the next data decide."""
        self._ranges.start_over()
        self._reset_button.hide()
        self.data_changed()

    def fit(self) -> None:
        """Fit the ranges tightly at the next repaint: the run is over and nothing will grow."""
        self._fit_next = True
        self.data_changed()

    def reset_view(self) -> None:
        """Show all data again, after a hand has zoomed or panned."""
        self._ranges.following = True
        self._reset_button.hide()
        self.fit()

    @property
    def automatic(self) -> bool:
        """Whether the ranges follow the data."""
        return self._ranges.following

    def _taken_by_hand(self) -> None:
        self._ranges.following = False
        self._reset_button.setIcon(themes.current.icon("fit-to-screen-outline"))
        self._reset_button.show()

    def _view_changed(self) -> None:
        self._left.fit_room()
        self._view.viewport().update()

    # When it is painted

    def data_changed(self) -> None:
        """Note that something is to be drawn anew, and have it done when the repainter finds the time."""
        self._data_changed = True
        if not isValid(self):  # whoever holds a layer may outlive the plot
            return
        if not self._telling.isActive():
            self._telling.start()
        shared_repainter().request(self)

    def repaint_now(self) -> None:
        """Bring the picture up to date and put it on the screen before returning."""
        viewport = self._view.viewport()
        viewport.repaint(viewport.rect() if self.prepare() else self._view.area_rect(self.area))

    def prepare(self) -> bool:
        """Let the ranges follow the data if those have changed; return whether the axes show something else now."""
        if not self._data_changed:
            return False
        self._data_changed = False
        self._laid_out = None
        shared_repainter().forget(self)
        ranges, room = self.area.viewRange(), self._left.fixedWidth
        if self._ranges.following:
            self._follow_data()
        self._left.fit_room()
        if room != self._left.fixedWidth:
            # At once: what is painted next must not show numbers over the title.
            self._view.centralLayout.invalidate()
            self._view.centralLayout.activate()
        self._name_curves()
        return bool(ranges != self.area.viewRange() or room != self._left.fixedWidth)

    def _follow_data(self) -> None:
        fit, self._fit_next = self._fit_next, False
        layers = [layer for layer in self._layers if layer.visible]
        x, y = self._ranges.x_range(layers, fit=fit), None
        # Asked first: to set what is shown already takes as long as half of a frame's drawing.
        if x is not None:
            if x != self.mapping.x:
                self.area.setXRange(*x, padding=0)
            y = self._ranges.y_range(layers, self.mapping, fit=fit)
        if y is not None and y != self.mapping.y:
            self.area.setYRange(*y, padding=0)
        self._number(self._bottom, x is not None)
        self._number(self._left, y is not None)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while it was hidden (Qt's hook)."""
        super().showEvent(event)
        if self._data_changed:
            shared_repainter().request(self)

    def _rename(self) -> None:
        """Make room for the titles in another language."""
        self._legend.show_values("", {})
        self._bottom.fit_room()
        self.data_changed()

    # Hands

    def _show_menu(self, position: QPointF) -> None:
        show_plot_menu(self, QPoint(round(position.x()), round(position.y())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show everything again at ``A`` or Home, and copy (Qt's hook)."""
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_from(self)
        elif event.key() in (Qt.Key.Key_A, Qt.Key.Key_Home) and not event.modifiers():
            self.reset_view()
        else:
            super().keyPressEvent(event)
