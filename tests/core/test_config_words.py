"""A config in words: what a person reads of a run of the history."""

from lrgui.core.config import TrainingConfig
from lrgui.core.config_words import facts_of


def test_that_a_length_says_whether_it_is_in_steps_or_in_epochs():
    config = TrainingConfig(schedule="sgdr,warmup=100,first_cycle=3 epochs", batch_size=16)
    own = {str(fact.title): str(fact.value) for fact in facts_of(config) if fact.own}
    assert own == {
        "Batch size": "16 examples",
        "Schedule": "Cosine with restarts",
        "Warm-up": "100 steps",
        "First cycle": "3 epochs",
    }


def test_that_no_length_is_off():
    facts = {str(fact.title): str(fact.value) for fact in facts_of(TrainingConfig(schedule="cosine"))}
    assert facts["Length"] == "off"
