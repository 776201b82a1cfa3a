"""What can be exported, and as what: a subject with its choices, each of which writes one file or folder."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lrgui.core.messages import Message, Text

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Target:
    """Where something is to be written.

    Attributes
    ----------
    path : Path
        Of the file; of the folder for several files.
    overwrite : bool
        Whether a file that is there may be replaced.
    size : tuple of int
        Width and height of pictures, in pixels.
    """

    path: Path
    overwrite: bool
    size: Size


class Progress:
    """How far a long export is. ``tell`` is called by who writes, ``stop`` by who waits, each in its own thread."""

    def __init__(self, heard: Callable[[int, int], None] = lambda done, count: None) -> None:
        self._heard, self._stopped = heard, threading.Event()

    def tell(self, done: int, count: int) -> None:
        """Say that so many of so many files are written."""
        self._heard(done, count)

    def stop(self) -> None:
        """Ask for the end after the file that is being written."""
        self._stopped.set()

    @property
    def stopping(self) -> bool:
        """Whether the end was asked for."""
        return self._stopped.is_set()


def _free() -> None:
    """Nothing is in the way."""


Write = Callable[[Target, Progress], Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One kind of file that a subject can become.

    Attributes
    ----------
    name, suffix : str
        Of the kind; the suffix begins with a dot, or is empty for a folder.
    title, summary : Message
        What a person reads.
    write : callable
        Writes it, not in the window's thread, and returns what is to be told. ``Refused`` if it cannot.
    text : callable or None
        Returns it for the clipboard, in the window's thread.
    why_not : Message or None
        Why it can never be written.
    not_now : callable
        Says why it cannot be written at the moment, or nothing.
    between_runs : bool
        Whether it waits for the run that goes on, as all does that needs TensorFlow.
    is_picture : bool
        Whether the size counts.
    """

    name: str
    suffix: str
    title: Message
    summary: Message
    write: Write
    text: Callable[[], str] | None = None
    why_not: Message | None = None
    not_now: Callable[[], Message | None] = _free
    between_runs: bool = False
    is_picture: bool = False

    def hindrance(self) -> Message | None:
        """Say why it cannot be written, or nothing."""
        return self.why_not or self.not_now()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is exported.

    Attributes
    ----------
    title : Message or str
        What a person calls it.
    choices : tuple of Choice
        In the order in which they are offered.
    stem : str
        The name of its file without the ending; not asked of several.
    several : bool
        Whether it is several files, which get their names by themselves and never replace others.
    """

    title: Text
    choices: tuple[Choice, ...]
    stem: str = ""
    several: bool = field(default=False)

    def choice(self, name: str) -> Choice | None:
        """Return the choice of a name, if there is one."""
        return next((choice for choice in self.choices if choice.name == name), None)
