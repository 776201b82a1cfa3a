"""What a screen reader is told, and the main job by keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from lrgui.gui.main_window import PAGES
from lrgui.gui.plots.plot import Plot
from tests.gui.fake_jobs import fake_jobs
from tests.gui.windows import find, make_window, press, shown, train

Role = QAccessible.Role
INTERACTIVE = {
    *(Role.PushButton, Role.CheckBox, Role.RadioButton, Role.ComboBox, Role.EditableText, Role.Slider, Role.SpinBox),
    *(
        Role.PageTab,
        Role.PageTabList,
        Role.Table,
        Role.List,
        Role.Tree,
        Role.ButtonMenu,
        Role.ButtonDropDown,
        Role.MenuItem,
    ),
}
SPEAKS_FOR_ITSELF = {Role.Cell, Role.ListItem, Role.Row, Role.Column, Role.RowHeader, Role.ColumnHeader}
"""What stands in a table or list: its text is what is read."""


@pytest.fixture
def window(qtbot, tmp_path):
    return shown(qtbot, make_window(tmp_path / "profile", fake_jobs()))


def tree(interface, above=()):
    """Yield every accessible thing with the roles above it, but for what is not shown and the cells of tables."""
    if interface is None or not interface.isValid():
        return
    yield interface, above
    if interface.role() in (Role.Table, Role.List, Role.Tree):
        return
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and not child.state().invisible:
            yield from tree(child, (*above, interface.role()))


def nameless(root):
    """Return the path of roles to every control below a widget that has no name."""
    found, controls = [], 0
    for interface, above in tree(QAccessible.queryAccessibleInterface(root)):
        role = interface.role()
        if role not in INTERACTIVE or role in SPEAKS_FOR_ITSELF or Role.ComboBox in above or Role.SpinBox in above:
            continue
        controls += 1
        widget = interface.object()
        if not interface.text(QAccessible.Text.Name) and not is_hidden_part(widget):
            found.append(
                (role.name, type(widget).__name__, getattr(widget, "objectName", str)(), [r.name for r in above])
            )
    return found, controls


def is_hidden_part(widget):
    """Return whether it is one of Qt's own that nobody sees: arrows of tabs, or the button of a menu that has none."""
    return isinstance(widget, QWidget) and not widget.isVisible()


def unexplained_plots(root):
    return [
        plot
        for plot in root.findChildren(Plot)
        if plot.isVisible() and not (plot.accessibleName() and plot.accessibleDescription())
    ]


def test_that_everything_on_every_page_has_a_name_and_every_plot_says_what_is_on_it(window, qtbot):
    find(qtbot, window)
    train(qtbot, window)
    for name in PAGES:
        window.pages.show_page(name)
        qtbot.wait(20)
        found, controls = nameless(window)
        assert controls > 15
        assert (name, found) == (name, [])
        assert unexplained_plots(window) == []


def test_that_everything_in_every_dialog_has_a_name(window, qtbot):
    find(qtbot, window)
    window.actions_["lessons"].trigger()
    window.pages.show_page("train")
    train(qtbot, window)
    for name in ("preview", "vary", "cores", "export"):
        window.actions_[name].trigger()
        qtbot.wait(50)
    roots = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()]
    assert len(roots) >= 3
    for root in (window.lessons.panel, *roots):
        found, controls = nameless(root)
        assert controls > 0
        assert (type(root).__name__, found) == (type(root).__name__, [])
        assert unexplained_plots(root) == []


def test_that_a_plot_says_what_is_on_it(window, qtbot):
    plot = window.find_page.plot
    assert plot.accessibleDescription() == "Nothing is drawn yet."
    find(qtbot, window)
    window.find_page.pick(1e-2)
    qtbot.waitUntil(lambda: "smoothed from" in plot.accessibleDescription())
    told = plot.accessibleDescription()
    assert told.startswith("marker at 0.01, loss 1") and "smoothed from 2.31 to" in told
    window.pages.show_page("descent")
    page = window.pages["descent"]
    qtbot.waitUntil(lambda: "walker 2 at" in page.plot.accessibleDescription())
    qtbot.waitUntil(lambda: "walker 1 from 25 to" in page.side.loss.accessibleDescription())


def test_that_the_keys_find_the_name_of_the_plot_that_they_go_to(window):
    plot = window.find_page.plot
    plot.setFocus()
    interface = QAccessible.queryAccessibleInterface(window.focusWidget())
    assert interface.text(QAccessible.Text.Name) == plot.accessibleName() != ""
    assert interface.text(QAccessible.Text.Description) == plot.accessibleDescription()


def tab_to(window, wanted, most=80):
    """Press Tab until a widget has the keys."""
    for _ in range(most):
        if window.focusWidget() is wanted:
            return
        press(window, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {wanted}")


def test_that_the_whole_job_can_be_done_with_the_keyboard(window, qtbot):
    page = window.find_page
    tab_to(window, page.form.findChild(QWidget, "steps"))
    press(window, Qt.Key.Key_Up)
    assert page.form.value().steps == 101
    with qtbot.waitSignal(window.runner.run_ended, timeout=10_000):
        press(window, Qt.Key.Key_Return)
    before = page.learning_rate
    tab_to(window, page.plot._view)
    press(window, Qt.Key.Key_Right)
    assert page.learning_rate > before
    run = train(qtbot, window)
    assert window.pages.current == "train" and run.config.learning_rate == page.learning_rate
    press(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.current == "compare"
    tab_to(window, window.pages["compare"].form.arms.add)
    press(window, Qt.Key.Key_Space)
    assert len(window.pages["compare"].config().arms) == 3
    press(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    history = window.pages["history"]
    qtbot.waitUntil(lambda: history.model.rowCount() == 2)
    tab_to(window, history.table)
    press(window, Qt.Key.Key_Down)
    qtbot.waitUntil(window.actions_["open_run"].isEnabled)


@pytest.mark.parametrize("name", PAGES)
def test_that_tab_goes_round_every_page_and_back(window, name):
    window.pages.show_page(name)
    first, reached = window.focusWidget(), []
    for _ in range(120):
        press(window, Qt.Key.Key_Tab)
        reached.append(window.focusWidget())
        if reached[-1] is first:
            break
    assert reached[-1] is first and len(reached) > 10
    assert all(widget.isVisible() for widget in reached)
    press(window, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert window.focusWidget() is reached[-2]
