"""The page of gradient descent: what a learning rate does, seen on a function."""

from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent

from lrgui.core.config.descent import MOST_WALKERS, WalkerChoice
from lrgui.core.config.fields import problems
from lrgui.core.descent import DescentConfig
from lrgui.core.descent.lab import Ground
from lrgui.core.descent_presets import PRESETS, Preset
from lrgui.core.functions import FUNCTIONS, Function, line_text
from lrgui.core.functions.least_squares import DataPoint
from lrgui.core.messages import say
from lrgui.export.descent_csv import save_walks
from lrgui.gui.actions import Actions
from lrgui.gui.descent_suiting import another, rounded, suited, with_rate
from lrgui.gui.descent_walks import Walks
from lrgui.gui.pages.page import Page
from lrgui.gui.pages.splitting import split
from lrgui.gui.plots.trails import Trail
from lrgui.gui.widgets.descent_column import DescentColumn
from lrgui.gui.widgets.descent_pictures import TABLE, DescentPictures
from lrgui.gui.widgets.descent_player import Player, PlayerBar
from lrgui.gui.widgets.descent_presets import DescentPresets
from lrgui.gui.widgets.descent_side import DescentSide
from lrgui.gui.widgets.descent_step import StepCard
from lrgui.gui.words import show

_SLICE = 0.005
"""Seconds of computing between two looks at what the hands want."""

