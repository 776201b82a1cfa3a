"""A config as a form: what is typed is the config, and what is wrong is said at the field."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.config.fields import choice_name, field_specs
from lrgui.core.config.lengths import epochs
from lrgui.core.config.loss import CrossEntropy
from lrgui.core.config.model import Cnn, OwnModel
from lrgui.core.config.optimizer import Adam, Sgd
from lrgui.core.config.schedule import Cosine, Drawn, Formula, Piecewise, Sgdr
from lrgui.gui.widgets.fields import WordField
from lrgui.gui.widgets.form import Form
from lrgui.gui.words import words


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


@pytest.fixture
def training(qtbot):
    form = Form(TrainingConfig())
    qtbot.addWidget(form)
    form.resize(290, 1200)
    form.show()
    return form


@pytest.mark.parametrize(
    "schedule",
    [
        Cosine(warmup="100", length="3 epochs", floor=0.1),
        Piecewise(boundaries="5ep 300", shares="1 0.123456789 0"),
        Formula(formula="where(epoch < 3, rate, rate / 10)"),
        Drawn(points="0:1 0.123:0.5"),
    ],
)
def test_that_a_form_gives_back_exactly_the_schedule_that_it_shows(training, schedule):
    training.set_value(TrainingConfig(schedule=schedule))
    assert training.value() == TrainingConfig(schedule=schedule)


@pytest.mark.parametrize(
    ("schedule", "name", "text", "told"),
    [
        ("cosine", "warmup", "3 hours", "Warm-up takes a length in steps (100) or in epochs (3 epochs), at least 0"),
        ("cosine", "warmup", "500", "The warm-up takes 500 steps, and the run has 440"),
        ("sgdr", "first_cycle", "11ep", "A cycle takes 484 steps"),
        ("expression", "formula", "rate * speed", "Column 8: there is no name speed"),
        ("expression", "formula", "rate - step", "At step 1 the formula gives -0.999"),
        ("piecewise", "shares", "1 0.5", "Give one share more than boundaries: 3, not 2."),
        ("drawn", "points", "0:1 0:1", "Points come in order"),
    ],
)
def test_that_a_schedule_that_does_not_go_with_the_run_is_told_at_its_field(training, schedule, name, text, told):
    field(training, "schedule").show_value(schedule)
    assert training.value().schedule.name == schedule
    field(training, f"schedule.{schedule}.{name}").setText(text)
    assert training.value() is None
    assert complaint(training, f"schedule.{schedule}.{name}").isVisible()
    assert complaint(training, f"schedule.{schedule}.{name}").text().startswith(told)


def test_that_a_plateau_behind_a_decay_to_nothing_is_told_until_the_decay_has_a_floor(training):
    field(training, "schedule").show_value("cosine")
    field(training, "plateau").show_value("reduce_on_plateau")
    assert complaint(training, "plateau").text().startswith("Cosine brings the rate to nearly 0 by itself")
    field(training, "schedule.cosine.floor").setText("0.1")
    assert training.value().schedule == Cosine(floor=0.1)


def test_that_the_arrow_keys_step_a_length_by_one_and_not_to_nothing_where_that_is_too_short(training, qtbot):
    field(training, "schedule").show_value("sgdr")
    cycle, warmup = field(training, "schedule.sgdr.first_cycle"), field(training, "schedule.sgdr.warmup")
    qtbot.keyClick(cycle, Qt.Key.Key_Up)
    assert training.value().schedule == Sgdr(first_cycle=epochs(2))
    qtbot.keyClick(cycle, Qt.Key.Key_Down)
    qtbot.keyClick(cycle, Qt.Key.Key_Down)
    assert training.value().schedule == Sgdr()
    qtbot.keyClick(warmup, Qt.Key.Key_Up)
    assert training.value().schedule == Sgdr(warmup=1)
    qtbot.keyClick(warmup, Qt.Key.Key_Down)
    assert training.value().schedule == Sgdr()


def test_that_enter_in_a_formula_applies(training, qtbot):
    field(training, "schedule").show_value("expression")
    with qtbot.waitSignal(training.applied):
        qtbot.keyClick(field(training, "schedule.expression.formula"), Qt.Key.Key_Return)


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


@pytest.mark.parametrize("text", ["1e308", "-5", "nan", "1e", ""])
@pytest.mark.parametrize("name", ["start", "seed"])
def test_that_the_arrow_keys_leave_what_is_far_out_of_bounds_or_no_number(form, qtbot, name, text):
    far = field(form, name)
    far.setText(text)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(far, key)
    assert far.text() == text


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


@pytest.mark.qt_log_ignore("This plugin does not support")  # a list that opens, without a screen
def test_that_the_loss_and_optimizer_of_a_file_come_and_go_with_a_model_of_ones_own(form, qtbot):
    loss = field(form, "loss")
    field(form, "model").show_value("own")
    field(form, "model.own.path").setText("mine.keras")
    value = form.value()
    assert (value.loss.name, value.optimizer.name) == ("own", "own")
    loss.show_value("focal")
    field(form, "model").show_value("cnn")
    value = form.value()
    assert (value.loss.name, value.optimizer.name) == ("focal", "adam")
    loss.showPopup()
    rows = range(loss.count())
    assert [loss.itemData(row) for row in rows if loss.view().isRowHidden(row)] == ["own"]
    loss.hidePopup()


def test_that_a_config_of_a_model_of_ones_own_is_shown_with_the_loss_that_it_says(form):
    config = RangeTestConfig(model=OwnModel(path="mine.keras"), loss=CrossEntropy())
    form.set_value(config)
    assert form.value() == config


def test_that_a_small_form_folds_its_first_cards_and_opens_one_again_to_complain(qtbot):
    form = Form(RangeTestConfig())
    qtbot.addWidget(form)
    form.resize(290, 420)
    form.show()
    qtbot.waitUntil(lambda: not field(form, "batch_size").isVisible())
    assert field(form, "start").isVisible()
    field(form, "batch_size").setText("5000")
    assert complaint(form, "batch_size").isVisible()


def test_that_a_folded_card_shows_that_it_holds_more_and_opens_when_more_of_it_is_asked(qtbot):
    form = Form(RangeTestConfig())
    qtbot.addWidget(form)
    form.resize(290, 420)
    form.show()
    qtbot.waitUntil(lambda: not field(form, "batch_size").isVisible())
    card = form._folding["Data"]
    assert card._heading.text().startswith("DATA") and card._heading.text() != "DATA"
    qtbot.mouseClick(form._more["Data"], Qt.MouseButton.LeftButton)
    assert field(form, "batch_size").isVisible()
    assert card._heading.text() == "DATA"


def test_that_a_line_between_words_is_no_choice_in_another_language_either(qtbot):
    field = WordField({"parabola": "Parabola", "bowl": "Bowl"})
    qtbot.addWidget(field)
    field.insertSeparator(1)
    field.show()
    words.use("zh_TW")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.raw() == "bowl"
