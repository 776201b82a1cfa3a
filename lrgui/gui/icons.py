"""Glyphs of the Material Design icon font as icons that are sharp at every size."""

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

GLYPHS = {
    "alert-circle-outline": "\U000f05d6",
    "arrow-expand": "\U000f0616",
    "arrow-up": "\U000f005d",
    "broom": "\U000f00e2",
    "chart-bell-curve": "\U000f0c50",
    "check-decagram-outline": "\U000f1740",
    "check-circle-outline": "\U000f05e1",
    "chip": "\U000f061a",
    "circle": "\U000f0765",
    "close": "\U000f0156",
    "code-tags": "\U000f0174",
    "content-save-outline": "\U000f0818",
    "content-duplicate": "\U000f0191",
    "export-variant": "\U000f0b93",
    "folder-open-outline": "\U000f0dcf",
    "exit-to-app": "\U000f0206",
    "folder-plus-outline": "\U000f0b9d",
    "eye-outline": "\U000f06d0",
    "fit-to-screen-outline": "\U000f18f5",
    "history": "\U000f02da",
    "image-filter-center-focus": "\U000f02f1",
    "layers-off-outline": "\U000f09fd",
    "layers-plus": "\U000f0e4d",
    "magnify": "\U000f0349",
    "magnify-minus-outline": "\U000f06ec",
    "magnify-plus-outline": "\U000f06ed",
    "open-in-app": "\U000f03cb",
    "pause": "\U000f03e4",
    "pencil-outline": "\U000f0cb6",
    "pin-outline": "\U000f0931",
    "play": "\U000f040a",
    "play-box-outline": "\U000f040b",
    "play-circle-outline": "\U000f040d",
    "plus": "\U000f0415",
    "power-plug-off-outline": "\U000f1424",
    "presentation": "\U000f0428",
    "scale-balance": "\U000f05d1",
    "server-network": "\U000f048d",
    "skip-previous": "\U000f04ae",
    "stairs": "\U000f04cd",
    "school-outline": "\U000f1180",
    "checkbox-blank-circle-outline": "\U000f0130",
    "check-circle": "\U000f05e0",
    "repeat": "\U000f0456",
    "star": "\U000f04ce",
    "star-outline": "\U000f04d2",
    "step-backward": "\U000f04d5",
    "step-forward": "\U000f04d7",
    "stop": "\U000f04db",
    "stop-circle-outline": "\U000f0667",
    "theme-light-dark": "\U000f050e",
    "timer-sand": "\U000f051f",
    "trash-can-outline": "\U000f0a7a",
    "trending-up": "\U000f0535",
    "tune-variant": "\U000f1542",
    "undo-variant": "\U000f054d",
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
        font = QFont(font_family())
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
        """Return the letter as a picture (Qt's hook); nothing for a button that has no room at all."""
        pixmap = QPixmap(size)
        if pixmap.isNull():
            return pixmap
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        """Return another of the same (Qt's hook)."""
        return _GlyphEngine(self._letter, self._color, self._disabled, self._on)


def font_family() -> str:
    """Load the font at first use, and return the name that Qt knows it by."""
    global _family
    if not _family:
        # Found without being imported: see GLYPHS.
        spec = find_spec("fonticon_mdi7")
        assert spec is not None and spec.origin is not None
        file = Path(spec.origin).parent / "fonts" / "materialdesignicons-webfont.ttf"
        _family = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))[0]
    return _family
