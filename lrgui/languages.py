"""The languages of the program: which one is wanted, and its texts from ``resources/translations``."""

import json
import os
import string
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from lrgui.core import messages
from lrgui.resources import resource

ENGLISH = "en"
LANGUAGES: Mapping[str, str] = {ENGLISH: "English", "zh_TW": "繁體中文"}
"""The languages by their codes, each with its own name for itself. Texts are written in English."""

VARIABLE = "LRGUI_LANGUAGE"
"""The environment variable that names another language than the system's."""

_ASKED = (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")
_SIMPLIFIED = {"cn", "sg", "hans"}
_CASES = {"", "lower", "upper", "capital"}


def use(language: str) -> None:
    """Render messages in a language of ``LANGUAGES`` from now on. For English no file is read."""
    if language == ENGLISH:
        messages.speak(messages.as_written)
        return
    texts = catalogue(language)
    messages.speak(lambda text: texts.get(text, text))


def nearest(wanted: Iterable[str]) -> str:
    """Return the language for the first of the wanted locales that there is one for, and else English.

    Locales are written as systems do: ``zh_TW.UTF-8``, ``zh-Hant-HK``, ``en``. Whoever reads simplified Chinese gets
    English: the texts here are in the characters and the terms of Taiwan.
    """
    for locale in wanted:
        tongue, *rest = locale.partition(".")[0].partition("@")[0].replace("-", "_").lower().split("_")
        if tongue == "zh" and rest and not _SIMPLIFIED & set(rest):
            return "zh_TW"
        if tongue in (ENGLISH, "c", "posix"):
            return ENGLISH
    return ENGLISH


def asked_for(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that the environment asks for, as programs in a terminal do."""
    return nearest([environment[name] for name in _ASKED if environment.get(name)][:1])


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the texts of a language by the English ones."""
    return read_catalogue(resource("translations", language, "LC_MESSAGES", "lrgui.po"))


def read_catalogue(path: Path) -> Mapping[str, str]:
    """Read a gettext catalogue in its text form (.po); what is not translated yet, or only guessed, is left out.

    The text form is read, not the compiled one: what a translator writes is seen at the next start.
    """
    texts: dict[str, str] = {}
    for entry in path.read_text(encoding="utf-8").split("\n\n"):
        parts: dict[str, list[str]] = {"msgid": [], "msgstr": []}
        part = "msgid"
        for line in entry.splitlines():
            if line.startswith("#,") and "fuzzy" in line:
                break
            if line.startswith(("msgid ", "msgstr ")):
                part, _, line = line.partition(" ")
            if line.startswith('"'):
                parts[part].append(line[1:-1])
        else:
            text, translation = ("".join(parts[name]) for name in ("msgid", "msgstr"))
            if text and translation:
                texts[_unescaped(text)] = _unescaped(translation)
    return texts


def _unescaped(text: str) -> str:
    """Return what a text between quotes stands for: backslashes mean in a catalogue what they mean in JSON."""
    return str(json.loads(f'"{text}"')) if "\\" in text else text


def other_values(text: str, translation: str) -> bool:
    """Return whether a translation takes other values than the text, or writes them otherwise."""
    try:
        return values_of(text) != values_of(translation)
    except ValueError:  # a brace too many
        return True


def values_of(text: str) -> list[tuple[str, str]]:
    """Return the names and formats of the values of a text; the case of a word is up to each language.

    Raises
    ------
    ValueError
        Its braces do not match.
    """
    parts = string.Formatter().parse(text)
    return sorted({(name, "" if spec in _CASES else spec or "") for _, name, spec, _ in parts if name is not None})
