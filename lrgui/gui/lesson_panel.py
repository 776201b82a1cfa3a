"""The panel of lessons beside the pages: a list of them, or the step of one with back and next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lrgui.core.lessons.texts import in_language
from lrgui.core.messages import say
from lrgui.gui.lessons.contents import Contents
from lrgui.gui.lessons.session import Session
from lrgui.gui.lessons.step_view import StepView
from lrgui.gui.theme import themes
from lrgui.gui.widgets.card import GAP
from lrgui.gui.widgets.eliding_label import ElidingLabel
from lrgui.gui.words import show, worded, words

WIDTH, LEAST_WIDTH = 300, 256


class LessonPanel(QFrame):
    """Shows a session, and hands on what a person asks for.

    ``left`` tells that the list of lessons is wanted, ``closed`` that the panel is to go.
    """

    left = Signal()
    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("lesson_panel")
        self._session = session
        self.contents, self.view = Contents(), StepView(session)
        self.title = ElidingLabel()
        self.title.setProperty("level", "title")
        self.close_button = QToolButton()
        show(self.close_button.setAccessibleName, say("Close the lessons"))
        show(self.close_button.setToolTip, say("Close the lessons; the place is kept (F1)"))
        self.list_button = worded(QPushButton(), say("All lessons"))
        self.list_button.setProperty("link", True)
        self.back, self.next = worded(QPushButton(), say("Back")), worded(QPushButton(), say("Next"))
        self.place, self.bar = QLabel(), QProgressBar()
        self._pages, self._lesson = QStackedWidget(), QWidget()
        self._lay_out()
        self._connect()
        self._take_colors()

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        self.bar.setTextVisible(False)
        show(self.bar.setAccessibleName, say("Progress of the lesson"))
        self.place.setProperty("level", "note")
        where = QHBoxLayout()
        where.addWidget(self.list_button)
        where.addStretch(1)
        where.addWidget(self.place)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.next)
        steps = QVBoxLayout(self._lesson)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(GAP)
        steps.addLayout(where)
        steps.addWidget(self.bar)
        steps.addWidget(self.view, 1)
        steps.addLayout(foot)
        for page in (self.contents, self._lesson):
            self._pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 10, 12, 12)
        whole.setSpacing(GAP)
        whole.addLayout(head)
        whole.addWidget(self._pages, 1)

    def _connect(self) -> None:
        session = self._session
        session.changed.connect(self.show_session)
        session.ticked.connect(self._reveal)
        self.view.asked_to_do.connect(session.do_it)
        self.back.clicked.connect(lambda: session.go_to(session.progress.place - 1))
        self.next.clicked.connect(self._go_on)
        self.list_button.clicked.connect(self.left)
        self.close_button.clicked.connect(self.closed)
        themes.changed.connect(self._take_colors)
        words.changed.connect(self.show_session)

    def _take_colors(self) -> None:
        self.close_button.setIcon(themes.current.icon("close"))

    def _go_on(self) -> None:
        session = self._session
        if session.lesson is not None and session.progress.place == len(session.lesson.step) - 1:
            self.left.emit()
        else:
            session.next()

    def show_session(self) -> None:
        """Show the step of now, or the list where no lesson is open."""
        session = self._session
        if session.lesson is None:
            show(self.title.setText, say("Lessons"))
            self._pages.setCurrentWidget(self.contents)
            return
        steps, place = len(session.lesson.step), session.progress.place
        show(self.title.setText, in_language(session.lesson.title, words.language))
        show(self.place.setText, say("Step {number} of {steps}", number=place + 1, steps=steps))
        self.bar.setMaximum(steps)
        self.bar.setValue(session.progress.done)
        self.back.setEnabled(place > 0)
        show(self.next.setText, say("Finish") if place == steps - 1 else say("Next"))
        self._set_primary(self.next, session.record.done)
        self._set_primary(self.view.question.button, session.asks)
        self._set_primary(self.view.do_button, not session.record.done and not session.asks)
        self._pages.setCurrentWidget(self._lesson)
        self.view.show_step()

    @staticmethod
    def _set_primary(button: QPushButton, primary: bool) -> None:
        """Paint the next thing to do in the accent colour."""
        if bool(button.property("primary")) != primary:
            button.setProperty("primary", primary)
            button.style().unpolish(button)
            button.style().polish(button)

    def _reveal(self) -> None:
        self.view.show_step()
        self.view.reveal()

    def show_lessons(self) -> None:
        """Put the keys where they are of use: on the first lesson, or on what comes next in one."""
        wanted = self.next if self._session.lesson is not None else next(iter(self.contents.buttons.values()), None)
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
