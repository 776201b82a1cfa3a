"""What is shown by ``show`` is shown again in another language, and only that."""

import gc
import weakref
from functools import partial

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPushButton, QTabBar, QWidget
from shiboken6 import delete

from lrgui import languages
from lrgui.core.messages import say
from lrgui.gui.plots.plot import Plot
from lrgui.gui.settings import Settings
from lrgui.gui.widgets.card import Card, label
from lrgui.gui.words import add_tab, language_of_the_system, show, with_keys, worded, words

TEXTS = {"Close": "關閉", "{count} runs": "{count} 次", "runs": "執行", "loss": "損失", "step": "步", "epoch": "週期"}


@pytest.fixture
def chinese(monkeypatch):
    """A switch to a language of few words."""
    monkeypatch.setattr(languages, "catalogue", lambda language: TEXTS)
    return lambda: words.use("zh_TW")


def test_that_a_text_is_shown_again_with_its_values(qtbot, chinese):
    button = worded(QPushButton(), say("{count} runs", count=3))
    qtbot.addWidget(button)
    show(button.setToolTip, with_keys(say("Close"), "Esc"))
    assert (button.text(), button.toolTip()) == ("3 runs", "Close (Esc)")
    chinese()
    assert (button.text(), button.toolTip()) == ("3 次", "關閉 (Esc)")
    words.use("en")
    assert (button.text(), button.toolTip()) == ("3 runs", "Close (Esc)")


def test_that_the_last_text_counts_and_a_plain_one_ends_it(qtbot, chinese):
    told = QLabel()
    qtbot.addWidget(told)
    show(told.setText, say("Close"))
    show(told.setText, say("runs"))
    chinese()
    assert told.text() == "執行"
    show(told.setText, "my run")
    words.use("en")
    assert told.text() == "my run"


def test_that_what_was_set_otherwise_since_stays(qtbot, chinese):
    told = QLabel()
    qtbot.addWidget(told)
    show(told.setText, say("Close"))
    told.setText("typed by hand")
    chinese()
    assert told.text() == "typed by hand"


def test_that_each_tab_and_entry_has_its_own_words(qtbot, chinese):
    tabs = QTabBar()
    qtbot.addWidget(tabs)
    add_tab(tabs, say("loss"), say("Close"))
    add_tab(tabs, say("step"))
    show(partial(tabs.setTabText, 1), say("epoch"))
    chinese()
    assert [tabs.tabText(0), tabs.tabToolTip(0), tabs.tabText(1)] == ["損失", "關閉", "週期"]


def test_that_cards_labels_and_plots_follow(qtbot, chinese):
    card = Card(say("loss"))
    qtbot.addWidget(card)
    told, plot = label(say("step")), Plot(say("step"), say("loss"))
    curve = plot.curve(say("epoch"), "loss")
    card.body.addWidget(told)
    card.body.addWidget(plot)
    chinese()
    assert [each.text() for each in card.findChildren(QLabel)][:2] == ["損失", "步"]
    assert (plot._bottom.title, plot._left.title, str(curve.name)) == ("步", "損失", "週期")
    assert plot.accessibleName() == "損失 / 步"


def test_that_no_owner_is_kept_alive_or_woken_after_its_end(qtbot, chinese):
    parent = QWidget()
    qtbot.addWidget(parent)
    action, gone = QAction(parent), QLabel(parent)
    show(action.setText, say("Close"))
    show(gone.setText, say("Close"))
    delete(gone)
    loose = weakref.ref(worded(QPushButton(), say("Close")))
    gc.collect()
    assert loose() is None
    chinese()
    assert action.text() == "關閉"


def test_that_a_function_which_belongs_to_nobody_is_refused():
    with pytest.raises(TypeError, match="no bound method"):
        show(lambda text: None, say("Close"))


def test_that_the_buttons_of_qt_itself_speak_the_language(qtbot):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    words.use("zh_TW")
    qtbot.wait(10)
    assert box.buttons()[0].text().startswith("取消")
    words.use("en")
    qtbot.wait(10)
    assert box.buttons()[0].text() == "Cancel"


def test_that_listeners_are_told_once_a_switch(qtbot, chinese):
    with qtbot.waitSignal(words.changed, timeout=1000):
        chinese()
    with qtbot.assertNotEmitted(words.changed):
        chinese()


@pytest.mark.parametrize(("named", "found"), [("zh_TW", "zh_TW"), ("en_US", "en"), ("zh_HK.UTF-8", "zh_TW")])
def test_that_the_environment_names_the_language_of_a_first_start(monkeypatch, named, found):
    monkeypatch.setenv(languages.VARIABLE, named)
    assert language_of_the_system() == found


def test_that_a_chosen_language_is_remembered_and_an_unknown_one_is_not_taken(tmp_path):
    settings = Settings(tmp_path)
    assert settings.language == ""
    settings.language = "zh_TW"
    settings.save()
    assert Settings(tmp_path).language == "zh_TW"
    settings.language = "xx"
    assert settings.language == ""
