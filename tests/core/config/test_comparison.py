"""Arms as they are typed and called, and comparisons that are refused where an arm could not be trained."""

import pytest
from pydantic import ValidationError

from lrgui.core.config import Arm, ComparisonConfig, ComparisonGround, TrainingConfig
from lrgui.core.config.arm import names_of, parse_arm
from lrgui.core.config.fields import field_specs, problems


def test_that_an_arm_is_typed_with_its_schedule_first_and_all_else_in_any_order():
    typed = "cosine,learning_rate=1e-2,warmup=1ep,optimizer=sgd:momentum=0.9:nesterov=true,floor=0.1,name=My arm"
    arm = Arm(**parse_arm(typed))
    assert (arm.name, arm.learning_rate) == ("My arm", 1e-2)
    assert (arm.schedule.name, arm.schedule.floor, str(arm.schedule.warmup)) == ("cosine", 0.1, "1 epoch")
    assert (arm.optimizer.momentum, arm.optimizer.nesterov) == (0.9, True)


def test_that_commas_in_a_formula_part_nothing():
    arm = Arm(**parse_arm("expression,formula=max(rate, 1e-3) * where(epoch < 1, 1, 0.5),learning-rate=0.1"))
    assert arm.schedule.formula == "max(rate, 1e-3) * where(epoch < 1, 1, 0.5)"
    assert arm.learning_rate == 0.1


@pytest.mark.parametrize(
    ("arms", "names"),
    [
        ([Arm(), Arm(schedule="cosine", learning_rate=0.1)], ("constant", "cosine")),
        ([Arm(), Arm(learning_rate=0.02)], ("1.0e-3", "0.02")),
        ([Arm(), Arm(schedule="cosine"), Arm(learning_rate=0.1)], ("constant 1.0e-3", "cosine 1.0e-3", "constant 0.1")),
        ([Arm(optimizer="sgd"), Arm(optimizer="adam")], ("SGD", "Adam")),
        ([Arm(), Arm(name="mine", schedule="cosine")], ("constant", "mine")),
        ([Arm(), Arm()], ("Adam constant 1.0e-3", "Adam constant 1.0e-3 (2)")),
        ([Arm(name="a"), Arm(name="a")], ("a", "a (2)")),
        ([Arm(schedule="one_cycle"), Arm(schedule="sgdr")], ("one cycle", "cosine with restarts")),
        ([Arm(schedule="cosine"), Arm(schedule="cosine,floor=0.1")],
         ("Adam cosine 1.0e-3", "Adam cosine 1.0e-3 floor=0.1")),
    ],
)  # fmt: skip
def test_that_arms_are_called_by_as_little_as_tells_them_apart(arms, names):
    assert tuple(map(str, names_of(arms))) == names


def test_that_an_arm_with_a_seed_is_a_training_of_its_own():
    config = ComparisonConfig(
        dataset="iris", batch_size=8, seed=5, seeds=2, epochs=3,
        arms=[Arm(learning_rate=0.1, schedule="linear,floor=0.5", optimizer="sgd", plateau="reduce_on_plateau")],
    )  # fmt: skip
    assert config.seeds_used == (5, 6)
    assert config.training(0, 6) == TrainingConfig(
        dataset="iris", batch_size=8, seed=6, epochs=3, learning_rate=0.1, schedule="linear,floor=0.5", optimizer="sgd",
        plateau="reduce_on_plateau",
    )  # fmt: skip
    assert ComparisonConfig.model_validate_json(config.model_dump_json()) == config


@pytest.mark.parametrize(
    ("fields", "path", "part"),
    [
        ({"arms": [Arm(schedule="cosine,warmup=99ep")]}, ("arms", "schedule", "cosine", "warmup"), "Arm cosine: The"),
        ({"arms": [Arm(schedule="one_cycle,momentum=cycled")]}, ("arms", "schedule", "one_cycle", "momentum"), "SGD"),
        ({"arms": []}, ("arms",), "from one arm to 16, not 0"),
        ({"arms": [Arm()], "seeds": 51}, ("seeds",), "from 1 to 50"),
        ({"arms": [Arm()], "threshold": 1.5}, ("threshold",), "at most 1"),
        ({"arms": [Arm()], "model": "softmax"}, None, ""),
        ({"arms": [Arm(optimizer="muon")], "model": "softmax"}, ("arms", "optimizer"), "Arm constant"),
    ],
)
def test_that_what_cannot_be_trained_is_refused_with_the_arm_that_it_is(fields, path, part):
    if path is None:
        assert tuple(map(str, ComparisonConfig(**fields).names)) == ("constant",)
        return
    with pytest.raises(ValidationError) as error:
        ComparisonConfig(**fields)
    found = problems(ComparisonConfig, error.value)
    assert list(found) == [path]
    assert part in str(found[path])


def test_that_a_form_sees_the_fields_and_not_the_list_of_arms():
    assert [spec.name for spec in field_specs(ComparisonConfig)] == [
        spec.name for spec in field_specs(ComparisonGround)
    ]
    assert [spec.name for spec in field_specs(Arm)] == ["learning_rate", "schedule", "optimizer", "plateau"]
