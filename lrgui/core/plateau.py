"""The rule that lowers the rate when a model no longer gets better."""

import math

from lrgui.core.config.plateau import ReduceOnPlateau


class PlateauRule:
    """Is asked after every epoch, and answers with the product of all its factors so far.

    It decides as ``keras.callbacks.ReduceLROnPlateau`` does, on shares of the rate in place of rates: a schedule goes
    on below it.

    Parameters
    ----------
    choice : ReduceOnPlateau
        When and by how much the rate is lowered.

    Attributes
    ----------
    factor : float
        What the planned rate is multiplied by from the next epoch on; 1 at the start.
    """

    def __init__(self, choice: ReduceOnPlateau) -> None:
        self.factor = 1.0
        self._choice = choice
        # A loss is better when it is lower: turned round, an accuracy is so too.
        self._sign = -1.0 if choice.monitor.endswith("accuracy") else 1.0
        self._best = math.inf
        self._waited = self._cooling = 0

    def lowers(self, value: float) -> bool:
        """Take in what an epoch measured, and return whether the factor is lower now."""
        choice = self._choice
        if self._cooling:
            self._cooling -= 1
            self._waited = 0
        if self._sign * value + choice.min_delta < self._best:
            self._best, self._waited = self._sign * value, 0
            return False
        if self._cooling:
            return False
        self._waited += 1
        if self._waited < choice.patience or self.factor <= choice.floor:
            return False
        self.factor = max(self.factor * choice.factor, choice.floor)
        self._cooling, self._waited = choice.cooldown, 0
        return True
