"""Walks as text: every number in full, in the order of the columns."""

import csv

from lrgui.core.config.descent import Adam, Sgd
from lrgui.core.descent import Path
from lrgui.core.functions import FUNCTIONS, bowl
from lrgui.export.descent_csv import columns_of, table_text, walks_csv


def walked(function, walker, steps=5):
    path = Path(function, function.start, walker, steps)
    path.extend_to(steps)
    return path


def test_that_numbers_are_read_back_exactly_as_they_were_computed():
    paths = [walked(bowl(7), Sgd(learning_rate=0.1)), walked(bowl(7), Adam(learning_rate=0.3))]
    rows = list(csv.DictReader(walks_csv(paths).splitlines()))
    assert [row["optimizer"] for row in rows] == ["sgd"] * 6 + ["adam"] * 6
    for path, part in zip(paths, (rows[:6], rows[6:]), strict=True):
        assert [float(row["y"]) for row in part] == path.w[:, 1].tolist()
        assert [float(row["f(x, y)"]) for row in part] == path.f.tolist()
        assert [float(row["df/dx"]) for row in part] == path.gradient[:, 0].tolist()
        assert [float(row["update x"]) for row in part[:-1]] == path.update[:, 0].tolist()
        assert part[-1]["update x"] == ""


def test_that_some_entries_are_written_with_tabs_under_their_titles():
    path = walked(FUNCTIONS["parabola"], Sgd(learning_rate=0.2))
    lines = [line.split("\t") for line in table_text(path, [0, 3]).splitlines()]
    assert lines[0] == list(columns_of(path)) == ["step", "w", "f(w)", "gradient", "learning rate", "update"]
    assert lines[1] == ["0", "5.0", "25.0", "10.0", "0.2", "-2.0"]
    assert [line[0] for line in lines[1:]] == ["0", "3"]
