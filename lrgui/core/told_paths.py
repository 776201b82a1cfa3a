"""Paths in what is handed to other people: none tells where things lie on this computer or who works on it."""

import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

_PROGRAM = Path(__file__).resolve().parent.parent.parent


def without_paths(text: str, home: Path | None = None) -> str:
    """Return a text whose paths of the program, of packages and of Python begin where those do; home is ``~``.

    Parameters
    ----------
    text : str
        A trace, for instance.
    home : Path, optional
        The folder of the person; that of this process if left out.
    """
    for root in _longest_first(_roots()):
        text = _written(root, end=r"[/\\]+").sub("", text)
    return with_tilde(text, home)


def with_tilde(text: str, home: Path | None = None) -> str:
    """Return a text in which the person's own folder is ``~``."""
    folder = _home() if home is None else home
    if folder is None or folder == Path(folder.anchor):
        return text
    return _written(folder, end=r"(?![\w.-])").sub("~", text)


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:  # somebody without a name and a variable that says it
        return None


def _roots() -> Iterator[Path]:
    """Yield the folders from which the paths of code are told."""
    yield _PROGRAM
    for name in ("purelib", "platlib"):
        yield Path(sysconfig.get_path(name))
    yield Path(sysconfig.get_path("stdlib")).parent
    yield Path(getattr(sys, "_MEIPASS", _PROGRAM))  # where a packaged program is unpacked
    yield Path(sys.prefix)


def _longest_first(roots: Iterable[Path]) -> list[Path]:
    whole = {path for root in roots for path in (root, root.resolve()) if len(path.parts) > 1}
    return sorted(whole, key=lambda path: len(str(path)), reverse=True)


def _written(folder: Path, end: str) -> re.Pattern[str]:
    """Return what finds a folder in a text, however its parts are separated."""
    parts = [re.escape(part) for part in (part.strip("/\\") for part in folder.parts) if part]
    start = r"(?<![\w.~-])[/\\]+" if folder.anchor == "/" else r"(?<!\w)"
    return re.compile(start + r"[/\\]+".join(parts) + end, re.IGNORECASE if sys.platform == "win32" else re.NOFLAG)
