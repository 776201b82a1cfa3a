"""Time on the gradient-descent page: play, pause, step, step back, scrub, speed, loop."""

import time

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QWidget

from lrgui.core.messages import Message, say
from lrgui.gui.actions import Actions
from lrgui.gui.sizes import px, sized
from lrgui.gui.theme import themes
from lrgui.gui.widgets.action_button import ActionButton, ActionTool
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.widgets.fields import WordField
from lrgui.gui.words import show, words

SPEEDS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
STEPS_A_SECOND = 10.0
"""At the plain speed."""

_LEAST_SLIDER = 80
_FRAME_MS = 16
_LONGEST_FRAME = 0.1
"""Seconds: after a hitch it goes on from where it was, rather than jump."""


class Player(QObject):
    """Where the walkers are in time: a position from 0 to the last step, also between two steps.

    ``moved(float)`` tells every change of the position, ``changed`` that it began or ceased to play.
    """

    moved = Signal(float)
    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.position, self.last = 0.0, 1
        self.speed, self.loop = 1.0, False
        self._at = 0.0
        self._timer = QTimer(self, interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    @property
    def playing(self) -> bool:
        """Whether time goes on."""
        return self._timer.isActive()

    def set_last(self, last: int) -> None:
        """Let it end at another step; where it stands beyond, it goes back to that."""
        self.last = last
        if self.position > last:
            self.go_to(last)

    def go_to(self, position: float) -> None:
        """Stand at a position."""
        position = min(max(position, 0.0), float(self.last))
        if position != self.position:
            self.position = position
            self.moved.emit(position)

    def play(self, play: bool) -> None:
        """Let time go on, from the start if it has come to the end; or stop it at the step that was reached last."""
        if play == self.playing:
            return
        if play:
            if self.position >= self.last:
                self.go_to(0.0)
            self._at = time.perf_counter()
            self._timer.start()
        else:
            self._timer.stop()
            self.go_to(float(int(self.position)))
        self.changed.emit()

    def step(self, steps: int) -> None:
        """Go on or back by whole steps, and stay there."""
        self.play(False)
        self.go_to(int(self.position) + steps)

    def _tick(self) -> None:
        now = time.perf_counter()
        passed, self._at = min(now - self._at, _LONGEST_FRAME), now
        onward = self.position + passed * self.speed * STEPS_A_SECOND
        if onward < self.last:
            self.go_to(onward)
        elif self.loop:
            self.go_to(0.0)
        else:
            self.go_to(self.last)
            self.play(False)


class PlayerBar(QWidget):
    """The buttons of a player, a slider over all steps, and the speed.

    Parameters
    ----------
    player : Player
        What it shows and moves.
    actions : Actions
        ``play``, ``step_back``, ``step_on``, ``restart`` and ``loop``.
    """

    def __init__(self, player: Player, actions: Actions) -> None:
        super().__init__()
        self._player = player
        self.play_button = ActionButton(actions["play"], "play", primary=True)
        sized(self.play_button.setFixedWidth, 96)  # for either word: what is beside it stays where it is
        self.play_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        show(self.slider.setAccessibleName, say("Step that is shown"))
        show(self.slider.setToolTip, say("Drag to any step; the arrow keys go step by step"))
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.step_label = label("", "dim")
        self._short = False
        self.speed = WordField({f"{speed:g}": f"{speed:g} \u00d7" for speed in SPEEDS})
        self.speed.show_value("1")
        show(self.speed.setAccessibleName, say("Speed"))
        show(
            self.speed.setToolTip,
            say("How fast it plays: at 1 \u00d7, {steps:g} steps a second", steps=STEPS_A_SECOND),
        )
        self._lay_out(actions)
        self._connect()

    def _lay_out(self, actions: Actions) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        restart, back, on, self._loop = (_tool(actions, name) for name in ("restart", "step_back", "step_on", "loop"))
        self._always = restart, back, on, self.speed
        for part in (restart, back, self.play_button, on, self._loop):
            line.addWidget(part)
        line.addWidget(self.slider, 1)
        line.addWidget(self.step_label)
        line.addWidget(self.speed)

    def _connect(self) -> None:
        self.slider.valueChanged.connect(self._scrubbed)
        self.speed.changed.connect(lambda: setattr(self._player, "speed", float(self.speed.raw())))
        self._player.moved.connect(self.show_position)
        words.changed.connect(self._fit_words)
        themes.changed.connect(self._fit_words)

    def _fit_words(self) -> None:
        self.show_last(self._player.last)

    def show_last(self, last: int) -> None:
        """Span so many steps."""
        self.slider.blockSignals(True)
        self.slider.setMaximum(last)
        self.slider.blockSignals(False)
        self._give_way()

    def show_position(self, position: float) -> None:
        """Show a position."""
        self.slider.blockSignals(True)
        self.slider.setValue(int(position))
        self.slider.blockSignals(False)
        told = _told(int(position), self._player.last)
        show(self.step_label.setText, _in_figures(told) if self._short else told)
        show(self.step_label.setToolTip, told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for (Qt's hook)."""
        super().resizeEvent(event)
        self._give_way()

    def minimumSizeHint(self) -> QSize:
        """Ask for what is left when all that can has given way (Qt's hook)."""
        return QSize(self._needed(short=True, loop=False), super().minimumSizeHint().height())

    def _give_way(self) -> None:
        """Where it is narrow, tell the step in figures alone, and then go without the loop, which the menu has, too."""
        self._short = self._needed(short=False, loop=True) > self.width()
        self._loop.setVisible(not self._short or self._needed(short=True, loop=True) <= self.width())
        self.step_label.setFixedWidth(self._words_width(short=self._short))
        self.show_position(self._player.position)

    def _needed(self, *, short: bool, loop: bool) -> int:
        parts = (*self._always, self._loop) if loop else self._always
        widths = [part.sizeHint().width() for part in parts]
        widths += [self.play_button.minimumWidth(), px(_LEAST_SLIDER), self._words_width(short=short)]
        return sum(widths) + GAP * (len(widths) - 1)

    def _words_width(self, *, short: bool) -> int:
        """Return how wide what is told of the last step is, in pixels: it does not move what is beside it."""
        self.step_label.ensurePolished()
        told = _told(self._player.last, self._player.last)
        return self.step_label.fontMetrics().horizontalAdvance(str(_in_figures(told) if short else told)) + 4

    def _scrubbed(self, step: int) -> None:
        self._player.play(False)
        self._player.go_to(step)


def _told(step: int, last: int) -> Message:
    return say("step {step:,} of {last:,}", step=step, last=last)


def _in_figures(told: Message) -> Message:
    return Message("{step:,} / {last:,}", told.values)


def _tool(actions: Actions, name: str) -> QToolButton:
    tool = ActionTool(actions[name])
    sized(tool.setIconSize, QSize(20, 20))
    tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return tool
