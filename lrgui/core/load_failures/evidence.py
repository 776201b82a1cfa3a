"""What is known of an import of TensorFlow that went wrong: an exception, or how a process ended."""

import sys
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from lrgui.core import computer
from lrgui.core.import_mark import Mark

End = Literal["", "illegal", "segmentation", "abort", "killed", "vanished", "time", "other"]
"""How the process ended: "" for not at all, an exception was raised."""

_SIGNS: tuple[tuple[str, End], ...] = (
    ("illegal instruction", "illegal"),
    ("0xc000001d", "illegal"),
    ("segmentation fault", "segmentation"),
    ("bus error", "segmentation"),
    ("access violation", "segmentation"),
    ("aborted", "abort"),
    ("fatal python error", "other"),
    ("windows fatal exception", "other"),
)
"""What ``faulthandler`` writes, in small letters."""

_EXIT_CODES: dict[int, End] = {
    -4: "illegal",
    0xC000001D: "illegal",
    -11: "segmentation",
    -7: "segmentation",
    -10: "segmentation",
    0xC0000005: "segmentation",
    -6: "abort",
    0xC0000409: "abort",
    -9: "killed",
}
"""Of a process that the system has ended: minus the signal's number, or on Windows the exception's code."""


@dataclass(frozen=True)
class Evidence:
    """What is known of an import that went wrong.

    Parameters
    ----------
    text : str
        The exception with its trace, what was printed, or the last words of the process.
    end : str
        How the process ended, if it did.
    """

    text: str
    end: End = ""
    avx: bool | None = field(default_factory=computer.has_avx)
    system: str = sys.platform

    @cached_property
    def small(self) -> str:
        """The text in small letters."""
        return self.text.lower()

    def has(self, *signs: str) -> bool:
        """Return whether one of these texts, in small letters, stands in it."""
        return any(sign in self.small for sign in signs)


def evidence_of_mark(mark: Mark) -> Evidence:
    """Return what the mark of a process says that did not survive."""
    if mark.hung:
        return Evidence(mark.words, "time")
    return Evidence(mark.words, _end_in(mark.words) or "vanished")


def evidence_of_child(exit_code: int | None, printed: str) -> Evidence:
    """Return what came of a child that tried; ``exit_code`` is None where its time was over."""
    if exit_code is None or "Timeout (" in printed:  # as faulthandler.dump_traceback_later writes
        return Evidence(printed, "time")
    known = _EXIT_CODES.get(exit_code) or _EXIT_CODES.get(exit_code & 0xFFFFFFFF)
    if known is None and exit_code < 0:
        known = "other"
    return Evidence(printed, known or _end_in(printed))


def _end_in(words: str) -> End:
    small = words.lower()
    return next((end for sign, end in _SIGNS if sign in small), "")
