"""What becomes of an error in something that Qt calls back, below a call from Python."""

import pytest
import shiboken6
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

import lrgui.gui  # noqa: F401  what is tested: it guards the classes that are made below


class OfANumber(QWidget):
    """Breaks in Python's own C: before 3.12 no instance of such an error is made until somebody catches it."""

    def resizeEvent(self, event):
        int("twelve")


class OfWhatIsGone(QWidget):
    """Breaks in PySide's C."""

    def __init__(self):
        super().__init__()
        self.gone = QWidget()
        shiboken6.delete(self.gone)

    def showEvent(self, event):
        self.gone.show()


class Pressed(QWidget):
    def mousePressEvent(self, event):
        b"x".decode("no-such-code")


class Listed(QAbstractListModel):
    def rowCount(self, parent=None):
        return 3

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        """Say which row it is."""
        return f"row {index.row()}" if role == Qt.ItemDataRole.DisplayRole else None


@pytest.mark.parametrize(("kind", "told"), [(OfANumber, "'twelve'"), (OfWhatIsGone, "already deleted")])
def test_that_an_error_raised_by_c_comes_out_of_the_call_that_led_there(qtbot, kind, told):
    widget = kind()
    qtbot.addWidget(widget)
    with pytest.raises((ValueError, RuntimeError), match=told):
        widget.show()


def test_that_an_error_under_a_click_comes_out_as_well(qtbot):
    widget = Pressed()
    qtbot.addWidget(widget)
    with pytest.raises(LookupError, match="no-such-code"):
        QTest.mousePress(widget, Qt.MouseButton.LeftButton)


def test_that_what_does_not_break_is_as_it_was():
    model = Listed()
    assert model.data.__doc__ == "Say which row it is."
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["row 0", "row 1", "row 2"]
