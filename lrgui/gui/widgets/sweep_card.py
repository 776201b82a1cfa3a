"""The card of a range test's curve: the plot, how to look at it, and the suggestions under it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QSlider, QTabBar, QToolButton

from lrgui.core.messages import Message, say
from lrgui.core.sweeps import Sweep
from lrgui.gui.plots.measured_layer import MeasuredLayer
from lrgui.gui.plots.range_test_plot import RangeTestPlot
from lrgui.gui.plots.sweep_views import ViewName
from lrgui.gui.sizes import px, sized
from lrgui.gui.theme import themes
from lrgui.gui.widgets.card import GAP, Card, label
from lrgui.gui.widgets.suggestion_chips import SuggestionChips
from lrgui.gui.words import add_tab, show, worded

_TABS: dict[ViewName, tuple[Message, Message]] = {
    "loss": (say("Loss, log rate"), say("The loss over the logarithm of the learning rate")),
    "accuracy": (
        say("Accuracy, linear rate"),
        say("The same sweep as Smith first drew it: the accuracy over the learning rate itself"),
    ),
}


class _Slider(QSlider):
    """Gives way where there is little room: the words beside it keep theirs."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a comfortable size (Qt's hook)."""
        return QSize(px(90), super().sizeHint().height())


class SweepCard(Card):
    """``plot`` with ``views`` (which quantity), ``smoothing``, ``callback_view`` and ``chips`` (the suggestions).

    ``measured`` is what was measured at single rates, drawn onto the curve.
    """

    def __init__(self) -> None:
        super().__init__()
        self.plot = RangeTestPlot()
        sized(self.plot.setMinimumHeight, 170)
        self.measured = self.plot.add(
            MeasuredLayer(
                self.plot.data_changed, lambda: self.plot.view.measured == "losses", self.plot.marker.label_rect
            )
        )
        self.plot.suggestions.titled = lambda: not self.measured.told
        self.chips = SuggestionChips()
        self._make_views()
        self._make_smoothing()
        self.callback_view = worded(QCheckBox(), say("as a callback sees it"))
        show(self.callback_view.setAccessibleName, say("as a Keras callback sees it"))
        show(
            self.callback_view.setToolTip,
            say(
                "Lay over it what a callback draws that reads logs['loss']: the mean since the epoch began, averaged "
                "again"
            ),
        )
        self.callback_view.toggled.connect(self.plot.show_callback_view)
        self._uncover = QToolButton()
        show(self._uncover.setAccessibleName, say("Take away the sweeps laid over it"))
        show(self._uncover.setToolTip, say("Take away the sweeps that were laid over this one"))
        self._uncover.clicked.connect(self.uncover)
        self._uncover.hide()
        themes.changed.connect(self._take_colors)
        self._take_colors()
        self._lay_out()

    def _lay_out(self) -> None:
        self.head.addWidget(self.views)
        self.head.addStretch(1)
        self.head.addWidget(self._uncover)
        self.head.addWidget(self.callback_view)
        self.head.addSpacing(GAP)
        self.head.addWidget(label(say("smoothing"), "dim"))
        self.head.addWidget(self.smoothing)
        self.body.addLayout(self.head)
        self.body.addWidget(self.plot, 1)
        self.body.addWidget(self.chips)

    def overlay(self, run_id: str, name: str, sweeps: Sequence[Sweep]) -> None:
        """Lay the sweeps of another run over the plot."""
        self.plot.overlay(run_id, name, sweeps)
        self._uncover.setVisible(len(self.plot.overlays) > 0)

    def offer_accuracy(self, offered: bool) -> None:
        """Offer the view of the accuracy, or not: where a number is predicted there is none."""
        place = list(_TABS).index("accuracy")
        if self.views.isTabVisible(place) != offered:
            self.views.setTabVisible(place, offered)

    def uncover(self) -> None:
        """Take those away again."""
        self.plot.overlays.clear()
        self._uncover.hide()

    def _take_colors(self) -> None:
        self._uncover.setIcon(themes.current.icon("layers-off-outline"))

    def _make_views(self) -> None:
        self.views = QTabBar()
        self.views.setProperty("heading", True)
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        self.views.setUsesScrollButtons(False)
        self.views.setElideMode(Qt.TextElideMode.ElideNone)
        show(self.views.setAccessibleName, say("What is drawn of the sweep"))
        for title, tip in _TABS.values():
            add_tab(self.views, title, tip)
        self.views.currentChanged.connect(lambda tab: self.plot.show_view(list(_TABS)[tab]))

    def _make_smoothing(self) -> None:
        self.smoothing = _Slider()
        self.smoothing.setRange(0, 99)
        self.smoothing.setValue(90)
        sized(self.smoothing.setMinimumWidth, 44)
        show(self.smoothing.setAccessibleName, say("Smoothing of the drawn line"))
        show(self.smoothing.setToolTip, say("Smoothing of the drawn line; what was measured stays as it is"))
        self.smoothing.valueChanged.connect(lambda value: self.plot.set_smoothing(value / 100))
