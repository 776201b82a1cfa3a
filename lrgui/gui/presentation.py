"""The window before a class: the whole screen, large type, thick lines, no forms, and runs slow enough to follow."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from lrgui.core.control import FULL_SPEED
from lrgui.gui.pages.page import Page
from lrgui.gui.settings import LARGEST_TYPE, SMALLEST_TYPE
from lrgui.gui.theme import themes
from lrgui.gui.widgets.lesson_invitation import LessonInvitation
from lrgui.gui.widgets.type_slider import TypeSlider

if TYPE_CHECKING:
    from lrgui.gui.main_window import MainWindow

PACE = 20.0
"""Steps a second that runs begin with: a class sees each."""

_STEP = 0.1


class Presentation(QObject):
    """Begins and ends it, and puts everything back as it was. ``going`` tells that it is under way.

    Parameters
    ----------
    window : MainWindow
        What is presented.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.window, self.going = window, False
        self._state = Qt.WindowState.WindowNoState
        self._pace: float | None = FULL_SPEED
        self._folded: set[str] = set()
        self._invitations: list[LessonInvitation] = []
        self.slider = TypeSlider(window.actions_["present"])
        self.slider.picked.connect(self.show_scale)
        window.statusBar().addPermanentWidget(self.slider)
        self.slider.hide()
        window.actions_["larger"].triggered.connect(lambda: self.show_scale(self.scale + _STEP))
        window.actions_["smaller"].triggered.connect(lambda: self.show_scale(self.scale - _STEP))
        window.pages.built.connect(self._join)

    @property
    def scale(self) -> float:
        """How many times as large as plain everything is in a presentation; kept."""
        return self.window.settings.type_size

    @Slot(float)
    def show_scale(self, scale: float) -> None:
        """Make everything larger or smaller."""
        scale = round(min(max(scale, SMALLEST_TYPE), LARGEST_TYPE), 2)
        self.window.settings.type_size = scale
        self.slider.show_scale(scale)
        for name, end in (("larger", LARGEST_TYPE), ("smaller", SMALLEST_TYPE)):
            self.window.actions_[name].setEnabled(self.going and scale != end)
        if self.going:
            themes.enlarge(scale, far=True)

    def begin(self) -> None:
        """Fill the screen."""
        if self.going:
            return
        window = self.window
        self.going = True
        self._state, self._pace = window.windowState(), window.runner.pace
        window.showFullScreen()
        self._folded = {name for name in window.pages if window.pages[name].folding.folded}
        for name in window.pages:
            window.pages[name].fold(True)
        if plots := window.pages[window.pages.current].plots:
            plots[0].setFocus()  # else it would go to the next widget behind the form
        if self._pace == FULL_SPEED:
            window.desk.set_pace(PACE)
        self.slider.show()
        self._invitations = [one for one in window.findChildren(LessonInvitation) if not one.isHidden()]
        self._invite(False)
        self.show_scale(self.scale)

    def end(self) -> None:
        """Be a window again, with the forms and the pace that it had."""
        if not self.going:
            return
        window = self.window
        self.going = False
        self.slider.hide()
        self._invite(True)
        self.show_scale(self.scale)
        themes.enlarge(1.0, far=False)
        for name in window.pages:
            window.pages[name].fold(name in self._folded)
        if window.runner.pace == PACE:
            window.desk.set_pace(self._pace)
        window.setWindowState(self._state & ~Qt.WindowState.WindowFullScreen)

    def _invite(self, shown: bool) -> None:
        """Leave the foot of the window to the presentation."""
        for invitation in self._invitations:
            invitation.setVisible(shown)

    @Slot(str, object)
    def _join(self, name: str, page: Page) -> None:
        if self.going:
            page.fold(True)
