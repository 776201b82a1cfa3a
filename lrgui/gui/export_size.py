"""The size of a picture: two numbers, and the sizes that are usual."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from lrgui.core.messages import Message, say
from lrgui.gui.export_choice import Size
from lrgui.gui.plots.sheet import LARGEST, SMALLEST, STANDARD
from lrgui.gui.sizes import sized
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.words import show, worded

USUAL: tuple[tuple[Message, Size], ...] = (
    (say("Slide, 1280 x 720"), (1280, 720)),
    (say("Sharp slide, 1920 x 1080"), (1920, 1080)),
    (say("Paper, one column, 1000 x 700"), (1000, 700)),
    (say("Paper, whole width, 2000 x 900"), (2000, 900)),
    (say("Square, 1200 x 1200"), (1200, 1200)),
)
"""What most people need."""

_FIELD_WIDTH = 72


class SizeFields(QWidget):
    """Width and height in pixels. ``changed`` tells that one was typed or chosen."""

    changed = Signal()
    standard = STANDARD

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.width_field, self.height_field = QLineEdit(), QLineEdit()
        self.usual = worded(QPushButton(), say("Usual sizes"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        for field, name, between in (
            (self.width_field, say("Width of pictures in pixels"), say("by")),
            (self.height_field, say("Height of pictures in pixels"), say("pixels")),
        ):
            sized(field.setFixedWidth, _FIELD_WIDTH)
            field.setValidator(QIntValidator(0, 99_999, field))
            field.textChanged.connect(self._check)
            show(field.setAccessibleName, name)
            show(field.setToolTip, self.allowed())
            line.addWidget(field)
            line.addWidget(label(between, "dim"))
        line.addStretch(1)
        line.addWidget(self.usual)
        self._fill_menu()
        self.show_size(size)

    def _fill_menu(self) -> None:
        menu = QMenu(self)
        for title, size in USUAL:
            action = menu.addAction("")
            show(action.setText, title)
            action.triggered.connect(partial(self.show_size, size))
        self.usual.setMenu(menu)

    def show_size(self, size: Size) -> None:
        """Show a size."""
        self.width_field.setText(str(size[0]))
        self.height_field.setText(str(size[1]))

    def size_or_none(self) -> Size | None:
        """Return the size; None while it is none that a picture can have."""
        width, height = self._side(self.width_field), self._side(self.height_field)
        return None if width is None or height is None else (width, height)

    @staticmethod
    def _side(field: QLineEdit) -> int | None:
        text = field.text()
        return int(text) if text.isdecimal() and SMALLEST <= int(text) <= LARGEST else None

    @staticmethod
    def allowed() -> Message:
        """Say what a size takes."""
        return say("Each side of a picture takes {least} to {most:,} pixels.", least=SMALLEST, most=LARGEST)

    def _check(self) -> None:
        for field in (self.width_field, self.height_field):
            field.setProperty("wrong", self._side(field) is None)
            field.style().unpolish(field)
            field.style().polish(field)
        self.changed.emit()
