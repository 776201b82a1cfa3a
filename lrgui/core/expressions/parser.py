"""A formula read into a tree, with Python's own precedence; what cannot be read is refused with its column."""

import math
from collections.abc import Sequence
from functools import reduce

from lrgui.core.expressions.expression import Expression
from lrgui.core.expressions.tokens import Token, refused_at, tokens
from lrgui.core.expressions.tree import CONSTANTS, FUNCTIONS, MAX, MIN, NEGATE, NOT, OPERATORS, Name, Node, Number, call
from lrgui.core.messages import Message, say

MOST_DEPTH = 40
"""How many parentheses, signs and powers may stand in each other."""

_PRECEDENCE = {
    "or": 1,
    "and": 2,
    **dict.fromkeys(("<", "<=", ">", ">=", "==", "!="), 4),
    **dict.fromkeys("+-", 5),
    **dict.fromkeys(("*", "/", "//", "%"), 6),
    "**": 8,
}
_NOT, _COMPARISON, _SIGN, _POWER = 3, 4, 7, 8


def parse(text: str, names: Sequence[str]) -> Expression:
    """Read a formula of the given names.

    Numbers, ``+ - * / // % **``, comparisons, ``and or not``, the functions ``min max exp log sqrt cos sin tan tanh
    abs sign floor where`` and the constants ``pi`` and ``e``; all of it in float64. ``where(test, a, b)`` is a where
    the test holds, else b.

    Parameters
    ----------
    text : str
        At most ``MOST_CHARACTERS`` long.
    names : sequence of str
        The quantities that it may speak of; they hide constants of the same name.

    Raises
    ------
    Refused
        The message names the column, counted from 1, and what is wrong there.
    """
    return Expression(text.strip(), tuple(names), _Reader(tokens(text), names).formula())


class _Reader:
    """Reads words from the left, one level of precedence inside another (Pratt's method)."""

    def __init__(self, words: list[Token], names: Sequence[str]) -> None:
        self._words, self._names = words, names
        self._next, self._depth = 0, 0

    def formula(self) -> Node:
        if len(self._words) == 1:
            raise refused_at(1, say("type a formula of {names}", names=", ".join(self._names)))
        root = self._part(0)
        if self._word.kind != "end":
            raise self._unexpected()
        return root

    @property
    def _word(self) -> Token:
        return self._words[self._next]

    def _take(self) -> Token:
        word = self._word
        self._next += 1
        return word

    def _part(self, least: int) -> Node:
        """Read a part that holds together at least as firmly as this precedence."""
        first = self._word
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise refused_at(first.column, say("more than {most} parts in each other are too deep", most=MOST_DEPTH))
        part = self._signed()
        while (precedence := _PRECEDENCE.get(self._word.text, -1)) >= max(least, 1):
            operator = self._take()
            # A power binds to the right, and a sign may follow it; comparisons do not chain.
            right = self._part(_SIGN if precedence == _POWER else precedence + 1)
            part = self._finite(call(OPERATORS[operator.text], part, right), first)
            if precedence == _COMPARISON == _PRECEDENCE.get(self._word.text):
                raise refused_at(self._word.column, say("comparisons do not chain: join two by and"))
        self._depth -= 1
        return part

    def _signed(self) -> Node:
        match self._word.text:
            case "-":
                self._take()
                return call(NEGATE, self._part(_SIGN))
            case "+":
                self._take()
                return self._part(_SIGN)
            case "not":
                self._take()
                return call(NOT, self._part(_NOT))
        return self._single()

    def _single(self) -> Node:
        word = self._take()
        if word.kind == "number":
            return self._finite(Number(float(word.text)), word)
        if word.kind == "word" and word.text not in _PRECEDENCE:
            return self._named(word)
        if word.text == "(":
            part = self._part(0)
            self._close(word)
            return part
        self._next -= 1
        raise self._unexpected()

    def _named(self, word: Token) -> Node:
        called = self._word.text == "("
        if word.text in self._names and not called:
            return Name(word.text)
        if word.text in FUNCTIONS:
            return self._called(word)
        if word.text in CONSTANTS and not called:
            return Number(CONSTANTS[word.text])
        raise refused_at(word.column, self._no_such(word.text, called))

    def _no_such(self, name: str, called: bool) -> Message:
        if called:
            return say("there is no function {name}; there are {known}", name=name, known=", ".join(FUNCTIONS))
        known = ", ".join([*self._names, *(c for c in CONSTANTS if c not in self._names)])
        return say("there is no name {name}; there are {known}", name=name, known=known)

    def _called(self, word: Token) -> Node:
        function = FUNCTIONS[word.text]
        if self._word.text != "(":
            raise refused_at(word.column, say("{name} takes its arguments in parentheses", name=word.text))
        opened = self._take()
        arguments: list[Node] = [] if self._word.text == ")" else [self._part(0)]
        while self._word.text == ",":
            self._take()
            arguments.append(self._part(0))
        self._close(opened)
        if not function.least <= len(arguments) <= function.most:
            raise refused_at(word.column, _takes(function.name, function.least, function.most, len(arguments)))
        if function in (MIN, MAX):
            return reduce(lambda left, right: call(function, left, right), arguments)
        return self._finite(call(function, *arguments), word)

    def _close(self, opened: Token) -> None:
        if self._word.text != ")":
            if self._word.kind == "end":
                raise refused_at(opened.column, say("this parenthesis is not closed"))
            raise self._unexpected()
        self._take()

    def _finite(self, part: Node, word: Token) -> Node:
        if isinstance(part, Number) and not math.isfinite(part.value):
            raise refused_at(word.column, say("what begins here is not a finite number"))
        return part

    def _unexpected(self) -> Exception:
        word = self._word
        if word.kind == "end":
            return refused_at(word.column, say("the formula ends where a number or a name is due"))
        follows = self._next and (
            self._words[self._next - 1].kind != "symbol" or self._words[self._next - 1].text == ")"
        )
        if follows and (word.kind != "symbol" or word.text == "("):
            return refused_at(
                word.column, say("an operator is due before '{word}'; times is written *", word=word.text)
            )
        return refused_at(word.column, say("'{word}' cannot stand here", word=word.text))


def _takes(name: str, least: int, most: int, given: int) -> Message:
    if least != most:
        return say(
            "{name} takes {least} to {most} arguments, not {given}", name=name, least=least, most=most, given=given
        )
    if least == 1:
        return say("{name} takes one argument, not {given}", name=name, given=given)
    return say("{name} takes {least} arguments, not {given}", name=name, least=least, given=given)
