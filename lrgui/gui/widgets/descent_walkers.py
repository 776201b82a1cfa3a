"""The walkers of the gradient-descent page: a line for each, and the fields of the one that is looked at."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from lrgui.core.config.descent import WalkerChoice
from lrgui.core.descent import Ending, Path
from lrgui.core.messages import Text, before_colon, format_learning_rate, joined, say
from lrgui.gui.actions import Actions
from lrgui.gui.widgets.action_button import ActionTool
from lrgui.gui.widgets.card import FoldingCard
from lrgui.gui.widgets.numbered_line import NumberedLine
from lrgui.gui.widgets.walker_form import WalkerForm
from lrgui.gui.words import show

GOOD, BAD = ("arrived", "settled"), ("diverged", "fell", "no value")


class WalkerLine(NumberedLine):
    """One walker: its optimizer and rate; schedule, or how it ended."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self._schedule: Text = ""
        self._ending: Ending | None = None

    def show_walker(self, walker: WalkerChoice, ending: Ending | None) -> None:
        """Show a walker, and how its walk has ended."""
        look = walker.title, format_learning_rate(walker.learning_rate, 3), walker.schedule.title, ending
        if look != (self.title, self.rate, self._schedule, self._ending):
            self.title, self.rate, self._schedule, self._ending = look
            told = say("{title}, rate {rate}, {note}", title=self.title, rate=self.rate, note=self._schedule)
            if ending is not None:
                told = joined((told, ending.message), "\n")
            show(self.setAccessibleName, say("Walker {number}: {told}", number=self.number + 1, told=told))
            show(self.setToolTip, told)
            self.update()

    def note(self) -> tuple[Text, str]:
        """Return how it ended, or else its schedule."""
        if self._ending is None:
            return self._schedule, "dim"
        name = self._ending.name
        meaning = "good" if name in GOOD else "error" if name in BAD else "dim"
        return before_colon(self._ending.message), meaning


class WalkersCard(FoldingCard):
    """The lines, the fields under the selected one, and what adds and removes.

    ``selected(int)`` tells which one a hand has picked.
    """

    selected = Signal(int)

    def __init__(self, actions: Actions) -> None:
        super().__init__(say("Walkers"))
        self.form = WalkerForm()
        self.lines: list[WalkerLine] = []
        self._selected = 0
        for name in ("add_walker", "duplicate_walker", "remove_walker"):
            tool = ActionTool(actions[name])
            tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.head.addWidget(tool)
        self.body.setSpacing(2)
        self.body.addWidget(self.form)

    def show_walkers(self, paths: Sequence[Path], selected: int) -> None:
        """Show these walkers, with the fields of one of them under its line."""
        while len(self.lines) > len(paths):
            self.lines.pop().deleteLater()
        while len(self.lines) < len(paths):
            self._add_line()
        for line, path in zip(self.lines, paths, strict=True):
            line.show_walker(path.walker, path.ended)
            line.setChecked(line.number == selected)
        if selected != self._selected or self.body.indexOf(self.form) != selected + 1:
            self._selected = selected
            self.body.removeWidget(self.form)
            self.body.insertWidget(selected + 1, self.form)
            self.form.show()

    def _add_line(self) -> None:
        line = WalkerLine(len(self.lines))
        line.clicked.connect(lambda: self._clicked(line))
        place = len(self.lines) + (self.body.indexOf(self.form) <= len(self.lines))
        self.body.insertWidget(place, line)
        self.lines.append(line)

    def _clicked(self, line: WalkerLine) -> None:
        """Select a walker; the selected one folds its fields, or shows them again."""
        if line.number == self._selected:
            line.setChecked(True)
            self.form.setVisible(self.form.isHidden())
        else:
            self.selected.emit(line.number)
