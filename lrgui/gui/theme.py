"""Colours by meaning: a theme file becomes a palette, a style sheet, pens and icons. The only place with colours."""

import re
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QIcon, QPalette, QPen
from PySide6.QtWidgets import QApplication

from lrgui.gui.icons import glyph_icon
from lrgui.gui.system_look import on_change_of_contrast, wants_contrast
from lrgui.resources import resource

Dashes = tuple[float, ...]
"""Dash and gap in turn, in widths of the line; empty for a line without gaps."""

ThemeName = Literal["system", "light", "dark", "contrast"]

FONT_PX = 13
"""Pixels: the size of plain text that is not enlarged."""

_FAR_MARKER = 5 / 3
"""So many times as thick is the strongest line of a plot that is seen from the back row."""

_PALETTE = {
    QPalette.ColorRole.Window: "background",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "card",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "dim",
    QPalette.ColorRole.Button: "card",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.ToolTipBase: "card",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Link: "accent",
}


@dataclass(frozen=True, slots=True)
class Theme:
    """The tokens of one theme file.

    ``colors`` maps a meaning (``loss``, ``marker``) to a colour, ``series`` are the colours of runs, one by one,
    ``border`` is the width of the frame around what can be clicked, in pixels. ``scale`` tells how many times as large
    as drawn everything is, ``far`` that it is seen from far away: neither stands in the file.
    """

    name: str
    dark: bool
    colors: Mapping[str, str]
    series: tuple[str, ...]
    border: int = 1
    scale: float = 1.0
    far: bool = False

    @classmethod
    def load(cls, name: str) -> "Theme":
        """Read ``resources/themes/<name>.toml``."""
        tokens = tomllib.loads(resource("themes", f"{name}.toml").read_text(encoding="utf-8"))
        return cls(name, tokens["dark"], tokens["colors"], tuple(tokens["series"]), tokens["border"])

    @property
    def on_paper(self) -> bool:
        """Whether what is drawn is for other programs: where there is no hand, there is nothing to take hold of."""
        return False

    def color(self, meaning: str, alpha: float = 1.0) -> QColor:
        """Return the colour of a meaning, or of a series as ``series0``, ``series1``, ...; alpha from 0 to 1."""
        if meaning.startswith("series"):
            color = QColor(self.series[int(meaning[6:]) % len(self.series)])
        else:
            color = QColor(self.colors[meaning])
        color.setAlphaF(alpha)
        return color

    def mixed(self, low: str, high: str, share: float) -> QColor:
        """Return the colour between those of two meanings: ``low`` at a share of 0, ``high`` at 1."""
        one, other = self.color(low), self.color(high)
        pairs = (one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue())
        return QColor(*(round(a + share * (b - a)) for a, b in pairs))

    def readable_on(self, background: QColor) -> QColor:
        """Return the one of the two inks that is better to read on a colour: the contrast is 4.5 or more on each."""
        return max(self.color("ink"), self.color("chalk"), key=lambda color: contrast(color, background))

    def pen(
        self,
        meaning: str,
        width: float = 1.0,
        style: Qt.PenStyle | Dashes = Qt.PenStyle.SolidLine,
        alpha: float = 1.0,
    ) -> QPen:
        """Return a cosmetic pen, ``width`` in pixels whatever the zoom; the marker's is thicker for a back row."""
        wider = _FAR_MARKER if self.far and meaning == "marker" else 1.0
        pen = QPen(self.color(meaning, alpha), width * self.scale * wider)
        if isinstance(style, Qt.PenStyle):
            pen.setStyle(style)
        elif style:
            pen.setDashPattern(style)
        pen.setCosmetic(True)
        return pen

    def brush(self, meaning: str, alpha: float = 1.0) -> QBrush:
        """Return a plain brush."""
        return QBrush(self.color(meaning, alpha))

    def palette(self) -> QPalette:
        """Return the palette for all that the style sheet leaves alone."""
        palette = QPalette()
        for role, meaning in _PALETTE.items():
            palette.setColor(role, self.color(meaning))
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color(meaning))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("disabled"))
        return palette

    def style_sheet(self) -> str:
        """Return the style sheet with the tokens put in, every length in it as large as ``scale`` wants it."""
        template = string.Template(resource("themes", "style.qss").read_text(encoding="utf-8"))
        shapes = {shape: resource("themes", f"{shape}_{self.name}.svg").as_posix() for shape in ("arrow_down", "check")}
        lengths = {"font": FONT_PX, "small": FONT_PX - 1, "border": self.border, "focus": self.border + 1}
        sheet = template.substitute(self.colors, **{name: f"{length}px" for name, length in lengths.items()}, **shapes)
        return re.sub(r"\b(\d+(?:\.\d+)?)px", self._longer, sheet)

    def _longer(self, found: re.Match[str]) -> str:
        return f"{round(float(found[1]) * self.scale, 1 if '.' in found[1] else None):g}px"

    def px(self, pixels: float) -> int:
        """Return how many pixels a length of so many has on a screen on which everything is enlarged."""
        return round(pixels * self.scale)

    def icon(self, glyph: str, meaning: str = "dim") -> QIcon:
        """Return a glyph of the Material Design icon font, e.g. ``play``; a disabled one is paler by itself."""
        faded = "dim" if meaning == "on_accent" else "disabled"
        return glyph_icon(glyph, self.color(meaning), disabled=self.color(faded), on=self.color("accent"))


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio"); text should have 4.5."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    shares = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Themes(QObject):
    """Which theme is in force. ``changed`` tells plots and icons to take their colours again."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wanted: ThemeName = "system"
        self.current = Theme.load("light")

    def use(self, wanted: ThemeName) -> None:
        """Put a theme in force; ``system`` follows the desktop, also when that changes later."""
        self.choose(wanted)
        self.dress()

    def choose(self, wanted: ThemeName) -> None:
        """Take the colours of a theme, and leave the style sheet to ``dress``.

        For a window that is still being built: with a style sheet in force Qt styles each widget again whenever it is
        put into another, which takes longer than all the rest.
        """
        self.wanted = wanted
        before = self.current
        self.current = replace(Theme.load(self._name()), scale=before.scale, far=before.far)
        _application().setPalette(self.current.palette())

    def enlarge(self, scale: float, *, far: bool) -> None:
        """Show everything ``scale`` times as large as it is drawn; ``far`` thickens what a back row has to see."""
        if (scale, far) != (self.current.scale, self.current.far):
            self.current = replace(self.current, scale=scale, far=far)
            self.dress()

    def dress(self) -> None:
        """Style all there is in the colours and sizes of now, and tell who draws by himself."""
        application, sheet = _application(), self.current.style_sheet()
        if sheet != application.styleSheet():
            if application.styleSheet():
                _undress(application)
            application.setStyleSheet(sheet)
        self.changed.emit()

    def follow_system(self) -> None:
        """Listen to the desktop's own switch between light, dark and high contrast. Needs the application."""
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        on_change_of_contrast(self._follow)

    def _follow(self) -> None:
        if self.wanted == "system":
            self.use("system")

    def _name(self) -> str:
        if self.wanted != "system":
            return self.wanted
        if wants_contrast():
            return "contrast"
        return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def _undress(application: QApplication) -> None:
    """Take the style sheet away, before another.

    One put in the place of another is told to each widget once for each that it lies in, which takes five times as
    long. Qt forgets only widgets that were polished: of the others it would keep what is gone when they are.
    """
    for widget in application.allWidgets():
        widget.ensurePolished()
    application.setStyleSheet("")


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


themes = Themes()
"""The one instance: colours are asked for everywhere, and there is one screen to look at."""
