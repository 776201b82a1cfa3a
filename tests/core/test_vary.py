import pytest

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.config.optimizer import Adam, Sgd
from lrgui.core.events import Failed, Finished
from lrgui.core.messages import Refused, say
from lrgui.core.runs import Run
from lrgui.core.vary import compared, fields_to_vary, proposed_values, typed_values, value_at, variations

BASE = TrainingConfig(optimizer="adam,beta_1=0.8")


def test_that_each_value_makes_a_config_that_differs_in_nothing_else():
    varied = variations(BASE, ("learning_rate",), ["1e-4", "1e-3", "1e-2"])
    assert [each.config for each in varied] == [
        BASE.model_copy(update={"learning_rate": rate}) for rate in (1e-4, 1e-3, 1e-2)
    ]
    assert [each.name for each in varied] == ["learning rate 1e-4", "learning rate 1e-3", "learning rate 1e-2"]


def test_that_a_field_of_what_is_chosen_can_be_varied_and_the_others_stay():
    base = TrainingConfig(optimizer="sgd,nesterov=true,momentum=0.5")
    varied = variations(base, ("optimizer", "sgd", "momentum"), ["0.5", "0.9"])
    assert [each.config.optimizer for each in varied] == [Sgd(momentum=m, nesterov=True) for m in (0.5, 0.9)]


def test_that_a_choice_can_be_varied_and_what_is_chosen_already_keeps_its_fields():
    varied = variations(BASE, ("optimizer",), ["adam", "sgd"])
    assert [each.config.optimizer for each in varied] == [Adam(beta_1=0.8), Sgd()]
    assert [each.name for each in varied] == ["optimizer Adam", "optimizer SGD"]


def test_that_a_flag_and_an_off_can_be_values():
    flags = variations(BASE, ("optimizer", "adam", "amsgrad"), [False, True])
    assert [each.name for each in flags] == ["amsgrad off", "amsgrad on"]
    decays = variations(BASE, ("optimizer", "adam", "weight_decay"), ["off", "0.01"])
    assert [each.config.optimizer.weight_decay for each in decays] == [None, 0.01]


def test_that_a_sweep_can_be_varied_as_well():
    assert len(variations(RangeTestConfig(), ("smoothing",), ["0", "0.5"])) == 2


def test_that_the_same_value_twice_is_one_run():
    varied = variations(BASE, ("learning_rate",), ["0.001", "1e-3", "0.01"])
    assert [each.name for each in varied] == ["learning rate 0.001", "learning rate 0.01"]


@pytest.mark.parametrize(
    ("path", "values", "told"),
    [
        (("learning_rate",), ["1e-3", "fast"], "Learning rate takes a number above 0, at most 1,000, not 'fast'."),
        (("learning_rate",), ["1e-3", "-1"], "Learning rate takes a number above 0, at most 1,000, not '-1'."),
        (("batch_size",), ["32", "5000"], "Batch size 5000 is more than the 1437 training examples of Digits"),
        (("optimizer", "adam", "beta_1"), ["0.9", "1"], "Beta 1 takes a number from 0, below 1, not '1'."),
        (("learning_rate",), [], "Give at least two different values."),
        (("learning_rate",), ["0.1", "1e-1"], "Give at least two different values."),
        (("seed",), [str(seed) for seed in range(51)], "51 values are too many: give at most 50."),
    ],
)
def test_that_what_cannot_be_compared_is_refused_in_words(path, values, told):
    with pytest.raises(Refused) as refused:
        variations(BASE, path, values)
    assert told in str(refused.value)


def test_that_what_does_not_go_together_is_refused_with_its_reason():
    with pytest.raises(Refused) as refused:
        variations(TrainingConfig(model="cnn"), ("dataset",), ["digits", "iris"])
    assert "Iris" in str(refused.value) or "image" in str(refused.value)


def test_that_the_fields_are_those_of_the_config_and_of_what_is_chosen_in_it():
    paths = fields_to_vary(BASE)
    assert ("optimizer", "adam", "beta_1") in paths
    assert ("model", "mlp", "width") in paths
    assert ("epochs",) in paths
    assert not [path for path in paths if "sgd" in path or "cnn" in path]


def test_that_every_field_of_a_config_shows_what_it_has():
    assert value_at(BASE, ("optimizer",)) == "adam"
    assert value_at(BASE, ("optimizer", "adam", "beta_1")) == 0.8
    assert value_at(BASE, ("epochs",)) == 10


def test_that_words_between_commas_are_the_values():
    assert typed_values(" 1e-4, 1e-3 ,,1e-2,") == ["1e-4", "1e-3", "1e-2"]
    assert typed_values("  ") == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("learning_rate",), ["1e-4", "1e-3", "1e-2"]),
        (("seed",), ["0", "1", "2"]),
        (("batch_size",), ["16", "32", "64"]),
        (("optimizer", "adam", "beta_1"), ["0", "0.5", "0.8", "0.9"]),
        (("optimizer", "adam", "weight_decay"), ["off", "0.01", "0.1"]),
    ],
)
def test_that_the_proposed_values_are_around_the_one_that_it_has(path, words):
    assert proposed_values(BASE, path) == words


def test_that_every_proposal_for_every_number_is_one_that_can_be_run():
    for base in (
        BASE,
        TrainingConfig(optimizer="sgd", model="cnn"),
        TrainingConfig(dataset="iris,samples=20", batch_size=16),
    ):
        for path, spec in fields_to_vary(base).items():
            if spec.kind in ("whole", "number"):
                assert len(variations(base, path, proposed_values(base, path))) >= 2, path


def test_that_the_sum_of_it_names_the_best_and_what_failed():
    runs = [Run(id=name, kind="training", config=BASE, name=name) for name in ("a", "b", "c")]
    runs[0].apply(Finished(say("Done."), {"accuracy": 0.5}))
    runs[1].apply(Finished(say("Done."), {"accuracy": 0.75}))
    runs[2].apply(Failed(say("Broken.")))
    told = "2 of 3 runs are done. The best is b, with 75.0 %. Failed: c."
    assert str(compared(runs, 3)) == told
    assert str(compared(runs[2:], 1)) == "0 of 1 runs are done. Failed: c."
