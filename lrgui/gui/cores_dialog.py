"""The dialog in which one chooses how many cores TensorFlow takes."""

import os

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QDialog, QDialogButtonBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from lrgui.core.config import Execution
from lrgui.core.config.fields import field_specs
from lrgui.core.messages import Message, say
from lrgui.gui.sizes import sized
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.widgets.fields import NumberField
from lrgui.gui.words import show, worded

_SPEC = next(spec for spec in field_specs(Execution) if spec.name == "threads")


class CoresDialog(QDialog):
    """Shows the number in force; ``threads()`` is the one chosen, None for all.

    Parameters
    ----------
    parent : QWidget
        The window.
    threads : int or None
        What was chosen before.
    loaded : bool
        Whether TensorFlow is here already, so that it takes effect at the next start only.
    """

    def __init__(self, parent: QWidget, threads: int | None, *, loaded: bool) -> None:
        super().__init__(parent)
        self.setObjectName("cores")
        show(self.setWindowTitle, say("Cores"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        cores = os.cpu_count() or 1
        self.every = worded(QRadioButton(), say("all of this computer's ({cores})", cores=cores))
        self.some = worded(QRadioButton(), say("only"))
        self.count = NumberField(_SPEC)
        sized(self.count.setFixedWidth, 64)
        show(self.count.setAccessibleName, say("Number of cores"))
        self.count.show_value(threads or max(cores - 1, 1))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        for button in self._buttons.buttons():
            button.setIcon(QIcon())
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        later, now = say("It takes effect when the program starts again."), say("It takes effect at once.")
        self._lay_out(later if loaded else now)
        (self.every if threads is None else self.some).setChecked(True)
        self._check()

    def _lay_out(self, when: Message) -> None:
        either = QButtonGroup(self)
        either.addButton(self.every)
        either.addButton(self.some)
        either.buttonToggled.connect(self._check)
        self.count.changed.connect(self._check)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(GAP)
        column.addWidget(label(say("How many cores TensorFlow takes"), "title"))
        column.addWidget(self.every)
        line = QHBoxLayout()
        line.addWidget(self.some)
        line.addWidget(self.count)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(
            label(say("Fewer leave the computer free for other work, and runs take longer.\n{when}", when=when), "dim")
        )
        column.addWidget(self._buttons)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def threads(self) -> int | None:
        """Return what is chosen, None for all; ``ValueError`` while the number is none."""
        return None if self.every.isChecked() else Execution(threads=self.count.raw()).threads

    def _check(self) -> None:
        try:
            self.threads()
        except ValueError:
            fits = False
        else:
            fits = True
        self.count.setEnabled(self.some.isChecked())
        self.count.setProperty("wrong", not fits)
        show(self.count.setToolTip, say("{allowed:capital}.", allowed=_SPEC.allowed()))
        self.count.style().unpolish(self.count)
        self.count.style().polish(self.count)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(fits)
