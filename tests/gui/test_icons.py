"""Icons are letters of a font."""

import pytest
from fonticon_mdi7 import MDI7
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from lrgui.gui.icons import GLYPHS, glyph_icon

SIZE = QSize(32, 32)


def made(glyph="play"):
    return glyph_icon(glyph, QColor("#ff0000"), disabled=QColor("#00ff00"), on=QColor("#0000ff"))


def colors_in(pixmap):
    image = pixmap.toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", GLYPHS)
def test_that_a_glyph_has_the_letter_that_the_fonts_own_table_gives_it(name):
    assert getattr(MDI7, name.replace("-", "_")) == f"mdi7.{GLYPHS[name]}"


@pytest.mark.parametrize("name", GLYPHS)
def test_that_a_glyph_is_drawn_whole_within_its_place(qapp, name):
    image = made(name).pixmap(SIZE).toImage()
    drawn = [(x, y) for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() > 100]
    assert len(drawn) > 30
    assert all(1 <= x <= 30 and 1 <= y <= 30 for x, y in drawn)


def test_that_what_is_disabled_or_on_has_a_colour_of_its_own(qapp):
    icon = made()
    assert colors_in(icon.pixmap(SIZE)) == {"#ff0000"}
    assert colors_in(icon.pixmap(SIZE, QIcon.Mode.Disabled)) == {"#00ff00"}
    assert colors_in(icon.pixmap(SIZE, QIcon.Mode.Normal, QIcon.State.On)) == {"#0000ff"}


def test_that_an_icon_has_as_many_pixels_as_a_dense_screen_shows(qapp):
    assert made().pixmap(SIZE, 2.0).toImage().size() == QSize(64, 64)
