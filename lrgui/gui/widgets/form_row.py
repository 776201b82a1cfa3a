"""One line of a form: title, input, what a length is in the other unit, and the complaint when it is wrong."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from lrgui.core.config.fields import FieldSpec, Path
from lrgui.core.config.lengths import Length
from lrgui.core.messages import Message, joined, say
from lrgui.gui.sizes import sized
from lrgui.gui.widgets.card import label
from lrgui.gui.widgets.eliding_label import ElidingLabel
from lrgui.gui.widgets.inputs import input_for
from lrgui.gui.words import show

_INPUT_WIDTH = 132
_NARROW = 104
"""Beside a long title, an input gives way down to so many pixels."""

_LONG_KINDS = ("text", "path", "folder", "lengths", "numbers", "points")
_LENGTHS = ("length", "lengths")


class Row(QWidget):
    """Label, input and complaint of one field; a length also says what it is in the other unit."""

    def __init__(self, spec: FieldSpec, path: Path) -> None:
        super().__init__()
        self.spec, self.path = spec, path
        self.input: Any = input_for(spec)
        self._title = label(spec.title)
        self._complaint = label("", "error")
        self._complaint.setWordWrap(True)
        self._other = ElidingLabel()
        self._other.setProperty("level", "note")
        self._other.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._complaint.hide()
        self._other.hide()
        self._name_the_input()
        self._lay_out()

    def _name_the_input(self) -> None:
        spec = self.spec
        tip = say("{description}\n{allowed:capital}.", description=spec.description, allowed=spec.allowed())
        self._title.setBuddy(self.input)
        show(self._title.setToolTip, tip)
        show(self.input.setToolTip, tip)
        show(self.input.setAccessibleName, spec.title)
        show(self.input.setAccessibleDescription, tip)
        self.input.setObjectName(".".join(self.path))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setHorizontalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1000)  # the input takes what there is, up to its width
        grid.addWidget(self._title, 0, 0)
        if self.spec.kind in _LONG_KINDS:  # below its title, as wide as the form
            grid.addWidget(self.input, 1, 0, 1, 2)
        else:
            self._give_width()
            grid.addWidget(self.input, 0, 1)
        grid.addWidget(self._other, 2, 0, 1, 2)
        grid.addWidget(self._complaint, 3, 0, 1, 2)

    def _give_width(self) -> None:
        """Let all inputs be equally wide, but for one beside a long title; a choice ends a long name in dots."""
        sized(self.input.setMinimumWidth, _NARROW)
        sized(self.input.setMaximumWidth, _INPUT_WIDTH)
        self.input.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_spacing(self, spacing: int) -> None:
        """Leave so many pixels between title and input."""
        layout = self.layout()
        assert isinstance(layout, QGridLayout)
        layout.setHorizontalSpacing(spacing)

    def complain(self, message: Message | None) -> None:
        """Show what is wrong, or nothing."""
        before, wrong = self._complaint.text(), message is not None
        show(self._complaint.setText, message or "")
        if before == self._complaint.text():
            return
        self._complaint.setVisible(wrong)
        self.input.setProperty("wrong", wrong)
        self.input.style().unpolish(self.input)
        self.input.style().polish(self.input)

    def convert(self, value: Any, steps_per_epoch: int) -> None:
        """Say what a length, or each of some, is in the other unit, and what none means; nothing for 0."""
        if self.spec.kind not in _LENGTHS:
            return
        lengths = value if isinstance(value, tuple) else (value,)
        told = [in_other_unit(each, steps_per_epoch) for each in lengths if isinstance(each, Length) and each > 0]
        if value is None:
            told = [say("to the end of the run")]
        text = Message("= {told}", {"told": joined(told)}) if told else ""
        show(self._other.setText, text)
        show(self._other.setToolTip, text)
        self._other.setVisible(bool(told))


def in_other_unit(length: Length, steps_per_epoch: int) -> Message:
    """Write a length of epochs in steps, and one of steps in epochs: ``57 steps``, ``2.0 epochs``."""
    if length.unit == "epochs":
        steps = length.steps(steps_per_epoch)
        return say("1 step") if steps == 1 else say("{steps:,} steps", steps=steps)
    count = length.epochs(steps_per_epoch)
    return say("{count:,.1f} epochs", count=count) if count >= 1 else say("{count:.2g} epochs", count=count)
