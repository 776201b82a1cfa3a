"""The selected run of the history: what came of it, its settings, its curve, what a person wrote, and the verbs."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from lrgui.core.config_words import Fact, facts_of, origin_facts
from lrgui.core.messages import Message, Text, joined, say
from lrgui.core.store import Entry, UnreadableConfig
from lrgui.gui.actions import Actions
from lrgui.gui.run_details import Details
from lrgui.gui.sizes import px, sized
from lrgui.gui.widgets import history_words as words
from lrgui.gui.widgets.action_button import ActionButton, ActionTool
from lrgui.gui.widgets.card import GAP, Card, label
from lrgui.gui.widgets.eliding_label import ElidingLabel
from lrgui.gui.widgets.history_curve import HistoryCurve
from lrgui.gui.words import show

_SAVE_AFTER_MS = 800
_NOTE_HEIGHT = 48


class _Note(QPlainTextEdit):
    """A note of some lines; ``left`` tells that the keys go elsewhere now."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell it (Qt's hook)."""
        super().focusOutEvent(event)
        self.left.emit()

    def sizeHint(self) -> QSize:
        """Ask for two lines (Qt's hook)."""
        return QSize(px(200), px(_NOTE_HEIGHT))


class HistoryDetails(Card):
    """Details of one run. ``edited(str, dict)`` carries what a person wrote about which run."""

    edited = Signal(str, dict)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._entry: Entry | None = None
        self._others: Sequence[Fact] = ()
        self.title = ElidingLabel()
        self.title.setProperty("level", "title")
        sized(self.title.setMinimumWidth, 60)
        self.verdict = label("", "verdict")
        self.more_words = label("", "dim")
        self.own = label("")
        for told in (self.verdict, self.more_words, self.own):
            told.setWordWrap(True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._make_fields()
        self.curve = HistoryCurve()
        sized(self.curve.setMinimumSize, 200, 120)
        self._lay_out(actions)
        self.clear()

    def _make_fields(self) -> None:
        self.tags, self.note = QLineEdit(), _Note()
        show(self.tags.setPlaceholderText, say("Tags, with commas between them"))
        show(self.tags.setAccessibleName, say("Tags of the run"))
        show(self.tags.setToolTip, say("Tags, with commas between them"))
        self.tags.editingFinished.connect(self.save)
        show(self.note.setPlaceholderText, say("A note on this run"))
        show(self.note.setAccessibleName, say("Note on the run"))
        self.note.setTabChangesFocus(True)
        sized(self.note.setFixedHeight, _NOTE_HEIGHT)
        self.note.left.connect(self.save)
        self._saving = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._saving.timeout.connect(self.save)
        self.note.textChanged.connect(self._saving.start)
        self._all = QPushButton()
        self._all.setCheckable(True)
        self._all.setProperty("link", True)
        self._all.setCursor(Qt.CursorShape.PointingHandCursor)
        show(self._all.setAccessibleName, say("All settings and versions"))
        self._all.toggled.connect(self._fold)
        self._rest = QWidget()
        self._grid = QGridLayout(self._rest)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GAP)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._fold(False)

    def _lay_out(self, actions: Actions) -> None:
        self.head.addWidget(self.title, 1)
        self.head.addWidget(ActionButton(actions["open_run"], "open-in-app", primary=True))
        for name in ("overlay_runs", "repeat_run"):
            self.head.addWidget(ActionButton(actions[name]))
        for name in ("star_run", "rename_run", "delete_run"):
            tool = ActionTool(actions[name])
            self.head.addWidget(tool)
        self.body.addLayout(self.head)
        column = QWidget()
        texts = QVBoxLayout(column)
        texts.setContentsMargins(0, 0, GAP, 0)
        texts.setSpacing(6)
        for widget in (self.verdict, self.more_words, self.own, self.tags, self.note, self._all, self._rest):
            texts.addWidget(widget)
        texts.addStretch(1)
        scrolled = QScrollArea()
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setWidgetResizable(True)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setWidget(column)
        sized(scrolled.setMinimumWidth, 240)
        line = QHBoxLayout()
        line.setSpacing(2 * GAP)
        line.addWidget(scrolled, 5)
        line.addWidget(self.curve, 6)
        self.body.addLayout(line, 1)

    def minimumSizeHint(self) -> QSize:
        """Ask for little: the list is what one comes for (Qt's hook)."""
        return QSize(px(400), px(190))

    # What is shown

    @property
    def run_id(self) -> str | None:
        """The id of the run that is shown."""
        return self._entry.id if self._entry else None

    def clear(self, told: Text = "") -> None:
        """Show no run."""
        self.save()
        self._entry = None
        show(self.title.setText, told)
        for text in (self.verdict, self.more_words, self.own):
            show(text.setText, "")
            text.hide()
        for field in (self.tags, self.note, self._all):
            field.hide()
        self._rest.hide()
        self._others = ()
        self.curve.show_run(None)
        self.curve.hide()

    def show_entry(self, entry: Entry, several: int = 1) -> None:
        """Show the line of a run, before the rest of it has come; ``several`` runs are selected."""
        other = entry.id != self.run_id
        if other:
            self.clear()
        self._entry = entry
        name, what = words.name_of(entry), words.what_of(entry)
        more = say("{count} runs selected", count=several) if several > 1 else what
        show(self.title.setText, joined((name, more), "  ·  "))
        show(self.title.setToolTip, joined((name, what), "\n"))
        for field in (self.tags, self.note, self._all):
            field.show()
        if other or not self.tags.hasFocus():
            show(self.tags.setText, ", ".join(entry.tags))
        if other or not self.note.hasFocus():
            self._show_note(entry.note)
        self.curve.show()

    def _show_note(self, text: str) -> None:
        if text != self.note.toPlainText():
            self.note.blockSignals(True)
            self.note.setPlainText(text)
            self.note.blockSignals(False)

    def show_details(self, details: Details, state: Message | None) -> None:
        """Show a run whole; ``state`` is what is to be said in place of its own last sentence."""
        run = details.run
        _show(self.verdict, state or run.message or "")
        facts = facts_of(run.config)
        own = [joined((fact.title, fact.value), " ") for fact in facts if fact.own]
        notes = [details.repeated] if details.repeated is not None else []
        if isinstance(run.config, UnreadableConfig):
            notes.append(run.config.message)
        if moves := sum(move.by == "hand" for move in run.factor_moves):
            once = say("the rate was moved by hand once")
            own.append(once if moves == 1 else say("the rate was moved by hand {count} times", count=moves))
        _show(self.more_words, joined(notes, "\n") if notes else "")
        by_default = "" if notes else say("All settings as by default.")
        _show(self.own, joined(own, "  ·  ") if own else by_default)
        self._others = [
            *(fact for fact in facts if not fact.own),
            *origin_facts(details.origin["versions"], details.origin["environment"]),
        ]
        self._show_rest()
        self.curve.show_run(run)

    def show_problem(self, told: Message) -> None:
        """Say why a run cannot be shown."""
        _show(self.verdict, told)
        self.curve.show_run(None)

    def _show_rest(self) -> None:
        """Fill the lines that are folded away, when they are to be seen: there are many."""
        while (item := self._grid.takeAt(0)) is not None:
            if (shown := item.widget()) is not None:
                shown.deleteLater()
        for row, fact in enumerate(self._others if self._all.isChecked() else ()):
            title, value = label(fact.title, "dim"), label(fact.value)
            title.setAlignment(Qt.AlignmentFlag.AlignTop)
            value.setWordWrap(True)
            value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._grid.addWidget(title, row, 0)
            self._grid.addWidget(value, row, 1)
        self._rest.setVisible(self._all.isChecked())

    def _fold(self, shown: bool) -> None:
        show(
            self._all.setText,
            say("Hide the other settings") if shown else say("Other settings, versions, computer ..."),
        )
        self._show_rest()

    # What is written

    def save(self) -> None:
        """Tell what was written, if it is something else."""
        self._saving.stop()
        if (entry := self._entry) is None:
            return
        changed: dict[str, Any] = {}
        tags = tuple(dict.fromkeys(tag for part in self.tags.text().split(",") if (tag := " ".join(part.split()))))
        if tags != entry.tags:
            changed["tags"] = tags
        if (note := self.note.toPlainText()) != entry.note:
            changed["note"] = note
        if changed:
            self.edited.emit(entry.id, changed)


def _show(where: QLabel, text: Text) -> None:
    show(where.setText, text)
    where.setVisible(text != "")
