"""The paper of a picture for other programs: PNG or SVG of an exact size, white, with letters and lines that print."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QFontInfo, QGuiApplication, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication

from lrgui.core.messages import Text
from lrgui.gui.theme import Dashes, Theme, themes

Size = tuple[int, int]
"""Width and height in pixels."""

STANDARD: Size = (1280, 720)
SMALLEST, LARGEST = 200, 8000
"""What a side of a picture may have, in pixels."""

COMFORTABLE, ROOMY = (800, 450), (1100, 620)
"""For about so many units a picture is laid out, each as long as a pixel of a screen, and then made larger or smaller:
beside the text of a paper its letters are as large as those. ROOMY is for what has much to say."""

_LEAST_SCALE = 0.6
_INCH = 0.0254
_UNITS_PER_INCH = 96


class Paper(Theme):
    """The light theme for paper: what is dim on a screen is as dark as the rest, and lines grow with the picture."""

    @classmethod
    def load(cls, name: str = "light") -> "Paper":
        """Return the colours of a theme, as they print."""
        theme = super().load(name)
        tokens = theme.colors
        colors = {**tokens, "dim": tokens["text"], "line": tokens["dim"], "raw": tokens["disabled"]}
        return cls("paper", theme.dark, colors, theme.series)

    @property
    def on_paper(self) -> bool:
        """Yes."""
        return True

    def pen(
        self, meaning: str, width: float = 1.0, style: Qt.PenStyle | Dashes = Qt.PenStyle.SolidLine, alpha: float = 1.0
    ) -> QPen:
        """Return a pen whose width is in units of the picture."""
        pen = super().pen(meaning, width, style, alpha)
        pen.setCosmetic(False)
        return pen


def scale_of(size: Size, layout: Size = COMFORTABLE) -> float:
    """Return how many pixels a unit of the layout has in a picture of this size."""
    return max(min(size[0] / layout[0], size[1] / layout[1]), _LEAST_SCALE)


def units_of(size: Size, layout: Size = COMFORTABLE) -> tuple[float, float]:
    """Return width and height of a picture in units of the layout."""
    scale = scale_of(size, layout)
    return size[0] / scale, size[1] / scale


@contextmanager
def sheet(path: Path, size: Size, title: Text, layout: Size = COMFORTABLE) -> Iterator[QPainter]:
    """Lend a painter whose units are those of the layout, and write what it has drawn.

    Parameters
    ----------
    path : Path
        Its ending decides: ``.svg``, or else PNG.
    size : tuple of int
        Width and height in pixels; exactly so large is the picture.
    title : Message or str
        What an SVG file says of itself.
    layout : tuple of int
        ``COMFORTABLE`` or ``ROOMY``.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    if path.suffix.lower() == ".svg":
        with _svg(path, size, units_of(size, layout), str(title)) as painter:
            yield painter
        return
    image = blank(size, layout)
    painter = QPainter(image)
    try:
        yield painter
    finally:
        painter.end()
    # Not before: letters that are given in points would grow with it.
    dots = round(_UNITS_PER_INCH * scale_of(size, layout) / _INCH)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    path.write_bytes(_as_png(image))


def _as_png(image: QImage) -> bytes:
    """Return what the file holds: where Qt itself writes to a full disk, nobody hears that it was full."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def blank(size: Size, layout: Size = COMFORTABLE) -> QImage:
    """Return an empty white picture, whose painters draw in units of the layout."""
    image, scale = QImage(*size, QImage.Format.Format_RGB32), scale_of(size, layout)
    image.fill(themes.current.color("card"))
    image.setDevicePixelRatio(scale)
    return image


@contextmanager
def _svg(path: Path, size: Size, units: tuple[float, float], title: str) -> Iterator[QPainter]:
    from PySide6.QtSvg import QSvgGenerator

    path.touch()  # Qt would only print that it cannot
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # the older one knows no clipping
    generator.setFileName(str(path))
    generator.setTitle(title)
    generator.setDescription("")
    generator.setSize(QSize(*size))
    generator.setViewBox(QRectF(0, 0, *units))
    # As on the screen, so that letters that are given in points are as large as they were measured.
    generator.setResolution(round(QGuiApplication.primaryScreen().logicalDotsPerInch()))
    painter = QPainter(generator)
    try:
        painter.fillRect(QRectF(0, 0, *units), themes.current.color("card"))
        yield painter
    finally:
        painter.end()
    text = _with_fonts(path.read_text(encoding="utf-8"))
    # Qt gives millimetres, which not every program takes for the pixels that were asked for.
    text = re.sub(r'<svg width="[^"]*" height="[^"]*"', f'<svg width="{size[0]}" height="{size[1]}"', text, count=1)
    path.write_text(text, encoding="utf-8", newline="\n")


def _with_fonts(svg: str) -> str:
    """Name fonts that are as wide where the one of this computer is missing; else such words would be cut off."""
    font = QApplication.font()
    named = f"{QFontInfo(font).family()}, Verdana, Segoe UI, Arial, sans-serif"
    return svg.replace(f'font-family="{font.family()}"', f'font-family="{named}"')


@contextmanager
def light_and_offscreen() -> Iterator[None]:
    """Let Qt draw without a display and in colours that print, and put the theme back afterwards."""
    if QApplication.instance() is None:
        _make_application()
    before = themes.current
    themes.current = Paper.load()
    try:
        yield
    finally:
        themes.current = before


_applications: list[QApplication] = []
"""Keeps the application alive that was made here."""


def _make_application() -> None:
    # Without a display Qt would end the program, and none is needed to draw into memory.
    if sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication(["lrgui"])
    font = application.font()
    font.setPixelSize(13)
    application.setFont(font)
    _applications.append(application)
