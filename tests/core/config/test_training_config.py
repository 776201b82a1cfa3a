"""What a training says of schedules that do not go with it."""

import json
import time

import pytest
from pydantic import ValidationError

from lrgui.core.config import PLATEAUS, SCHEDULES, TrainingConfig
from lrgui.core.config.fields import choice_name, problems
from lrgui.core.config.optimizer import Sgd
from lrgui.core.config.plateau import NoPlateau, ReduceOnPlateau
from lrgui.core.config.schedule import Constant, Cosine, Drawn, Formula, OneCycle, Piecewise
from lrgui.core.messages import Refused
from lrgui.core.schedules import rates


def complaints(**given):
    with pytest.raises(ValidationError) as caught:
        TrainingConfig(**given)
    return {".".join(path): str(message) for path, message in problems(TrainingConfig, caught.value).items()}


def test_that_a_training_kept_before_there_were_schedules_is_one_at_a_constant_rate():
    kept = json.loads(TrainingConfig(learning_rate=0.5).model_dump_json())
    del kept["schedule"], kept["plateau"]
    config = TrainingConfig.model_validate_json(json.dumps(kept))
    assert (config.schedule, config.plateau, config.learning_rate) == (Constant(), NoPlateau(), 0.5)


@pytest.mark.parametrize("kind", [*SCHEDULES, *PLATEAUS])
def test_that_every_schedule_and_rule_goes_with_the_usual_training_as_it_comes(kind):
    field = "schedule" if kind in SCHEDULES else "plateau"
    config = TrainingConfig(**{field: choice_name(kind)})
    assert getattr(config, field) == kind()
    assert TrainingConfig.model_validate_json(config.model_dump_json()) == config


def test_that_a_schedule_is_typed_with_its_fields():
    assert TrainingConfig(schedule="cosine,warmup=100").schedule == Cosine(warmup=100)
    typed = "expression, formula = where(epoch < 3, rate, max(rate/10, 1e-5)), warmup=1ep"
    formula = "where(epoch < 3, rate, max(rate/10, 1e-5))"
    assert TrainingConfig(schedule=typed).schedule == Formula(formula=formula, warmup="1 epoch")
    assert TrainingConfig(schedule="drawn,points=0:1 1:0.5,lines=log").schedule == Drawn(
        points=((0, 1), (1, 0.5)), lines="log"
    )
    assert TrainingConfig(schedule="piecewise,boundaries=100 5ep,shares=1 .5 0").schedule == Piecewise(
        boundaries=("100", "5 epochs"), shares=(1, 0.5, 0)
    )


def test_that_a_training_knows_the_steps_of_its_epochs():
    assert TrainingConfig().steps_per_epoch == 44
    assert TrainingConfig(dataset="iris,samples=30", batch_size=16).steps_per_epoch == 1


