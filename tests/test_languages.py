"""Which language is wanted, and whether all that the program says is there in it."""

import importlib.util
import json

import pytest

from lrgui import languages
from lrgui.cli.commands import run
from lrgui.core.messages import Message, joined, plainly, say
from lrgui.resources import resource

OTHERS = [code for code in languages.LANGUAGES if code != languages.ENGLISH]


@pytest.fixture(autouse=True)
def english_afterwards():
    yield
    languages.use(languages.ENGLISH)


def update_script():
    pytest.importorskip("babel")
    path = resource("translations", "update.py")
    spec = importlib.util.spec_from_file_location("update", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["zh_TW.UTF-8"], "zh_TW"),
        (["zh-Hant-HK"], "zh_TW"),
        (["zh_HK"], "zh_TW"),
        (["zh_CN.UTF-8"], "en"),
        (["zh-Hans-TW"], "en"),
        (["de_DE.UTF-8", "zh_TW"], "zh_TW"),
        (["en_US", "zh_TW"], "en"),
        (["C"], "en"),
        (["de_DE@euro"], "en"),
        ([], "en"),
    ],
)
def test_that_a_locale_finds_the_language_that_its_reader_reads(wanted, found):
    assert languages.nearest(wanted) == found


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({"LANG": "zh_TW.UTF-8"}, "zh_TW"),
        ({"LC_ALL": "C", "LANG": "zh_TW.UTF-8"}, "en"),
        ({"LRGUI_LANGUAGE": "zh_TW", "LC_ALL": "en_US.UTF-8"}, "zh_TW"),
        ({"LRGUI_LANGUAGE": "", "LC_MESSAGES": "zh_TW"}, "zh_TW"),
        ({}, "en"),
    ],
)
def test_that_the_variable_of_the_program_comes_before_those_of_the_system(environment, found):
    assert languages.asked_for(environment) == found


def test_that_english_reads_no_catalogue():
    languages.catalogue.cache_clear()
    languages.use(languages.ENGLISH)
    assert languages.catalogue.cache_info().currsize == 0
    assert str(say("Close")) == "Close"


def test_that_a_message_speaks_the_language_of_now_down_to_its_parts(monkeypatch):
    texts = {"{what:capital} at {rate:rate}": "{rate:rate}: {what}", "loss": "損失"}
    monkeypatch.setattr(languages, "catalogue", lambda language: texts)
    told = say("{what:capital} at {rate:rate}", what=say("loss"), rate=3e-4)
    assert str(told) == "Loss at 3.0e-4"
    languages.use("zh_TW")
    assert (str(told), str(joined((say("loss"), "x")))) == ("3.0e-4: 損失", "損失, x")
    assert plainly(told) == "Loss at 3.0e-4"
    assert str(Message("no such text")) == "no such text"


CATALOGUE = r"""
msgid ""
msgstr "Language: zh_TW\n"

#: lrgui/gui/menus.py
msgid "A \"word\""
msgstr "一個「字」"

msgid ""
"Two lines:\n"
"a\\b"
msgstr ""
"兩行：\n"
"a\\b"

#, fuzzy
msgid "guessed"
msgstr "猜的"

#, python-brace-format
msgid "{count} runs"
msgstr "{count} 次執行"

msgid "not yet"
msgstr ""
"""


def test_that_a_catalogue_is_read_without_what_is_missing_or_only_guessed(tmp_path):
    path = tmp_path / "lrgui.po"
    path.write_text(CATALOGUE, encoding="utf-8")
    assert languages.read_catalogue(path) == {
        'A "word"': "一個「字」",
        "Two lines:\na\\b": "兩行：\na\\b",
        "{count} runs": "{count} 次執行",
    }


@pytest.mark.parametrize("language", OTHERS)
def test_that_every_text_is_translated_with_the_same_values(language):
    update = update_script()
    assert update.problems(language, update.marked()) == []


@pytest.mark.parametrize("language", OTHERS)
def test_that_the_program_reads_what_the_tools_of_translators_read(language):
    update = update_script()
    theirs = {message.id: message.string for message in update.catalogue_of(language) if message.id and message.string}
    assert languages.catalogue(language) == theirs


def test_that_another_value_or_another_way_to_write_it_is_found():
    wrong = languages.other_values
    assert not wrong("{rate:rate} at {what:lower}", "{what}：{rate:rate}")
    assert wrong("{rate:rate} runs", "{rate} 次")
    assert wrong("{count} runs", "{number} 次")
    assert wrong("{count} runs", "{count 次")


def test_that_an_update_keeps_translations_and_drops_what_is_gone(tmp_path, monkeypatch):
    update = update_script()
    path = tmp_path / "zh_TW" / "LC_MESSAGES" / "lrgui.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(update, "HERE", tmp_path)
    update.update("zh_TW", {"{count} runs": {"b.py"}, "new": {"a.py"}})
    assert languages.read_catalogue(path) == {"{count} runs": "{count} 次執行"}
    assert update.problems("zh_TW", ["{count} runs", "new"]) == ["zh_TW: not translated: 'new'"]


# The command line


@pytest.mark.parametrize("words", [["--help"], ["find", "--help"], ["descend", "--help"], ["history", "--help"]])
def test_that_the_help_of_the_command_line_is_in_the_language_asked_for(words, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    languages.use("zh_TW")
    assert run(words) == 0
    told = capsys.readouterr().out
    assert told.startswith("用法：") and "show this help" not in told and "結束" in told
    assert "usage:" not in told and "options:" not in told


def test_that_what_cannot_be_taken_is_told_in_the_language_asked_for(capsys):
    languages.use("zh_TW")
    assert run(["find", "--steps", "many"]) == 2
    assert "「步數」須為整數" in capsys.readouterr().err


def test_that_lines_of_the_help_hold_no_more_cells_than_the_terminal(capsys, monkeypatch):
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", "80")
    languages.use("zh_TW")
    run(["find", "--help"])
    options = capsys.readouterr().out.partition("NAME,KEY=VALUE,...：")[0].splitlines()
    assert max(map(cell_len, options)) <= 80
    assert sum(cell_len(line) > 60 for line in options) > 10


def test_that_the_json_of_the_command_line_is_the_same_in_every_language(capsys):
    words = ["descend", "--function", "x**2", "--walker", "sgd,learning_rate=1.5", "--steps", "5", "--json", "-"]
    written = []
    for language in languages.LANGUAGES:
        languages.use(language)
        assert run(words) == 0
        written.append(json.loads(capsys.readouterr().out))
    assert written[0] == written[1]
