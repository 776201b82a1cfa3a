"""What the right button offers on a plot, in our own words."""

from typing import TYPE_CHECKING

from PySide6.QtCore import SIGNAL, QObject, QPoint, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from lrgui.core.messages import say

if TYPE_CHECKING:
    from lrgui.gui.plots.plot import Plot

_TWICE = 2
"""So many pixels has a picture on the clipboard for each of the screen."""


class PlotNews(QObject):
    """``picture_asked(Plot)``: somebody wants a plot as a file; ``copied(Plot, Message)``: what is on the clipboard."""

    picture_asked = Signal(object)
    copied = Signal(object, object)


plot_news = PlotNews()
"""The one instance: a plot does not know the window that it stands in, nor who writes files there."""


def plot_menu(plot: "Plot") -> QMenu:
    """Return the menu of a plot; it deletes itself when it closes."""
    menu = QMenu(plot)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.addAction(str(say("Reset view")), plot.reset_view).setEnabled(not plot.automatic)
    menu.addSeparator()
    copies: list[QAction] = []
    if (value := plot.value) is not None:
        copies.append(menu.addAction(str(say("Copy {rate:rate}", rate=value)), lambda: copy_value(plot)))
    copies.append(menu.addAction(str(say("Copy picture")), lambda: copy_picture(plot)))
    copies[0].setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
    menu.addAction(str(say("Save picture ...")), lambda: _save(plot))
    return menu


def show_plot_menu(plot: "Plot", at: QPoint) -> None:
    """Open the menu at a position on the screen."""
    plot_menu(plot).popup(at)


def copy_from(plot: "Plot") -> None:
    """Put on the clipboard what one looks for in a plot: its value if it has one, else its picture."""
    if plot.value is None:
        copy_picture(plot)
    else:
        copy_value(plot)


def copy_value(plot: "Plot") -> None:
    """Put the value of a plot on the clipboard, as a program reads it."""
    if (value := plot.value) is not None:
        QGuiApplication.clipboard().setText(f"{value:.6g}")
        plot_news.copied.emit(plot, say("Copied: {value}", value=f"{value:.6g}"))


def copy_picture(plot: "Plot") -> None:
    """Put the plot on the clipboard: as it is shown, but in colours that print, and twice as fine."""
    from lrgui.gui.plots.export_picture import image_of

    QGuiApplication.clipboard().setImage(image_of(plot, (_TWICE * plot.width(), _TWICE * plot.height())))
    plot_news.copied.emit(plot, say("The picture is on the clipboard."))


def _save(plot: "Plot") -> None:
    """Have the picture written by the window that does so, or in a sheet of its own where there is none."""
    if plot_news.receivers(SIGNAL("picture_asked(PyObject)")):
        plot_news.picture_asked.emit(plot)
    else:
        from lrgui.gui.export_alone import export_plot

        export_plot(plot)
