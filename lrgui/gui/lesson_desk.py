"""Between the lessons and the window: the panel comes and goes, and places are kept."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QBoxLayout

from lrgui.core.lessons import Lesson, Shelf, lessons_in
from lrgui.core.lessons.progress import Progress, from_json, to_json
from lrgui.core.lessons.shelf import FOLDER
from lrgui.gui.lesson_panel import LEAST_WIDTH, WIDTH, LessonPanel
from lrgui.gui.lessons.session import Session
from lrgui.gui.lessons.stage import Stage
from lrgui.gui.pages.page import Page
from lrgui.gui.theme import themes
from lrgui.gui.words import words
from lrgui.resources import resource

if TYPE_CHECKING:
    from lrgui.gui.main_window import MainWindow


_ROOMY = 1200
"""Pixels: in a window that is no wider, the forms are folded while the panel is there."""


_PLAIN_TYPE = 17.0
"""Pixels: a line of type that is not enlarged is no higher."""

_TIGHT = 1060
"""Pixels: up to this width the panel is narrower, too."""


class LessonDesk(QObject):
    """Made when lessons are first wanted. ``session`` is the lesson under way, ``panel`` shows it.

    Parameters
    ----------
    window : MainWindow
        Beside whose pages the panel stands.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.window, self._settings = window, window.settings
        self.folders = shelves(window.settings.profile)
        self.shelf = Shelf((), ())
        self.progress = from_json(self._settings.lessons)
        self.session = Session(Stage(window))
        self.panel = LessonPanel(self.session)
        self.panel.hide()
        whole = window.centralWidget()
        layout = None if whole is None else whole.layout()
        assert isinstance(layout, QBoxLayout)
        layout.addWidget(self.panel)
        self.panel.left.connect(self.leave)
        self.panel.closed.connect(lambda: window.actions_["lessons"].trigger())
        self.panel.contents.chosen.connect(self.open)
        self.session.changed.connect(self._keep)
        words.changed.connect(self._show_contents)
        self._open_forms: set[str] = set()
        for name in window.pages:
            self._join(name, window.pages[name])
        window.pages.built.connect(self._join)
        window.pages.shown.connect(self._make_room)
        window.installEventFilter(self)
        themes.changed.connect(self._make_room)

    def show_panel(self, shown: bool) -> None:
        """Bring the panel, at the place where one was; or put it away."""
        if shown:
            self.shelf = lessons_in(self.folders)
            self._show_contents()
            self.panel.show()
            if self.shelf.find(self._settings.lesson) is not None:
                self.open(self._settings.lesson)
            else:
                self.panel.show_session()
            self.panel.show_lessons()
        else:
            self.session.rest()
            self.panel.hide()
            self._open_forms.clear()
        self._make_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make room again when the window has another size (Qt's hook)."""
        if event.type() == QEvent.Type.Resize and watched is self.window:
            self._make_room()
        return False

    @Slot()
    def _make_room(self) -> None:
        """Where the window is narrow, leave the pictures the room of the forms while the panel is there."""
        wide = WIDTH if self.window.width() > _TIGHT else LEAST_WIDTH
        # Where type is larger, so is the panel; the pages keep most of the window all the same.
        scaled = wide * max(1.0, self.panel.fontMetrics().height() / _PLAIN_TYPE)
        self.panel.setFixedWidth(round(min(scaled, max(wide, 0.36 * self.window.width()))))
        if self.window.presenting:  # the forms are folded there, and unfolded by hand only
            return
        pages, narrow = self.window.pages, self.panel.isVisible() and self.window.width() < _ROOMY
        for name in pages:
            pages[name].fold(narrow and name not in self._open_forms)

    @Slot(str, object)
    def _join(self, name: str, page: Page) -> None:
        page.folding.unfolded_by_hand.connect(self._form_opened)

    @Slot()
    def _form_opened(self) -> None:
        self._open_forms.add(self.window.pages.current)

    @Slot(str)
    def open(self, name: str) -> None:
        """Begin a lesson, or go on with it; one that was finished begins anew."""
        lesson = self.shelf.find(name)
        if lesson is None:
            return
        known = self.progress.get(name, Progress())
        if known.done >= len(lesson.step) and self._settings.lesson != name:
            known = Progress()
        self.open_at(lesson, known)

    def open_at(self, lesson: Lesson, progress: Progress) -> None:
        """Open a lesson at a place."""
        self._settings.lesson = lesson.name
        self.session.open(lesson, progress)

    @Slot()
    def leave(self) -> None:
        """Go back to the list."""
        self._settings.lesson = ""
        self.session.close()
        self._show_contents()
        self.panel.show_session()

    @Slot()
    def _show_contents(self) -> None:
        self.panel.contents.show_shelf(self.shelf, self.progress)

    @Slot()
    def _keep(self) -> None:
        if self.session.lesson is not None:
            self.progress[self.session.lesson.name] = self.session.progress
            self._settings.lessons = to_json(self.progress)


def shelves(profile: Path) -> tuple[Path, ...]:
    """Return the folders with lessons: the program's own, and the one in the profile for those of a teacher."""
    return resource("lessons"), profile / FOLDER
