"""Whether TensorFlow loads, on which devices it computes, and what became of the last time."""

from collections.abc import Iterator

from lrgui.core.import_mark import ImportMarks
from lrgui.core.load_failures import evidence_of_mark, explain
from lrgui.core.messages import say
from lrgui.core.profile import user_profile
from lrgui.doctor.finding import Finding
from lrgui.doctor.trial import SECONDS, try_tensorflow

_CRASHED = ("Fatal Python error", "Windows fatal exception", "Timeout (")
_BEFORE, _BEHIND = 4, 20


def last_import() -> Iterator[Finding]:
    """Tell whether a program did not survive the import, and has left a mark."""
    mark = ImportMarks(user_profile()).last()
    title = say("Last start")
    if mark is None:
        return
    told = say("a program did not survive the import of TensorFlow on {when}", when=mark.began)
    values = {"began": mark.began, "process": mark.process}
    yield Finding("mark", title, told, "hint", explain(evidence_of_mark(mark)), values, _telling(mark.words))


def tensorflow(seconds: float = SECONDS) -> Iterator[Finding]:
    """Import it in a process of its own, which may crash or hang."""
    trial = try_tensorflow(seconds)
    if trial.evidence is not None:
        told = say("does not load")
        values = {"ended": trial.evidence.end, "seconds": round(trial.seconds, 1)}
        remedy, details = explain(trial.evidence), _telling(trial.evidence.text)
        yield Finding("tensorflow", "TensorFlow", told, "wrong", remedy, values, details)
        return
    found = trial.found
    told = say(
        "{tensorflow} with Keras {keras} loads in {seconds:duration}, and computes on {devices}",
        seconds=trial.seconds,
        tensorflow=found["tensorflow"],
        keras=found["keras"],
        devices=", ".join(found["devices"]),
    )
    yield Finding("tensorflow", "TensorFlow", told, values={**found, "seconds": round(trial.seconds, 1)})


def _telling(text: str) -> str:
    """Return the lines that say most: the last, or those around a crash, which writes its newest call first."""
    lines = text.strip().splitlines()
    crash = next((place for place, line in enumerate(lines) if line.startswith(_CRASHED)), None)
    if crash is None:
        return "\n".join(lines[-_BEHIND:])
    head = lines[max(0, crash - _BEFORE) : crash + 1]
    behind = lines[crash + 1 :]
    # Other threads may stand before the one in which it happened.
    own = next((place for place, line in enumerate(behind) if line.startswith("Current thread")), 0)
    return "\n".join(head + behind[own : own + _BEHIND])
