"""The list over the database: what is looked at comes, what is far is let go, and no hand waits for the disk."""

import pytest
from PySide6.QtCore import Qt

from lrgui.core.store import FILE_NAME, Filter, Store
from lrgui.gui.history_reader import HistoryReader
from lrgui.gui.widgets.history_model import ACCURACY, RATE, RUN, HistoryModel
from tests.core.store.runs import fill

COUNT = 3000


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = tmp_path_factory.mktemp("history") / FILE_NAME
    ids = fill(path, COUNT)
    return path, ids


@pytest.fixture
def store(filled):
    store = Store(filled[0], told=lambda told: pytest.fail(str(told)))
    yield store
    store.close()


@pytest.fixture
def reader(qapp, store):
    reader = HistoryReader(store)
    yield reader
    reader.close()


@pytest.fixture
def model(qtbot, reader):
    model = HistoryModel(reader)
    with qtbot.waitSignal(model.counted):
        model.refresh()
    return model


def names(model, rows):
    return [model.index(row, RUN).data() for row in rows]


def test_that_only_what_is_near_is_loaded(qtbot, model):
    assert model.rowCount() == COUNT
    assert names(model, range(3)) == ["Run 0", "Run 1", "Run 2"]
    assert model.loaded < 200
    assert model.entry(1500) is None and model.index(1500, RUN).data() is None
    with qtbot.waitSignal(model.dataChanged):
        model.look_at(1500, 1510)
    assert names(model, (1500, 1510)) == ["Run 1500", "Run 1510"]
    assert model.loaded < 400


def test_that_what_is_far_is_let_go(qtbot, model):
    for first in range(0, COUNT - 40, 40):
        model.look_at(first, first + 20)
        qtbot.waitUntil(lambda first=first: model.entry(first) is not None and model.entry(first + 20) is not None)
    assert model.loaded <= 2048
    assert model.entry(0) is None


def test_that_a_jump_over_the_whole_list_reads_only_where_it_ends(qtbot, model):
    for first in range(0, COUNT - 20, 20):  # as a hand that drags the bar: each look takes the place of the last
        model.look_at(first, first + 10)
    qtbot.waitUntil(lambda: model.entry(COUNT - 12) is not None)
    assert model.loaded < 1500


def test_that_a_column_sorts(qtbot, model):
    with qtbot.waitSignal(model.modelReset):
        model.sort(ACCURACY, Qt.SortOrder.DescendingOrder)
    shares = [model.entry(row).final_accuracy for row in range(50)]
    assert shares == sorted(shares, reverse=True)
    with qtbot.waitSignal(model.modelReset):
        model.sort(RATE, Qt.SortOrder.AscendingOrder)
    rates = [model.entry(row).learning_rate for row in range(50)]
    assert rates == sorted(rates)


def test_that_a_filter_lists_only_what_it_wants(qtbot, model, store):
    wanted = Filter(text="lesson", dataset="iris", starred=True)
    with qtbot.waitSignal(model.modelReset):
        model.set_filter(wanted)
    assert 0 < model.rowCount() == store.count(wanted)
    assert {model.entry(row).dataset for row in range(model.rowCount())} == {"iris"}


def test_that_answers_to_an_older_question_are_not_shown(qtbot, model):
    model.set_filter(Filter(dataset="wine"))
    model.set_filter(Filter(dataset="iris"))
    qtbot.waitUntil(lambda: model.entry(0) is not None and model.entry(0).dataset == "iris")
    qtbot.wait(50)
    assert {entry.dataset for row in range(20) if (entry := model.entry(row))} == {"iris"}


def test_that_runs_that_are_taken_out_close_their_gaps(model):
    gone = {model.entry(row).id for row in (1, 2, 5)}
    model.take_out(gone)
    assert model.rowCount() == COUNT - 3
    assert names(model, range(4)) == ["Run 0", "Run 3", "Run 4", "Run 6"]


def test_that_ids_of_rows_that_are_not_here_are_fetched(qtbot, model, filled):
    found = []
    model.ask_ids([0, 2], found.append)
    assert found == [[filled[1][0], filled[1][2]]]
    model.ask_ids([0, 2000, 2999], found.append)
    qtbot.waitUntil(lambda: len(found) == 2)
    assert found[1] == [filled[1][row] for row in (0, 2000, 2999)]


def test_that_a_question_takes_the_place_of_one_that_waits_for_the_same(qtbot, reader):
    answers = []
    reader.ask("slow", lambda store: store.count(), answers.append)
    for number in range(20):
        reader.ask("same", lambda store, number=number: number, answers.append)
    qtbot.waitUntil(lambda: 19 in answers)
    assert len(answers) < 21
