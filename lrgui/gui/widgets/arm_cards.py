"""The arms of a comparison: a line for each, the fields of the one that is looked at, and what adds and removes."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout

from lrgui.core.config import Arm
from lrgui.core.config.arm import names_of
from lrgui.core.config.comparison import MOST_ARMS
from lrgui.core.config.fields import Path
from lrgui.core.config.schedule import Constant, Cosine, Linear, OneCycle, ScheduleChoice, Sgdr, Triangular
from lrgui.core.messages import Message, Text, format_learning_rate, joined, say
from lrgui.gui.theme import themes
from lrgui.gui.widgets.arm_form import ArmForm
from lrgui.gui.widgets.card import FoldingCard
from lrgui.gui.widgets.compare_presets import ComparisonPresets
from lrgui.gui.widgets.numbered_line import NumberedLine
from lrgui.gui.words import show, with_keys

_SCHEDULES: tuple[type[ScheduleChoice], ...] = (Constant, Cosine, Sgdr, OneCycle, Triangular, Linear)


class ArmLine(NumberedLine):
    """One arm: its name and rate; schedule and optimizer, or what is wrong."""

    removed = Signal()

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self._about: Text = ""
        self._wrong: Text = ""

    def show_arm(self, arm: Arm, name: Text, wrong: Text) -> None:
        """Show an arm, what it is called, and what is wrong with it."""
        self.title, self.rate, self._wrong = name, format_learning_rate(arm.learning_rate, 3), wrong
        self._about = joined((arm.schedule.title, arm.optimizer.title), " · ")
        about = {"number": self.number + 1, "name": name, "rate": self.rate, "note": wrong or self._about}
        show(self.setAccessibleName, say("Arm {number}: {name}, rate {rate}, {note}", **about))
        show(self.setToolTip, say("{name}, rate {rate}\n{note}", **about))
        self.update()

    def note(self) -> tuple[Text, str]:
        """Return what is wrong with it, or else what it is."""
        return (self._wrong, "error") if self._wrong else (self._about, "dim")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take it away with Del (Qt's hook)."""
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class ArmsCard(FoldingCard):
    """Presets, lines, the fields under the selected one.

    ``edited`` tells that there are other arms, or a field has become wrong; ``vary_asked`` that a hand wants one field
    of the selected arm with several values, ``sweeps_asked`` that it wants the rate of each arm to be found;
    ``preset_picked`` carries a ready comparison; ``applied`` tells of Enter.
    """

    edited = Signal()
    applied = Signal()
    vary_asked = Signal()
    sweeps_asked = Signal()
    preset_picked = Signal(object)

    def __init__(self) -> None:
        super().__init__(say("Arms"))
        self.form, self.presets = ArmForm(), ComparisonPresets()
        self.lines: list[ArmLine] = []
        self._arms: list[Arm] = []
        self._selected = 0
        self._right = True
        self._complaints: dict[int, Mapping[Path, Message]] = {}
        self.sweep = self._tool(
            "image-filter-center-focus",
            say("Find the rate of each arm by a sweep with its optimizer"),
            self.sweeps_asked.emit,
        )
        self.vary = self._tool("tune-variant", say("Vary one field of the selected arm"), self.vary_asked.emit)
        self.duplicate = self._tool("content-duplicate", say("Duplicate the selected arm"), self._duplicate)
        self.remove = self._tool("trash-can-outline", say("Remove the selected arm"), self._remove, "Del")
        self.add = self._tool("plus", say("Add an arm"), self._add)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self._lines.addWidget(self.form)
        self.body.addWidget(self.presets)
        self.body.addLayout(self._lines)
        self.presets.picked.connect(self.preset_picked)
        self.presets.sweeps_asked.connect(self.sweeps_asked)
        self.form.edited.connect(self._take)
        self.form.applied.connect(self.applied)
        themes.changed.connect(self._take_colors)

    def _tool(self, glyph: str, tip: Message, slot: Callable[[], None], keys: str = "") -> QToolButton:
        tool = QToolButton()
        show(tool.setToolTip, with_keys(tip, keys))
        show(tool.setAccessibleName, tip)
        tool.setProperty("glyph", glyph)
        tool.setIcon(themes.current.icon(glyph))
        tool.clicked.connect(lambda: slot())
        self.head.addWidget(tool)
        return tool

    def _take_colors(self) -> None:
        for tool in (self.sweep, self.vary, self.duplicate, self.remove, self.add):
            tool.setIcon(themes.current.icon(tool.property("glyph")))

    def arms(self) -> tuple[Arm, ...] | None:
        """Return the arms, or None while a field of the selected one is wrong."""
        return tuple(self._arms) if self._right else None

    @property
    def selected(self) -> Arm:
        """The arm whose fields are shown."""
        return self._arms[self._selected]

    def set_arms(self, arms: Sequence[Arm], selected: int = 0) -> None:
        """Show other arms, with the fields of one of them."""
        self._arms, self._selected, self._right = list(arms), min(selected, len(arms) - 1), True
        self._complaints = {}
        self._show()
        self.form.show_arm(self.selected, self._called())
        self.edited.emit()

    def replace_selected(self, arms: Sequence[Arm]) -> None:
        """Put others in the place of the selected one, as many as there is room for."""
        before, behind = self._arms[: self._selected], self._arms[self._selected + 1 :]
        self.set_arms([*before, *arms, *behind][:MOST_ARMS], self._selected)

    def set_rate(self, number: int, arm: Arm, learning_rate: float) -> None:
        """Give an arm another rate, unless it has become another arm meanwhile."""
        if number < len(self._arms) and self._arms[number] == arm:
            arms = list(self._arms)
            arms[number] = arm.model_copy(update={"learning_rate": learning_rate})
            self.set_arms(arms, self._selected)

    @property
    def room(self) -> int:
        """How many arms may take the place of the selected one."""
        return MOST_ARMS - len(self._arms) + 1

    def complain(self, complaints: Mapping[int, Mapping[Path, Message]], steps_per_epoch: int | None) -> None:
        """Say what is wrong with which arm, by the path of the field; and what lengths are, if that is known."""
        self._complaints = dict(complaints)
        if self._right:
            self.form.complain(self._complaints.get(self._selected, {}))
            if steps_per_epoch is not None:
                self.form.convert(self.selected, steps_per_epoch)
        self._show()

    @property
    def _names(self) -> tuple[Text, ...]:
        return names_of(self._arms)

    def _show(self) -> None:
        while len(self.lines) > len(self._arms):
            line = self.lines.pop()
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        while len(self.lines) < len(self._arms):
            self._add_line()
        names = self._names
        for line, arm, name in zip(self.lines, self._arms, names, strict=True):
            wrong = next(iter(self._complaints.get(line.number, {}).values()), "")
            line.show_arm(arm, name, wrong)
            line.setChecked(line.number == self._selected)
        self.form.call(self._called())
        self.presets.show_arms(self._arms)
        self._lines.removeWidget(self.form)
        self._lines.insertWidget(self._selected + 1, self.form)
        self.add.setEnabled(len(self._arms) < MOST_ARMS)
        self.duplicate.setEnabled(len(self._arms) < MOST_ARMS)
        self.vary.setEnabled(len(self._arms) < MOST_ARMS)
        self.remove.setEnabled(len(self._arms) > 1)

    def _called(self) -> Text:
        """Return what the selected arm is called where it has no name of its own."""
        arms = list(self._arms)
        arms[self._selected] = self.selected.model_copy(update={"name": ""})
        return names_of(arms)[self._selected]

    def _add_line(self) -> None:
        line = ArmLine(len(self.lines))
        line.clicked.connect(lambda: self._clicked(line))
        line.removed.connect(lambda: self._remove_line(line))
        self._lines.addWidget(line)
        self.lines.append(line)

    def _clicked(self, line: ArmLine) -> None:
        """Select an arm; the selected one folds its fields, or shows them again."""
        if line.number == self._selected:
            line.setChecked(True)
            self.form.setVisible(self.form.isHidden())
        else:
            self.form.show()
            self.set_arms(self._arms, line.number)

    def _take(self, arm: Arm | None) -> None:
        self._right = arm is not None
        if arm is not None:
            self._arms[self._selected] = arm
        self.edited.emit()

    def _add(self) -> None:
        """Put another arm behind the others: like the selected one, with the rate of its own."""
        self.form.show()
        self.set_arms([*self._arms, _fresh(self._arms)], len(self._arms))

    def _duplicate(self) -> None:
        name = str(say("{name} copy", name=self.selected.name)) if self.selected.name else ""
        copied = self.selected.model_copy(update={"name": name})
        arms = [*self._arms]
        arms.insert(self._selected + 1, copied)
        self.set_arms(arms, self._selected + 1)

    def _remove(self) -> None:
        self._remove_line(self.lines[self._selected])

    def _remove_line(self, line: ArmLine) -> None:
        if len(self._arms) > 1:
            arms = [arm for number, arm in enumerate(self._arms) if number != line.number]
            self.set_arms(arms, self._selected - (line.number < self._selected))


def _fresh(arms: Sequence[Arm]) -> Arm:
    """Return an arm like the last one, with a schedule that is not there yet; where all are, with another rate."""
    last, there = arms[-1], {type(arm.schedule) for arm in arms}
    schedule = next((each for each in _SCHEDULES if each not in there), None)
    if schedule is not None:
        return last.model_copy(update={"name": "", "schedule": schedule()})
    return last.model_copy(update={"name": "", "learning_rate": last.learning_rate / 3})
