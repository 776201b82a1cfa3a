import pytest

from lrgui.core.config import SCHEDULES, TrainingConfig
from lrgui.core.config.schedule import Sgdr
from lrgui.core.schedules import coverage


@pytest.mark.parametrize(
    ("schedule", "told"),
    [
        ("cosine,length=100ep", "5 epochs use the first 5 % of this decay."),
        ("linear,length=7ep,warmup=1ep", "4 epochs use the first 57.1 % of this decay."),
        ("linear,length=22", "The decay is over after 0.5 of 5 epochs; the rate then stays."),
        ("cosine,length=5ep", None),
        ("cosine", None),
        ("constant,warmup=1ep", None),
        ("drawn", None),
        ("expression", None),
        ("sgdr,first_cycle=1ep,multiplier=1", "The run is 5 whole cycles."),
        ("sgdr,first_cycle=5ep", "The run is one cycle."),
        ("sgdr", "The run begins 3 cycles, and ends after 50 % of the last one."),
        ("triangular", "The run begins 3 cycles, and ends after 50 % of the last one."),
        ("triangular2,warmup=1ep", "The run is 2 whole cycles."),
        ("piecewise", "The run sees 1 of the 3 levels."),
        ("piecewise,boundaries=1ep 4ep", None),
        ("hold_then_decay", "The rate is held to the end: the run is over before the decay begins."),
        ("hold_then_decay,hold=2ep", "The run ends at 74.1 % of the learning rate."),
        ("step,every=5ep", "The rate never drops: the run is over before."),
        ("step", "The run ends at 50 % of the learning rate."),
        ("shrink", "The run ends at 11.1 % of the learning rate."),
        ("shrink,share=0.1", "The rate is below a thousandth of the learning rate after 1.5 of 5 epochs."),
    ],
)
def test_that_it_is_told_how_much_of_a_schedule_a_run_sees(schedule, told):
    config = TrainingConfig(epochs=5, schedule=schedule)
    found = coverage(config.schedule, 5 * 44, 44)
    assert (found and str(found)) == told


def test_that_a_run_that_ends_in_its_warm_up_or_at_once_is_told_of_for_every_schedule():
    for kind in SCHEDULES:
        assert str(coverage(kind(warmup=50), 50, 10)) == "The run ends within the warm-up."
        told = coverage(kind(), 1, 1)
        assert told is None or str(told).endswith(".")
    assert str(coverage(Sgdr(first_cycle="4ep"), 10, 10)) == "The run is the first 25 % of one cycle."
