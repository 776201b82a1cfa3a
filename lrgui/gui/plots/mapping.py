"""Between the numbers of a person and the pixels of a plot: the only place that knows log10 and 10**x."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Range = tuple[float, float]
"""Low and high end, low below high."""


def to_axis(values: ArrayLike, log: bool) -> Floats:
    """Return values in the units of an axis: themselves, or their log10 on a log axis.

    What an axis cannot show (NaN, infinities, on a log axis all that is not above 0) becomes NaN, without a warning.
    """
    positions = np.asarray(values, np.float64)
    if log:
        with np.errstate(invalid="ignore", divide="ignore"):
            positions = np.log10(positions)
    finite = np.isfinite(positions)
    return positions if finite.all() else np.where(finite, positions, np.nan)


def from_axis(position: float, log: bool) -> float:
    """Return the value at a position of an axis."""
    return float(10.0**position) if log else float(position)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Where values lie in the plot's area at one moment.

    Parameters
    ----------
    x, y : tuple of float
        What the axes show, in their own units (log10 on a log axis).
    width, height : float
        Of the area, in pixels; its top left corner is (0, 0).
    log_x, log_y : bool
        Which axis is logarithmic.
    """

    x: Range
    y: Range
    width: float
    height: float
    log_x: bool = False
    log_y: bool = False

    def x_pixels(self, positions: Floats) -> Floats:
        """Return the pixels of positions on the x axis."""
        low, high = self.x
        return (positions - low) * (self.width / (high - low))

    def y_pixels(self, positions: Floats) -> Floats:
        """Return the pixels of positions on the y axis."""
        low, high = self.y
        return (high - positions) * (self.height / (high - low))

    def x_pixel(self, value: float) -> float:
        """Return the pixel of a value; NaN for one that the axis cannot show."""
        return float(self.x_pixels(to_axis(value, self.log_x)))

    def y_pixel(self, value: float) -> float:
        """Return the pixel of a value; NaN for one that the axis cannot show."""
        return float(self.y_pixels(to_axis(value, self.log_y)))

    def x_value(self, pixel: float) -> float:
        """Return the value at a pixel."""
        low, high = self.x
        return from_axis(low + pixel * (high - low) / self.width, self.log_x)

    def y_value(self, pixel: float) -> float:
        """Return the value at a pixel."""
        low, high = self.y
        return from_axis(high - pixel * (high - low) / self.height, self.log_y)
