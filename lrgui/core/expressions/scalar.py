"""Formulas as a function of two plain floats: for a walk that takes thousands of steps, one after another.

The function is written out from the trees, one line a part, and compiled. What a person typed never gets there: only
numbers and functions of our own tables do.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from lrgui.core.expressions.expression import Expression
from lrgui.core.expressions.tree import FUNCTIONS, NEGATE, NOT, OPERATORS, WHERE, Call, Function, Name, Node, Number

Scalar: TypeAlias = Callable[[float, float], tuple[float, ...]]

MOST_LINES = 1500
"""So long a function is compiled in some 30 ms."""


def as_scalar(expressions: Sequence[Expression], names: Sequence[str]) -> Scalar:
    """Return formulas as one function of two floats, computed as a plain Python loop would compute them.

    Parts that they share are computed once: 30 ns a part, where numpy needs 500.

    Parameters
    ----------
    expressions : sequence of Expression
        Of these names, or of fewer.
    names : sequence of str
        One or two, in the order of the arguments; with one, the second argument counts for nothing.

    Returns
    -------
    callable
        Gives the value of each formula. Raises ``ArithmeticError`` or ``ValueError`` where numpy gives infinite or
        nan, but lets products and sums overflow to infinite.
    """
    writer = _Writer(names)
    try:
        results = [writer.write(expression.root) for expression in expressions]
    except _TooLong:
        return _by_numpy(expressions, names)
    body = [*writer.lines, f"    return {', '.join(results)},"]
    source = "\n".join(["def scalar(x, y):", *body])
    space: dict[str, Any] = {"__builtins__": {}, **_CALLED}
    exec(compile(source, "<formula>", "exec"), space)
    made: Scalar = space["scalar"]
    return made


class _TooLong(Exception):
    """Branches in branches, each with the same parts in it, would make more lines than can be compiled at once."""


def _by_numpy(expressions: Sequence[Expression], names: Sequence[str]) -> Scalar:
    """Compute formulas that are too long to be written out, some twenty times more slowly."""

    def scalar(x: float, y: float) -> tuple[float, ...]:
        given = dict(zip(names, (x, y), strict=False))
        values = tuple(float(expression(**given)) for expression in expressions)
        if not all(map(math.isfinite, values)):
            raise ArithmeticError("not finite")
        return values

    return scalar


def _sign(value: float) -> float:
    return float((value > 0) - (value < 0))


def _floor(value: float) -> float:
    return float(math.floor(value))


_CALLED: dict[str, Callable[..., float]] = {
    **{name: getattr(math, name) for name in ("exp", "log", "sqrt", "sin", "cos", "tan", "tanh", "pow")},
    "abs": abs,
    "min": min,
    "max": max,
    "float": float,
    "sign": _sign,
    "floor": _floor,
}
"""What a written function may call."""

_SIGNS = {OPERATORS[sign]: sign for sign in ("+", "-", "*", "/", "//", "%")}
_COMPARISONS = {OPERATORS[sign]: sign for sign in ("<", "<=", ">", ">=", "==", "!=")}
_AND, _OR, _POWER = (OPERATORS[sign] for sign in ("and", "or", "**"))
_NAMED = {function: name for name, function in FUNCTIONS.items() if name in _CALLED}
_LAZY = (WHERE, _AND, _OR)
"""Of these only the first argument is always needed: ``where(x > 0, log(x), 0)`` has a value at -1."""


class _Writer:
    """Writes a line for each part, once; parts inside a branch are known only there."""

    def __init__(self, names: Sequence[str]) -> None:
        self.lines: list[str] = []
        self._arguments = dict(zip(names, "xy", strict=False))
        self._written: list[dict[tuple[Any, ...], str]] = [{}]
        self._of_node: list[dict[int, str]] = [{}]
        self._count = 0

    def write(self, root: Node) -> str:
        """Write what is needed for a part, and return the word that stands for it."""
        waiting: list[tuple[Node, bool]] = [(root, False)]
        while waiting:
            node, ready = waiting.pop()
            if self._known(node) is not None:
                continue
            if ready or not isinstance(node, Call):
                self._of_node[-1][id(node)] = self._word(node)
            else:
                waiting.append((node, True))
                needed = node.arguments[:1] if node.function in _LAZY else node.arguments
                waiting.extend((argument, False) for argument in needed)
        return self._known(root) or ""

    def _known(self, node: Node) -> str | None:
        return next((words[id(node)] for words in self._of_node if id(node) in words), None)

    def _word(self, node: Node) -> str:
        if isinstance(node, Number):
            return f"({node.value!r})" if math.isfinite(node.value) else f"float('{node.value!r}')"
        if isinstance(node, Name):
            return self._arguments[node.name]
        if node.function in _LAZY:
            return self._branch(node)
        words = [self._known(argument) or "" for argument in node.arguments]
        return self._line((node.function, *words), _written(node.function, words))

    def _line(self, key: tuple[Any, ...], text: str) -> str:
        """Write a line unless the same one stands already."""
        for written in self._written:
            if key in written:
                return written[key]
        word = self._new()
        self.lines.append(f"{self._indent}{word} = {text}")
        self._written[-1][key] = word
        return word

    def _branch(self, node: Call) -> str:
        test, word = self._known(node.arguments[0]), self._new()
        then, other = _branches(node)
        for opening, part in ((f"if {test}:", then), ("else:", other)):
            self.lines.append(f"{self._indent}{opening}")
            self._of_node.append({})
            self._written.append({})
            value = part if isinstance(part, str) else self.write(part)
            truth = value if node.function is WHERE else f"float({value} != 0)"
            self.lines.append(f"{self._indent}{word} = {truth}")
            self._of_node.pop()
            self._written.pop()
        return word

    @property
    def _indent(self) -> str:
        return "    " * len(self._written)

    def _new(self) -> str:
        self._count += 1
        if self._count > MOST_LINES:
            raise _TooLong
        return f"t{self._count}"


def _branches(node: Call) -> tuple[Node | str, Node | str]:
    if node.function is WHERE:
        return node.arguments[1], node.arguments[2]
    return (node.arguments[1], "0.0") if node.function is _AND else ("1.0", node.arguments[1])


def _written(function: Function, words: Sequence[str]) -> str:
    if function in _SIGNS:
        return f"{words[0]} {_SIGNS[function]} {words[1]}"
    if function in _COMPARISONS:
        return f"float({words[0]} {_COMPARISONS[function]} {words[1]})"
    if function is NEGATE:
        return f"-{words[0]}"
    if function is NOT:
        return f"float({words[0]} == 0)"
    name = "pow" if function is _POWER else _NAMED[function]  # Python's own sign would give complex numbers
    return f"{name}({', '.join(words)})"
