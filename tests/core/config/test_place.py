"""Where runs are carried out, as it is typed, and what is refused in a sentence."""

import pytest
from pydantic import ValidationError

from lrgui.core.config.fields import problems
from lrgui.core.config.place import Here, Placement, Processes, RunningCluster


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("here", Here()),
        ("processes", Processes()),
        ("processes,workers=4", Processes(workers=4)),
        ("tcp://127.0.0.1:8786", RunningCluster(address="tcp://127.0.0.1:8786")),
        ("tcp://[::1]:8786", RunningCluster(address="tcp://[::1]:8786")),
        ("tls://lab:8786,certificates=keys", RunningCluster(address="tls://lab:8786", certificates="keys")),
    ],
)
def test_that_a_place_is_read_as_it_is_typed(typed, place):
    assert Placement(on=typed).on == place


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("tcp://10.0.0.1:8786", "is not encrypted"),
        ("tcp://127.0.0.1.example:8786", "is not encrypted"),
        ("tls://lab:8786", "needs certificates"),
        ("tls://lab,certificates=keys", "Give the address of a scheduler"),
        ("http://lab:8786", "Give the address of a scheduler"),
        ("processes,workers=0", "a whole number from 1 to 256"),
        ("there", "takes one of here, processes, cluster"),
    ],
)
def test_that_what_cannot_be_taken_is_refused_in_a_sentence(typed, told):
    with pytest.raises(ValidationError) as error:
        Placement(on=typed)
    assert told in str(next(iter(problems(Placement, error.value).values())))
