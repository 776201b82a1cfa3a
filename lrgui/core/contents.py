"""What is in a file, as a number that no other content has: to tell whether it is the one that is meant."""

import hashlib
from functools import lru_cache
from pathlib import Path

SHORT = 6
"""So many digits are shown to people, who compare two of them by eye."""


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file's content as 64 hexadecimal digits.

    A file that has not been written to since it was last asked for is not read again.

    Raises
    ------
    OSError
        The file cannot be read.
    """
    state = path.stat()
    return _hash(path, state.st_mtime_ns, state.st_size, state.st_ino)


def short(content: str) -> str:
    """Return the digits of a hash that a person is shown."""
    return content[:SHORT]


@lru_cache(256)
def _hash(path: Path, mtime_ns: int, size: int, inode: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
