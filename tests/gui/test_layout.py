"""What is on the screen can be read, reached by name, and lies within the window, however small it is."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QToolButton,
    QWidget,
)

from lrgui.core.config import TrainingConfig
from lrgui.gui.main_window import PAGES
from lrgui.gui.run_desk import RUN_PAGES
from lrgui.gui.widgets.eliding_label import ElidingLabel
from lrgui.gui.widgets.fields import WordField
from tests.gui.fake_jobs import fake_jobs, training
from tests.gui.windows import find, make_window, press, shown, train

SIZES = [(1280, 800), (1093, 614), (1024, 576)]
THEMES = ["light", "dark"]


@pytest.fixture(params=SIZES, ids=str)
def size(request):
    return request.param


@pytest.fixture(params=THEMES)
def window(request, qtbot, tmp_path, size):
    window = make_window(tmp_path / "profile", fake_jobs(train=training(seconds=0.03)), theme=request.param)
    return shown(qtbot, window, size)


def seen(window, kind=QWidget):
    return [widget for widget in window.findChildren(kind) if widget.isVisible()]


def place(window, widget):
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def scroller_of(widget):
    """Return the scroll area that a widget is scrolled by; its own scroll bars are not."""
    for area in (parent for parent in ancestors(widget) if isinstance(parent, QScrollArea)):
        if area.widget() is not None and (area.widget() is widget or area.widget().isAncestorOf(widget)):
            return area
    return None


def ancestors(widget):
    while (widget := widget.parentWidget()) is not None:
        yield widget


def outside(window):
    """Return what lies outside the window; what is scrolled may lie above or below."""
    found = []
    for widget in seen(window):
        if widget.isWindow() or isinstance(widget.parentWidget(), QAbstractItemView | QComboBox | QMenu):
            continue
        area = scroller_of(widget)
        room = place(window, area.viewport()) if area is not None else window.rect()
        here = place(window, widget)
        wide = here.left() < room.left() or here.right() > room.right()
        high = area is None and (here.top() < room.top() or here.bottom() > room.bottom())
        if wide or high:
            found.append((widget, widget.objectName(), here, room))
    return found


def cut_off(window):
    """Return the widgets whose text has no room."""
    return [(widget, words(widget)) for widget in seen(window) if lacks_room(widget)]


def words(widget):
    return widget.currentText() if isinstance(widget, QComboBox) else widget.text()


def lacks_room(widget):
    if isinstance(widget, ElidingLabel):
        return False  # says in full in its tip what it has no room for
    if isinstance(widget, QLabel):
        if not widget.text():
            return False
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height()
        return widget.sizeHint().width() > widget.width() or widget.sizeHint().height() > widget.height()
    if isinstance(widget, QPushButton | QCheckBox | QToolButton):
        needed = widget.minimumSizeHint() if isinstance(widget, QPushButton) else widget.sizeHint()
        return bool(widget.text()) and (needed.width() > widget.width() or needed.height() > widget.height())
    if isinstance(widget, QLineEdit):
        return widget.fontMetrics().horizontalAdvance(widget.text()) > widget.width() - 16
    if isinstance(widget, WordField):
        return False  # ends in dots, and its list has room for all
    if isinstance(widget, QComboBox):
        return widget.fontMetrics().horizontalAdvance(widget.currentText()) > widget.width() - 34
    return False


def narrow_columns(window):
    """Return the columns shown whose title or whose longest cell has no room; a run's name may end in dots."""
    table = window.train_page.table
    header = table.horizontalHeader()
    assert isinstance(header, QHeaderView)
    return [
        table.model().headerData(column, Qt.Orientation.Horizontal)
        for column in range(1, table.model().columnCount())
        if not header.isSectionHidden(column)
        and header.sectionSize(column) < max(header.sectionSizeHint(column), table.sizeHintForColumn(column))
    ]


def assert_all_can_be_read(window):
    QApplication.processEvents()
    assert cut_off(window) == []
    assert outside(window) == []


def test_that_nothing_is_cut_off_before_a_run(window, size):
    assert (window.width(), window.height()) == size
    for name in PAGES:
        window.pages.show_page(name)
        assert_all_can_be_read(window)


def test_that_nothing_is_cut_off_after_a_sweep(window, qtbot):
    find(qtbot, window)
    qtbot.wait(50)
    assert_all_can_be_read(window)


def test_that_nothing_is_cut_off_during_and_after_a_training(window, qtbot):
    find(qtbot, window)
    window.train_page.form.set_value(TrainingConfig(epochs=6), ["epochs"])
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    run = window.runner.run
    qtbot.waitUntil(lambda: len(run.steps) > 30)
    assert_all_can_be_read(window)
    press(window, Qt.Key.Key_Space)
    assert window.runner.paused
    assert_all_can_be_read(window)
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: run.ended)
    qtbot.wait(50)
    assert_all_can_be_read(window)
    assert narrow_columns(window) == []


