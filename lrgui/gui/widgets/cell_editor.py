"""A cell in which a person is to write."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QAbstractItemView


def edit_cell(view: QAbstractItemView, cell: QModelIndex) -> None:
    """Open the editor of a cell; where one is open already, or is just going, leave it: Qt would warn."""
    if view.state() != QAbstractItemView.State.EditingState and view.indexWidget(cell) is None:
        view.edit(cell)
