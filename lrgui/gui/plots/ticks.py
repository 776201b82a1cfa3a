"""Where an axis has ticks, and what they are called: plain words for numbers, never an SI prefix."""

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Ticks:
    """Ticks with a number (``major``, with ``labels``) and without (``minor``), in the units of the axis."""

    major: list[float]
    minor: list[float]
    labels: list[str]


def linear_ticks(low: float, high: float, most: int, whole: bool = False) -> Ticks:
    """Return ticks at multiples of 1, 2 or 5 times a power of ten, at most about ``most`` with a number.

    ``whole`` allows whole numbers only (steps, epochs).
    """
    step = _nice_step((high - low) / max(most, 1))
    if whole:
        step = max(step, 1.0)
    major = _multiples(step, low, high)
    quiet = [] if whole and step < 5 else _multiples(step / 5, low, high)
    return Ticks(major, quiet, [format_number(value, step) for value in major])


def log_ticks(low: float, high: float, most: int) -> Ticks:
    """Return ticks at powers of ten between two exponents; also at 2 and 5 times them where few are in sight."""
    decades = range(math.floor(low), math.ceil(high) + 1)
    seen = [k for k in decades if low <= k <= high]
    stride = max(1, -(-len(seen) // max(most, 1)))
    minor = [k + math.log10(m) for k in decades for m in range(2, 10)] if stride == 1 else seen
    minor = [position for position in minor if low <= position <= high]
    multiples: tuple[int, ...] = (1,)
    if len(seen) < 3:
        multiples = (1, 2, 5) if high - low > 0.8 else (1, 2, 3, 4, 5, 6, 7, 8, 9)
    values = [(m, k) for k in decades if k % stride == 0 for m in multiples if low <= k + math.log10(m) <= high]
    if len(values) < 2:
        return _zoomed_log_ticks(low, high, most)
    return Ticks([k + math.log10(m) for m, k in values], minor, [format_power(m, k) for m, k in values])


def _zoomed_log_ticks(low: float, high: float, most: int) -> Ticks:
    ticks = linear_ticks(10.0**low, 10.0**high, most)
    pairs = [(value, label) for value, label in zip(ticks.major, ticks.labels, strict=True) if value > 0]
    return Ticks([math.log10(value) for value, _ in pairs], [], [label for _, label in pairs])


def format_number(value: float, step: float) -> str:
    """Write a tick among others ``step`` apart: ``1,000``, ``0.25``, ``4e-6``."""
    if abs(value) < step / 2:
        return "0"
    if step >= 1e-4 and abs(value) < 1e7:
        return f"{value:,.{max(0, -math.floor(math.log10(step * 1.001)))}f}"
    exponent = math.floor(math.log10(abs(value)) + 1e-9)
    digits = max(0, exponent - math.floor(math.log10(step * 1.001)))
    return f"{value / 10.0**exponent:.{digits}f}e{exponent}"


def format_power(mantissa: int, exponent: int) -> str:
    """Write a tick of a log axis: ``1e-6``, and plainly from 1 to 1,000."""
    if 0 <= exponent <= 3:
        return f"{mantissa * 10**exponent:,}"
    return f"{mantissa}e{exponent}"


def _nice_step(least: float) -> float:
    magnitude = 10.0 ** math.floor(math.log10(least))
    return float(next(m * magnitude for m in (1, 2, 5, 10) if m * magnitude >= least * 0.999))


def _multiples(step: float, low: float, high: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(value) for value in np.arange(first, last + 1) * step]
