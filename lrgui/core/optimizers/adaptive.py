"""Rules that divide by the size of past gradients: AdaGrad, RMSprop and Adadelta, as Keras computes them."""

from math import sqrt

from lrgui.core.optimizers.momentum import TIMES
from lrgui.core.optimizers.rule import Rule, State

ROOT = "\N{SQUARE ROOT}"
SQUARED = "\N{SUPERSCRIPT TWO}"


def adagrad(first: float, epsilon: float) -> Rule:
    """Return AdaGrad (Duchi and others, 2011): ``s += g**2``, ``w - rate * g / sqrt(s + epsilon)``."""

    def update(state: State, gradient: float, rate: float, step: int) -> State:
        w, s = state
        s += gradient * gradient
        return w - rate * gradient / sqrt(s + epsilon), s

    lines = (
        f"s = {{s}} + {{g}}{SQUARED} = {{s_next}}",
        f"w = {{w}} - {{rate}} {TIMES} {{g}} / {ROOT}({{s_next}} + {{epsilon}}) = {{w_next}}",
    )
    return Rule(
        ("s",), (first,), update, lines, {"epsilon": epsilon},
        scale=lambda after, rate, step: rate / sqrt(after[1] + epsilon),
    )  # fmt: skip


def rmsprop(rho: float, momentum: float, epsilon: float, centered: bool) -> Rule:
    """Return RMSprop (Tieleman and Hinton, 2012): ``s`` is the running mean of ``g**2``.

    Centered, the square of the running mean of ``g`` is taken from it (Graves, arXiv 1308.0850).
    """

    def spread(s: float, a: float) -> float:
        return (s - a * a if centered else s) + epsilon

    def update(state: State, gradient: float, rate: float, step: int) -> State:
        w, s, a, v = state
        s = rho * s + (1 - rho) * (gradient * gradient)
        if centered:
            a = rho * a + (1 - rho) * gradient
        increment = rate * gradient / sqrt((s - a * a if centered else s) + epsilon)
        if momentum:
            v = momentum * v + increment
            return w - v, s, a, v
        return w - increment, s, a, v

    def carried(before: State, after: State, rate: float, step: int) -> float:
        return -momentum * before[3]

    return Rule(
        ("s", "a", "v"), (0.0, 0.0, 0.0), update, _rmsprop_lines(momentum, centered),
        {"rho": rho, "rest": 1 - rho, "momentum": momentum, "epsilon": epsilon},
        carried=carried if momentum else None,
        scale=lambda after, rate, step: rate / sqrt(spread(after[1], after[2])),
    )  # fmt: skip


def _rmsprop_lines(momentum: float, centered: bool) -> tuple[str, ...]:
    lines = [f"s = {{rho}} {TIMES} {{s}} + {{rest}} {TIMES} {{g}}{SQUARED} = {{s_next}}"]
    under = "{s_next} + {epsilon}"
    if centered:
        lines.append(f"a = {{rho}} {TIMES} {{a}} + {{rest}} {TIMES} {{g}} = {{a_next}}")
        under = f"{{s_next}} - {{a_next}}{SQUARED} + {{epsilon}}"
    step = f"{{rate}} {TIMES} {{g}} / {ROOT}({under})"
    if momentum:
        return (*lines, f"v = {{momentum}} {TIMES} {{v}} + {step} = {{v_next}}", "w = {w} - {v_next} = {w_next}")
    return (*lines, f"w = {{w}} - {step} = {{w_next}}")


def adadelta(rho: float, epsilon: float) -> Rule:
    """Return Adadelta (Zeiler, arXiv 1212.5701): ``d`` is the running mean of its own squared steps."""

    def update(state: State, gradient: float, rate: float, step: int) -> State:
        w, s, d, _ = state
        s = rho * s + (1 - rho) * (gradient * gradient)
        change = sqrt(d + epsilon) * gradient / sqrt(s + epsilon)
        return w - rate * change, s, rho * d + (1 - rho) * (change * change), change

    lines = (
        f"s = {{rho}} {TIMES} {{s}} + {{rest}} {TIMES} {{g}}{SQUARED} = {{s_next}}",
        f"c = {ROOT}({{d}} + {{epsilon}}) / {ROOT}({{s_next}} + {{epsilon}}) {TIMES} {{g}} = {{c_next}}",
        f"d = {{rho}} {TIMES} {{d}} + {{rest}} {TIMES} {{c_next}}{SQUARED} = {{d_next}}",
        f"w = {{w}} - {{rate}} {TIMES} {{c_next}} = {{w_next}}",
    )

    def scale(after: State, rate: float, step: int) -> float:
        before = max((after[2] - (1 - rho) * after[3] * after[3]) / rho if rho else 0.0, 0.0)
        return rate * sqrt(before + epsilon) / sqrt(after[1] + epsilon)

    numbers = {"rho": rho, "rest": 1 - rho, "epsilon": epsilon}
    return Rule(("s", "d", "c"), (0.0, 0.0, 0.0), update, lines, numbers, scale=scale)
