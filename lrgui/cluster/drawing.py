"""Python's generator of random numbers, left to those who seed it: Dask draws from one of its own."""

import random
import sys

_OTHERS = ("dask", "distributed", "tornado")


def draw_apart() -> None:
    """Give the modules of Dask that are loaded another generator than the one that Keras's layers draw from.

    Dask's thread draws samples to guess how large an answer is. Between a run's seed and the first weights drawn from
    it, that would make them those of another seed.
    """
    own = random.Random()
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in _OTHERS and getattr(module, "random", None) is random:
            module.random = own  # type: ignore[attr-defined]
