"""Where trainings begin: the state of a model that was just built from a seed, made once for all that share it."""

from lrgui.training.prepared import Prepared
from lrgui.training.states import State, taken, weights_of, with_weights


class Beginnings:
    """The first states of prepared models with the same layers, whatever their optimizers.

    Building a model takes a tenth of a second: the arms of a seed share its weights, and an optimizer is the same at
    the beginning of every seed.
    """

    def __init__(self) -> None:
        self._fresh: dict[Prepared, State] = {}
        self._weights: tuple[int, State] | None = None

    def of(self, prepared: Prepared, seed: int) -> State:
        """Return the state of a model that was just built from this seed; the prepared one may then hold anything."""
        if self._weights is None or self._weights[0] != seed or prepared not in self._fresh:
            prepared.reset(seed)
            self._fresh[prepared], self._weights = taken(prepared), (seed, weights_of(prepared))
        return with_weights(self._weights[1], self._fresh[prepared])
