"""The derivative of a formula, as a formula: the rules of calculus, part by part."""

import math
from collections.abc import Callable

from lrgui.core.expressions.order import ordered
from lrgui.core.expressions.tree import (
    ABS,
    ADD,
    COS,
    DIVIDE,
    EXP,
    FLOOR,
    LESS_OR_EQUAL,
    LOG,
    MAX,
    MIN,
    MULTIPLY,
    NEGATE,
    OPERATORS,
    POWER,
    REMAINDER,
    SIGN,
    SIN,
    SQRT,
    SUBTRACT,
    TAN,
    TANH,
    WHERE,
    Call,
    Function,
    Name,
    Node,
    Number,
    call,
)

ZERO, ONE = Number(0.0), Number(1.0)


def derivative_of(root: Node, name: str) -> Node:
    """Return the derivative by a name; it shares parts with the formula, so that it stays small."""
    found: dict[int, Node] = {}
    for node in ordered(root):
        if isinstance(node, Call):
            found[id(node)] = _of_call(node, [found[id(argument)] for argument in node.arguments])
        else:
            found[id(node)] = ONE if isinstance(node, Name) and node.name == name else ZERO
    return found[id(root)]


def _of_call(node: Call, slopes: list[Node]) -> Node:
    if all(_is(slope, 0.0) for slope in slopes):
        return ZERO
    if rule := _OF_ONE.get(node.function):
        outer, inner = rule(node.arguments[0], node), node.arguments[0]
        return _chained(outer, inner, slopes[0]) if node.function is SQRT else times(outer, slopes[0])
    several = _OF_SEVERAL.get(node.function)
    return several(node, slopes) if several else ZERO  # comparisons and floors are level beside their jumps


def _is(node: Node, value: float) -> bool:
    return isinstance(node, Number) and node.value == value


def plus(left: Node, right: Node) -> Node:
    """Return the sum, without a zero in it, and as a difference if the right part begins with a minus."""
    factor, part = _split(right)
    if _is(left, 0) or _is(right, 0):
        return right if _is(left, 0) else left
    return call(SUBTRACT, left, _scaled(-factor, part)) if factor < 0 else call(ADD, left, right)


def minus(left: Node, right: Node) -> Node:
    """Return the difference, without a zero in it, and as a sum if the right part begins with a minus."""
    factor, part = _split(right)
    if _is(left, 0) or _is(right, 0):
        return left if _is(right, 0) else _scaled(-factor, part)
    return call(ADD, left, _scaled(-factor, part)) if factor < 0 else call(SUBTRACT, left, right)


def times(left: Node, right: Node) -> Node:
    """Return the product with all its numbers as one in front; zero times anything is zero."""
    if _is(left, 0) or _is(right, 0):
        return ZERO
    (one, first), (other, second) = _split(left), _split(right)
    if not math.isfinite(one * other):
        return call(MULTIPLY, left, right)
    if first is ONE or second is ONE:
        return _scaled(one * other, second if first is ONE else first)
    return _scaled(one * other, call(MULTIPLY, first, second))


def _split(node: Node) -> tuple[float, Node]:
    """Return the number that a part is multiplied by, and the rest of it; a number is so many times one."""
    if isinstance(node, Number):
        return node.value, ONE
    if isinstance(node, Call) and node.function is NEGATE:
        factor, part = _split(node.arguments[0])
        return -factor, part
    if isinstance(node, Call) and node.function is MULTIPLY and isinstance(node.arguments[0], Number):
        return node.arguments[0].value, node.arguments[1]
    return 1.0, node


def _scaled(factor: float, node: Node) -> Node:
    if node is ONE:
        return Number(factor)
    if factor == 1:
        return node
    return call(NEGATE, node) if factor == -1 else call(MULTIPLY, Number(factor), node)


