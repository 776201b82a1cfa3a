"""The layers of a model: what comes out of each, and how much it has to learn."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lrgui.core.messages import Message, say
from lrgui.core.summaries import ModelSummary
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.widgets.data_table import Column, DataTable
from lrgui.gui.words import show


class ModelSummaryView(QWidget):
    """A table of layers over the line with the sum."""

    def __init__(self) -> None:
        super().__init__()
        self.table = DataTable(say("Layers of the model"))
        self.total = label("", "dim")
        self.total.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.table, 1)
        column.addWidget(self.total)

    def show_model(self, summary: ModelSummary) -> None:
        """Show a model's layers."""
        layers = summary.layers
        self.table.show_columns(
            [
                Column(say("Layer"), [layer.name for layer in layers]),
                Column(say("Output"), [write_shape(layer.output_shape) for layer in layers]),
                Column(say("Parameters"), [layer.parameters for layer in layers]),
                Column(say("Kind"), [layer.kind for layer in layers]),
            ]
        )
        show(self.total.setText, tell_total(summary))


def write_shape(shape: tuple[int, ...]) -> str:
    """Write a shape as people say it: ``28 x 28 x 32``."""
    return " x ".join(str(size) for size in shape)


def tell_total(summary: ModelSummary) -> Message:
    """Return the sentence about a model's parameters."""
    fixed = summary.parameters - summary.trainable_parameters
    if fixed:
        return say(
            "{parameters:,} parameters, {fixed:,} of them not trained",
            parameters=summary.parameters,
            fixed=fixed,
        )
    return say("{parameters:,} parameters", parameters=summary.parameters)
