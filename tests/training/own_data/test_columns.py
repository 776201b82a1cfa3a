"""What a column of text is taken for."""

import numpy as np

from lrgui.training.own_data.columns import TextTable, read_column


def read(*cells, decimal="point"):
    return read_column(TextTable("a.csv", {"color": list(cells)}, first_row=2), "color", decimal)


def test_that_blanks_after_the_separator_make_no_category_of_a_missing_value():
    column = read(" red", " NA", " ", "blue ", " ?")
    assert column.text
    assert list(column.values) == ["red", None, None, "blue", None]
    np.testing.assert_array_equal(column.missing, [False, True, True, False, True])


def test_that_most_values_decide_between_numbers_and_words():
    assert read("1", "2", "-", "").values.dtype == np.float64
    assert read("1", "red", "blue", "n/a").text


def test_that_words_keep_their_commas_where_numbers_have_decimal_ones():
    assert list(read("red, dark", "blue", "1,5", decimal="comma").values) == ["red, dark", "blue", "1,5"]
    np.testing.assert_array_equal(read("0,5", "1,5", decimal="comma").values, [0.5, 1.5])
