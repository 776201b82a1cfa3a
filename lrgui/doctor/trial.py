"""TensorFlow tried in a process of its own: a crash there, or a hang, costs nothing here."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lrgui.core import children
from lrgui.core.load_failures import Evidence, evidence_of_child
from lrgui.doctor.probe import SIGN

SECONDS = 180.0
"""How long the import may take; on a slow disk it takes half a minute."""

_GRACE_SECONDS = 10.0


@dataclass(frozen=True)
class Trial:
    """What came of it.

    Parameters
    ----------
    seconds : float
        How long it took.
    found : mapping
        ``tensorflow`` and ``keras``, their versions, and ``devices``, their names; nothing if it did not load.
    evidence : Evidence, optional
        What is known of the failure, if it failed.
    """

    seconds: float
    found: Mapping[str, Any] = field(default_factory=dict)
    evidence: Evidence | None = None


def try_tensorflow(seconds: float = SECONDS, wanted: Callable[[], bool] = lambda: True) -> Trial:
    """Import TensorFlow in a child, and wait for what comes of it, at most so many seconds.

    ``wanted`` is asked now and then whether anybody still waits.
    """
    began = time.monotonic()
    child = children.start("lrgui.doctor.probe", str(seconds))
    ending = children.wait(child, lambda: time.monotonic() - began > seconds + _GRACE_SECONDS, wanted)
    took = time.monotonic() - began
    found = _answer(ending.printed)
    if ending.exit_code == 0 and found is not None:
        return Trial(took, found)
    return Trial(took, evidence=evidence_of_child(ending.exit_code, ending.printed))


def _answer(printed: str) -> Mapping[str, Any] | None:
    for line in reversed(printed.splitlines()):
        if line.startswith(SIGN):
            return dict(json.loads(line.removeprefix(SIGN)))
    return None
