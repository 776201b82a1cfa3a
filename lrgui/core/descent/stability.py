"""How large a rate may be: the limit 2/L and its kin, and what a rate does, in words."""

import cmath
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lrgui.core.config.descent import Momentum, Nesterov, Sgd, WalkerChoice
from lrgui.core.functions.function import Function, Point
from lrgui.core.messages import Message, say

RegimeName = Literal["creeps", "converges", "overshoots", "oscillates", "diverges", "mixed"]

_CREEPING, _SWINGING = 0.975, 0.99
# What curves downwards by less than this share of L is a plane, seen with the last digits.
_FLAT = 1e-9


@dataclass(frozen=True)
class Stability:
    """The largest rate that converges near a point, as if the function went on with the curvature it has there.

    ``curvature`` is L, the largest eigenvalue of the Hessian (nan where there is none); ``limit`` is None where there
    is none: for adaptive rules, and where the function curves downwards only. ``formula`` is how it is written.
    """

    curvature: float
    limit: float | None
    formula: str


@dataclass(frozen=True)
class Regime:
    """What a rate does, in a word and in a sentence."""

    name: RegimeName
    message: Message


def curvatures(function: Function, point: Point) -> tuple[float, float]:
    """Return the smallest and the largest eigenvalue of the Hessian at a point; nan where it has none."""
    hessian = function.hessian_at(point)
    if not np.isfinite(hessian).all():
        return math.nan, math.nan
    eigenvalues = np.linalg.eigvalsh(hessian)
    return float(eigenvalues[0]), float(eigenvalues[-1])


def largest_curvature(function: Function, point: Point) -> float:
    """Return L, the largest eigenvalue of the Hessian at a point; nan where it has none."""
    return curvatures(function, point)[1]


def momentum_of(walker: WalkerChoice) -> tuple[float, bool] | None:
    """Return momentum and whether it is Nesterov's; None for rules that scale each axis by themselves."""
    match walker:
        case Sgd():
            return walker.momentum, walker.nesterov and walker.momentum > 0
        case Momentum() | Nesterov():
            return walker.momentum, isinstance(walker, Nesterov) and walker.momentum > 0
    return None


def stability(walker: WalkerChoice, function: Function, point: Point) -> Stability:
    """Return the limit of the rate: ``2/L``, with momentum ``2(1+beta)/L``, with Nesterov's ``2(1+beta)/((1+2beta)L)``.

    Source: Cohen and others, Gradient descent on neural networks typically occurs at the edge of stability,
    arXiv 2103.00065, section 2 and appendix B. Adaptive rules have no such limit.
    """
    curvature = largest_curvature(function, point)
    kind = momentum_of(walker)
    if kind is None:
        return Stability(curvature, None, "")
    beta, looks_ahead = kind
    numerator = 2 * (1 + beta) / ((1 + 2 * beta) if looks_ahead else 1)
    formula = "2(1+beta)/((1+2 beta)L)" if looks_ahead else "2(1+beta)/L" if beta else "2/L"
    limit = numerator / curvature if curvature > 0 else math.inf
    return Stability(curvature, limit if math.isfinite(limit) else None, formula)


def regime(walker: WalkerChoice, function: Function, point: Point, learning_rate: float) -> Regime | None:
    """Say what a rate does along the steepest direction at a point; None where there is no theory of it.

    Near a point the steps multiply the distance to the minimum by the roots of ``z - (1 - h)``; with momentum of
    ``z**2 - (1 + beta - h) z + beta``, with Nesterov's of ``z**2 - (1 + beta)(1 - h) z + beta (1 - h)``, where
    ``h = learning_rate * L`` (Goh, Why momentum really works, Distill, 2017). It creeps if less than a fortieth of
    the distance goes at each step. Where the function curves downwards in another direction, that one leads away from
    any point of rest, however the rate suits the steepest.
    """
    kind, (lowest, curvature) = momentum_of(walker), curvatures(function, point)
    if kind is None or not curvature > 0 or not math.isfinite(learning_rate * curvature):
        return None
    roots = _roots(*kind, learning_rate * curvature)
    dominant = max(roots, key=abs)
    straight = all(root.imag == 0 and root.real >= 0 for root in roots)
    found = _regime(abs(dominant), straight)
    return _MIXED if lowest < -_FLAT * curvature and found.name != "diverges" else found


_MIXED = Regime("mixed", say("curves up one way and down another: settles in the one, runs downhill in the other"))


def _roots(beta: float, looks_ahead: bool, h: float) -> tuple[complex, ...]:
    if not beta:
        return (complex(1 - h),)
    minus_p, q = ((1 + beta) * (1 - h), beta * (1 - h)) if looks_ahead else (1 + beta - h, beta)
    root = cmath.sqrt(minus_p * minus_p - 4 * q)
    return (minus_p + root) / 2, (minus_p - root) / 2


def _regime(factor: float, straight: bool) -> Regime:
    if factor > 1 + 1e-9:
        return Regime("diverges", say("diverges: each step leads further away"))
    if straight and factor >= _CREEPING:
        return Regime("creeps", say("creeps: on its way, but in tiny steps"))
    if straight:
        return Regime("converges", say("converges straight: each step leads nearer, on the same side"))
    if factor >= _SWINGING:
        return Regime("oscillates", say("oscillates: from side to side, hardly nearer"))
    return Regime("overshoots", say("overshoots and converges: from side to side, nearer each time"))