_LOW = 620
"""Pixels: a page that is no higher has a small screen."""

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class DescentPage(Page):
    """Function and walkers on the left; the plot, what is measured beside it, rate and time below."""

    told = Signal(object)

    def __init__(self, actions: Actions, config: DescentConfig) -> None:
        left = DescentColumn(actions)
        super().__init__(left)
        self.walks, self.selected = Walks(config), 0
        self._function_shown: Function | None = None
        self.player = Player(self)
        self.function, self.walkers = left.function, left.walkers
        self.presets, self.picture, self.side = DescentPresets(), DescentPictures(), DescentSide()
        self.step = StepCard(PlayerBar(self.player, actions))
        self.plot = self.picture.plot
        self.plots = (self.plot, *self.side.plots)
        self._actions, self._left = actions, left
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._go_on)
        self._fill()
        self._connect()
        self._show()

    def config(self) -> DescentConfig:
        """Return what is walked on, and who walks."""
        return self.walks.config

    def _fill(self) -> None:
        parts = (self.picture, 2), (self.side, 1)
        self.splitter = split(Qt.Orientation.Horizontal, *parts, sizes=(570, 300))
        self.pictures.addWidget(self.presets)
        self.pictures.addWidget(self.splitter, 1)
        self.pictures.addWidget(self.step)

    def _connect(self) -> None:
        self.presets.picked.connect(self.show_preset)
        self.function.function_picked.connect(self.choose_function)
        self.function.formula_typed.connect(lambda text: self.change(function=text, start=()))
        self.function.walk_edited.connect(lambda: self.change(**self.function.walk()))
        self.walkers.selected.connect(self.select)
        self.walkers.form.edited.connect(self._walker_edited)
        self.plot.start_dragged.connect(self._start_dragged)
        self.side.points_dragged.connect(self._points_dragged)
        self.picture.turned.connect(self._turned)
        self.picture.table.told.connect(self.told)
        self.picture.table.save_asked.connect(self.save)
        self.step.slider.picked.connect(self._rate_picked)
        self.player.moved.connect(self._show_position)
        self.player.changed.connect(self._show_playing)
        slots = {
            "play": lambda: self.player.play(not self.player.playing),
            "step_on": lambda: self.player.step(1),
            "step_back": lambda: self.player.step(-1),
            "restart": lambda: self.player.step(-self.player.last),
            "add_walker": self.add_walker,
            "duplicate_walker": self.duplicate_walker,
            "remove_walker": self.remove_walker,
        }
        for name, slot in slots.items():
            self._actions[name].triggered.connect(slot)
        self._actions["loop"].toggled.connect(lambda on: setattr(self.player, "loop", on))

    # What a hand changes

    def change(self, **changes: Any) -> bool:
        """Change fields of the config; return whether they were right. What is wrong is said at its field."""
        try:
            config = DescentConfig(**{**dict(self.walks.config), **changes})
        except ValidationError as error:
            self.function.complain(problems(Ground, error))
            return False
        self.function.complain({})
        self.walks.change(config)
        self._show()
        return True

    def show_preset(self, preset: Preset) -> None:
        """Show a ready walk from its start."""
        self.show_config(preset.config)

    def show_config(self, config: DescentConfig) -> None:
        """Show a walk from its start."""
        self.selected, self._function_shown = 0, None
        self.player.play(False)
        self.walks.change(config)
        self.step.slider.show_around(self.walks.function.learning_rate)
        self._show(whole=True)
        self.plot.reset_view()
        self.player.go_to(0)

    def start_over(self) -> None:
        """Show the first ready walk from its start."""
        self.show_preset(PRESETS[next(iter(PRESETS))])
        super().start_over()

    def choose_function(self, name: str) -> None:
        """Walk on a ready function: rates that have a limit are set to suit it, in proportion to each other."""
        function = FUNCTIONS[name]
        start = tuple(rounded(value, span) for value, span in zip(function.start, function.spans, strict=True))
        walkers = suited(self.walks.config.walkers, function.learning_rate)
        self.step.slider.show_around(function.learning_rate)
        self.change(function=name, start=() if start == function.start else start, walkers=walkers)
        self._show(whole=True)

    def select(self, number: int) -> None:
        """Look at another walker."""
        self.selected = number
        self._show(whole=True)
        self._left.ensureWidgetVisible(self.walkers.form)

    def _replace(self, walker: WalkerChoice) -> None:
        walkers = list(self.walks.config.walkers)
        walkers[self.selected] = walker  # type: ignore[call-overload]
        self.change(walkers=tuple(walkers))

    def _walker_edited(self, walker: WalkerChoice) -> None:
        self._replace(walker)

    def _rate_picked(self, learning_rate: float) -> None:
        self.walkers.form.show_rate(learning_rate)
        self._replace(with_rate(self.walks.config.walkers[self.selected], learning_rate))

    def _start_dragged(self, place: tuple[float, ...]) -> None:
        spans = self.walks.function.spans
        self.change(start=tuple(rounded(value, span) for value, span in zip(place, spans, strict=True)))

    def _points_dragged(self, points: tuple[DataPoint, ...]) -> None:
        self.change(function=line_text(points), start=self.walks.start)

    def add_walker(self) -> None:
        """Add a walker with the next optimizer that is not there yet."""
        self._add(another(self.walks.config.walkers, self.walks.function.learning_rate))

    def duplicate_walker(self) -> None:
        """Add a walker like the one that is looked at."""
        self._add(self.walks.config.walkers[self.selected])

    def _add(self, walker: WalkerChoice) -> None:
        walkers = (*self.walks.config.walkers, walker)
        if len(walkers) <= MOST_WALKERS:
            self.selected = len(walkers) - 1
            self.change(walkers=walkers)
            self._show(whole=True)

    def remove_walker(self) -> None:
        """Take the walker away that is looked at, as long as another one is left."""
        walkers = list(self.walks.config.walkers)
        if len(walkers) > 1:
            del walkers[self.selected]
            self.selected = min(self.selected, len(walkers) - 1)
            self.change(walkers=tuple(walkers))
            self._show(whole=True)

    def save(self, file: FilePath) -> None:
        """Save every step of all walkers as CSV."""
        self.told.emit(save_walks(self.walks.paths, file))

    # What is shown

    def _turned(self, picture: int) -> None:
        self.side.setVisible(picture != TABLE)
        self._show_walks()

    def reset_view(self) -> None:
        """Show all of every plot again, and the surface from where one looked at first."""
        super().reset_view()
        self.picture.surface.reset_view()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the plot its room on a small screen: there the formula has one line (Qt's hook)."""
        super().resizeEvent(event)
        self.step.set_most_lines(1 if self.height() < _LOW else 4)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the keys go to the plot at first: a button would take the arrow keys for itself (Qt's hook)."""
        super().showEvent(event)
        if self.focusWidget() is None:
            # The stack of pages gives the focus to the first widget that takes it, after this.
            QTimer.singleShot(0, self, self.plot.setFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow keys (Qt's hook)."""
        steps = _STEPS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if steps is None or not plain:
            super().keyPressEvent(event)
        else:
            self.player.step(steps)

    def _trails(self) -> list[Trail]:
        paths = enumerate(self.walks.paths)
        return [Trail(path, number, number == self.selected) for number, path in paths if path.known]

    def _show(self, *, whole: bool = False) -> None:
        """Bring everything up to date; ``whole`` also fills the fields of the walker that is looked at."""
        config, walks = self.walks.config, self.walks
        walks.advance(_SLICE, self.selected, int(self.player.position))
        walker = config.walkers[self.selected]
        if walks.function is not self._function_shown:
            self._function_shown = walks.function
            self.side.start_over()
        if whole or not self.walkers.lines:
            self.walkers.form.show_walker(walker)
        self.step.slider.show_rate(walker.learning_rate, f"series{self.selected}")
        self.function.show_walk(walks.function, config)
        self.presets.show_config(config)
        self.side.show_function(walks.function)
        self._show_walks()
        if not walks.complete:
            self._slices.start()
        self.offer()

    def offer(self) -> None:
        """Offer what can be done with so many walkers."""
        many = len(self.walks.config.walkers)
        for name in ("add_walker", "duplicate_walker"):
            self._actions[name].setEnabled(many < MOST_WALKERS)
        self._actions["remove_walker"].setEnabled(many > 1)

    def _show_walks(self) -> None:
        """Show the paths as far as they are known."""
        walks, trails = self.walks, self._trails()
        last = max(path.known - 1 for path in walks.paths) if walks.complete else walks.config.steps
        self.player.set_last(max(last, 1))
        self.step.player.show_last(self.player.last)
        self.walkers.show_walkers(walks.paths, self.selected)
        self.picture.show_walks(walks.function, trails, walks.start)
        # What is beside it follows when the repainter finds the time: a hand looks at the plot that it drags on.
        self.side.show_walks(trails, self.player.position)
        self.picture.show_position(self.player.position)
        self._show_step(self.player.position)

    def _go_on(self) -> None:
        self.walks.advance(_SLICE, self.selected, int(self.player.position))
        if self.walks.complete:
            self._slices.stop()
        self._show_walks()

    def _show_position(self, position: float) -> None:
        self.picture.show_position(position)
        self.side.show_position(position)
        self._show_step(position)

    def _show_step(self, position: float) -> None:
        path = self.walks.paths[self.selected]
        self.side.show_fit(path, int(position), f"series{self.selected}")
        self.step.show_step(path, self.selected, int(position))

    def _show_playing(self) -> None:
        show(self._actions["play"].setText, say("Pause") if self.player.playing else say("Play"))
        self.step.player.play_button.set_glyph("pause" if self.player.playing else "play")
