"""What the program tells of itself: parts, licences, folders."""

import re
import tomllib
from importlib import metadata

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from lrgui import __version__
from lrgui.core.messages import plainly, say
from lrgui.gui.about import About
from lrgui.gui.words import words
from lrgui.installed import PACKAGES, parts, system
from tests.conftest import CHECKOUT


@pytest.fixture
def about(qtbot, tmp_path):
    dialog = About(None, {say("Settings and history:"): tmp_path / "profile", say("Log:"): tmp_path / "log"})
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def rows(about):
    table = about.table
    return [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]


def test_that_every_part_has_its_version_and_its_licence(about):
    told = {name: (version, licence) for name, version, licence in rows(about)}
    assert told["PySide6"][0] == metadata.version("PySide6-Essentials") and "LGPL" in told["PySide6"][1]
    assert told["TensorFlow"][0] == metadata.version("tensorflow") and "Apache" in told["TensorFlow"][1]
    assert {"Python", "Qt", "Keras", "NumPy", "pyqtgraph", "Material Design Icons"} <= set(told)
    assert all(version and licence for version, licence in told.values())


def test_that_what_the_project_depends_on_is_named(about):
    described = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {re.match(r"[\w-]+", line)[0] for line in described["project"]["dependencies"]}
    told = {name for name, _, _ in rows(about)}
    assert {PACKAGES.get(name, name) for name in needed} <= told


def test_that_nothing_is_imported_to_tell_of_it():
    import subprocess
    import sys

    code = "import sys; from lrgui.installed import parts; assert len(parts()) > 8; print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout
    assert "'tensorflow'" not in loaded and "'numpy'" not in loaded


def test_that_it_is_copied_for_a_mail(about):
    about.copy_.click()
    copied = QGuiApplication.clipboard().text()
    assert f"lrgui {__version__}" in copied
    assert all(f"{part.name} {part.version}" in copied for part in parts())


def test_that_the_titles_follow_the_language(about):
    words.use("zh_TW")
    assert about.table.horizontalHeaderItem(1).text() != ""
    assert about.windowTitle() != "About Learning-Rate Lab"


def test_that_all_it_says_of_itself_follows_the_language_and_what_is_copied_does_not(about):
    words.use("zh_TW")
    told = [label.text() for label in about.findChildren(QLabel)]
    assert str(system()) in told and plainly(system()) not in told
    assert about.text().startswith(plainly(system()))


def test_that_folders_are_links(about, tmp_path):
    assert [told.text() for told, _ in about.links] == ["Settings and history:", "Log:"]
    assert about.links[0][1].text().endswith("profile")
