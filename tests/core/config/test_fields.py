import pytest
from pydantic import ValidationError

from lrgui.core.config import (
    DATASETS,
    LOSSES,
    MODELS,
    OPTIMIZERS,
    OWN_DATA,
    PLATEAUS,
    SCHEDULES,
    RangeTestConfig,
    TrainingConfig,
)
from lrgui.core.config.fields import choice_name, field_at, field_specs, problems

CONFIGS = (RangeTestConfig, TrainingConfig, *DATASETS, *MODELS, *LOSSES, *OPTIMIZERS, *SCHEDULES, *PLATEAUS)


def complaints(config, **given):
    """The sentences about these fields, by path joined with dots."""
    with pytest.raises(ValidationError) as caught:
        config(**given)
    return {".".join(path): str(message) for path, message in problems(config, caught.value).items()}


# Fields as data


@pytest.mark.parametrize("config", CONFIGS)
def test_that_every_field_is_described_and_its_default_is_allowed(config):
    config()
    for spec in field_specs(config):
        assert spec.title
        assert str(spec.description).endswith(".")
        assert str(spec.allowed())
        if spec.kind == "choice":
            assert type(spec.default) in spec.options
            assert all(option.title and option.summary for option in spec.options)
        else:
            assert config(**{spec.name: spec.default}) is not None


@pytest.mark.parametrize("config", CONFIGS)
def test_that_the_bounds_of_a_field_are_the_bounds_of_the_config(config):
    for spec in field_specs(config):
        for bound, excluded in ((spec.minimum, spec.above), (spec.maximum, spec.below)):
            if bound is None:
                continue
            # The other fields are left out: rules between fields are tested by themselves.
            path = (spec.name,)
            try:
                config(**{spec.name: bound})
                refused = False
            except ValidationError as error:
                refused = "takes" in str(problems(config, error).get(path, ""))
            assert refused == excluded, spec.name


def test_that_fields_come_in_the_order_of_their_declaration():
    names = [spec.name for spec in field_specs(TrainingConfig)]
    assert names[:6] == ["dataset", "batch_size", "seed", "model", "loss", "optimizer"]
    assert names[6:] == ["learning_rate", "epochs", "schedule", "plateau"]


def test_that_a_spec_knows_what_the_form_needs():
    specs = {spec.name: spec for spec in field_specs(RangeTestConfig)}
    assert (specs["start"].kind, specs["start"].scale, specs["start"].above) == ("number", "log", True)
    assert (specs["steps"].kind, specs["steps"].minimum) == ("whole", 2)
    assert specs["stop_factor"].optional
    assert specs["stop_factor"].unit == "x best loss"
    assert specs["dataset"].options == (*DATASETS, *OWN_DATA)
    assert [choice_name(option) for option in specs["dataset"].options[:2]] == ["digits", "fashion_mnist"]
    words = field_at(RangeTestConfig, ("model", "mlp", "activation"))
    assert words.kind == "word"
    assert "relu" in words.options
    assert field_at(RangeTestConfig, ("optimizer", "sgd", "nesterov")).kind == "flag"


def test_that_a_field_is_found_by_its_path():
    assert field_at(TrainingConfig, ("optimizer", "adam", "beta_1")).title.text == "Beta 1"
    assert field_at(TrainingConfig, ("optimizer",)).kind == "choice"
    assert field_at(TrainingConfig, ("nothing",)) is None
    assert field_at(TrainingConfig, ()) is None


# What is said of bad input


