"""The jobs that the window and the command line hand out; TensorFlow is imported when one of them runs, not before."""

from collections.abc import Callable
from typing import Any

from lrgui.core.control import Control
from lrgui.core.events import Emit

Job = Callable[[Any, Emit, Control], None]


def find(config: Any, emit: Emit, control: Control) -> None:
    """Sweep the learning rate: ``config`` is a ``RangeTestConfig``."""
    from lrgui.training.trainer import range_test

    range_test(config, emit, control)


def train(config: Any, emit: Emit, control: Control) -> None:
    """Train at a constant rate: ``config`` is a ``TrainingConfig``."""
    from lrgui.training.trainer import train

    train(config, emit, control)


def load_training() -> None:
    """Import all that a run needs, so that the first one does not wait for it."""
    import lrgui.training.trainer  # noqa: F401
