"""What the right button offers on a plot, in our own words."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox

if TYPE_CHECKING:
    from lrgui.gui.plots.plot import Plot


def plot_menu(plot: "Plot") -> QMenu:
    """Return the menu of a plot; it deletes itself when it closes."""
    menu = QMenu(plot)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.addAction("Reset view", plot.reset_view).setEnabled(not plot.automatic)
    menu.addSeparator()
    menu.addAction("Copy picture", lambda: copy_picture(plot))
    menu.addAction("Save picture as PNG ...", lambda: _ask_and_save(plot))
    return menu


def show_plot_menu(plot: "Plot", at: QPoint) -> None:
    """Open the menu at a position on the screen."""
    plot_menu(plot).popup(at)


def copy_picture(plot: "Plot") -> None:
    """Put the plot on the clipboard, at twice the screen's resolution."""
    QGuiApplication.clipboard().setPixmap(plot.picture(2.0))


def save_picture(plot: "Plot", path: Path) -> bool:
    """Write the plot as PNG, at twice the screen's resolution; return whether that worked."""
    return plot.picture(2.0).save(str(path), "PNG")


def _ask_and_save(plot: "Plot") -> None:
    name, _ = QFileDialog.getSaveFileName(plot, "Save picture", "plot.png", "PNG (*.png)")
    if not name:
        return
    path = Path(name) if Path(name).suffix else Path(name).with_suffix(".png")
    if not save_picture(plot, path):
        QMessageBox.warning(
            plot, "Save picture", f"{path} could not be written. Choose a folder that you may write to."
        )