def over(left: Node, right: Node) -> Node:
    """Return the quotient, with numbers cancelled that go into each other; zero over anything is zero."""
    if _is(left, 0) or _is(right, 1):
        return left
    factor, part = _split(left)
    if isinstance(right, Number) and right.value and (factor / right.value).is_integer():
        return _scaled(factor / right.value, part)
    return call(DIVIDE, left, right)


def power(base: Node, exponent: Node) -> Node:
    """Return the power, without an exponent of one or zero."""
    return base if _is(exponent, 1) else ONE if _is(exponent, 0) else call(POWER, base, exponent)


def _choose(test: Node, then: Node, other: Node) -> Node:
    return then if then is other else call(WHERE, test, then, other)


def _chained(outer: Node, inner: Node, slope: Node) -> Node:
    """Return a product that is zero where the inner part and its slope are, though the outer one is infinite there.

    So the root of a square has the derivative 0 in its kink, and a walk that arrives there stays. Anywhere else it is
    the product, or the derivative of the derivative would be wrong where only the slope is zero.
    """
    if isinstance(slope, Number):
        return times(outer, slope)
    return _choose(call(OPERATORS["or"], inner, slope), times(outer, slope), ZERO)


def _power_rule(node: Call, slopes: list[Node]) -> Node:
    (base, exponent), (base_slope, exponent_slope) = node.arguments, slopes
    # Where only one of both varies, the other's logarithm is not asked for: it would be nan below zero.
    outer = times(exponent, power(base, minus(exponent, ONE)))
    smooth = isinstance(exponent, Number) and exponent.value >= 1
    by_base = times(outer, base_slope) if smooth else _chained(outer, base, base_slope)
    if _is(exponent_slope, 0):
        return by_base
    by_exponent = times(call(LOG, base), node)
    if not isinstance(base, Number) or not base.value:
        # A power of zero stays zero, though the logarithm of zero is infinite.
        by_exponent = _choose(node, by_exponent, ZERO)
    return plus(by_base, times(by_exponent, exponent_slope))


def _product_rule(node: Call, slopes: list[Node]) -> Node:
    left, right = node.arguments
    return plus(times(slopes[0], right), times(left, slopes[1]))


def _quotient_rule(node: Call, slopes: list[Node]) -> Node:
    return over(minus(slopes[0], times(node, slopes[1])), node.arguments[1])


def _remainder_rule(node: Call, slopes: list[Node]) -> Node:
    left, right = node.arguments
    return minus(slopes[0], times(call(FLOOR, call(DIVIDE, left, right)), slopes[1]))


_OF_ONE: dict[Function, Callable[[Node, Call], Node]] = {
    NEGATE: lambda inner, node: Number(-1.0),
    EXP: lambda inner, node: node,
    LOG: lambda inner, node: over(ONE, inner),
    SQRT: lambda inner, node: over(Number(0.5), node),
    SIN: lambda inner, node: call(COS, inner),
    COS: lambda inner, node: call(NEGATE, call(SIN, inner)),
    TAN: lambda inner, node: plus(ONE, times(node, node)),
    TANH: lambda inner, node: minus(ONE, times(node, node)),
    ABS: lambda inner, node: call(SIGN, inner),
}
"""The outer derivative of a function of one argument, from the argument and the call itself."""

_OF_SEVERAL: dict[Function, Callable[[Call, list[Node]], Node]] = {
    ADD: lambda node, slopes: plus(*slopes),
    SUBTRACT: lambda node, slopes: minus(*slopes),
    MULTIPLY: _product_rule,
    DIVIDE: _quotient_rule,
    POWER: _power_rule,
    REMAINDER: _remainder_rule,
    MIN: lambda node, slopes: _choose(call(LESS_OR_EQUAL, *node.arguments), *slopes),
    MAX: lambda node, slopes: _choose(call(LESS_OR_EQUAL, *reversed(node.arguments)), *slopes),
    WHERE: lambda node, slopes: _choose(node.arguments[0], slopes[1], slopes[2]),
}
