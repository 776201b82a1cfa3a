"""Which Python files a person has allowed to be run: by their content, so that an edited file is asked about again."""

import json
import os
import time
from pathlib import Path

from lrgui.core.json_text import parsed
from lrgui.core.profile import user_profile

FILE_NAME = "trusted.json"

_allowed_here: set[str] = set()
"""What was allowed in this process, and could not be written down."""


class Trust:
    """The contents that were allowed, in one file under the profile. May be used by any thread.

    Parameters
    ----------
    profile : Path
        Where it lies; it need not be there before something is allowed.
    """

    def __init__(self, profile: Path) -> None:
        self._file = profile / FILE_NAME

    def allows(self, content: str) -> bool:
        """Return whether a file of this content, by its ``content_hash``, may be run."""
        return content in _allowed_here or content in self._read()

    def allow(self, content: str, name: str) -> None:
        """Let files of this content be run from now on; ``name`` tells a reader of the list which one it was.

        Where the answer cannot be kept, it holds as long as this process.
        """
        entry = {"file": name, "allowed": time.strftime("%Y-%m-%d %H:%M:%S")}
        try:
            self._write({**self._read(), content: entry})
        except OSError:
            _allowed_here.add(content)

    def _read(self) -> dict[str, dict[str, str]]:
        """Return what was allowed; a list that cannot be read allows nothing."""
        try:
            found = parsed(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, allowed: dict[str, dict[str, str]]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._file.with_name(f"{FILE_NAME}.{os.getpid()}")
        unfinished.write_text(json.dumps(allowed, indent=1, ensure_ascii=False), encoding="utf-8")
        unfinished.replace(self._file)


_profile: Path | None = None


def keep_in(profile: Path | None) -> None:
    """Let the answers of this process lie under another profile than the user's own, which is None."""
    global _profile
    _profile = profile


def trust() -> Trust:
    """Return the answers that hold in this process."""
    return Trust(_profile or user_profile())
