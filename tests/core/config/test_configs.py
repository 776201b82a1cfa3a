import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lrgui.core.config import OPTIMIZERS, RangeTestConfig, TrainingConfig
from lrgui.core.config.base import parse_choice, parse_optional
from lrgui.core.config.dataset import FashionMnist
from lrgui.core.config.dataset.own import CsvTable, ImageFolder
from lrgui.core.config.fields import choice_name
from lrgui.core.config.model import Cnn, Mlp, OwnModel
from lrgui.core.config.optimizer import Adam, Sgd

CONFIGS = st.builds(
    RangeTestConfig,
    dataset=st.builds(FashionMnist),
    batch_size=st.integers(1, 60_000),
    seed=st.integers(0, 2**31 - 1),
    model=st.builds(Mlp, width=st.integers(1, 4096), depth=st.integers(1, 20))
    | st.builds(Cnn, dropout=st.floats(0, 0.9)),
    optimizer=st.builds(Sgd, momentum=st.floats(0, 0.99)) | st.builds(Adam, beta_2=st.floats(0, 0.999)),
    start=st.floats(1e-9, 1e-3),
    end=st.floats(1e-2, 1e3),
    stop_factor=st.none() | st.floats(1.5, 1e6),
)


def as_typed(choice):
    """A choice as one would type it on the command line."""
    fields = choice.model_dump()
    return ",".join([fields.pop("name"), *(f"{name}={value}" for name, value in fields.items())])


# Choices as they are typed


@given(config=CONFIGS)
def test_that_a_choice_reads_back_from_how_it_is_typed(config):
    typed = RangeTestConfig(
        dataset=as_typed(config.dataset), model=as_typed(config.model), optimizer=as_typed(config.optimizer)
    )
    assert (typed.dataset, typed.model, typed.optimizer) == (config.dataset, config.model, config.optimizer)


def test_that_typing_forgives_spaces_and_dashes():
    assert parse_choice(" adam , beta-1 = 0.5 ") == {"name": "adam", "beta_1": "0.5"}
    assert TrainingConfig(optimizer="sgd, momentum=.9, nesterov=yes").optimizer == Sgd(momentum=0.9, nesterov=True)


@pytest.mark.parametrize("word", ["none", "off", "OFF", "None"])
def test_that_none_and_off_stand_for_no_value(word):
    assert parse_optional(word) is None
    assert RangeTestConfig(stop_factor=word).stop_factor is None


@pytest.mark.parametrize("value", [4.0, "4", {"name": "mlp"}, None])
def test_that_other_values_are_left_as_they_are(value):
    assert parse_optional(value) is value
    if not isinstance(value, str):
        assert parse_choice(value) is value


def test_that_every_choice_is_taken_by_its_name():
    for optimizer in OPTIMIZERS:
        assert TrainingConfig(optimizer=choice_name(optimizer)).optimizer == optimizer()


# Configs


@given(config=CONFIGS)
def test_that_a_config_reads_back_from_its_json(config):
    assert RangeTestConfig.model_validate_json(config.model_dump_json()) == config


@given(config=CONFIGS, learning_rate=st.floats(1e-9, 1e3))
def test_that_a_training_takes_over_the_experiment_of_a_sweep(config, learning_rate):
    training = TrainingConfig.of(config, learning_rate=learning_rate, epochs=3)
    assert (training.learning_rate, training.epochs) == (learning_rate, 3)
    for name in ("dataset", "batch_size", "seed", "model", "optimizer"):
        assert getattr(training, name) == getattr(config, name)


def test_that_what_is_taken_over_is_checked_again():
    with pytest.raises(ValidationError):
        TrainingConfig.of(RangeTestConfig(), learning_rate=-1)


def test_that_a_config_cannot_be_changed():
    with pytest.raises(ValidationError):
        TrainingConfig().epochs = 3


def test_that_a_number_may_be_typed_as_text():
    config = RangeTestConfig(start="1e-6", end=".5", steps="50")
    assert (config.start, config.end, config.steps) == (1e-6, 0.5, 50)


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", float("inf")])
def test_that_what_is_not_finite_is_no_rate(value):
    with pytest.raises(ValidationError):
        TrainingConfig(learning_rate=value)


def test_that_a_batch_may_be_as_large_as_the_data():
    assert TrainingConfig(batch_size=1437).batch_size == 1437
    assert TrainingConfig(dataset="fashion_mnist", batch_size=2000).batch_size == 2000


@pytest.mark.parametrize("config", [OwnModel, CsvTable, ImageFolder])
def test_that_a_path_that_no_system_can_hold_is_refused_in_words(config):
    with pytest.raises(ValidationError, match="Say where"):
        config(path="a\0b.csv")
