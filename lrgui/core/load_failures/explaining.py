"""What a person is told of an import of TensorFlow that went wrong."""

import re

from lrgui.core.load_failures.causes import ANEW, CAUSES
from lrgui.core.load_failures.evidence import End, Evidence
from lrgui.core.messages import Message, say

_HOW: dict[End, Message] = {
    "illegal": say("it met an instruction that this processor does not know"),
    "segmentation": say("a wrong access to memory"),
    "abort": say("it gave up by itself"),
    "killed": say("the system ended it"),
    "vanished": say("it ended without a word"),
    "time": say("it did not come to an end"),
    "other": say("a crash"),
}


def explain(evidence: Evidence) -> Message:
    """Say in a sentence or two why TensorFlow did not load, and what can be done about it."""
    for recognises, told in CAUSES:
        if recognises(evidence):
            return told
    if evidence.end:
        return say(
            "TensorFlow ended the program while it was being loaded ({how}). What may help: {anew}",
            how=_HOW[evidence.end],
            anew=ANEW,
        )
    reason = _last_line(evidence.text).rstrip(".")
    return say("TensorFlow could not be loaded: {reason}. What may help: {anew}", reason=reason, anew=ANEW)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    raised = [line for line in lines if re.match(r"[\w.]*(Error|Exception)\b", line)]
    return (raised or lines or ["?"])[-1][:300]
