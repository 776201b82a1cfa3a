"""The window in another language: nothing is left in English, and nothing is cut off."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from lrgui import languages
from lrgui.gui.main_window import PAGES
from lrgui.gui.widgets.language_menu import LanguageMenu
from lrgui.gui.words import words
from tests.gui.fake_jobs import fake_jobs, training
from tests.gui.reading import cells_of, words_of
from tests.gui.test_layout import cut_off, narrow_columns, outside
from tests.gui.windows import find, make_window, shown, train

SAME_EVERYWHERE = {"Learning-Rate Lab", "Run 1", "Sweep only", "lrgui 0", "Scroll Left", "Scroll Right"}
"""The program's name, names of runs, and what Qt calls arrows that are never shown."""


class Bracketed(dict):
    """Every text in brackets: what lacks them was not marked, or is not shown again."""

    def get(self, text, default=None):
        return f"\u27e6{text}\u27e7"


@pytest.fixture
def window(qtbot, tmp_path):
    window = make_window(tmp_path / "profile", fake_jobs(train=training(seconds=0.03)))
    return shown(qtbot, window)


@pytest.fixture
def used(window, qtbot):
    """A window in which something was done on every page."""
    find(qtbot, window)
    train(qtbot, window)
    for name in PAGES:
        window.pages.show_page(name)
        qtbot.wait(20)
    page = window.history_desk.page
    qtbot.waitUntil(lambda: page.model.rowCount() == 2 and page.details.verdict.text() != "")
    return window


def open_dialogs(window, qtbot):
    """Open what the actions open, beside the page or one over the other."""
    window.pages.show_page("train")
    for name in ("lessons", "preview", "vary", "cores", "export"):
        window.actions_[name].trigger()
    qtbot.wait(50)
    return [dialog for dialog in QApplication.topLevelWidgets() if isinstance(dialog, QDialog) and dialog.isVisible()]


def unmarked(text):
    """Return the words of a text that stand in no brackets."""
    while text != (inner := re.sub(r"\u27e6[^\u27e6\u27e7]*\u27e7", "", text)):
        text = inner
    return [word for word in re.findall(r"[A-Za-z][A-Za-z-]{2,}(?: \w+)*", text) if word not in SAME_EVERYWHERE]


def left_in_english(*roots):
    english = set(languages.LANGUAGES.values())
    found = {}
    for root in roots:
        for where, text in (*words_of(root), *cells_of(root)):
            if text not in english and not Path(text or ".").is_absolute() and (left := unmarked(text)):
                found.setdefault(", ".join(left), []).append(where)
    return found


def test_that_every_text_of_every_page_and_dialog_is_shown_again(used, qtbot, monkeypatch):
    dialogs = open_dialogs(used, qtbot)
    assert len(dialogs) == 4
    monkeypatch.setattr(languages, "catalogue", lambda language: Bracketed())
    words.use("zh_TW")
    qtbot.wait(50)
    assert left_in_english(used, *dialogs) == {}
    words.use("en")
    qtbot.wait(50)
    brackets = [text for root in (used, *dialogs) for _, text in (*words_of(root), *cells_of(root)) if "\u27e6" in text]
    assert brackets == []


def test_that_a_switch_keeps_what_is_on_the_pages(used, qtbot):
    used.pages.show_page("find")
    page = used.find_page
    page.form.findChild(QWidget, "steps").setText("123")
    rate, points = page.learning_rate, len(page.plot._line_curve.x)
    action = next(
        action for menu in used.findChildren(LanguageMenu) for action in menu.actions() if action.data() != "en"
    )
    action.trigger()
    assert words.language == "zh_TW" and page.verdict.text()
    assert (page.form.value().steps, page.learning_rate, len(page.plot._line_curve.x)) == (123, rate, points)
    assert used.pages.current == "find" and used.train_page.table.current_run() is not None
    assert used.settings.language == "zh_TW"
    assert page.button.text() == "尋找學習率"


def has_chinese():
    return QFontDatabase.WritingSystem.TraditionalChinese in QFontDatabase.writingSystems()


@pytest.mark.parametrize("size", [(1280, 800), (1093, 614), (1024, 576)], ids=str)
def test_that_nothing_is_cut_off_in_chinese(qtbot, tmp_path, size):
    window = make_window(tmp_path / "profile", fake_jobs(train=training(seconds=0.03)))
    if not has_chinese():
        window.deleteLater()
        pytest.skip("no font for Chinese is installed")
    words.use("zh_TW")
    window = shown(qtbot, window, size)
    find(qtbot, window)
    train(qtbot, window)
    for name in PAGES:
        window.pages.show_page(name)
        qtbot.wait(30)
        qtbot.waitUntil(lambda: not cut_off(window))  # what the history counts comes when it has been read
        assert (name, outside(window)) == (name, [])
    assert narrow_columns(window) == []
