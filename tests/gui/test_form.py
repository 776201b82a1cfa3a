"""A config as a form: what is typed is the config, and what is wrong is said at the field."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.config.fields import choice_name, field_specs
from lrgui.core.config.model import Cnn
from lrgui.core.config.optimizer import Adam, Sgd
from lrgui.gui.widgets.form import Form


@pytest.fixture
def form(qtbot):
    form = Form(RangeTestConfig())
    qtbot.addWidget(form)
    form.resize(290, 780)  # room for all cards
    form.show()
    return form


def field(form, name):
    found = form.findChild(QWidget, name)
    assert found is not None, f"no input named {name}"
    return found


def complaint(form, name):
    return form._rows[tuple(name.split("."))]._complaint


def test_that_a_fresh_form_says_the_config_that_it_was_given(form):
    assert form.value() == RangeTestConfig()


@pytest.mark.parametrize(
    "config",
    [
        RangeTestConfig(start=3e-6, end=0.5, steps=37, stop_factor=None, smoothing=0.5),
        RangeTestConfig(model=Cnn(filters=8, dropout=0.25), optimizer=Sgd(momentum=0.9, nesterov=True)),
        RangeTestConfig(optimizer=Adam(beta_1=0.8, epsilon=1e-4, amsgrad=True), seed=7, batch_size=64),
    ],
)
def test_that_a_form_gives_back_exactly_the_config_that_it_shows(form, config):
    form.set_value(config)
    assert form.value() == config


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.floats(min_value=1e-12, max_value=1e3, allow_subnormal=False))
def test_that_a_rate_is_kept_exactly_though_it_is_shown_with_few_digits(qtbot, rate):
    form = Form(TrainingConfig(learning_rate=rate))
    assert form.value().learning_rate == rate
    form.deleteLater()


@pytest.mark.parametrize("text", ["3e-4", "0.0003", ".0003", "3E-4", " 3e-4 "])
def test_that_a_rate_can_be_typed_in_any_form(form, text):
    field(form, "start").setText(text)
    assert form.value().start == 3e-4


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("start", "0", "above 0"),
        ("start", "-1", "above 0"),
        ("start", "nan", "above 0"),
        ("start", "abc", "a number above 0"),
        ("start", "", "a number above 0"),
        ("end", "1e-9", "must be above From"),
        ("steps", "1.5", "a whole number from 2"),
        ("batch_size", "5000", "take at most 1437"),
        ("batch_size", "0", "a whole number from 1"),
        ("model.mlp.width", "many", "a whole number from 1"),
    ],
)
def test_that_a_wrong_field_says_what_it_takes_and_there_is_no_config(form, name, text, told):
    field(form, name).setText(text)
    assert form.value() is None
    assert complaint(form, name).isVisible()
    assert told in complaint(form, name).text()
    form.set_value(RangeTestConfig())
    assert form.value() == RangeTestConfig()
    assert not complaint(form, name).isVisible()


def test_that_only_the_fields_of_what_is_chosen_are_shown(form):
    assert field(form, "model.mlp.width").isVisible()
    assert form.findChild(QWidget, "model.cnn.filters") is None
    field(form, "model").show_value("cnn")
    assert not field(form, "model.mlp.width").isVisible()
    assert field(form, "model.cnn.filters").isVisible()
    assert form.value().model == Cnn()


def test_that_a_wrong_field_of_what_is_not_chosen_does_no_harm(form):
    field(form, "model.mlp.width").setText("many")
    field(form, "model").show_value("cnn")
    assert form.value().model == Cnn()


def test_that_an_advanced_field_is_folded_away_until_more_is_asked_or_it_is_wrong(form, qtbot):
    more = next(b for b in form.findChildren(QPushButton) if b.accessibleName() == "More fields: Range test")
    assert not field(form, "smoothing").isVisible()
    more.click()
    assert field(form, "smoothing").isVisible()
    more.click()
    field(form, "smoothing").setText("2")
    assert field(form, "smoothing").isVisible()


def test_that_the_arrow_keys_step_a_rate_by_a_tenth_of_a_decade(form, qtbot):
    start = field(form, "start")
    qtbot.keyClick(start, Qt.Key.Key_Up)
    assert form.value().start == pytest.approx(1e-7 * 10**0.1, rel=5e-3)
    qtbot.keyClick(start, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert form.value().start == pytest.approx(1e-7 * 10**0.09, rel=1e-2)


def test_that_the_arrow_keys_step_a_whole_number_by_one_and_stay_in_bounds(form, qtbot):
    seed = field(form, "seed")
    qtbot.keyClick(seed, Qt.Key.Key_Up)
    assert form.value().seed == 1
    for _ in range(3):
        qtbot.keyClick(seed, Qt.Key.Key_Down)
    assert form.value().seed == 0


def test_that_enter_in_a_field_applies(form, qtbot):
    with qtbot.waitSignal(form.applied):
        qtbot.keyClick(field(form, "start"), Qt.Key.Key_Return)


def test_that_every_input_has_a_name_and_a_description_for_those_who_cannot_see_it(form):
    for path, row in form._rows.items():
        assert row.input.accessibleName(), path
        assert row.input.accessibleDescription(), path


def test_that_every_field_of_every_choice_is_in_the_form_when_it_is_chosen(form):
    for spec in field_specs(RangeTestConfig):
        assert (spec.name,) in form._rows
        for option in spec.options if spec.kind == "choice" else ():
            field(form, spec.name).show_value(choice_name(option))
            for inner in field_specs(option):
                assert (spec.name, choice_name(option), inner.name) in form._rows


def test_that_a_small_form_folds_its_first_cards_and_opens_one_again_to_complain(qtbot):
    form = Form(RangeTestConfig())
    qtbot.addWidget(form)
    form.resize(290, 420)
    form.show()
    qtbot.waitUntil(lambda: not field(form, "batch_size").isVisible())
    assert field(form, "start").isVisible()
    field(form, "batch_size").setText("5000")
    assert complaint(form, "batch_size").isVisible()
