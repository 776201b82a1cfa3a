"""The words of a formula, each with the column at which it stands."""

import re
from dataclasses import dataclass
from typing import Literal

from lrgui.core.messages import Message, Refused, say

MOST_CHARACTERS = 300
"""Longer is refused: it bounds how long reading and computing can take."""

Kind = Literal["number", "word", "symbol", "end"]

_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<word>[A-Za-z_][A-Za-z_0-9]*)"
    r"|(?P<symbol>\*\*|//|<=|>=|==|!=|[-+*/%<>(),])"
)
_HINTS = {
    "^": say("a power is written **"),
    "=": say("equal is written =="),
    "&": say("both is written and"),
    "²": say("a power is written **"),
    "³": say("a power is written **"),
    "|": say("either is written or, and the size of x is abs(x)"),
    "!": say("the opposite is written not"),
    "[": say("parentheses are round"),
    "{": say("parentheses are round"),
    ";": say("arguments are parted by commas"),
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a formula; ``column`` counts from 1."""

    kind: Kind
    text: str
    column: int


def refused_at(column: int, problem: Message) -> Refused:
    """Return the error to raise: what is wrong, and at which column."""
    return Refused(say("Column {column}: {problem}.", column=column, problem=problem))


def tokens(text: str) -> list[Token]:
    """Return the words of a formula, the last of them of kind ``end``.

    Raises
    ------
    Refused
        The text is too long, or has a character that no formula has.
    """
    if len(text) > MOST_CHARACTERS:
        raise refused_at(MOST_CHARACTERS + 1, say("a formula has at most {most} characters", most=MOST_CHARACTERS))
    found: list[Token] = []
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        match = _TOKEN.match(text, position)
        if match is None:
            raise _unknown(text[position], position + 1)
        kind: Kind = "number" if match["number"] else "word" if match["word"] else "symbol"
        found.append(Token(kind, match.group(), position + 1))
        position = match.end()
    return [*found, Token("end", "", len(text) + 1)]


def _unknown(character: str, column: int) -> Refused:
    hint = _HINTS.get(character, say("it is in no formula"))
    return refused_at(column, say("cannot read {character}; {hint}", character=repr(character), hint=hint))
