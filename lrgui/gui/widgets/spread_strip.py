"""The strip over the plots that tells of runs somewhere else: where, how many workers, how far they have come."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from lrgui.core.config.place import PlaceChoice
from lrgui.core.events import Spread
from lrgui.core.messages import Message, Text, say
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.words import show, worded

_IDLE = say("No run is going there.")


class SpreadStrip(QFrame):
    """Counts of runs in a sentence, a sentence on workers that were lost, and the way to Dask's own page.

    Parameters
    ----------
    places : QAction
        Asks where runs are to go.
    """

    def __init__(self, places: QAction) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._last: Spread | None = None
        self._lost = 0
        self.told, self.note = label("", "title"), label("", "note")
        for text in (self.told, self.note):
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.dashboard = self._link(say("Dashboard"), say("Open Dask's own page on its workers in the browser"))
        self.change = self._link(say("Change ..."), say("Choose where runs are carried out"))
        self.dashboard.clicked.connect(self._open_dashboard)
        self.change.clicked.connect(places.trigger)
        self._lay_out()

    @staticmethod
    def _link(text: Text, tip: Text) -> QPushButton:
        link = worded(QPushButton(), text)
        link.setProperty("link", True)
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        show(link.setToolTip, tip)
        return link

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.told)
        texts.addWidget(self.note)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 6, 14, 6)
        line.setSpacing(2 * GAP)
        line.addLayout(texts, 1)
        line.addWidget(self.dashboard)
        line.addWidget(self.change)

    def tell(self, place: PlaceChoice, spread: Spread | None, *, over: bool = False) -> None:
        """Show how far the runs at a place are, None before the first has begun, or how far they came till ``over``."""
        self._note_lost_workers(spread)
        self._last = spread
        told: Text = _IDLE if spread is None else _result(spread) if over else spread.message
        show(self.told.setText, say("{place:capital}: {told}", place=place.label, told=told))
        address = "" if spread is None else spread.dashboard
        self.dashboard.setVisible(bool(address))

    def _note_lost_workers(self, spread: Spread | None) -> None:
        """Say of workers that are gone what becomes of their runs, until another run begins."""
        if spread is None:
            self._lost = 0
        elif self._last is not None and _is_going(spread):
            self._lost += max(0, self._last.workers - spread.workers)
        told: Text = ""
        if self._lost:
            told = (
                say("A worker was lost. Its run is begun again by another.")
                if self._lost == 1
                else say("{count} workers were lost. Their runs are begun again by others.", count=self._lost)
            )
            if spread is not None and not spread.workers and _is_going(spread):
                told = say("No worker is left: the runs wait for one.")
        show(self.note.setText, told)
        self.note.setVisible(bool(told))

    def _open_dashboard(self) -> None:
        if self._last is not None and self._last.dashboard:
            QDesktopServices.openUrl(QUrl(self._last.dashboard))


def _result(spread: Spread) -> Message:
    """Say what became of all runs; those that a stop has met may have been counted as running."""
    left = spread.running + spread.waiting
    return say("done {done:,}, failed {failed:,}, left {left:,}", done=spread.done, failed=spread.failed, left=left)


def _is_going(spread: Spread) -> bool:
    return bool(spread.running or spread.waiting)
