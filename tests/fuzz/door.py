"""A door, and knocking at it for a while: each time with something valid that was changed."""

import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as some

from lrgui.core.messages import Refused
from tests.fuzz.edits import TREES, Edit, edited, edited_tree, edits
from tests.fuzz.limits import measured

SECONDS = float(os.environ.get("LRGUI_FUZZ_SECONDS", "2"))
"""For each door; ten minutes by hand: ``python -m tests.fuzz``."""

FIXED = bool(os.environ.get("CI"))
"""Whether the same is tried each time: where a landing hangs on it."""

_AT_A_TIME, _AT_LEAST = 25, 20
_MEMORY = Path("/dev/shm")


class Content(bytes):
    """What comes in; told in a few words."""

    def __repr__(self) -> str:
        return f"{bytes(self[:200])!r}{'...' if len(self) > 200 else ''} ({len(self):,} bytes)"


@dataclass(frozen=True, kw_only=True)
class Door:
    """Where something comes in.

    Parameters
    ----------
    name : str
        What comes in.
    seeds : callable
        Returns valid things, as bytes.
    open : callable
        Takes a folder of its own and what comes in; raises ``Refused``, or returns.
    tokens : tuple of bytes
        Words of the format.
    unpack, pack : callable, optional
        Of what has parts: a valid one -> its parts by name, and parts -> one with checksums that are right.
    seconds, megabytes : float
        What one may take at most, of processor time and of memory.
    """

    name: str
    seeds: Callable[[], Sequence[bytes]]
    open: Callable[[Path, bytes], None]
    tokens: tuple[bytes, ...] = ()
    unpack: Callable[[bytes], Mapping[str, bytes]] | None = None
    pack: Callable[[Mapping[str, bytes]], bytes] | None = None
    seconds: float = 1.0
    megabytes: float = 200.0

    @cached_property
    def valid(self) -> list[bytes]:
        """The seeds, made once."""
        return list(self.seeds())

    def enter(self, content: bytes) -> str:
        """Open what is given in a new folder, and return how that ended: ``taken`` or ``refused``.

        Raises
        ------
        AssertionError
            It took too much time or memory, or the refusal is no sentence.
        Exception
            Whatever it is, it is a finding.
        """
        folder = Path(tempfile.mkdtemp(prefix="lrgui-fuzz-", dir=_MEMORY if _MEMORY.is_dir() else None))
        ended = "taken"
        try:
            with measured() as taken:
                try:
                    self.open(folder, content)
                except Refused as refused:
                    ended = "refused"
                    told = str(refused)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if ended == "refused":
            assert 5 < len(told) < 5_000 + 2 * len(content), f"no sentence: {told[:200]!r}"
        assert taken.seconds < self.seconds, f"{taken.seconds:.2f} s of processor time"
        assert taken.megabytes < self.megabytes, f"{taken.megabytes:.0f} MB"
        return ended

    @some.composite
    @staticmethod
    def _changed(draw: Any, door: "Door") -> Content:
        content = draw(some.sampled_from(door.valid))
        if door.unpack is None or door.pack is None or draw(some.integers(0, 3)) == 0:
            return Content(edited(content, draw(edits(door.tokens))))
        parts = dict(door.unpack(content))
        for _ in range(draw(some.integers(1, 2))):
            name = draw(some.sampled_from(sorted(parts)))
            if draw(some.booleans()):
                change = draw(edits((), most=1))[0]
                parts[name] = edited_tree(parts[name], change, draw(some.sampled_from(TREES)))
            else:
                parts[name] = edited(parts[name], draw(edits(door.tokens, most=3)))
        return Content(door.pack(parts))

    def knock(self, seconds: float = SECONDS, first: int = 0) -> Counter[str]:
        """Open changed things for so long; return how often it was done, and how it ended.

        Parameters
        ----------
        seconds : float
            Of the clock on the wall; however slow the machine is, a few are tried.
        first : int
            From where chance begins: the same number tries the same things, as far as time allows.
        """
        ended: Counter[str] = Counter()
        last: list[bytes] = [b""]
        # What has failed fails again when Hypothesis asks, even where it was slow once and the time is over.
        failed: dict[bytes, tuple[BaseException, TracebackType | None]] = {}
        until = time.monotonic() + seconds

        def enough() -> bool:
            return time.monotonic() >= until and (bool(failed) or ended.total() >= _AT_LEAST)

        def once(content: bytes) -> None:
            if content in failed:
                error, place = failed[content]
                raise error.with_traceback(place)  # Hypothesis tells errors apart by their last place
            if enough():
                return
            try:
                ended[self.enter(content)] += 1
            except BaseException as error:
                last[0], failed[content] = content, (error, error.__traceback__)
                raise

        for block in range(first, first + 1_000_000):
            if enough():
                break
            asked = settings(
                max_examples=_AT_A_TIME, deadline=None, database=None, derandomize=False,
                phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            try:
                seed(block)(asked(given(self._changed(self))(once)))()
            except BaseException as error:
                kept = Path(tempfile.gettempdir(), f"lrgui-found-{self.name.replace(' ', '-')}")
                kept.write_bytes(last[0])
                error.add_note(f"block {block}; what came in lies in {kept}")
                raise
        return ended


def written(folder: Path, name: str, content: bytes) -> Path:
    """Write what comes in, and return where it is."""
    path = folder / name
    path.write_bytes(content)
    return path


def first_block() -> int:
    """Return from where chance begins: fixed where a landing hangs on it."""
    return 0 if FIXED else int.from_bytes(os.urandom(4), "big")


__all__ = ["FIXED", "SECONDS", "Door", "Edit", "first_block", "written"]
