"""Gradient descent, alone and with momentum (``keras.optimizers.SGD``)."""

from lrgui.core.optimizers.rule import Rule, State

TIMES = "\N{MULTIPLICATION SIGN}"


def descent() -> Rule:
    """Return plain gradient descent: ``w - rate * g``."""

    def update(state: State, gradient: float, rate: float, step: int) -> State:
        return (state[0] - rate * gradient,)

    return Rule((), (), update, (f"w = {{w}} - {{rate}} {TIMES} {{g}} = {{w_next}}",), {})


def heavy_ball(momentum: float) -> Rule:
    """Return descent with momentum (Polyak, 1964): ``v = momentum * v - rate * g``, ``w + v``."""

    def update(state: State, gradient: float, rate: float, step: int) -> State:
        w, v = state
        v = momentum * v - rate * gradient
        return w + v, v

    lines = (
        f"v = {{momentum}} {TIMES} {{v}} - {{rate}} {TIMES} {{g}} = {{v_next}}",
        "w = {w} + {v_next} = {w_next}",
    )

    def carried(before: State, after: State, rate: float, step: int) -> float:
        return momentum * before[1]

    return Rule(("v",), (0.0,), update, lines, {"momentum": momentum}, carried=carried)


def nesterov(momentum: float) -> Rule:
    """Return Nesterov's momentum as Sutskever and others (2013) write it, from where it looks ahead.

    ``v = momentum * v - rate * g``, ``w + momentum * v - rate * g``.
    """

    def update(state: State, gradient: float, rate: float, step: int) -> State:
        w, v = state
        v = momentum * v - rate * gradient
        return w + momentum * v - rate * gradient, v

    lines = (
        f"v = {{momentum}} {TIMES} {{v}} - {{rate}} {TIMES} {{g}} = {{v_next}}",
        f"w = {{w}} + {{momentum}} {TIMES} {{v_next}} - {{rate}} {TIMES} {{g}} = {{w_next}}",
    )

    def carried(before: State, after: State, rate: float, step: int) -> float:
        return momentum * momentum * before[1]

    return Rule(("v",), (0.0,), update, lines, {"momentum": momentum}, carried=carried)
