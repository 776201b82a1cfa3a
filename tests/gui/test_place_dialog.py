"""The dialog in which one chooses where runs go."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from lrgui.core.config.place import Placement, Processes, RunningCluster
from lrgui.core.messages import say
from lrgui.gui.place_dialog import PlaceDialog
from tests.gui.placing import choose, ok


@pytest.fixture
def shown_dialog(qtbot):
    """Show the dialog, over a window that is there as long as the test."""
    parent = QWidget()
    qtbot.addWidget(parent)

    def show(placement=None, missing=None):
        dialog = PlaceDialog(parent, placement or Placement(), lambda place: missing)
        dialog.show()
        return dialog

    yield show


@pytest.fixture
def dialog(shown_dialog):
    return shown_dialog()


def take(qtbot, dialog):
    """Press OK, and return what was taken."""
    with qtbot.waitSignal(dialog.chosen) as chosen:
        ok(dialog).click()
    return chosen.args[0]


def test_that_here_has_no_fields_and_no_note(dialog):
    assert dialog.radios["here"].isChecked()
    assert not dialog.note.isVisible()
    assert not any(row.isVisible() for row in dialog.rows.values())


def test_that_processes_are_one_for_each_core_or_so_many(qtbot, dialog):
    choose(dialog, "processes")
    assert dialog.placement() == Placement(on=Processes())
    assert "your own data" in dialog.note.text()
    assert any("one for each core" in told.text() for told in dialog.findChildren(QLabel) if told.isVisible())
    choose(dialog, "processes", workers="0")
    assert not ok(dialog).isEnabled()
    choose(dialog, "processes", workers="3")
    assert take(qtbot, dialog) == Placement(on=Processes(workers=3))


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({}, "address", "Give the address of a scheduler"),
        ({"address": "tcp://10.0.0.1:8786"}, "address", "is not encrypted"),
        ({"address": "http://10.0.0.1:8786"}, "address", "Give the address of a scheduler"),
        ({"address": "tls://lab:8786"}, "certificates", "needs certificates"),
    ],
)
def test_that_an_address_that_is_not_safe_is_refused_beside_its_field(dialog, typed, field, says):
    choose(dialog, "cluster", **typed)
    assert not ok(dialog).isEnabled()
    complaints = {name: row._complaint.text() for (_, name), row in dialog.rows.items() if row._complaint.isVisible()}
    assert complaints.keys() == {field} and says in complaints[field]
    assert dialog.rows["cluster", field].input.property("wrong")


def test_that_a_sentence_beside_a_field_has_all_the_lines_it_needs(qtbot, dialog):
    choose(dialog, "cluster", address="tcp://10.0.0.1:8786")
    complaint = dialog.rows["cluster", "address"]._complaint
    qtbot.waitUntil(lambda: complaint.height() >= complaint.heightForWidth(complaint.width()))


def test_that_a_cluster_is_taken_with_its_certificates(qtbot, dialog, tmp_path):
    choose(dialog, "cluster", address="tls://lab:8786", certificates=str(tmp_path))
    assert take(qtbot, dialog).on == RunningCluster(address="tls://lab:8786", certificates=str(tmp_path))


def test_that_a_cluster_on_this_computer_needs_none(qtbot, dialog):
    choose(dialog, "cluster", address="tcp://127.0.0.1:8786")
    assert take(qtbot, dialog).on == RunningCluster(address="tcp://127.0.0.1:8786")


def test_that_files_of_other_names_are_asked_for_under_more(dialog):
    choose(dialog, "cluster", address="tls://lab:8786")
    assert not dialog.rows["cluster", "ca"].isVisible()
    dialog._mores["cluster"].click()
    assert dialog.rows["cluster", "ca"].isVisible()
    choose(dialog, "cluster", ca="a.pem", cert="b.pem", key="c.pem")
    assert dialog.placement().on.key == "c.pem"


def test_that_what_was_chosen_before_is_shown(shown_dialog):
    before = Placement(on=RunningCluster(address="tls://lab:8786", certificates="keys"))
    dialog = shown_dialog(before)
    assert dialog.radios["cluster"].isChecked()
    assert dialog.placement() == before


def test_that_a_place_that_needs_what_is_not_installed_says_how_to_get_it(shown_dialog):
    missing = say("Runs there need Dask: pip install 'lrgui[cluster]'.")
    dialog = shown_dialog(missing=missing)
    for name in ("processes", "cluster"):
        choose(dialog, name)
        assert dialog.note.text() == str(missing)
        assert not ok(dialog).isEnabled()
    choose(dialog, "here")
    assert ok(dialog).isEnabled() and not dialog.note.isVisible()
