"""Lessons from files: what is right is read, what is wrong is told with its line."""

import pytest

from lrgui.core.lessons.orders import SetField, ShowPage
from lrgui.core.lessons.reading import lesson_from, read_lesson
from lrgui.core.messages import Refused
from tests.core.lessons.lesson_files import LESSON, line_of


def test_that_a_lesson_is_read_with_its_texts_orders_and_numbers(tmp_path):
    file = tmp_path / "small.toml"
    file.write_text(LESSON, encoding="utf-8")
    lesson = read_lesson(file)
    assert lesson.name == "small"
    assert lesson.summary == {"en": "A lesson for tests.", "zh_TW": "測試用的課程。"}
    first, second = lesson.step
    assert first.text == {"en": "Two lines of one paragraph.\n\n# Another one."}
    assert first.do == (
        ShowPage(page="descent"),
        SetField(field="dataset", to="fashion_mnist,samples=3000", otherwise="digits"),
    )
    assert set(first.values) == {"rate", "place"}
    assert [option.text["en"] for option in first.question.option] == ["Here", "There"]
    assert second.question is None and second.title["zh_TW"] == "二"


WRONG = [
    ("page,page=descent", "page,page=descend", "Page takes one of descent"),
    ("page,page=descent", "open,page=descent", "There is no 'open' here; there are page, preset"),
    ("page,page=descent", "page,side=left", "'page' has no 'side'; it has page."),
    ("page,page=descent", "preset,preset=perfect", "There is no preset 'perfect'"),
    ("page,page=descent", "press,action=explode", "Action takes one of find"),
    ("to=\"fashion_mnist", "to=\"fashion_mist", "Data set takes one of digits"),
    ("field=dataset", "field=data", "There is no field 'data'; there are"),
    ("rate_from=0.1", "rate_from=-0.1", "Rate from takes a number, at least 0, not '-0.1'."),
    ("rate_from=0.1", "rate_from", "After the name come key=value pairs"),
    ("walker,what=rate", "walker,what=speed", "What takes one of w, f, rate"),
    ("walker,what=f,step=3", "altitude", "There is no 'altitude' here; there are walker, arrival"),
    ("At {rate:rate}", "At {ratio:rate}", "There is no number 'ratio' among the step's values; there are place, rate."),
    ("學習率 {rate:rate}", "學習率 {rates:rate}", "There is no number 'rates'"),
    ("At {rate:rate}", "At {rate:rate", "A brace lacks its partner"),
    ("kind = \"choice\"", "kind = \"guess\"", "'kind' takes one of number, point or choice."),
    ("kind = \"choice\"", "kind = \"point\"\nplot = \"\"", "A point needs the name of a plot"),
    ("task = \"Do it.\"", "tusk = \"Do it.\"", "There is no 'tusk' here; there are title, text, task"),
    ("summary.en = ", "sumary.en = ", "There is no 'sumary' here; there are title, summary, order, step."),
    ("below = 1.0", "below = \"low\"", "'below' takes a number."),
    ("title = \"Small\"", "title = 3", "A text stands in quotation marks"),
    ("done = [\"walker", "done = [ \"walker\" \"", "This is no TOML"),
    ("title = \"One\"", "title = \"One\"\ntitle = \"Again\"", "This is no TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "told"), WRONG, ids=[wrong.partition("\n")[0] for _, wrong, _ in WRONG])
def test_that_what_is_wrong_is_told_in_one_sentence_with_file_and_line(tmp_path, right, wrong, told):
    line = line_of(right) + ("\n" in wrong)
    assert LESSON.count(right) >= 1
    with pytest.raises(Refused) as refused:
        lesson_from(LESSON.replace(right, wrong, 1), tmp_path / "mine.toml")
    sentence = str(refused.value)
    assert sentence.startswith(f"mine.toml, line {line}: {told}")
    assert "\n" not in sentence


def test_that_a_missing_part_is_told_at_the_table_that_lacks_it(tmp_path):
    with pytest.raises(Refused, match=rf"line {line_of('[[step]]')}: 'task' is missing here\."):
        lesson_from(LESSON.replace('task = "Do it."\n', "", 1), tmp_path / "mine.toml")


def test_that_a_lesson_without_steps_is_refused(tmp_path):
    with pytest.raises(Refused, match="line 1: 'step' is missing here"):
        lesson_from('title = "A"\nsummary = "B"\n', tmp_path / "mine.toml")


def test_that_a_choice_needs_two_options(tmp_path):
    head, _, rest = LESSON.partition("[[step.question.option]]")
    _, _, tail = rest.partition("[[step]]")
    with pytest.raises(Refused, match="A choice needs two options at least"):
        lesson_from(head + "[[step]]" + tail, tmp_path / "mine.toml")


def test_that_a_file_that_is_no_text_is_told_as_well(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refused, match=r"mine\.toml cannot be read"):
        read_lesson(file)
    with pytest.raises(Refused, match=r"none\.toml cannot be read"):
        read_lesson(tmp_path / "none.toml")
