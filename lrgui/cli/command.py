"""What a sub-command is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from lrgui.core.config.base import Config
from lrgui.core.messages import Message
from lrgui.core.runs import Run, RunStatus
from lrgui.jobs import Job


@dataclass(frozen=True, kw_only=True)
class Command:
    """A sub-command: what it asks, what it does, and what its result looks like.

    ``kind`` is that of its runs, as in the window. ``record`` makes plain data of the run for JSON, ``show`` prints it
    for a person, ``picture`` names the function that draws it, in the module ``pictures`` of ``lrgui.gui.plots``,
    ``notes`` stand at the end of its help. ``save`` writes the model that a run has left, if that is what it is for,
    and says what it takes. ``away`` tells that the job is done elsewhere, and needs no TensorFlow here.
    """

    name: str
    kind: str
    summary: Message
    config: type[Config]
    job: Job
    title: Message
    record: Callable[[Run], dict[str, Any]]
    show: Callable[[Run, Console], None]
    picture: str
    pictures: str = "picture"
    notes: Message
    exit_code_of: Mapping[RunStatus, int]
    save: Callable[[Any, Path], Message] | None = None
    away: bool = False
