"""The tabs of the training page, with jobs that only pretend to train."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from lrgui.core.config import TrainingConfig
from lrgui.core.config.dataset import Iris, Moons
from lrgui.core.events import Ended
from lrgui.gui.widgets.results import TABS
from tests.gui.fake_jobs import fake_jobs, training
from tests.gui.looking import hover, images, plane, table
from tests.gui.test_data_table import texts, titles
from tests.gui.windows import make_window, shown, train


def answering(examined):
    """Return a training whose model answers so at its end."""

    def job(config, emit, control):
        def emit_with_answers(event):
            if isinstance(event, Ended):
                emit(examined)
            emit(event)

        training()(config, emit_with_answers, control)

    return job


@pytest.fixture
def trained(qtbot, tmp_path):
    def make(examined, dataset=None, size=(1280, 800)):
        job = answering(examined) if examined is not None else None
        window = shown(qtbot, make_window(tmp_path / "profile", fake_jobs(train=job)), size)
        if dataset is not None:
            window.train_page.form.set_value(TrainingConfig(dataset=dataset))
        window.pages.show_page("train")
        train(qtbot, window)
        return window

    return make


def click_tab(window, title):
    tabs = window.train_page.results.tabs
    QTest.mouseClick(
        tabs,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        tabs.tabRect([str(tab) for tab in TABS].index(title)).center(),
    )


def offered(window):
    tabs = window.train_page.results.tabs
    return [tabs.tabText(index) for index in range(tabs.count()) if tabs.isTabVisible(index)]


def test_that_the_examples_of_a_run_on_images_are_shown_wrong_ones_marked(trained):
    window = trained(images(count=12, wrong=4))
    click_tab(window, "Examples")
    results = window.train_page.results
    assert results.images.isVisible() and not window.train_page.table.isVisible()
    captions = results.images._canvas.captions
    assert [caption.right for caption in captions] == [False] * 4 + [True] * 8
    assert (captions[0].text, str(captions[0].truth)) == ("class 1", "is class 0")
    assert results._wrong.text().startswith("4 of 12 wrong (33.3 %)")


def test_that_the_examples_of_a_run_on_a_table_are_shown_as_rows(trained):
    window = trained(table(count=6, wrong=2), Iris())
    click_tab(window, "Examples")
    rows = window.train_page.results.rows
    assert rows.isVisible()
    assert titles(rows) == ["", "Predicted", "True", "a", "b", "c"]
    assert texts(rows)[0][:3] == ["wrong", "yes", "no"]
    assert texts(rows)[2][:3] == ["right", "no", "no"]


def test_that_the_confusions_are_counted_told_and_pointed_at(trained):
    window = trained(images(count=12, wrong=4))
    click_tab(window, "Confusion")
    results = window.train_page.results
    assert results.matrix.isVisible()
    assert results._confused.text().splitlines()[:2] == ["Most often confused:", "class 0 taken for class 1: 1"]
    hover(results.matrix, results.matrix.place(4, 4).center())
    assert results._confused.text() == "class 4: 1 of 1 right"
    hover(results.matrix, results.matrix.grid().topLeft() / 2)
    assert results._confused.text().startswith("Most often confused:")


def test_that_a_surface_is_offered_for_points_only(trained):
    window = trained(plane(), Moons())
    assert offered(window) == ["Runs", "Examples", "Confusion", "Surface"]
    click_tab(window, "Surface")
    assert window.train_page.results.surface.isVisible()


def test_that_no_surface_is_offered_for_images_and_the_other_tabs_stay_where_they_are(trained):
    window = trained(images())
    tabs = window.train_page.results.tabs
    places = [tabs.mapToGlobal(tabs.tabRect(index).topLeft()) for index in range(3)]
    assert offered(window) == ["Runs", "Examples", "Confusion"]
    tabs.setTabVisible(3, True)
    assert [tabs.mapToGlobal(tabs.tabRect(index).topLeft()) for index in range(3)] == places
    assert tabs.tabRect(3).right() <= tabs.width()


def test_that_a_run_without_answers_says_so_in_their_place(trained):
    window = trained(None)
    click_tab(window, "Confusion")
    results = window.train_page.results
    assert results.currentWidget() is results._empty
    click_tab(window, "Runs")
    assert window.train_page.table.isVisible()


def test_that_another_run_shows_its_own_answers_on_the_same_tab(trained, qtbot):
    window = trained(images(wrong=4))
    click_tab(window, "Examples")
    window.desk.jobs = fake_jobs(train=answering(images(wrong=1)))
    train(qtbot, window)
    page = window.train_page
    assert page.results._wrong.text().startswith("1 of 12")
    page.table.select(page.runs.lines[0].run)
    assert page.results._wrong.text().startswith("4 of 12")
    assert page.results.images.isVisible()


@pytest.mark.parametrize("size", [(1280, 800), (1093, 614)])
def test_that_no_tab_moves_the_plots(trained, qtbot, size):
    window = trained(images(count=200), size=size)
    before = [plot.geometry() for plot in window.train_page.plots]
    for title in ("Examples", "Confusion", "Runs"):
        click_tab(window, title)
        qtbot.wait(10)
        assert [plot.geometry() for plot in window.train_page.plots] == before
    assert (window.width(), window.height()) == size


def test_that_a_key_gives_the_results_the_page_and_takes_it_back(trained, qtbot):
    window = trained(images(count=200))
    click_tab(window, "Examples")
    grid = window.train_page.results.images
    height = grid.height()
    plots = [plot for plot in window.train_page.plots if plot.isVisible()]
    assert len(plots) >= 3
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: grid.height() > 2 * height)
    assert not any(plot.isVisible() for plot in window.train_page.plots)
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: grid.height() == height)
    assert [plot for plot in window.train_page.plots if plot.isVisible()] == plots


def test_that_deleting_the_last_run_leaves_nothing_of_it(trained, qtbot):
    window = trained(images())
    click_tab(window, "Examples")
    window.train_page.table.delete_current()
    results = window.train_page.results
    assert results.currentWidget() is results._empty
