"""The window: its frame, menus and status bar, and what concerns all pages. The desks come into it later."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from lrgui import __version__
from lrgui.core.messages import Message, Text
from lrgui.gui.actions import DESCENT_ACTIONS, Actions
from lrgui.gui.ending import FORM, end, remember
from lrgui.gui.help_menu import HelpMenu
from lrgui.gui.menus import fill_menus
from lrgui.gui.pages.frame import PageFrame
from lrgui.gui.pages.making import PAGES, page_makers
from lrgui.gui.pages.stack import PageStack
from lrgui.gui.settings import Settings
from lrgui.gui.theme import ThemeName, themes
from lrgui.gui.widgets.card import label
from lrgui.gui.widgets.lesson_invitation import LessonInvitation
from lrgui.gui.widgets.rail import Rail
from lrgui.gui.widgets.theme_menu import next_theme
from lrgui.gui.words import words

if TYPE_CHECKING:  # what takes long to import comes when the frame has been painted
    from lrgui.gui.compare_desk import CompareDesk
    from lrgui.gui.data_adder import DataAdder
    from lrgui.gui.data_opener import DataOpener
    from lrgui.gui.export_desk import ExportDesk
    from lrgui.gui.history_desk import HistoryDesk
    from lrgui.gui.history_keeper import HistoryKeeper
    from lrgui.gui.lesson_desk import LessonDesk
    from lrgui.gui.loading_desk import LoadingDesk
    from lrgui.gui.model_opener import ModelOpener
    from lrgui.gui.next_class import NextClass
    from lrgui.gui.opening import Opener
    from lrgui.gui.pages.page import Page
    from lrgui.gui.pages.range_test import RangeTestPage
    from lrgui.gui.pages.training import TrainingPage
    from lrgui.gui.presentation import Presentation
    from lrgui.gui.run_desk import RunDesk
    from lrgui.gui.safety import Safety
    from lrgui.gui.widgets.notice_bar import NoticeBar, Way
    from lrgui.worker import Jobs, Runner

_LATER = ("add_data", "keep_schedule", "copy_schedule", *DESCENT_ACTIONS, "larger", "smaller")
"""Actions that mean nothing until what they are about is there."""

_TITLE = "Learning-Rate Lab"

# The window paints first; then TensorFlow's import may take the processor.
_LOAD_AFTER_MS = 100
# For a sentence that is told again in another language.
_TOLD_MS = 8000


class MainWindow(QMainWindow):
    """The window of the program.

    ``furnishing.furnish`` gives it ``runner``, ``jobs`` and the desks; until then it is a frame that does nothing.

    Parameters
    ----------
    settings : Settings
        What it remembers.
    """

    runner: "Runner"
    jobs: "Jobs"
    desk: "RunDesk"
    compare_desk: "CompareDesk"
    history: "HistoryKeeper"
    history_desk: "HistoryDesk"
    export_desk: "ExportDesk"
    adder: "DataAdder"
    opener: "Opener"
    model_opener: "ModelOpener"
    data_opener: "DataOpener"

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self._complete = False
        self._told: Text = ""
        self.notice: NoticeBar | None = None
        self.lessons: LessonDesk | None = None
        self.presentation: Presentation | None = None
        self.next_class: NextClass | None = None
        self.loading: LoadingDesk | None = None
        self.safety: Safety | None = None
        self.actions_ = Actions(self)
        self.pages = PageStack(page_makers(self))
        self.setWindowTitle(_TITLE)
        self.setMinimumSize(1024, 576)
        self._lay_out()
        self._make_menus()
        self._connect_actions()
        for name in _LATER:
            self.actions_[name].setEnabled(False)
        self.resize(1280, 800)
        self.restoreGeometry(settings.layout("window"))
        self.actions_["show_find"].setChecked(True)
        self.pages.hold(PageFrame(settings.heights(FORM), settings.layout("find"), settings.layout("find_pictures")))

    def complete(self, first_page: str) -> None:
        """Show the first page: all desks are there."""
        self.pages.built.connect(self._restore_layout)
        self.pages.show_page(first_page)
        self._complete = True
        if self.isVisible():
            self._begin_work()

    @property
    def find_page(self) -> "RangeTestPage":
        """The page of the range test."""
        return cast("RangeTestPage", self.pages["find"])

    @property
    def train_page(self) -> "TrainingPage":
        """The page of training."""
        return cast("TrainingPage", self.pages["train"])

    def _lay_out(self) -> None:
        pages = [self.actions_[f"show_{name}"] for name in PAGES]
        rail = Rail(pages, [self.actions_[name] for name in ("lessons", "theme", "present")])
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(rail)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(12, 10, 12, 8)
        self._column.setSpacing(8)
        self._column.addWidget(self.pages)
        line.addLayout(self._column, 1)
        self.setCentralWidget(whole)
        self.note = label("")
        self.statusBar().setContentsMargins(12, 0, 12, 0)
        self.statusBar().addWidget(self.note, 1)
        # Qt hides it while a message is told, but shows it again, under the message, when the bar becomes higher.
        self.statusBar().messageChanged.connect(lambda told: self.note.setVisible(not told))
        if not self.settings.lessons:
            self.statusBar().addPermanentWidget(LessonInvitation(self.actions_["lessons"]))
        self.statusBar().addPermanentWidget(label(f"lrgui {__version__}"))
        self.statusBar().setSizeGripEnabled(False)

    def _make_menus(self) -> None:
        languages, looks = fill_menus(self.menuBar(), self.actions_)
        languages.chosen.connect(self._switch_language)
        looks.chosen.connect(self._use_theme)
        HelpMenu(self)

    def _connect_actions(self) -> None:
        slots = {
            "cores": self._choose_cores,
            "reset_view": self._reset_view,
            "present": self._present,
            "next_class": self._clear_for_next_class,
            "lessons": self._show_lessons,
            "theme": self._switch_theme,
            "quit": self.close,
        }
        for name, slot in slots.items():
            self.actions_[name].triggered.connect(slot)
        for name in PAGES:
            self.actions_[f"show_{name}"].triggered.connect(lambda _=False, name=name: self.pages.show_page(name))
        self.pages.shown.connect(lambda name: self.actions_[f"show_{name}"].setChecked(True))

    def showEvent(self, event: QShowEvent) -> None:
        """Start what is slow once the window is up (Qt's hook)."""
        super().showEvent(event)
        if self._complete:
            self._begin_work()

    def _begin_work(self) -> None:
        self.find_page.button.setFocus()
        if self.loading is None:
            from lrgui.gui.loading_desk import LoadingDesk

            self.loading = LoadingDesk(self, self._column)
            QTimer.singleShot(_LOAD_AFTER_MS, self, self._load)

    @Slot()
    def _load(self) -> None:
        """Open and load what nobody had to wait for, and build the page that comes next."""
        from lrgui.gui.safety import Safety

        self.safety = Safety(self, self._column)
        self.history.store.open()
        cast("LoadingDesk", self.loading).begin()
        self.pages["train"]

    def notify(self, told: Message, *ways: "Way") -> None:
        """Let a sentence stand over the pages until it is put away, with what can be done about it as buttons."""
        if self.notice is None:
            from lrgui.gui.widgets.notice_bar import NoticeBar

            self.notice = NoticeBar()
            self._column.insertWidget(0, self.notice)
        self.notice.tell(told, *ways)

    @Slot(object)
    def notify_of(self, told: Message) -> None:
        """Do so with a sentence about which nothing can be done."""
        self.notify(told)

    @Slot(object, int)
    def tell(self, told: Text, stay_ms: int = 0) -> None:
        """Let a sentence stand in the status bar for a while; 0 for until the next one."""
        self._told = told
        self.statusBar().showMessage(str(told), stay_ms)

    @Slot(str)
    def put_away(self, text: str) -> None:
        """Put a sentence away that is over; another one stays."""
        if self.notice is not None and text and self.notice.text == text:
            self.notice.hide()

    @Slot()
    def _choose_cores(self) -> None:
        from lrgui.gui.cores_dialog import CoresDialog

        dialog = CoresDialog(self, self.settings.threads, loaded=self.loading is not None)
        dialog.accepted.connect(lambda: setattr(self.settings, "threads", dialog.threads()))
        dialog.open()

    def _show_lessons(self, shown: bool) -> None:
        if self.lessons is None:
            from lrgui.gui.lesson_desk import LessonDesk

            self.lessons = LessonDesk(self)
        self.lessons.show_panel(shown)

    def _reset_view(self) -> None:
        self.pages[self.pages.current].reset_view()

    def _present(self, full: bool) -> None:
        if self.presentation is None:
            from lrgui.gui.presentation import Presentation

            self.presentation = Presentation(self)
        if full:
            self.presentation.begin()
        else:
            self.presentation.end()

    @property
    def whole(self) -> bool:
        """Whether all that belongs to it has come."""
        return self._complete

    @property
    def importing(self) -> bool:
        """Whether a thread is in the middle of TensorFlow's import."""
        return self._complete and self.runner.importing

    @property
    def presenting(self) -> bool:
        """Whether a class is looking at it."""
        return self.presentation is not None and self.presentation.going

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the presentation at Escape, when nothing that runs is stopped by it (Qt's hook)."""
        if event.key() == Qt.Key.Key_Escape and self.presenting:
            self.actions_["present"].trigger()
        else:
            super().keyPressEvent(event)

    def _clear_for_next_class(self) -> None:
        if self.next_class is None:
            from lrgui.gui.next_class import NextClass

            self.next_class = NextClass(self)
        self.next_class.clear()

    def _switch_theme(self) -> None:
        self._use_theme(next_theme())

    @Slot(str)
    def _use_theme(self, wanted: ThemeName) -> None:
        themes.use(wanted)
        self.settings.theme = wanted

    @Slot(str)
    def _switch_language(self, language: str) -> None:
        words.use(language)
        self.settings.language = language
        if self.statusBar().currentMessage():
            self.tell(self._told, _TOLD_MS)

    @Slot(str, object)
    def _restore_layout(self, name: str, page: "Page") -> None:
        for part, splitter in page.splitters().items():
            state: QByteArray = self.settings.layout(name + part)
            if not state.isEmpty():
                splitter.restoreState(state)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End what goes on, and close unless that takes longer (Qt's hook)."""
        if not self._complete:  # there is nothing to lose yet
            super().closeEvent(event)
        else:
            event.setAccepted(end(self))

    def remember(self) -> None:
        """Write down how it lies and what its forms say."""
        remember(self)
