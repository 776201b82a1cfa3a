"""One training after the other, as somebody does who tries rates for an hour: memory, threads and files stay flat."""

from lrgui.core.config import TrainingConfig
from lrgui.core.control import Control
from lrgui.core.runs import Run, RunStatus
from lrgui.training.trainer import train
from tests.load.resources import Held, held

RATES = (1e-4, 1e-3, 1e-2)


def retrain(count: int) -> Held:
    """Train so many times, an epoch each, with other rates and seeds; return what is held after it."""
    for number in range(count):
        run = Run("", "training", TrainingConfig(epochs=1, learning_rate=RATES[number % 3], seed=number % 4))
        train(run.config, run.apply, Control())
        assert run.status is RunStatus.FINISHED, run.message
    return held()


def grown(first: int, more: int) -> tuple[Held, Held]:
    """Return what is held after the first trainings, and after so many more."""
    return retrain(first), retrain(more)