def test_that_nothing_is_cut_off_when_every_field_is_open_and_one_is_wrong(window, qtbot):
    for name in RUN_PAGES:
        window.pages.show_page(name)
        page = window.pages[name]
        page.form.findChild(QWidget, "model").show_value("cnn")
        for button in page.form.findChildren(QPushButton):
            if button.accessibleName().startswith("More fields"):
                button.setChecked(True)
        page.form.findChild(QWidget, "batch_size").setText("5000")
        qtbot.wait(20)
        assert_all_can_be_read(window)


@pytest.mark.parametrize("size", SIZES[2:])
def test_that_nothing_is_cut_off_in_the_history(window, qtbot):
    find(qtbot, window)
    train(qtbot, window)
    window.pages.show_page("history")
    page = window.history_desk.page
    qtbot.waitUntil(lambda: page.model.rowCount() == 2 and page.details.verdict.text() != "")
    page.table.selectAll()
    qtbot.waitUntil(window.actions_["delete_run"].isEnabled)  # the end of a run comes half a second later
    qtbot.wait(100)
    assert_all_can_be_read(window)
    press(window, Qt.Key.Key_Delete)
    qtbot.waitUntil(page.nothing_kept.isVisible)
    assert_all_can_be_read(window)
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.table.isVisible)
    page.filters.search.setText("no such run")
    qtbot.waitUntil(page.nothing_found.isVisible)
    assert_all_can_be_read(window)


@pytest.mark.parametrize("size", SIZES[:2])
def test_that_nothing_moves_when_a_run_begins_and_ends(window, qtbot):
    places = []
    for _ in range(2):
        places.append(place(window, window.find_page.plot))
        find(qtbot, window)
        qtbot.wait(50)
        places.append(place(window, window.find_page.plot))
    assert places == places[:1] * 4


# Names


@pytest.fixture
def one_window(qtbot, tmp_path):
    window = make_window(tmp_path / "profile", fake_jobs())
    return shown(qtbot, window)


def test_that_every_control_has_an_accessible_name(one_window, qtbot):
    find(qtbot, one_window)
    train(qtbot, one_window)
    for name in PAGES:
        one_window.pages.show_page(name)
        controls = [widget for widget in seen(one_window) if takes_keys_or_clicks(widget)]
        assert len(controls) > 15
        nameless = [(widget, widget.parentWidget()) for widget in controls if not spoken(widget)]
        assert nameless == []


def takes_keys_or_clicks(widget):
    parent = widget.parentWidget()
    if isinstance(parent, QAbstractScrollArea) and widget in (parent.viewport(), *parent.findChildren(QScrollBar)):
        return False  # the area speaks for them
    return isinstance(widget, QAbstractButton) or bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def spoken(widget):
    """Return what a screen reader says of a widget, or of the one that lends it its focus."""
    interface = QAccessible.queryAccessibleInterface(widget)
    name = interface.text(QAccessible.Text.Name) if interface is not None else ""
    parent = widget.parentWidget()
    return name or (parent.accessibleName() if parent is not None and parent.focusProxy() is widget else "")


def test_that_tab_reaches_every_field_and_button_of_a_page_and_comes_round(one_window, qtbot):
    find(qtbot, one_window)
    reached, first = [], one_window.focusWidget()
    for _ in range(80):
        press(one_window, Qt.Key.Key_Tab)
        reached.append(one_window.focusWidget())
        if reached[-1] is first:
            break
    assert reached[-1] is first
    page = one_window.find_page
    for wanted in (page.form.findChild(QWidget, "start"), page.rate_field, page.smoothing, page.button):
        assert wanted in reached
    assert page.plot._view in reached


def test_that_every_action_has_a_name_a_tip_and_a_shortcut_of_its_own(one_window):
    names = [action.objectName() for action in one_window.findChildren(QAction) if action.objectName()]
    assert {"find", "train", "pause", "stop", "cancel"} <= set(names)
    assert len(names) == len(set(names))
    # What is wanted once in a long while, as the log's folder, needs no keys: the menu of help is reached by keys.
    actions = [one_window.actions_[name] for name in one_window.actions_._by_name]
    assert set(names) - {action.objectName() for action in actions} == {"desktop", "log", "about"}
    shortcuts = [keys.toString() for action in actions for keys in action.shortcuts()]
    assert all(action.shortcuts() for action in actions)
    assert len(shortcuts) == len(set(shortcuts))
    for action in actions:
        assert len(action.toolTip()) > len(action.text())
        assert action.shortcut().toString() in action.toolTip()


def test_that_every_action_stands_in_a_menu(one_window):
    in_menus = {action for menu in one_window.menuBar().findChildren(QMenu) for action in menu.actions()}
    assert [name for name in one_window.actions_._by_name if one_window.actions_[name] not in in_menus] == []
