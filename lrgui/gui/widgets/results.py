"""What the selected run has to show, on tabs in one place: the runs, its examples, confusions and surface."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QTabBar, QWidget

from lrgui.core.config import Experiment
from lrgui.core.config.dataset import DatasetChoice
from lrgui.core.confusion import confusion, most_confused
from lrgui.core.events import Examined
from lrgui.core.messages import Message, Text, joined, say
from lrgui.core.runs import Run
from lrgui.gui.sizes import px, sized
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.widgets.confusion_matrix import ConfusionMatrix
from lrgui.gui.widgets.data_table import Column, DataTable
from lrgui.gui.widgets.decision_surface import DecisionSurface
from lrgui.gui.widgets.image_grid import Caption, ImageGrid
from lrgui.gui.words import add_tab, show

_NOTE_WIDTH = 176
_MOST_PAIRS = 5

TABS = (say("Runs"), say("Examples"), say("Confusion"), say("Surface"))
_RUNS, _EXAMPLES, _CONFUSION, _SURFACE = range(len(TABS))
_TIPS = (
    say("All runs of this session"),
    say("Validation examples with what the model answers; wrong ones first"),
    say("Which class was taken for which"),
    say("What the model answers all over the plane"),
)
_NOTHING = say("Here stands what the model answers to the validation examples, when a training has ended.")
_NO_SURFACE = say("There is no surface: the run was stopped, and to draw it would have taken too long.")


class Results(QStackedWidget):
    """The table of runs, and three views of what the selected run answers; ``tabs`` switches between them."""

    def __init__(self, runs: QWidget) -> None:
        super().__init__()
        self._run: Run | None = None
        self._drawn: dict[int, Examined] = {}
        self._empty = label(_NOTHING, "dim")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.images, self.rows = ImageGrid(say("Validation images")), DataTable(say("Validation examples"))
        self.matrix, self.surface = ConfusionMatrix(), DecisionSurface()
        self._examples = QStackedWidget()
        self._examples.addWidget(self.images)
        self._examples.addWidget(self.rows)
        self._wrong, self._confused = _note(), _note()
        self._pairs: Text = ""
        self._views: tuple[QWidget, ...] = (
            runs,
            _beside(self._examples, self._wrong),
            _beside(_scrolled(self.matrix), self._confused),
            self.surface,
        )
        for view in (*self._views, self._empty):
            self.addWidget(view)
        self.matrix.pointed.connect(lambda told: show(self._confused.setText, told or self._pairs))
        self.tabs = self._tab_bar()

    def minimumSizeHint(self) -> QSize:
        """Ask for little: which tab is shown is not to move the plots (Qt's hook)."""
        return QSize(px(200), px(60))

    def sizeHint(self) -> QSize:
        """Ask for the same whatever is shown (Qt's hook)."""
        return QSize(px(600), px(140))

    def _tab_bar(self) -> QTabBar:
        tabs = _Tabs()
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        tabs.setUsesScrollButtons(False)
        show(tabs.setAccessibleName, say("What to show of the run"))
        for title, tip in zip(TABS, _TIPS, strict=True):
            add_tab(tabs, title, tip)
        tabs.setTabVisible(_SURFACE, False)
        tabs.currentChanged.connect(lambda _: self._show())
        return tabs

    def show_run(self, run: Run | None) -> None:
        """Show what a run answers; None where no run is selected."""
        self._run = run
        # Asked twice for the same, Qt forgets that the tabs have to be laid out.
        if self.tabs.isTabVisible(_SURFACE) != (of_points := run is not None and _is_of_points(run)):
            self.tabs.setTabVisible(_SURFACE, of_points)
        self._show()

    def _show(self) -> None:
        """Fill and show the view of the tab; where there is nothing to see, a sentence in its place."""
        tab = self.tabs.currentIndex()
        examined = self._run.examined if self._run is not None else None
        if tab == _RUNS:
            self.setCurrentWidget(self._views[_RUNS])
        elif examined is None or (tab == _SURFACE and examined.surface is None):
            show(self._empty.setText, _NOTHING if examined is None else _NO_SURFACE)
            self.setCurrentWidget(self._empty)
        else:
            if self._drawn.get(tab) is not examined:
                self._drawn[tab] = examined
                {_EXAMPLES: self._show_examples, _CONFUSION: self._show_confusion, _SURFACE: self._show_surface}[tab](
                    examined
                )
            self.setCurrentWidget(self._views[tab])

    def _show_examples(self, examined: Examined) -> None:
        wrong, total = int(np.count_nonzero(examined.labels != examined.predictions)), len(examined.labels)
        note = say(
            "{wrong:,} of {total:,} wrong ({share:percent})\n\nWrong ones first, the surest of them before the others.",
            wrong=wrong,
            total=total,
            share=wrong / max(1, total),
        )
        show(self._wrong.setText, note)
        if examined.inputs.ndim == 4:
            self.images.show_images(examined.inputs, [_caption(examined, int(index)) for index in examined.shown])
            self._examples.setCurrentWidget(self.images)
        else:
            self.rows.show_columns(_columns(examined))
            self._examples.setCurrentWidget(self.rows)

    def _show_confusion(self, examined: Examined) -> None:
        names = examined.class_names
        counts = confusion(examined.labels, examined.predictions, len(names))
        self.matrix.show_counts(counts, names)
        self._pairs = _tell_pairs(counts, names)
        show(self._confused.setText, self._pairs)

    def _show_surface(self, examined: Examined) -> None:
        assert examined.surface is not None
        self.surface.show_surface(examined.surface, examined.class_names)


class _Tabs(QTabBar):
    """Tabs that take the room of all of them, so that the others stay where they are when one is hidden."""

    def sizeHint(self) -> QSize:
        """Count the hidden ones too (Qt's hook)."""
        width = sum(self.tabSizeHint(index).width() for index in range(self.count()))
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Ask for no less (Qt's hook)."""
        return self.sizeHint()


def _note() -> QLabel:
    note = label("", "dim")
    note.setWordWrap(True)
    sized(note.setFixedWidth, _NOTE_WIDTH)
    note.setAlignment(Qt.AlignmentFlag.AlignTop)
    return note


def _scrolled(view: QWidget) -> QScrollArea:
    """Let a view that is higher than its place be scrolled: it is not to push the plots away."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(view)
    return area


def _beside(view: QWidget, note: QLabel) -> QWidget:
    whole = QWidget()
    line = QHBoxLayout(whole)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(2 * GAP)
    line.addWidget(view, 1)
    line.addWidget(note)
    return whole


def _is_of_points(run: Run) -> bool:
    dataset = run.config.dataset if isinstance(run.config, Experiment) else None
    return isinstance(dataset, DatasetChoice) and dataset.kind == "points"


def _caption(examined: Examined, index: int) -> Caption:
    true, predicted = (examined.class_names[column[index]] for column in (examined.labels, examined.predictions))
    values = {"true": true, "predicted": predicted, "output": float(examined.outputs[index])}
    if true == predicted:
        return Caption(predicted, right=True, tip=say("{predicted}, which is right: output {output:.2f}", **values))
    tip = say("taken for {predicted} (output {output:.2f}), is {true}", **values)
    return Caption(predicted, say("is {true}", true=true), right=False, tip=tip)


def _columns(examined: Examined) -> list[Column]:
    names, shown = examined.class_names, examined.shown
    right = [bool(examined.labels[index] == examined.predictions[index]) for index in shown]
    return [
        Column(
            "",
            [say("right") if each else say("wrong") for each in right],
            ["good" if each else "error" for each in right],
        ),
        Column(say("Predicted"), [names[examined.predictions[index]] for index in shown]),
        Column(say("True"), [names[examined.labels[index]] for index in shown]),
        *(Column(name, examined.inputs[:, place]) for place, name in enumerate(examined.feature_names)),
    ]


def _tell_pairs(counts: NDArray[np.int64], names: tuple[str, ...]) -> Message:
    pairs = most_confused(counts, _MOST_PAIRS)
    if not pairs:
        return say("All examples are right.")
    told = [
        say("{true} taken for {predicted}: {count:,}", true=names[true], predicted=names[predicted], count=count)
        for true, predicted, count in pairs
    ]
    return joined((say("Most often confused:"), *told), "\n")
