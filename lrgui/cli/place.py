"""``--on``: where runs that do not need each other are carried out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from lrgui import jobs
from lrgui.cli.command import Command
from lrgui.cli.options import BadInput, config_from, describe_choices
from lrgui.core.config.place import Here, PlaceChoice, Placement
from lrgui.core.messages import say


def place_from(typed: Mapping[str, Any]) -> PlaceChoice:
    """Return the place that was typed, or here.

    Raises
    ------
    BadInput
        There is no such place, or what it needs is not installed.
    """
    place = config_from(Placement, typed).on
    if (missing := jobs.missing_for(place)) is not None:
        raise BadInput(say("--on {typed}: {missing}", typed=typed["on"], missing=missing))
    return place


def describe_places() -> str:
    """Return the places with their fields, as lines for the help."""
    return "\n".join(describe_choices(Placement).split("\n")[1:])


def carried_out(command: Command, place: PlaceChoice) -> Command:
    """Return a command whose job can be done elsewhere with it done at a place."""
    job: Callable[..., None] = command.job
    return replace(command, job=partial(job, on=place), away=not isinstance(place, Here))
