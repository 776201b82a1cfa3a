"""Two things compared in alternating blocks of one run, so that a machine that is busy is busy for both."""

import json
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import cycle

import numpy as np

Sample = Callable[[], float]


@dataclass(frozen=True)
class Result:
    """What one case has measured.

    ``ours`` and ``reference`` are medians over the blocks, ``ratio`` is the median of the blocks' own ratios, ``low``
    and ``high`` its 95 % interval. The case is met unless the whole interval lies beyond ``limit``.
    """

    name: str
    ours: float
    reference: float
    ratio: float
    low: float
    high: float
    limit: float
    unit: str
    blocks: int

    @property
    def met(self) -> bool:
        """Whether the interval reaches down to the limit."""
        return self.low <= self.limit

    def line(self) -> str:
        """Return the result as one line of JSON."""
        fields = {k: float(f"{v:.4g}") if isinstance(v, float) else v for k, v in asdict(self).items()}
        return json.dumps({**fields, "met": self.met})


def compare(
    name: str, ours: Sample, reference: Sample, *, limit: float, unit: str, blocks: int = 15, warm_up: int = 1
) -> Result:
    """Measure both in every block, each first in every other one.

    Parameters
    ----------
    name : str
        Of the case.
    ours, reference : callable
        Each call measures once and returns the figure; for a fixed reference, ``lambda: figure``.
    limit : float
        What the ratio is to stay below.
    unit : str
        Of both figures.
    blocks, warm_up : int
        How many blocks are counted, and how many are run before them.
    """
    turns = cycle((True, False))

    def both() -> tuple[float, float]:
        if next(turns):
            own = ours()
            return own, reference()
        other = reference()
        return ours(), other

    for _ in range(warm_up):
        ours(), reference()
    return compare_pairs(name, both, limit=limit, unit=unit, blocks=blocks)


def compare_pairs(
    name: str, both: Callable[[], tuple[float, float]], *, limit: float, unit: str, blocks: int = 15
) -> Result:
    """Do the same where one call measures both, ours and the reference, and cares for who is first."""
    measured = np.array([both() for _ in range(blocks)], np.float64)
    ratios = measured[:, 0] / measured[:, 1]
    low, high = median_interval(ratios)
    own_median, other_median = (float(median) for median in np.median(measured, axis=0))
    return Result(name, own_median, other_median, float(np.median(ratios)), low, high, limit, unit, blocks)


def median_interval(values: np.ndarray, confidence: float = 0.95) -> tuple[float, float]:
    """Return the distribution-free interval of the median, from order statistics.

    The number of values below the true median is binomial(n, 1/2); the interval runs between the k-th value from
    below and from above, with the largest k that keeps the confidence (Conover, Practical Nonparametric Statistics,
    3rd edition, section 3.2). With fewer than six values it is their whole range.
    """
    ordered = np.sort(values)
    n, tail, rank = len(ordered), 0.0, 0
    while rank < n // 2:
        tail += math.comb(n, rank) / 2**n
        if 2 * tail > 1 - confidence:
            break
        rank += 1
    k = max(rank - 1, 0)
    return float(ordered[k]), float(ordered[n - 1 - k])
