"""The file of the settings, looked at before Qt reads it.

Qt can keep any value in such a file, as ``@Variant(...)``, and PySide keeps Python objects there as pickles, which run
what they hold as soon as the file is read. This program writes no such value: a file with one was made by somebody
else, and is set aside.
"""

import contextlib
import re
from pathlib import Path

_OBJECTS = re.compile(r"@(?:Variant|DateTime)\(")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]*)|([0-7]+)|.)", re.DOTALL)
_CODES = 1 << 16


def set_aside_if_it_holds_objects(path: Path) -> None:
    """Give a file of settings another name if Qt would make objects of it; settings then begin anew.

    Raises
    ------
    OSError
        It holds some, and cannot be renamed: it must not be read.
    """
    content = b""
    with contextlib.suppress(OSError):
        content = path.read_bytes()
    if _OBJECTS.search(_as_qt_reads(content.decode("latin-1"))):
        path.replace(path.with_name(f"{path.stem}-set-aside{path.suffix}"))


def _as_qt_reads(text: str) -> str:
    """Return a text without what can hide a word from a search: quotes, escapes, and ends of lines in the middle."""
    return _ESCAPE.sub(_escaped, text.replace('"', ""))


def _escaped(found: re.Match[str]) -> str:
    hexadecimal, octal = found.groups()
    if hexadecimal or octal:
        return chr(int(hexadecimal or octal, 16 if hexadecimal else 8) % _CODES)
    return ""
