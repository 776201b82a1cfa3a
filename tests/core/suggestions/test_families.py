import pytest
from pydantic import TypeAdapter

from lrgui.core.config.optimizer import OPTIMIZERS, Optimizer
from lrgui.core.suggestions import FAMILIES, family_of


@pytest.mark.parametrize(
    ("typed", "family"),
    [
        ("sgd", "gradient"),
        ("sgd,momentum=0.5", "momentum"),
        ("rmsprop", "adaptive"),
        ("adam", "adaptive"),
        ("adamw", "adaptive"),
        ("lion", "sign"),
        ("muon", None),
        ("adagrad", None),
    ],
)
def test_that_an_optimizer_belongs_to_the_family_of_its_steps(typed, family):
    assert family_of(TypeAdapter(Optimizer).validate_python(typed)) == family


def test_that_every_optimizer_has_a_family_or_is_known_to_have_none():
    assert {family_of(optimizer()) for optimizer in OPTIMIZERS} <= {None, *FAMILIES}
