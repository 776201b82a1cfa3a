"""The dialog in which one arm of a comparison becomes several that differ in one field."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from lrgui.core.config import Arm
from lrgui.core.messages import Message, say
from lrgui.gui.vary_dialog import VaryDialog


class VaryArmDialog(VaryDialog):
    """Field, values, and how many arms there will be; ``chosen`` carries their variations.

    Parameters
    ----------
    parent : QWidget
        The window.
    arm : Arm
        What all of them are otherwise; its own name is left out.
    room : int
        How many may take its place.
    """

    asked = say("One arm for each value of one field, in place of this one.")

    def __init__(self, parent: QWidget, arm: Arm, room: int) -> None:
        self._room = room
        super().__init__(parent, arm.model_copy(update={"name": ""}), self._told_of)

    def _told_of(self, arms: Sequence[Arm]) -> Message:
        if len(arms) > self._room:
            return say("There is room for {room} arms: the first {room} are taken.", room=self._room)
        return say("They differ in nothing else.")

    def _foretold(self) -> Message:
        return self._told_of([task.config for task in self._tasks])

    def verb(self, count: int) -> Message:
        """Say what the button does with so many values."""
        return say("Make {count} arms", count=min(count, self._room))
