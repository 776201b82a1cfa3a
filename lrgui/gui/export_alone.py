"""The picture of a plot that stands in no window of the program, as that of a sweep in a script."""

from typing import TYPE_CHECKING

from lrgui.gui.export_choice import Choice, Target
from lrgui.gui.export_drawer import Drawer
from lrgui.gui.export_lane import Order, outcome_of
from lrgui.gui.export_sheet import ExportSheet
from lrgui.gui.export_subjects import plot_subject
from lrgui.gui.plots.sheet import STANDARD
from lrgui.gui.settings import documents

if TYPE_CHECKING:
    from lrgui.gui.plots.plot import Plot


def export_plot(plot: "Plot") -> ExportSheet:
    """Open the sheet of a plot; what is ordered is written at once."""
    sheet = ExportSheet(plot.window(), plot_subject(plot, Drawer(plot)), documents(), STANDARD, "png")

    def write(choice: Choice, target: Target) -> None:
        sheet.take(outcome_of(Order(choice, target)))

    sheet.ordered.connect(write)
    sheet.show()
    return sheet
