"""Texts of a lesson: each in one language or in several, with places for the numbers of a run."""

import string
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator

from lrgui.core.config.base import refused
from lrgui.core.messages import Message, as_written, check_text, say

ENGLISH = "en"


def _in_languages(given: Any) -> Any:
    """Read a plain text as one in English, and take the lines of a text in several for one paragraph."""
    texts = {ENGLISH: given} if isinstance(given, str) else given
    if not isinstance(texts, Mapping) or not texts or not all(isinstance(text, str) for text in texts.values()):
        raise refused(say("A text stands in quotation marks, or once for each language: .en = ..., .zh_TW = ..."))
    return {language: _unwrapped(text) for language, text in texts.items()}


def _unwrapped(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


Words = Annotated[dict[str, str], BeforeValidator(_in_languages)]
"""A text by language. A line break means nothing, an empty line begins another paragraph."""


def in_language(words: Mapping[str, str], language: str) -> str:
    """Return a text in a language: where it lacks that, in English, and else in the one that it has."""
    return words.get(language) or words.get(ENGLISH) or next(iter(words.values()), "")


def names_in(text: str) -> set[str]:
    """Return the names that stand in braces in a text.

    Raises
    ------
    ValueError
        A brace has no partner.
    """
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def can_be_filled(text: str) -> bool:
    """Return whether numbers have a format in it that numbers can have."""
    try:
        check_text(text)
        filled(text, dict.fromkeys(names_in(text), 0.5))
    except (ValueError, TypeError):
        return False
    return True


def filled(text: str, values: Mapping[str, float | None]) -> str:
    """Return a text with numbers in its places, formatted as in a ``Message``; a dash where there is no number."""
    return Message(text, {name: _NOTHING if value is None else value for name, value in values.items()}).render(
        as_written
    )


_NOTHING = Message("-")  # a message takes whatever format its place has
