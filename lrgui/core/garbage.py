"""When Python looks for garbage: not while what is there to stay is made, and never among it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def none_collected() -> Iterator[None]:
    """Look for no garbage meanwhile, and from then on not among what there is by now.

    With TensorFlow imported there are a million objects. To look through them takes 0.2 s, in which no thread of this
    process goes on, the window's neither; and a quarter of the import's own time would go there.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()
