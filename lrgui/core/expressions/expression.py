"""A formula that has been read: it can be computed for whole arrays, and differentiated."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrgui.core.expressions.derivative import derivative_of
from lrgui.core.expressions.order import ordered
from lrgui.core.expressions.tree import Call, Name, Node, Number


class Expression:
    """A function of named arrays.

    ``text`` is what was typed, ``names`` are the quantities that it may speak of, ``uses`` those that it does.
    """

    def __init__(self, text: str, names: Sequence[str], root: Node) -> None:
        self.text, self.names = text, tuple(names)
        self._root = root

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"

    @property
    def root(self) -> Node:
        """The tree that was read."""
        return self._root

    @cached_property
    def uses(self) -> frozenset[str]:
        """The names that it depends on."""
        return frozenset(node.name for node in self._nodes if isinstance(node, Name))

    def __call__(self, **given: ArrayLike) -> NDArray[np.float64]:
        """Compute it, element by element.

        Parameters
        ----------
        **given : array_like
            A value for each of its names; their shapes are broadcast.

        Returns
        -------
        numpy.ndarray of float64, in the broadcast shape
            Infinite or nan where the formula is; there are no warnings.

        Raises
        ------
        TypeError
            A name is missing.
        """
        if missing := self.uses - given.keys():
            raise TypeError(f"missing {', '.join(sorted(missing))}")
        arrays = {name: np.asarray(value, np.float64) for name, value in given.items()}
        shape = np.broadcast_shapes(*(array.shape for array in arrays.values()))
        with np.errstate(all="ignore"):
            result = self._computed(arrays)
        return np.array(np.broadcast_to(result, shape), np.float64)

    def derivative(self, name: str) -> "Expression":
        """Return its exact derivative by one of its names.

        At a kink (``abs``, ``min``, ``max``) it is that of one side, at a jump (``floor``, a comparison) that beside
        it.

        Raises
        ------
        ValueError
            The formula knows no such name.
        """
        if name not in self.names:
            raise ValueError(f"{name} is none of {', '.join(self.names)}")
        return Expression(f"d({self.text})/d{name}", self.names, derivative_of(self._root, name))

    @cached_property
    def _nodes(self) -> list[Node]:
        return ordered(self._root)

    @cached_property
    def _steps(self) -> list[tuple[Node, list[int], list[int]]]:
        """Each node with the places of its arguments and of those that nobody needs after it."""
        places = {id(node): place for place, node in enumerate(self._nodes)}
        reads = [[places[id(a)] for a in node.arguments] if isinstance(node, Call) else [] for node in self._nodes]
        last = {place: reader for reader, read in enumerate(reads) for place in read}
        frees = [sorted({place for place in read if last[place] == reader}) for reader, read in enumerate(reads)]
        return list(zip(self._nodes, reads, frees, strict=True))

    def _computed(self, arrays: dict[str, NDArray[np.float64]]) -> Any:
        values: list[Any] = []
        for node, reads, frees in self._steps:
            if isinstance(node, Number):
                values.append(np.float64(node.value))
            elif isinstance(node, Name):
                values.append(arrays[node.name])
            else:
                values.append(node.function.compute(*(values[place] for place in reads)))
            for place in frees:
                values[place] = None
        return values[-1]
