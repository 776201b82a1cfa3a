"""Under the plot: the step of now with its numbers, the rate of the walker that is looked at, and time."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from lrgui.core.descent import Path, regime, stability, step_lines
from lrgui.core.messages import before_colon, format_learning_rate, say
from lrgui.gui.sizes import sized
from lrgui.gui.theme import themes
from lrgui.gui.widgets.badge import draw_badge
from lrgui.gui.widgets.card import Card, label
from lrgui.gui.widgets.descent_player import PlayerBar
from lrgui.gui.widgets.descent_walkers import BAD, GOOD
from lrgui.gui.widgets.eliding_label import ElidingLabel
from lrgui.gui.widgets.rate_slider import RateSlider
from lrgui.gui.words import show, words

_ADAPTIVE = say("Adaptive rules scale each axis by themselves: they have no limit 2/L.")
_UNCURVED = say("Nothing curves upwards here, so nothing limits the rate.")
_KINK = say("No curvature is defined here, and so no limit.")
_OVER = say("The walk is over.")


class Badge(QWidget):
    """The number of a walker in its colour."""

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        sized(self.setFixedSize, 24, 24)
        themes.changed.connect(self.update)

    def show_number(self, number: int) -> None:
        """Show the number of a walker, counted from 0."""
        if number != self._number:
            self._number = number
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it (Qt's hook)."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_badge(painter, QPointF(self.rect().center()) + QPointF(0.5, 0.5), self._number, self.width() / 2 - 0.5)


class StepCard(Card):
    """Formula, slider with its words, and the player.

    Parameters
    ----------
    player : PlayerBar
        The bar at its foot.
    """

    def __init__(self, player: PlayerBar) -> None:
        super().__init__()
        self.player = player
        self.badge, self.slider = Badge(), RateSlider()
        self.rate = label("", "verdict")
        self.regime, self.ending = ElidingLabel(), ElidingLabel()
        self.lines: list[QLabel] = []
        self._formula = QVBoxLayout()
        self._most_lines = 4
        self._lay_out()
        self._shown: object = None
        self._asked: tuple[Path, int, int] | None = None
        words.changed.connect(self._write_again)

    def _give_width(self) -> None:
        self.rate.ensurePolished()
        self.rate.setFixedWidth(round(1.3 * self.rate.fontMetrics().horizontalAdvance("8.88e-88")))  # it is bold

    def _lay_out(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._formula.setSpacing(1)
        self.body.addLayout(self._formula)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.rate.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._give_width()
        themes.changed.connect(self._give_width)
        show(self.rate.setAccessibleName, say("Learning rate of this step"))
        show(self.rate.setToolTip, say("The learning rate of this step"))
        for part, stretch in ((self.badge, 0), (self.slider, 1), (self.rate, 0)):
            line.addWidget(part, stretch)
        self.body.addLayout(line)
        self._words = QHBoxLayout()
        self._words.addWidget(self.regime, 0)
        self._words.addWidget(self.ending, 1)
        self.ending.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(self._words)
        self.body.addWidget(self.player)

    def show_step(self, path: Path, number: int, step: int) -> None:
        """Show the step that leaves an entry of a walker's path, with its limit."""
        self._asked = path, number, step
        if not path.known:
            self._show_nothing(path, number)
            return
        entry = min(step, path.known - 1)
        # A path may go on being computed: what was its end is its end no more.
        key = path, number, entry, path.known > entry + 1, path.ended
        if key == self._shown:
            return
        self._shown = key
        self.badge.show_number(number)
        self._show_formula(path, entry)
        self._show_limit(path, entry)
        name = "" if path.ended is None else path.ended.name
        told = "" if path.ended is None else str(path.ended.message)
        room = self.width() - 40
        now = self._tell(self.regime, self.regime.toolTip(), room)
        self._tell(self.ending, told, room - self.fontMetrics().horizontalAdvance(now))
        self._level(self.ending, "good" if name in GOOD else "error" if name in BAD else "dim")

    def _write_again(self) -> None:
        self._shown = None
        if self._asked is not None:
            self.show_step(*self._asked)

    def _show_nothing(self, path: Path, number: int) -> None:
        """Say why a walker cannot even start; until that is known, what was shown stays."""
        if path.ended is None:
            return
        self._shown = None
        self.badge.show_number(number)
        for line in self.lines:
            line.setText("")
            line.setToolTip("")
        self.slider.show_limit(None, "")
        self.rate.setText("")
        self._tell(self.regime, "", 0)
        self._tell(self.ending, str(path.ended.message), self.width() - 40)
        self._level(self.ending, "error")

    def _show_formula(self, path: Path, entry: int) -> None:
        goes_on = entry + 1 < path.known
        told = self._fitting(path, entry) if goes_on else [str(_OVER)]
        count = len(path.rule.lines)
        while len(self.lines) < count:
            added = ElidingLabel()
            added.setProperty("formula", True)
            self.lines.append(added)
            self._formula.addWidget(added)
        # The last line is the step itself, and stands where it stood.
        told = [""] * (count - len(told)) + told
        for index, line in enumerate(self.lines):
            line.setVisible(count - self._most_lines <= index < count)
            line.setText(told[index] if index < count else "")
            line.setToolTip("\n".join(told).strip())

    def _fitting(self, path: Path, entry: int) -> list[str]:
        """Return the formula with as many digits as there is room for: what comes out must be seen."""
        font = self.font()
        font.setBold(True)
        metrics, told = QFontMetrics(font), [""]
        for digits in (5, 4, 3):
            told = [str(line) for line in step_lines(path, entry, digits)]
            longest = max(map(metrics.horizontalAdvance, told[-self._most_lines :]))
            if longest <= self.width() - 32:
                break
        return told

    def set_most_lines(self, lines: int) -> None:
        """Show at most so many lines of the formula, the last ones; the tip has all of them."""
        if lines != self._most_lines:
            self._most_lines = lines
            self._shown = None

    def _show_limit(self, path: Path, entry: int) -> None:
        place, rate = tuple(path.w[entry].tolist()), float(path.learning_rate[entry])
        found = stability(path.walker, path.function, place)
        self.slider.show_limit(found.limit, found.formula)
        self.rate.setText(format_learning_rate(rate, 3))
        now = regime(path.walker, path.function, place, rate)
        if now is not None:
            told = str(now.message)
        else:
            told = str(_ADAPTIVE if not found.formula else _UNCURVED if found.curvature <= 0 else _KINK)
        self.regime.setToolTip(told)
        self._level(self.regime, "error" if now is not None and now.name == "diverges" else "text")

    def _tell(self, place: QLabel, told: str, room: int) -> str:
        """Show a sentence, or where it has no room only how it begins; the tip has all of it."""
        told = told[:1].upper() + told[1:]
        fits = self.fontMetrics().horizontalAdvance(told) <= room
        place.setText(told if fits else before_colon(told))
        place.setToolTip(told)
        return place.text()

    @staticmethod
    def _level(place: QLabel, meaning: str) -> None:
        if place.property("meaning") != meaning:
            place.setProperty("meaning", meaning)
            place.style().unpolish(place)
            place.style().polish(place)
