"""The walks of the gradient-descent page: a path for each walker, computed in slices, and kept while it stays right."""

import time
from collections.abc import Iterator

from lrgui.core.descent import DescentConfig, Path
from lrgui.core.functions import Function, function_of

_BLOCK = 500


class Walks:
    """The paths of a config. What a change leaves as it was is not computed again.

    Parameters
    ----------
    config : DescentConfig
        What is walked on, and who walks.
    """

    def __init__(self, config: DescentConfig) -> None:
        self.config = config
        self.function: Function = function_of(config.function)
        self.paths: tuple[Path, ...] = ()
        self.change(config)

    @property
    def start(self) -> tuple[float, ...]:
        """Where all of them begin."""
        return self.config.start or self.function.start

    @property
    def complete(self) -> bool:
        """Whether all paths are known to their end."""
        return all(path.complete for path in self.paths)

    def change(self, config: DescentConfig) -> None:
        """Follow another config; paths that are the same in both are kept."""
        same = config.function == self.config.function
        if not same:
            self.function = function_of(config.function)
        self.config = config
        kept = list(self.paths) if same else []
        self.paths = tuple(self._path(walker, kept) for walker in config.walkers)

    def _path(self, walker: object, kept: list[Path]) -> Path:
        config = self.config
        for path in kept:
            if (path.walker, path.start, path.steps, path.seed) == (walker, self.start, config.steps, config.seed):
                kept.remove(path)
                return path
        return Path(self.function, self.start, walker, config.steps, config.seed)  # type: ignore[arg-type]

    def advance(self, seconds: float, first: int = 0, step: int = 0) -> None:
        """Compute for so long, or a little longer: what is shown first.

        Parameters
        ----------
        seconds : float
            The time that may be taken.
        first : int
            The walker that is looked at.
        step : int
            How far the paths are shown.
        """
        until = time.perf_counter() + seconds
        for path in self._missing(first, step):
            path.extend_to(min(path.known - 1 + _BLOCK, path.steps))
            if time.perf_counter() >= until:
                return

    def _missing(self, first: int, step: int) -> Iterator[Path]:
        """Yield a path as long as one is not known: up to the step that is shown, then to its end."""
        in_order = sorted(self.paths, key=lambda path: path is not self.paths[first])
        for upto in (step, self.config.steps):
            for path in in_order:
                while not path.complete and path.known <= upto:
                    yield path
