"""Adam and its kin, and Lion, as Keras computes them."""

from collections.abc import Mapping
from math import sqrt

from lrgui.core.optimizers.adaptive import ROOT, SQUARED
from lrgui.core.optimizers.momentum import TIMES
from lrgui.core.optimizers.rule import Rule, State, Update


def adam(
    beta_1: float,
    beta_2: float,
    epsilon: float,
    *,
    bias_correction: bool = True,
    amsgrad: bool = False,
    weight_decay: float = 0.0,
) -> Rule:
    """Return Adam (Kingma and Ba, arXiv 1412.6980, end of section 2: both corrections in the rate).

    With ``amsgrad`` it divides by the largest mean square so far (Reddi and others, arXiv 1904.09237); with
    ``weight_decay`` the place shrinks first, by the rate times it (Loshchilov and Hutter, arXiv 1711.05101).
    Without ``bias_correction`` the rate stays as it is: the first steps are several times too long.
    """

    def corrected(rate: float, step: int) -> float:
        if not bias_correction:
            return rate
        return rate * sqrt(1 - beta_2 ** (step + 1)) / (1 - beta_1 ** (step + 1))

    def carried(before: State, after: State, rate: float, step: int) -> float:
        return -corrected(rate, step) * beta_1 * before[1] / (sqrt(after[-1]) + epsilon)

    def scale(after: State, rate: float, step: int) -> float:
        return corrected(rate, step) / (sqrt(after[-1]) + epsilon)

    def step_numbers(rate: float, step: int) -> Mapping[str, float]:
        return {"a": corrected(rate, step), "t": step + 1}

    numbers = {
        "beta_1": beta_1, "rest_1": 1 - beta_1, "beta_2": beta_2, "rest_2": 1 - beta_2,
        "epsilon": epsilon, "weight_decay": weight_decay,
    }  # fmt: skip
    memory = ("m", "v", "u") if amsgrad else ("m", "v")
    update = _adam_update(beta_1, beta_2, epsilon, bias_correction, amsgrad, weight_decay)
    lines = _adam_lines(bias_correction, amsgrad, weight_decay)
    return Rule(memory, (0.0,) * len(memory), update, lines, numbers, step_numbers, carried, scale)


def _adam_update(
    beta_1: float, beta_2: float, epsilon: float, bias_correction: bool, amsgrad: bool, weight_decay: float
) -> Update:
    rest_1, rest_2 = 1 - beta_1, 1 - beta_2
    corrected_step, root, rest = -1, 1.0, 1.0

    def update(state: State, gradient: float, rate: float, step: int) -> State:
        nonlocal corrected_step, root, rest
        w, m, v = state[0], state[1], state[2]
        if weight_decay:
            w -= w * weight_decay * rate
        m += (gradient - m) * rest_1
        v += (gradient * gradient - v) * rest_2
        if bias_correction:
            if step != corrected_step:  # the same for all axes, and a third of the time
                corrected_step, root, rest = step, sqrt(1 - beta_2 ** (step + 1)), 1 - beta_1 ** (step + 1)
            rate = rate * root / rest
        if amsgrad:
            u = state[3]
            if v > u:
                u = v
            return w - m * rate / (sqrt(u) + epsilon), m, v, u
        return w - m * rate / (sqrt(v) + epsilon), m, v

    return update


def _adam_lines(bias_correction: bool, amsgrad: bool, weight_decay: float) -> tuple[str, ...]:
    lines = [
        f"m = {{beta_1}} {TIMES} {{m}} + {{rest_1}} {TIMES} {{g}} = {{m_next}}",
        f"v = {{beta_2}} {TIMES} {{v}} + {{rest_2}} {TIMES} {{g}}{SQUARED} = {{v_next}}",
    ]
    if amsgrad:
        lines.append("u = max({u}, {v_next}) = {u_next}")
    rate, size = "{rate}", "{u_next}" if amsgrad else "{v_next}"
    if bias_correction:
        lines.append(f"a = {{rate}} {TIMES} {ROOT}(1 - {{beta_2}}^{{t}}) / (1 - {{beta_1}}^{{t}}) = {{a}}")
        rate = "{a}"
    decay = f" - {{rate}} {TIMES} {{weight_decay}} {TIMES} {{w}}" if weight_decay else ""
    step = f"{rate} {TIMES} {{m_next}} / ({ROOT}{size} + {{epsilon}})"
    return (*lines, f"w = {{w}}{decay} - {step} = {{w_next}}")


def lion(beta_1: float, beta_2: float) -> Rule:
    """Return Lion (Chen and others, arXiv 2302.06675, program 1): it steps by the sign of ``c`` alone."""

    def update(state: State, gradient: float, rate: float, step: int) -> State:
        w, m, _ = state
        c = beta_1 * m + (1 - beta_1) * gradient
        m = beta_2 * m + (1 - beta_2) * gradient
        if c > 0:
            return w - rate, m, c
        return (w + rate if c < 0 else w), m, c

    lines = (
        f"c = {{beta_1}} {TIMES} {{m}} + {{rest_1}} {TIMES} {{g}} = {{c_next}}",
        f"m = {{beta_2}} {TIMES} {{m}} + {{rest_2}} {TIMES} {{g}} = {{m_next}}",
        f"w = {{w}} - {{rate}} {TIMES} sign({{c_next}}) = {{w_next}}",
    )
    numbers = {"beta_1": beta_1, "rest_1": 1 - beta_1, "beta_2": beta_2, "rest_2": 1 - beta_2}
    return Rule(("m", "c"), (0.0, 0.0), update, lines, numbers)
