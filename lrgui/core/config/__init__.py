"""What is asked of a run: frozen models whose fields are declared once and shown everywhere."""

from lrgui.core.config.arm import Arm
from lrgui.core.config.base import Choice, Config
from lrgui.core.config.comparison import ComparisonConfig, ComparisonGround
from lrgui.core.config.dataset import DATASETS, OWN_DATA, Dataset
from lrgui.core.config.execution import Execution
from lrgui.core.config.experiment import Experiment
from lrgui.core.config.loss import LOSSES, Loss
from lrgui.core.config.model import MODELS, Model
from lrgui.core.config.optimizer import OPTIMIZERS, Optimizer
from lrgui.core.config.plateau import PLATEAUS, Plateau
from lrgui.core.config.range_test import RangeTestConfig
from lrgui.core.config.schedule import SCHEDULES, Schedule
from lrgui.core.config.training import TrainingConfig

__all__ = [
    "DATASETS",
    "LOSSES",
    "MODELS",
    "OPTIMIZERS",
    "OWN_DATA",
    "PLATEAUS",
    "SCHEDULES",
    "Arm",
    "Choice",
    "ComparisonConfig",
    "ComparisonGround",
    "Config",
    "Dataset",
    "Execution",
    "Experiment",
    "Loss",
    "Model",
    "Optimizer",
    "Plateau",
    "RangeTestConfig",
    "Schedule",
    "TrainingConfig",
]
