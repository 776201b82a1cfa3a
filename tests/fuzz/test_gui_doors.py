"""The file of the settings: read or set aside, whatever it holds."""

import pytest
from PySide6.QtCore import QSettings

from lrgui.gui.settings import Settings
from tests.fuzz.door import first_block
from tests.fuzz.gui_doors import DOORS, NAME, Marks, with_object


@pytest.fixture(autouse=True)
def _application(qapp):
    return qapp


def test_that_qt_would_run_what_is_set_aside(tmp_path):
    """Else the next test could not fail."""
    (tmp_path / "copied.ini").write_bytes(with_object(tmp_path))
    try:
        QSettings(str(tmp_path / "copied.ini"), QSettings.Format.IniFormat).value("theme")
    except RuntimeError as refused:  # as PySide 6.12 does by itself
        pytest.skip(str(refused))
    assert Marks.count
    Marks.count = 0


@pytest.mark.parametrize(
    "hidden",
    [
        b"@Variant(",
        b'"@Var""iant(',
        rb"\x40Variant(",
        rb"\100Variant(",
        rb"@V\x61riant(",
        b"@Var\\\niant(",
        rb"\x10040Variant(",
    ],
)  # fmt: skip
def test_that_no_spelling_of_an_object_is_read(hidden, tmp_path):
    content = with_object(tmp_path).replace(b"@Variant(", hidden)
    profile = tmp_path / "profile"
    profile.mkdir()
    (profile / NAME).write_bytes(content)
    assert Settings(profile).theme == "system"
    assert Marks.count == 0
    assert [path.name for path in profile.iterdir()] == ["settings-set-aside.ini"]


def test_that_whatever_settings_hold_ends_with_a_result_within_its_limits():
    ended = DOORS["settings"].knock(first=first_block())
    assert ended["taken"] and ended["refused"], ended


def test_that_a_language_that_is_a_list_is_forgotten(tmp_path):
    (tmp_path / NAME).write_bytes(b"[General]\nlanguage=en, zh_TW\ntheme=dark, light\n")
    settings = Settings(tmp_path)
    assert (settings.language, settings.theme) == ("", "system")
