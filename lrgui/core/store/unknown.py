"""What comes from another computer, looked at before it is taken for a run."""

import re
from collections.abc import Iterator
from typing import Any

from lrgui.core.messages import check_text
from lrgui.core.runs import RunStatus
from lrgui.core.store.cells import is_time

KINDS = ("range_test", "training", "comparison")

_ID = re.compile(r"[0-9a-f]{32}")
_GOING_ON = (RunStatus.WAITING, RunStatus.RUNNING)
_TEXTS = ("id", "kind", "name", "status", "details")


def check_about(about: dict[str, Any]) -> None:
    """Make sure that the plain data of a run are what they are to be.

    Raises
    ------
    ValueError, KeyError, TypeError
        They are not.
    """
    run, people = about["run"], about["people"]
    if not all(isinstance(run[name], str) for name in _TEXTS) or not _ID.fullmatch(run["id"]):
        raise ValueError("it has no proper id")
    if run["repeat_of"] is not None and not _ID.fullmatch(run["repeat_of"]):
        raise ValueError("what it repeats has no proper id")
    if run["kind"] not in KINDS or RunStatus(run["status"]) in _GOING_ON:
        raise ValueError("it is of an unknown kind, or has not ended")
    if not all(is_time(run[name]) for name in ("started", "seconds")):
        raise ValueError("its time is no time")
    if not all(isinstance(people[name], str) for name in ("name", "note")) or not all(
        isinstance(tag, str) for tag in [*people["tags"]]
    ):
        raise ValueError("name, note and tags are no texts")
    for text in _messages(about["measured"]):
        check_text(text)


def _messages(value: Any) -> Iterator[str]:
    """Yield the texts of all messages in plain data."""
    if isinstance(value, dict):
        if "$message" in value:
            yield value["$message"]
        for inner in value.values():
            yield from _messages(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _messages(inner)