@pytest.mark.parametrize(
    ("given", "path", "told"),
    [
        ({"schedule": "cosine,warmup=440"}, "cosine.warmup", "The warm-up takes 440 steps, and the run has 440: make"),
        ({"schedule": "constant,warmup=11ep"}, "constant.warmup", "The warm-up takes 484 steps, and the run has 440"),
        ({"schedule": "sgdr,first_cycle=11ep"}, "sgdr.first_cycle", "A cycle takes 484 steps, and the run has 440"),
        ({"schedule": "sgdr,warmup=9", "epochs": 1}, "sgdr.first_cycle",
         "A cycle takes 44 steps, and the run has 35 for it: shorten it, or train for longer."),
        ({"schedule": "triangular,cycle=441"}, "triangular.cycle", "A cycle takes 441 steps"),
        ({"schedule": "one_cycle,length=441"}, "one_cycle.length", "A cycle takes 441 steps"),
        ({"schedule": "one_cycle,momentum=cycled"}, "one_cycle.momentum", "Only SGD with a momentum above 0 has one"),
        ({"schedule": "one_cycle,momentum=cycled", "optimizer": "sgd"}, "one_cycle.momentum", "Only SGD with a mom"),
        ({"schedule": "one_cycle,low_momentum=.9,high_momentum=.8"}, "one_cycle.high_momentum", "High momentum is 0.8"),
        ({"schedule": "one_cycle,phases=three,rise=0.5"}, "one_cycle.phases", "Three phases need a rise below 0.5"),
        ({"schedule": "piecewise,boundaries=5ep 4ep"}, "piecewise.boundaries",
         "Boundaries come in order; 4 epochs is not after 5 epochs."),
        ({"schedule": "piecewise,boundaries=5ep 100"}, "piecewise.boundaries",
         "Boundaries come in order: 100 is not after 5 epochs, with 44 steps in an epoch."),
        ({"schedule": "piecewise,boundaries=0 5"}, "piecewise.boundaries", "Nothing is before step 0"),
        ({"schedule": "piecewise,boundaries=5"}, "piecewise.shares", "Give one share more than boundaries: 2, not 3."),
        ({"schedule": "piecewise,shares=1 0.5 2"}, "piecewise.shares",
         "Shares takes numbers, with spaces between them, each from 0 to 1, not '2'."),
        ({"schedule": "piecewise,boundaries=5 soon"}, "piecewise.boundaries",
         "Boundaries takes lengths in steps (100) or in epochs (3 epochs), with spaces between them, not '5 soon'."),
        ({"schedule": "step,every=0"}, "step.every",
         "Every takes a length in steps (100) or in epochs (3 epochs) above 0, not '0'."),
        ({"schedule": "drawn,points=0:1 0:0.5"}, "drawn.points", "Points come in order; 0:0.5 is not after 0:1."),
        ({"schedule": "drawn,points=0:2"}, "drawn.points",
         "Points takes points like 0:1 0.5:0.3 1:0, with spaces between them, not '0:2'."),
        ({"schedule": "drawn,points="}, "drawn.points", "Give from 1 to 100 points."),
        ({"schedule": "drawn,points=0:1 1:0,lines=log"}, "drawn.lines", "A rate of 0 is on no log axis"),
        ({"schedule": "cosine,warmup_shape=exponential,warmup_start=0"}, "cosine.warmup_start", "An exponential warm"),
        ({"schedule": "expression,formula=9**9**9"}, "expression.formula", "Column 1: what begins here is not a fin"),
        ({"schedule": "expression,formula=rate - step"}, "expression.formula",
         "At step 1 the formula gives -0.999: a rate is a finite number, at least 0."),
        ({"schedule": "expression,formula=1/(step-57)**2"}, "expression.formula", "At step 57 the formula gives inf"),
        ({"schedule": "expression,formula=" + "(" * 10**5}, "expression.formula", "Column 301: a formula has at most"),
        ({"schedule": "cosine", "plateau": "reduce_on_plateau"}, "plateau",
         "Cosine brings the rate to nearly 0 by itself, and a rate lowered further would stand still: raise where it "
         "ends, or turn one of them off."),
        ({"schedule": "one_cycle", "plateau": "reduce_on_plateau"}, "plateau", "One cycle brings the rate to nearly 0"),
        ({"schedule": "linear", "epochs": 2, "plateau": "reduce_on_plateau"}, "plateau", "Linear brings the rate to"),
        ({"plateau": "reduce_on_plateau,factor=1"}, "plateau.reduce_on_plateau.factor",
         "Factor takes a number above 0 and below 1, not '1'."),
    ],
)  # fmt: skip
def test_that_what_does_not_go_together_is_told_at_its_field_at_once(given, path, told):
    started = time.thread_time()
    found = complaints(**given)
    assert time.thread_time() - started < 0.3
    path = path if path.startswith("plateau") else f"schedule.{path}"
    assert found.keys() == {path}
    assert found[path].startswith(told)


def test_that_a_very_long_run_is_checked_at_once_and_in_full_when_it_is_planned():
    started = time.thread_time()
    long = {"dataset": "mnist", "batch_size": 1, "epochs": 800}
    assert complaints(**long, schedule="expression,formula=3e7 - step").keys() == {"schedule.expression.formula"}
    config = TrainingConfig(**long, schedule="expression,formula=(step - 12345)**2")
    TrainingConfig(**long, schedule="shrink,share=1e-9", plateau="reduce_on_plateau")
    assert time.thread_time() - started < 0.5
    missed = Formula(formula="where(step == 123, -1, 1)")
    assert TrainingConfig(**long, schedule=missed).schedule == missed
    with pytest.raises(Refused, match="At step 123 the formula gives -1"):
        rates(missed, config.learning_rate, 200_000, 60_000)


def test_that_a_plateau_goes_with_what_ends_above_zero():
    rule = ReduceOnPlateau(monitor="val_accuracy", patience=1)
    for schedule in ("constant,warmup=10", "cosine,floor=0.05", "cosine,length=100ep", "step", "sgdr,first_cycle=3ep"):
        assert TrainingConfig(schedule=schedule, plateau=rule).plateau == rule


def test_that_only_sgd_with_momentum_can_be_told_to_cycle_it():
    config = TrainingConfig(schedule="one_cycle,momentum=cycled", optimizer="sgd,momentum=0.9")
    assert (config.schedule, config.optimizer) == (OneCycle(momentum="cycled"), Sgd(momentum=0.9))


def test_that_a_wrong_number_of_epochs_is_told_alone():
    assert complaints(epochs=0, schedule="cosine,warmup=9999ep").keys() == {"epochs"}
