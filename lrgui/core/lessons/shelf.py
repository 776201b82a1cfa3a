"""All lessons that there are: those of the program, and those that a teacher has put beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lrgui.core.lessons.lesson import Lesson
from lrgui.core.lessons.reading import read_lesson
from lrgui.core.messages import Message, Refused

FOLDER = "lessons"
"""The folder for them in the profile."""


@dataclass(frozen=True)
class Shelf:
    """Lessons in their order, and what is wrong with the files that could not be read."""

    lessons: tuple[Lesson, ...]
    problems: tuple[Message, ...]

    def find(self, name: str) -> Lesson | None:
        """Return the lesson of a name."""
        return next((lesson for lesson in self.lessons if lesson.name == name), None)


def lessons_in(folders: Iterable[Path]) -> Shelf:
    """Read all lessons in some folders; one of a later folder takes the place of one with the same name before it."""
    lessons: dict[str, Lesson] = {}
    problems: list[Message] = []
    for folder in folders:
        for file in sorted(folder.glob("*.toml")):
            try:
                lessons[file.stem] = read_lesson(file)
            except Refused as refused:
                problems.append(refused.message)
    ordered = sorted(lessons.values(), key=lambda lesson: (lesson.order, lesson.name))
    return Shelf(tuple(ordered), tuple(problems))
