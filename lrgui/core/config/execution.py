"""How a run is carried out: what changes nothing in its result."""

from typing import Annotated

from pydantic import BeforeValidator

from lrgui.core.config.base import Config, described, parse_optional


class Execution(Config):
    """Pace and cores of the processor, for the command line and the settings."""

    pace: Annotated[float | None, BeforeValidator(parse_optional)] = described(
        None,
        "Pace",
        "Go no faster than this, to be watched; off: full speed.",
        group="Running",
        unit="steps a second",
        gt=0,
        le=1000,
    )
    threads: Annotated[int | None, BeforeValidator(parse_optional)] = described(
        None,
        "Threads",
        "How many cores TensorFlow takes; off: all.",
        group="Running",
        ge=1,
        le=1024,
    )
