"""Texts of lessons: by language, with numbers in them."""

from lrgui.core.lessons.texts import filled, in_language, names_in


def test_that_a_text_is_there_in_english_where_a_language_is_lacking():
    words = {"en": "rate", "zh_TW": "學習率"}
    assert in_language(words, "zh_TW") == "學習率"
    assert in_language(words, "de") == "rate"
    assert in_language({"de": "Rate"}, "zh_TW") == "Rate"


def test_that_numbers_stand_in_their_places_as_people_write_them():
    values = {"rate": 0.0123, "accuracy": 0.9417, "steps": 24.0}
    told = filled("{accuracy:percent} at {rate:rate} after {steps:number}, {rate:.4f}", values)
    assert told == "94.2 % at 0.012 after 24, 0.0123"


def test_that_a_number_that_is_not_there_is_a_dash_in_whatever_format():
    assert filled("{a:percent} {b:.3f} {a:rate}", {"a": None, "b": None}) == "- - -"


def test_that_the_names_in_a_text_are_known():
    assert names_in("{a:rate} and {b}, {{not this}}") == {"a", "b"}
