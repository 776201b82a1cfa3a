"""Learning-Rate Lab: see what the learning rate does, find a good one, and train with it.

``find_learning_rate`` and ``LearningRateFinder`` are for scripts and notebooks. Importing this package imports neither
Qt nor TensorFlow: they come when one of the two is first asked for.
"""

from typing import Any

__version__ = "0.1.0"

_HOMES = {"find_learning_rate": "lrgui.script.find", "LearningRateFinder": "lrgui.script.finder"}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
