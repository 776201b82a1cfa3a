"""What a script asks of a sweep, checked like everything else that is asked."""

from typing import Any

from pydantic import ValidationError

from lrgui.core.config.fields import problems
from lrgui.core.config.range_test import SweepConfig
from lrgui.core.messages import say

_NAMES = {"end": "stop"}


def sweep_config(**fields: Any) -> SweepConfig:
    """Make the config of a sweep.

    Raises
    ------
    ValueError
        A field cannot be taken; names the argument, what was given, and what is allowed.
    """
    try:
        return SweepConfig(**fields)
    except ValidationError as error:
        path, message = next(iter(problems(SweepConfig, error).items()))
        name = str(path[0]) if path else "end"
        told = say("{name}={given!r}: {message}", name=_NAMES.get(name, name), given=fields.get(name), message=message)
        raise ValueError(str(told)) from None
