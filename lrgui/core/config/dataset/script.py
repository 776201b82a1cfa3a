"""Data that a person's own Python file loads."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator

from lrgui.core.config.base import described, parse_optional
from lrgui.core.config.dataset.facts import Kind
from lrgui.core.config.dataset.own import OwnData
from lrgui.core.messages import say


class ScriptData(OwnData):
    """What ``load_data()`` of a Python file returns: arrays or streams, of any structure, for a model of one's own."""

    title = say("Own data (Python)")
    summary = say("What load_data() in a Python file of your own returns, for a model of your own.")
    kind: ClassVar[Kind | None] = None
    suffixes = (".py",)

    name: Literal["script"] = "script"
    path: str = described("", "File", "A Python file that defines load_data().", kind="path")
    steps_per_epoch: Annotated[int | None, BeforeValidator(parse_optional)] = described(
        None,
        "Epoch",
        "How many batches of a stream are an epoch; off: all that it has. A stream without an end needs a number.",
        ge=1,
        le=10_000_000,
        unit="batches",
    )
    time_limit: int = described(
        60,
        "Time limit",
        "How long the file may take to load its data when it is tried.",
        ge=1,
        le=3600,
        unit="s",
        advanced=True,
    )
