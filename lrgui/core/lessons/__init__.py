"""Lessons: short sequences of steps that are read from files, each with what to do, what to guess and what is seen."""

from lrgui.core.lessons.lesson import Lesson, Step
from lrgui.core.lessons.reading import read_lesson
from lrgui.core.lessons.shelf import Shelf, lessons_in

__all__ = ["Lesson", "Shelf", "Step", "lessons_in", "read_lesson"]
