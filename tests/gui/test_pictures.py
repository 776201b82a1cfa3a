"""Every page in each language, theme and size looks as it does on the kept pictures.

``python -m tests.gui.pictures`` writes them anew after a page was changed on purpose.
"""

import pytest
from PySide6.QtGui import QImage

from tests.gui.picturing import FOLDER, fixed_font, missing_font, names, pictures, sameness, stocked_window

LEAST = 0.42
"""Measured: with other hinting the least alike page has 0.53; without its legends one has at most 0.31, with a card
moved by 24 pixels at most 0.07, in another theme less than 0."""


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_every_page_looks_as_on_its_kept_pictures(qtbot, tmp_path):
    if font := missing_font():
        pytest.skip(f"{font} is not installed")
    with fixed_font():
        window = stocked_window(tmp_path / "profile")
        qtbot.addWidget(window)
        window.show()
        found = {name: sameness(picture, kept(name)) for name, picture in pictures(window)}
    assert sorted(found) == sorted(names())
    assert {name: round(value, 3) for name, value in found.items() if value < LEAST} == {}


def kept(name):
    picture = QImage(str(FOLDER / f"{name}.png"))
    assert not picture.isNull(), f"there is no kept picture of {name}"
    return picture
