"""What is tried, in which order, and how the result is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from lrgui.core.messages import Message, say

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing to be tried.

    ``module`` of this package has the function ``check``, which takes an empty folder, or None where the check needs
    none, and raises if something is wrong. ``environment`` is what its process gets beside the variables of this one.
    """

    what: Message
    module: str
    needs_folder: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, folder: Path | None) -> None:
        """Try it in this process."""
        check: Callable[[Path | None], None] = import_module(f"lrgui.self_test.{self.module}").check
        check(folder)


CHECKS: Mapping[str, Check] = {
    "translations": Check(what=say("translations are complete in their values"), module="translations"),
    "themes": Check(what=say("themes load"), module="themes", environment=OFFSCREEN),
    "lessons": Check(what=say("lessons can be read"), module="lessons"),
    "history": Check(what=say("a history is written and read"), module="history", needs_folder=True),
    "window": Check(
        what=say("the window opens, with its icons"), module="window", needs_folder=True, environment=OFFSCREEN
    ),
    "live": Check(what=say("the live window of a script opens"), module="live", needs_folder=True),
    "tensorflow": Check(what=say("TensorFlow loads, and trains three batches"), module="training", needs_folder=True),
    "own_model": Check(what=say("a model from a file is tried"), module="own_model", needs_folder=True),
}
"""By name, the quick ones first."""
