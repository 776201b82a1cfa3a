"""The lessons of the program and those of a teacher on one shelf."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from lrgui.core.config import Config
from lrgui.core.config.fields import choice_name
from lrgui.core.lessons import lessons_in
from lrgui.core.lessons.conditions import CONDITIONS
from lrgui.core.lessons.measures import MEASURES
from lrgui.core.lessons.orders import ORDERS
from lrgui.core.lessons.reading import lesson_from
from lrgui.core.lessons.texts import names_in
from lrgui.languages import catalogue
from lrgui.resources import resource
from tests.core.lessons.lesson_files import LESSON


def shipped():
    return lessons_in([resource("lessons")])


def test_that_three_lessons_come_with_the_program_in_their_order():
    shelf = shipped()
    assert [lesson.name for lesson in shelf.lessons] == ["shrinking", "schedules", "find"]
    assert shelf.problems == ()


def test_that_a_teachers_lesson_stands_beside_them_and_may_take_the_place_of_one(tmp_path):
    (tmp_path / "mine.toml").write_text(LESSON, encoding="utf-8")
    (tmp_path / "find.toml").write_text("order = 0\n" + LESSON, encoding="utf-8")
    shelf = lessons_in([resource("lessons"), tmp_path])
    assert [lesson.name for lesson in shelf.lessons] == ["find", "shrinking", "schedules", "mine"]
    assert shelf.find("find").title == {"en": "Small"}
    assert shelf.find("none") is None


def test_that_a_broken_file_takes_no_other_lesson_away(tmp_path):
    (tmp_path / "broken.toml").write_text(LESSON.replace("task", "tusk", 1), encoding="utf-8")
    shelf = lessons_in([resource("lessons"), tmp_path])
    assert len(shelf.lessons) == 3
    (problem,) = shelf.problems
    assert re.match(r"broken\.toml, line \d+: There is no 'tusk' here", str(problem))


def test_that_what_the_readme_for_teachers_shows_is_a_lesson_and_can_be_written_so():
    text = resource("lessons", "README.md").read_text(encoding="utf-8")
    lesson = lesson_from(text.split("```toml\n")[1].split("```")[0], Path("readme.toml"))
    assert len(lesson.step) == 1 and lesson.step[0].question is not None
    tables = dict(zip(("do", "done", "values"), re.findall(r"((?:^\|.*\n)+)", text, re.MULTILINE), strict=True))
    for field, classes in (("do", ORDERS), ("done", CONDITIONS), ("values", MEASURES)):
        shown = re.findall(r"^\| `([^`]+)`", tables[field], re.MULTILINE)
        assert {choice_name(each) for each in classes} == {text.partition(",")[0] for text in shown}
        for text_shown in shown:
            plain = text_shown.replace("NAME", "just_right")
            values = {"values.a": plain} if field == "values" else {field: [plain]}
            lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
            step = "\n".join(['title = "."', 'text = "."', 'task = "."', 'seen = "."', *lines])
            lesson_from(f'title = "."\nsummary = "."\n[[step]]\n{step}\n', Path("shown.toml"))


def test_that_a_folder_that_is_not_there_is_an_empty_one(tmp_path):
    assert lessons_in([tmp_path / "none"]).lessons == ()


def texts_of(config):
    """Yield every text by language in a lesson."""
    for name, value in config:
        if isinstance(value, dict) and value and all(isinstance(text, str) for text in value.values()):
            yield name, value
        elif isinstance(value, tuple):
            for each in value:
                yield from texts_of(each) if isinstance(each, Config) else ()
        elif isinstance(value, Config):
            yield from texts_of(value)


@pytest.mark.parametrize("name", ["shrinking", "schedules", "find"])
def test_that_each_lesson_of_the_program_is_whole_in_both_languages(name):
    texts = list(texts_of(shipped().find(name)))
    assert len(texts) > 20
    for _, text in texts:
        assert set(text) == {"en", "zh_TW"} and all(text.values())
        assert re.search(r"[\u4e00-\u9fff]", text["zh_TW"])
        assert names_in(text["en"]) == names_in(text["zh_TW"])


@pytest.mark.parametrize("name", ["shrinking", "schedules", "find"])
def test_that_what_a_chinese_lesson_calls_by_name_is_called_so_in_the_window(name):
    in_the_window = set(catalogue("zh_TW").values())
    named = {found for _, text in texts_of(shipped().find(name)) for found in re.findall("「(.*?)」", text["zh_TW"])}
    assert named and named <= in_the_window


@pytest.mark.parametrize("name", ["shrinking", "schedules", "find"])
def test_that_no_number_of_a_run_is_written_down_before(name):
    """What is seen is measured: no decimal or percentage stands in it but in a place for a number.

    The factor by which the rate shrinks is the rule itself, and so is what the rule leaves.
    """
    for step in shipped().find(name).step:
        plain = re.sub(r"\{[^}]*\}", "", step.seen["en"]).replace("0.99", "").replace("0.01", "").replace("98 %", "")
        assert not re.search(r"\d+\.\d|\d\s*%|\de-\d", plain), plain


@pytest.mark.parametrize("name", ["shrinking", "schedules", "find"])
def test_that_the_options_of_a_choice_cover_every_outcome_once(name):
    for step in shipped().find(name).step:
        if step.question is None or step.question.kind != "choice":
            continue
        parts = sorted((option.least, option.below) for option in step.question.option)
        assert parts[0][0] < -1e100 and parts[-1][1] > 1e100
        assert all(before[1] == after[0] for before, after in pairwise(parts))
