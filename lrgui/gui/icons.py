"""Glyphs of the Material Design icon font as icons that are sharp at every size."""

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

GLYPHS = {
    "arrow-expand": "\U000f0616",
    "arrow-up": "\U000f005d",
    "chip": "\U000f061a",
    "circle": "\U000f0765",
    "close": "\U000f0156",
    "code-tags": "\U000f0174",
    "content-duplicate": "\U000f0191",
    "exit-to-app": "\U000f0206",
    "folder-plus-outline": "\U000f0b9d",
    "eye-outline": "\U000f06d0",
    "fit-to-screen-outline": "\U000f18f5",
    "image-filter-center-focus": "\U000f02f1",
    "pause": "\U000f03e4",
    "pencil-outline": "\U000f0cb6",
    "pin-outline": "\U000f0931",
    "play": "\U000f040a",
    "play-box-outline": "\U000f040b",
    "presentation": "\U000f0428",
    "stairs": "\U000f04cd",
    "step-forward": "\U000f04d7",
    "stop": "\U000f04db",
    "theme-light-dark": "\U000f050e",
    "trash-can-outline": "\U000f0a7a",
    "tune-variant": "\U000f1542",
}
"""The letters that are used, by name. The font's own package has a table of all 7,000, which takes long to import."""

_family = ""


def glyph_icon(glyph: str, color: QColor, disabled: QColor, on: QColor) -> QIcon:
    """Return a glyph as an icon in one colour, with others for what is disabled and for what is checked.

    Raises
    ------
    KeyError
        ``GLYPHS`` has none of that name.
    """
    return QIcon(_GlyphEngine(GLYPHS[glyph], color, disabled, on))


class _GlyphEngine(QIconEngine):
    """Draws a letter instead of a picture."""

    def __init__(self, letter: str, color: QColor, disabled: QColor, on: QColor) -> None:
        super().__init__()
        self._letter, self._color, self._disabled, self._on = letter, color, disabled, on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the letter as large as the place is (Qt's hook)."""
        font = QFont(_font_family())
        font.setPixelSize(max(rect.height(), 1))
        painter.save()
        painter.setFont(font)
        painter.setPen(self._color_of(mode, state))
        painter.drawText(QRectF(rect), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, self._letter)
        painter.restore()

    def _color_of(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        if mode is QIcon.Mode.Disabled:
            return self._disabled
        return self._on if state is QIcon.State.On else self._color

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the letter as a picture (Qt's hook)."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        """Return another of the same (Qt's hook)."""
        return _GlyphEngine(self._letter, self._color, self._disabled, self._on)


def _font_family() -> str:
    """Load the font at first use, and return the name that Qt knows it by."""
    global _family
    if not _family:
        # Found without being imported: see GLYPHS.
        spec = find_spec("fonticon_mdi7")
        assert spec is not None and spec.origin is not None
        file = Path(spec.origin).parent / "fonts" / "materialdesignicons-webfont.ttf"
        _family = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))[0]
    return _family
