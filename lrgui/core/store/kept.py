"""A run with all that the history has beside it: what is handed out, and what is taken in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from lrgui.core.runs import Run
from lrgui.core.store import origin
from lrgui.core.store.plain import from_json


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """One run, what people have written to it, and by what it was made.

    Attributes
    ----------
    run : Run
        Its ``name`` is the one of that moment; ``name`` here is what a person calls it now.
    note : str
        As long as one likes.
    tags : tuple of str
        Each once.
    starred : bool
        Whether it has a star.
    versions, environment : mapping
        Of Python and the packages; and the computer, in a few words.
    """

    run: Run
    name: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    starred: bool = False
    versions: Mapping[str, Any] = field(default_factory=dict)
    environment: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, run: Run) -> Self:
        """Return a run that is in no history, as if it had been made here and now."""
        made = {"versions": from_json(origin.versions()), "environment": from_json(origin.environment())}
        return cls(run, run.name, **made)
