"""The dialog that shows data and model before a run, and follows the form."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from lrgui.core.config import Experiment
from lrgui.core.config.dataset import ProvidedDataset
from lrgui.core.data_summary import STATISTICS, DataSummary
from lrgui.core.events import Described, Event, Failed, Progressed
from lrgui.core.messages import Message, Text, joined, say
from lrgui.gui.sizes import sized
from lrgui.gui.widgets.card import GAP, Card, label
from lrgui.gui.widgets.class_histogram import ClassHistogram
from lrgui.gui.widgets.data_table import Column, DataTable
from lrgui.gui.widgets.decision_surface import DecisionSurface
from lrgui.gui.widgets.image_grid import Caption, ImageGrid
from lrgui.gui.widgets.model_summary import ModelSummaryView
from lrgui.gui.words import show, worded

_LOOKING = say("Looking ...")
_UNEQUAL = 3
"""Classes that differ by so much in size are told of."""
_TITLES = {
    "min": say("min"),
    "mean": say("mean"),
    "max": say("max"),
    "standard deviation": say("standard deviation"),
    "missing": say("missing"),
}


class PreviewDialog(QDialog):
    """A few examples, what they count, and the model's layers.

    ``fetch_asked`` tells that the data are to be downloaded, ``cancel_asked`` that they are not after all, and
    ``hidden`` that nobody looks any longer.
    """

    fetch_asked = Signal()
    cancel_asked = Signal()
    hidden = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("preview_dialog")
        show(self.setWindowTitle, say("Preview"))
        self.setModal(False)
        self.resize(1040, 570)
        self.setMinimumSize(720, 440)
        self._downloads = False
        self._lay_out()

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(self._data_card(), 6)
        columns.addWidget(self._model_card(), 5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 10)
        whole.setSpacing(GAP)
        whole.addLayout(columns, 1)
        whole.addLayout(self._foot())

    def _data_card(self) -> Card:
        card = Card()
        self.title, self.counts = label("", "title"), label("", "dim")
        self.how_read = label("", "dim")
        self.how_read.setWordWrap(True)
        self.how_read.hide()
        self.note = label(_LOOKING, "dim")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.images, self.plane = ImageGrid(say("Training images")), DecisionSurface()
        show(self.plane.setAccessibleName, say("Training examples in the plane"))
        self.rows = DataTable(say("Training examples"))
        self.statistics = DataTable(say("Statistics of the columns"), stretched=0)
        self._examples = QStackedWidget()
        for view in (self.note, self.images, self.plane, self._tables()):
            self._examples.addWidget(view)
        self.histogram = ClassHistogram()
        card.body.addWidget(self.title)
        card.body.addWidget(self.counts)
        card.body.addWidget(self.how_read)
        card.body.addWidget(self._examples, 1)
        card.body.addWidget(self.histogram)
        return card

    def _tables(self) -> QWidget:
        self._both = QWidget()
        column = QVBoxLayout(self._both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.rows, 1)
        column.addWidget(self.statistics, 1)
        return self._both

    def _model_card(self) -> Card:
        card = Card(say("Model"))
        self.model = ModelSummaryView()
        card.body.addWidget(self.model, 1)
        return card

    def _foot(self) -> QHBoxLayout:
        self.status = label("", "dim")
        self._bar = QProgressBar(textVisible=False)
        show(self._bar.setAccessibleName, say("Progress of the download"))
        sized(self._bar.setFixedWidth, 160)
        self.fetch_button = worded(QPushButton(), say("Download"))
        self.cancel_button = worded(QPushButton(), say("Cancel the download"))
        self.fetch_button.clicked.connect(self.fetch_asked)
        self.cancel_button.clicked.connect(self.cancel_asked)
        close = worded(QPushButton(), say("Close"))
        close.clicked.connect(self.close)
        for button in (self.fetch_button, self.cancel_button, close):
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.status, 1)
        for widget in (self._bar, self.fetch_button, self.cancel_button, close):
            foot.addWidget(widget)
        self._offer()
        return foot

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that nobody looks any longer (Qt's hook)."""
        super().hideEvent(event)
        if not event.spontaneous():  # as it is when the desktop minimizes it
            self.hidden.emit()

    def expect(self, config: Experiment | None, *, looking: bool = True) -> None:
        """Say that another experiment is being looked at; None while the form says nothing that could be.

        Without ``looking`` it is the one that is shown already.
        """
        if config is None:
            show(self.status.setText, say("The form has a field to put right; this is what it said before."))
        elif looking:
            self._offer()
            show(self.status.setText, _LOOKING)
            self._downloads = isinstance(config.dataset, ProvidedDataset)
            # What is said of other data is not to stand under the title of these.
            if self._examples.currentWidget() is self.note or self.title.text() != str(config.dataset.label):
                self._show_nothing(_LOOKING)
            show(self.title.setText, config.dataset.label)
        elif self.cancel_button.isHidden():
            show(self.status.setText, "")

    def take(self, event: Event) -> None:
        """Show what an inspection says."""
        match event:
            case Progressed():
                self._offer(cancel=True)
                show(self.status.setText, event.message)
                self._bar.setRange(0, 0 if event.fraction is None else 1000)
                self._bar.setValue(round(1000 * (event.fraction or 0)))
            case Described():
                self._offer(fetch=event.note is not None and self._downloads)
                show(self.status.setText, "")
                self.model.show_model(event.model)
                if event.data is not None:
                    self._show_data(event.data)
                else:
                    self._show_nothing(event.note or "")
            case Failed():
                self._offer()
                show(self.status.setText, "")
                self._show_nothing(event.message, wrong=True)

    def _offer(self, *, fetch: bool = False, cancel: bool = False) -> None:
        """Offer to begin a download or to give it up, or neither."""
        self.fetch_button.setVisible(fetch)
        self.cancel_button.setVisible(cancel)
        self._bar.setVisible(cancel)

    def _show_nothing(self, why: Text, *, wrong: bool = False) -> None:
        self.note.setProperty("meaning", "error" if wrong else "dim")
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)
        show(self.counts.setText, "")
        self.how_read.hide()
        show(self.note.setText, why)
        self._examples.setCurrentWidget(self.note)
        self.histogram.hide()

    def _show_data(self, data: DataSummary) -> None:
        told = say(
            "{training:,} examples to train on, {validation:,} to validate  ·  {target}  ·  {shape}",
            training=data.training_examples,
            validation=data.validation_examples,
            target=_tell_target(data),
            shape=_tell_shape(data),
        )
        show(self.counts.setText, told)
        show(self.how_read.setText, joined(_notes(data), "  ·  "))
        self.how_read.setVisible(bool(_notes(data)))
        self.histogram.show_counts(data.class_counts, data.class_names)
        self.histogram.setVisible(len(data.class_names) > 0)
        if data.kind == "images":
            self.images.show_images(data.inputs, [Caption(_told_label(data, each)) for each in data.labels])
            self._examples.setCurrentWidget(self.images)
        elif data.kind == "points":
            self.plane.show_points(data.inputs, data.labels, data.class_names)
            self._examples.setCurrentWidget(self.plane)
        else:
            self._show_tables(data)

    def _show_tables(self, data: DataSummary) -> None:
        if data.class_names:
            target = Column(say("Class"), [data.class_names[number] for number in data.labels])
        else:
            target = Column(say("Target"), data.labels)
        features = [Column(name, data.inputs[:, place]) for place, name in enumerate(data.feature_names)]
        self.rows.show_columns([target, *features])
        names = Column(say("Column"), data.feature_names)
        self.statistics.show_columns([names, *(Column(_TITLES[name], data.statistics[name]) for name in STATISTICS)])
        self._examples.setCurrentWidget(self._both)


def _tell_target(data: DataSummary) -> Message:
    return say("{count} classes", count=len(data.class_names)) if data.class_names else say("a number to predict")


def _told_label(data: DataSummary, each: Any) -> str:
    return data.class_names[each] if data.class_names else f"{each:.4g}"


def _notes(data: DataSummary) -> list[Message]:
    """Return what is to be said of how the data were read, and of classes that are unequally large."""
    notes = list(data.notes)
    counts = data.class_counts
    if len(counts) and counts.max() >= _UNEQUAL * max(1, counts.min()):
        times = float(counts.max()) / max(1, int(counts.min()))
        weighted = (
            say("weighted so that all count the same")
            if data.class_weights
            else say("class weights, in the form, would let all count the same")
        )
        notes.append(say("The largest class has {times:.1f} times the examples of the smallest: {weighted}.",
                         times=times, weighted=weighted))  # fmt: skip
    return notes


def _tell_shape(data: DataSummary) -> Message:
    if data.kind != "images":
        return say("{count} columns", count=data.inputs.shape[1])
    height, width, channels = data.inputs.shape[1:]
    colours = say("grey") if channels == 1 else say("colour")
    return say("{width} x {height} pixels, {colours}", width=width, height=height, colours=colours)