@pytest.mark.parametrize(
    ("config", "given", "path", "sentence"),
    [
        (TrainingConfig, {"epochs": 0}, "epochs", "Epochs takes a whole number from 1 to 10,000, not '0'."),
        (TrainingConfig, {"epochs": "ten"}, "epochs", "Epochs takes a whole number from 1 to 10,000, not 'ten'."),
        (TrainingConfig, {"epochs": 1.5}, "epochs", "Epochs takes a whole number from 1 to 10,000, not '1.5'."),
        (
            TrainingConfig,
            {"learning_rate": 0},
            "learning_rate",
            "Learning rate takes a number above 0, at most 1,000, not '0'.",
        ),
        (
            TrainingConfig,
            {"learning_rate": float("nan")},
            "learning_rate",
            "Learning rate takes a number above 0, at most 1,000, not 'nan'.",
        ),
        (
            TrainingConfig,
            {"learning_rate": -1e-3},
            "learning_rate",
            "Learning rate takes a number above 0, at most 1,000, not '-0.001'.",
        ),
        (
            TrainingConfig,
            {"model": "forest"},
            "model",
            "Model takes one of softmax, mlp, deep_mlp, cnn, resnet, own, not 'forest'.",
        ),
        (
            TrainingConfig,
            {"optimizer": "adam,beta_1=1"},
            "optimizer.adam.beta_1",
            "Beta 1 takes a number from 0, below 1, not '1'.",
        ),
        (
            TrainingConfig,
            {"dataset": "iris", "model": "cnn"},
            "model",
            "CNN needs images, and Iris is a table.",
        ),
        (
            TrainingConfig,
            {"model": "softmax", "optimizer": "muon"},
            "optimizer",
            "Softmax has no hidden dense layer for Muon: AdamW does the same there.",
        ),
        (
            TrainingConfig,
            {"optimizer": "adamw,weight_decay=none"},
            "optimizer.adamw.weight_decay",
            "Weight decay takes a number from 0 to 1, not 'none'.",
        ),
        (
            TrainingConfig,
            {"dataset": "cifar100,samples=99"},
            "dataset.cifar100.samples",
            "CIFAR-100 has 100 classes: take at least as many samples.",
        ),
        (
            TrainingConfig,
            {"dataset": "iris,samples=121"},
            "dataset.iris.samples",
            "Iris has 120 training examples: take at most as many samples, or none to take all.",
        ),
        (
            TrainingConfig,
            {"dataset": "wine,samples=20"},
            "batch_size",
            "Batch size 32 is more than the 20 training examples of Wine: take at most 20.",
        ),
        (
            TrainingConfig,
            {"model": "mlp,colour=red"},
            "model.mlp.colour",
            "There is no field 'colour'; there are kernel_initializer, activation, width, depth, dropout.",
        ),
        (
            TrainingConfig,
            {"model": "mlp,width"},
            "model",
            "After the name come key=value pairs with commas between them; 'width' is none.",
        ),
        (
            TrainingConfig,
            {"colour": "red"},
            "colour",
            "There is no field 'colour'; there are dataset, batch_size, seed, model, loss, optimizer, learning_rate, "
            "epochs, schedule, plateau.",
        ),
        (
            RangeTestConfig,
            {"stop_factor": 1},
            "stop_factor",
            "Stop at takes a number above 1, at most 1,000,000, or none, not '1'.",
        ),
        (RangeTestConfig, {"start": 1.0, "end": 0.1}, "end", "To is 0.1, and must be above From, 1."),
        (
            RangeTestConfig,
            {"optimizer": "sgd,nesterov=true"},
            "optimizer.sgd.nesterov",
            "Nesterov needs a momentum above 0: set one, or turn it off.",
        ),
        (
            RangeTestConfig,
            {"batch_size": 2000},
            "batch_size",
            "Batch size 2000 is more than the 1437 training examples of Digits: take at most 1437.",
        ),
    ],
)
def test_that_bad_input_gets_one_sentence_at_its_field(config, given, path, sentence):
    assert complaints(config, **given) == {path: sentence}


def test_that_each_bad_field_gets_a_sentence_of_its_own():
    found = complaints(RangeTestConfig, start=-1, steps="x", model="mlp,width=0")
    assert found.keys() == {"start", "steps", "model.mlp.width"}
