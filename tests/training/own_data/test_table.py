from lrgui.core.config.dataset import CsvTable
from lrgui.training.own_data.reading import read
from tests.training.own_data.files import bought, write_table


def test_that_of_very_many_empty_columns_some_are_named_and_the_others_counted(tmp_path):
    header, *rows = bought(24)
    wide = [[*(f"empty {number}" for number in range(50)), *header], *([*[""] * 50, *row] for row in rows)]
    notes = list(map(str, read(CsvTable(path=str(write_table(tmp_path / "a.csv", wide)))).raw.notes))
    assert sum("is empty, and was left out" in note for note in notes) == 20
    assert "30 more columns are empty, and were left out." in notes
