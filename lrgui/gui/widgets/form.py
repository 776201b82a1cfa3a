"""A config as a form: cards of rows, made from the fields' own declarations."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from lrgui.core.config import Choice, Config
from lrgui.core.config.fields import FieldSpec, Path, choice_name, field_specs, problems
from lrgui.core.messages import Message, Text, say
from lrgui.gui.widgets.card import GAP, FoldingCard
from lrgui.gui.widgets.eliding_label import ElidingLabel
from lrgui.gui.widgets.fields import NumberField, TextField
from lrgui.gui.widgets.form_row import Row
from lrgui.gui.words import show, worded

_ROW_GAP = 5

AnyConfig = TypeVar("AnyConfig", bound=Config)


class Form(QScrollArea, Generic[AnyConfig]):
    """A form for one class of config.

    ``changed`` is emitted at every edit, ``applied`` at Enter in a field. ``value()`` is None while something is
    wrong, and the field then says what it takes; ``trouble_elsewhere`` is the sentence of a field without a row.

    Parameters
    ----------
    config : Config
        What it shows at first.
    names : sequence of str, optional
        The fields that have a row, in their order; all of them if not given. The others stay as they were set.
    """

    changed = Signal()
    applied = Signal()

    def __init__(self, config: AnyConfig, names: Sequence[str] | None = None) -> None:
        super().__init__()
        self._class = type(config)
        self._names = tuple(type(config).model_fields if names is None else names)
        self._kept = {name: value for name, value in config if name not in self._names}
        self.trouble_elsewhere: Message | None = None
        self._rows: dict[Path, Row] = {}
        self._cards: dict[str, QVBoxLayout] = {}
        self._inner_rows: dict[Path, QVBoxLayout] = {}
        self._more: dict[str, QPushButton] = {}
        self._notes: dict[str, ElidingLabel] = {}
        self._folding: dict[str, FoldingCard] = {}
        self._seen = False
        self._value: AnyConfig | None = None
        self._filling = True
        self._build()
        self.set_value(config)

    def value(self) -> AnyConfig | None:
        """Return what the form says, or None while something is wrong."""
        return self._value

    def set_value(self, config: Config, names: Iterable[str] | None = None) -> None:
        """Take the fields of a config, or those of these names that the form's config has."""
        names = set(type(config).model_fields if names is None else names) & self._class.model_fields.keys()
        self._filling = True
        for name in names:
            if name in self._kept:
                self._kept[name] = getattr(config, name)
            else:
                self._show((name,), getattr(config, name))
        self._filling = False
        self._check(by_hand=False)

    def card_heights(self) -> tuple[int, ...]:
        """Return how high its cards are when none is folded, in pixels, from the first to the last."""
        return tuple(card.full_height() for card in self._folding.values())

    def set_note(self, group: str, text: Text) -> None:
        """Write a quiet note beside a group's title; it keeps its place from then on."""
        show(self._notes[group].setText, text)
        show(self._notes[group].setToolTip, text)
        self._notes[group].show()

    def _show(self, path: Path, value: Any) -> None:
        if not isinstance(value, Choice):
            self._rows[path].input.show_value(value)
            return
        name = choice_name(type(value))
        self._rows[path].input.show_value(name)
        self._make_rows_of(path, name)
        for spec in field_specs(type(value)):
            self._show((*path, name, spec.name), getattr(value, spec.name))

    def _build(self) -> None:
        column = QWidget()
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, 0, GAP, 0)
        self._column.setSpacing(GAP)
        specs = {spec.name: spec for spec in field_specs(self._class)}
        for name in self._names:
            self._add(specs[name], (name,), self._card(specs[name].group))
        self._column.addStretch(1)
        self.setWidget(column)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it, and scroll it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _card(self, group: str) -> QVBoxLayout:
        if group not in self._cards:
            card = FoldingCard(say(group))
            self._folding[group] = card
            self._cards[group] = rows = QVBoxLayout()
            rows.setSpacing(_ROW_GAP)
            card.body.addLayout(rows)
            self._more[group] = self._more_button(group)
            self._notes[group] = ElidingLabel()
            self._notes[group].setProperty("level", "note")
            # What it says is not to make the form wider.
            self._notes[group].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._notes[group].setAlignment(Qt.AlignmentFlag.AlignRight)
            self._notes[group].hide()
            card.head.addWidget(self._notes[group], 2)
            card.head.addWidget(self._more[group])
            self._column.addWidget(card)
        return self._cards[group]

    def showEvent(self, event: QShowEvent) -> None:
        """Where the screen is small, fold cards until the last is seen; the first, if the fields' order was chosen."""
        super().showEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self._fold_to_fit)

    def _fold_to_fit(self) -> None:
        missing = self._column.sizeHint().height() - self.viewport().height()
        cards = list(self._folding.values())
        for card in cards[:-1] if len(self._names) == len(self._class.model_fields) else cards[:0:-1]:
            if missing <= 0:
                return
            missing -= card.fold()

    def _more_button(self, group: str) -> QPushButton:
        more = worded(QPushButton(), say("More"))
        more.setCheckable(True)
        more.setProperty("link", True)
        more.setCursor(Qt.CursorShape.PointingHandCursor)
        show(more.setAccessibleName, say("More fields: {group}", group=say(group)))
        more.toggled.connect(lambda shown: show(more.setText, say("Less") if shown else say("More")))
        more.toggled.connect(self._show_rows)
        more.clicked.connect(lambda: self._folding[group].set_open(True))
        return more

    def _add(self, spec: FieldSpec, path: Path, rows: QVBoxLayout) -> None:
        row = self._rows[path] = Row(spec, path)
        rows.addWidget(row)
        row.input.changed.connect(self._check)
        if isinstance(row.input, NumberField | TextField):
            row.input.applied.connect(self.applied)
        if spec.kind == "choice":
            self._inner_rows[path] = QVBoxLayout()
            self._inner_rows[path].setSpacing(_ROW_GAP)
            rows.addLayout(self._inner_rows[path])

    def _make_rows_of(self, path: Path, name: str) -> None:
        """Make the rows of a choice's own fields when it is first chosen: making all at once would take long."""
        option = next(option for option in self._rows[path].spec.options if choice_name(option) == name)
        for inner in field_specs(option):
            if (inner_path := (*path, name, inner.name)) not in self._rows:
                self._add(inner, inner_path, self._inner_rows[path])
                self._rows[inner_path].input.show_value(inner.default)

    def _check(self, *, by_hand: bool = True) -> None:
        if self._filling:
            return
        self._filling = True
        for path in self._inner_rows:
            self._make_rows_of(path, self._rows[path].input.raw())
        self._filling = False
        self._refuse_what_does_not_fit(by_hand=by_hand)
        found: Mapping[Path, Message] = {}
        try:
            self._value = self._class(**self._raw())
        except ValidationError as error:
            self._value, found = None, problems(self._class, error)
        self.trouble_elsewhere = next((told for path, told in found.items() if path not in self._rows), None)
        for path, row in self._rows.items():
            row.complain(found.get(path))
            if path in found:
                self._folding[self._group(path)].set_open(True)
                self._more[self._group(path)].setChecked(self._more[self._group(path)].isChecked() or row.spec.advanced)
        self._show_rows()
        self._convert_lengths()
        self.changed.emit()

    def _convert_lengths(self) -> None:
        """Say of each length what it is in the other unit, as long as the form knows how long an epoch is."""
        if (steps_per_epoch := getattr(self._value, "steps_per_epoch", None)) is None:
            return
        for path, row in self._rows.items():
            choice = getattr(self._value, path[0])
            if len(path) == 3 and choice_name(type(choice)) == path[1]:
                row.convert(getattr(choice, path[2]), steps_per_epoch)

    def _refuse_what_does_not_fit(self, *, by_hand: bool) -> None:
        """Do not offer what does not go with the other choices."""
        options = {
            path[0]: {choice_name(option): option for option in row.spec.options}
            for path, row in self._rows.items()
            if row.spec.kind == "choice"
        }
        chosen = {name: type(value) for name, value in self._kept.items() if isinstance(value, Choice)}
        chosen |= {name: words[self._rows[name,].input.raw()] for name, words in options.items()}
        for name, words in options.items():
            refused = {word: option.why_not(chosen) for word, option in words.items()}
            self._rows[name,].input.refuse({word: reason for word, reason in refused.items() if reason})
            for word in (word for word, option in words.items() if option.comes_along):
                self._let_come_along(name, word, refused[word] is None, by_hand=by_hand)

    def _let_come_along(self, name: str, word: str, fits: bool, *, by_hand: bool) -> None:
        """Take what comes along with another choice made by hand, and give it up with that."""
        row, self._filling = self._rows[name,], True
        came = row.input.withhold(word, not fits) and fits
        if came and by_hand:
            row.input.show_value(word)
        elif not fits and row.input.raw() == word:
            self._show(row.path, row.spec.default)
        self._filling = False

    def _show_rows(self) -> None:
        """Show the rows of what is chosen; the advanced ones only under a "More" that is open."""
        has_more = dict.fromkeys(self._more, False)
        for path, row in self._rows.items():
            chosen = len(path) == 1 or self._rows[path[:1]].input.raw() == path[1]
            group = self._group(path)
            has_more[group] |= chosen and row.spec.advanced
            row.setVisible(chosen and (not row.spec.advanced or self._more[group].isChecked()))
        for group, more in self._more.items():
            more.setVisible(has_more[group])

    def _group(self, path: Path) -> str:
        return self._rows[path[:1]].spec.group

    def _raw(self) -> dict[str, Any]:
        raw: dict[str, Any] = dict(self._kept)
        for path, row in self._rows.items():
            if len(path) == 1:
                raw[path[0]] = {"name": row.input.raw()} if row.spec.kind == "choice" else row.input.raw()
            elif raw[path[0]]["name"] == path[1]:
                raw[path[0]][path[2]] = row.input.raw()
        return raw
