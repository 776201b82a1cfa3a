"""A formula written out from its tree: how a derivative is shown."""

from lrgui.core.expressions.expression import Expression
from lrgui.core.expressions.order import ordered
from lrgui.core.expressions.tree import NEGATE, NOT, OPERATORS, Call, Name, Node, Number

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN, _POWER, _WHOLE = range(9)
_FIRMNESS = {
    "or": _OR,
    "and": _AND,
    **dict.fromkeys(("<", "<=", ">", ">=", "==", "!="), _COMPARE),
    **dict.fromkeys("+-", _SUM),
    **dict.fromkeys(("*", "/", "//", "%"), _PRODUCT),
    "**": _POWER,
}
_Part = tuple[str, int]


def written(expression: Expression, longest: int = 400) -> str:
    """Return the formula as it could be typed: ``2*x``, ``200*(y - x**2)``; cut with ``...`` if it is long.

    Parameters
    ----------
    expression : Expression
        Typed or derived.
    longest : int
        In characters; what is cut cannot be typed again.
    """
    parts: dict[int, _Part] = {}
    for node in ordered(expression.root):
        text, firmness = _part(node, parts)
        # Derivatives share their parts; written out, a text could grow beyond all bounds.
        parts[id(node)] = (text if len(text) <= 4 * longest else text[: 4 * longest]), firmness
    text = parts[id(expression.root)][0]
    return text if len(text) <= longest else f"{text[: longest - 4]} ..."


def _part(node: Node, parts: dict[int, _Part]) -> _Part:
    if isinstance(node, Number):
        return _number(node.value)
    if isinstance(node, Name):
        return node.name, _WHOLE
    inner = [parts[id(part)] for part in node.arguments]
    if node.function is NEGATE:
        return f"-{_held(inner[0], _SIGN)}", _SIGN
    if node.function is NOT:
        return f"not {_held(inner[0], _NOT)}", _NOT
    if OPERATORS.get(node.function.name) is node.function:
        return _between(node, inner)
    return f"{node.function.name}({', '.join(text for text, _ in inner)})", _WHOLE


def _number(value: float) -> _Part:
    text = f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    return text, _SIGN if text.startswith("-") else _WHOLE


def _between(node: Call, inner: list[_Part]) -> _Part:
    """Parenthesise what would be read otherwise: a power binds to the right, everything else to the left."""
    sign = node.function.name
    firmness = _FIRMNESS[sign]
    left = _held(inner[0], firmness + (firmness in (_POWER, _COMPARE)))
    right = _held(inner[1], firmness + (firmness != _POWER))
    tight = firmness >= _PRODUCT
    return (f"{left}{sign}{right}" if tight else f"{left} {sign} {right}"), firmness


def _held(part: _Part, least: int) -> str:
    text, firmness = part
    return text if firmness >= least else f"({text})"
