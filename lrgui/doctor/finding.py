"""One line of the report: what was found, whether that is well, and what can be done if it is not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from lrgui.core.messages import Text, say

State = Literal["ok", "hint", "wrong"]

STATES = {"ok": say("ok"), "hint": say("hint"), "wrong": say("wrong")}
"""How each is called: well; good to know, but nothing that keeps the program from its work; and what does."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing.

    Parameters
    ----------
    name : str
        For machines, e.g. ``memory``.
    title : Message or str
        What it is about.
    told : Message or str
        What was found.
    state : str
        A key of ``STATES``.
    remedy : Message or str
        What can be done; "" where nothing has to be.
    values : mapping
        The same for machines, where words do not say it: numbers, versions, names.
    details : str
        Lines for those who want to know: a trace, what was printed.
    """

    name: str
    title: Text
    told: Text
    state: State = "ok"
    remedy: Text = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    details: str = ""
