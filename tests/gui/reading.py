"""All words that a window shows or says, wherever Qt keeps them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)

from lrgui.gui.plots.layers import Band, Curve
from lrgui.gui.plots.plot import Plot
from lrgui.gui.widgets.data_table import DataTable


def words_of(root):
    """Yield (where, text) for everything that is written on a widget and those inside it, hidden ones too."""
    for widget in (root, *root.findChildren(QWidget)):
        where = f"{type(widget).__name__} {widget.objectName()}".strip()
        yield from ((where, text) for text in _own(widget))
        for name in ("toolTip", "accessibleName", "accessibleDescription", "windowTitle", "statusTip"):
            yield f"{where}.{name}", getattr(widget, name)()
    for action in root.findChildren(QAction):
        if action.text() in ("Export", "Export...") and not action.objectName():
            continue  # pyqtgraph's own, which no menu of ours offers
        for name in ("text", "iconText", "toolTip"):
            yield f"action {action.objectName()}.{name}", getattr(action, name)()


def _own(widget):
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QComboBox():
            for row in range(widget.count()):
                yield widget.itemText(row)
                yield str(widget.itemData(row, Qt.ItemDataRole.ToolTipRole) or "")
        case QTabBar():
            for tab in range(widget.count()):
                yield widget.tabText(tab)
                yield widget.tabToolTip(tab)
        case QGroupBox():
            yield widget.title()
        case QTableView():
            yield from _headers(widget)
        case Plot():
            yield from (widget._bottom.title, widget._left.title)
            yield from (str(layer.name) for layer in widget._layers if isinstance(layer, Curve | Band))


def _headers(table):
    model = table.model()
    for column in range(0 if model is None else model.columnCount()):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")


def cells_of(root):
    """Yield the text of every cell of every table, but for those of data, which are in nobody's language."""
    for table in root.findChildren(QAbstractItemView):
        model = table.model()
        if not isinstance(table, QTableView) or isinstance(table, DataTable):
            continue
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                yield type(table).__name__, str(model.index(row, column).data() or "")
