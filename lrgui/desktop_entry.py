"""The program among those of the desktop: an entry in its menu, an icon, and the types of its files.

Linux only: what desktops read is laid down by the specifications of freedesktop.org (Desktop Entry, Shared MIME-info
Database, Icon Theme). It is written for one person, below ``$XDG_DATA_HOME``; other systems get a sentence.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from lrgui.core.files import write_text
from lrgui.core.messages import Message, Refused, say
from lrgui.resources import resource

_UPDATE_SECONDS = 30

# What is written, below the folder of data: from where in resources/.
_COPIED = {
    "mime/packages/lrgui.xml": ("packaging", "linux", "lrgui.xml"),
    "icons/hicolor/scalable/apps/lrgui.svg": ("icons", "lrgui.svg"),
    "icons/hicolor/scalable/mimetypes/application-x-lrgui-run.svg": ("icons", "lrgui-run.svg"),
}
_ENTRY = "applications/lrgui.desktop"

# Programs that tell the desktop of it, and the folder that each takes. Without one, it is told at the next login.
_UPDATES = {"update-mime-database": "mime", "update-desktop-database": "applications"}


def instead(platform: str, command: str) -> Message | None:
    """Return what a person does on a system that has no such entries, or None where it has."""
    if platform == "win32":
        return say(
            "On Windows, right-click a .lrrun or .keras file, choose Open with, then {command}, and Always.",
            command=command,
        )
    if platform == "darwin":
        return say(
            "On macOS, press Command+I on a .lrrun or .keras file, choose {command} under Open with, then Change All.",
            command=command,
        )
    return None


def data_home(environment: Mapping[str, str]) -> Path:
    """Return the folder of a person's data (XDG Base Directory Specification: a relative one is ignored)."""
    named = Path(environment.get("XDG_DATA_HOME", ""))
    return named if named.is_absolute() else Path.home() / ".local" / "share"


def is_installed(home: Path) -> bool:
    """Whether an entry is there."""
    return (home / _ENTRY).exists()


def is_on_this_desktop() -> bool:
    """Whether an entry is there for the person whose program this is."""
    return instead(sys.platform, "") is None and is_installed(data_home(os.environ))


def put_on_this_desktop(*, there: bool) -> Message:
    """Install this program's entry for its person, or remove it, and say what comes of it, or what to do instead.

    Raises
    ------
    Refused
        It cannot be written, or not be taken away.
    """
    command = own_command()
    if (other := instead(sys.platform, " ".join(command))) is not None:
        return other
    home = data_home(os.environ)
    return install(home, command) if there else remove(home)


def install(home: Path, command: list[str]) -> Message:
    """Write entry, icons and file types below a folder of data, in place of older ones, and say what comes of it.

    Parameters
    ----------
    home : Path
        See ``data_home``.
    command : list of str
        What starts the program; see ``own_command``.

    Raises
    ------
    Refused
        They cannot be written.
    """
    entry = entry_for(command, resource("packaging", "linux", "lrgui.desktop").read_text(encoding="utf-8"))
    try:
        _write(home / _ENTRY, entry)
        for place, source in _COPIED.items():
            _write(home / place, resource(*source).read_text(encoding="utf-8"))
        os.utime(home / "icons" / "hicolor")  # by which desktops see that there is another icon
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused(say("Nothing can be written in {folder}: {reason}", folder=str(home), reason=reason)) from error
    _update(home)
    return say("Learning-Rate Lab is among the programs of the desktop now; .lrrun and .keras files open in it.")


def remove(home: Path) -> Message:
    """Take away all that ``install`` has written, and say so.

    Raises
    ------
    Refused
        It cannot be taken away.
    """
    was_there = is_installed(home)
    try:
        for place in (_ENTRY, *_COPIED):
            (home / place).unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused(say("Nothing can be changed in {folder}: {reason}", folder=str(home), reason=reason)) from error
    _update(home)
    if was_there:
        return say("Learning-Rate Lab is no longer among the programs of the desktop.")
    return say("Learning-Rate Lab was not among the programs of the desktop.")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, text)


def _update(home: Path) -> None:
    for program, folder in _UPDATES.items():
        found = shutil.which(program)
        if found is not None and (home / folder).is_dir():
            with suppress(OSError, subprocess.SubprocessError):
                subprocess.run([found, str(home / folder)], capture_output=True, timeout=_UPDATE_SECONDS, check=False)


def own_command() -> list[str]:
    """Return the words that start this program again, from any folder."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    script = Path(sys.executable).with_name("lrgui")
    if script.is_file():
        return [str(script)]
    main = Path(__file__).resolve().parent.parent / "main.py"
    return [sys.executable, *([str(main)] if main.is_file() else ["-m", "lrgui"])]


def entry_for(command: list[str], template: str) -> str:
    """Return a desktop entry in which another command takes the files.

    Raises
    ------
    Refused
        Desktops cannot start a program whose path holds an equals sign.
    """
    if "=" in command[0]:
        raise Refused(say("Desktops start no program whose path holds =: {path}", path=command[0]))
    lines = {"Exec": " ".join([*map(quoted, command), "%F"]), "TryExec": command[0]}
    written = "\n".join(f"{key}={_escaped(value)}" for key, value in lines.items())
    return re.sub(r"^Exec=.*$", lambda _: written, template, count=1, flags=re.MULTILINE)


def quoted(word: str) -> str:
    """Return a word of a command as ``Exec`` takes it (Desktop Entry Specification, "The Exec key")."""
    word = word.replace("%", "%%")
    if re.fullmatch(r"[\w@%+:,./-]+", word, re.ASCII):
        return word
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"'


def _escaped(value: str) -> str:
    """Return a value as a file of this format has it (the same, "Possible value types"), beyond what a key asks for."""
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
