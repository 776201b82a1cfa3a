"""What ``lrgui`` offers to scripts, for those who read types: at run time it is imported when it is asked for."""

from lrgui.script.find import find_learning_rate as find_learning_rate
from lrgui.script.finder import LearningRateFinder as LearningRateFinder

__version__: str
