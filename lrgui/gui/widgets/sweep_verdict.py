"""The card of what came of a sweep: the verdict, the rate of the marker, and what can be done with that."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from lrgui.core.config import TrainingConfig
from lrgui.core.config.fields import field_specs
from lrgui.core.messages import Text, say
from lrgui.gui.actions import Actions
from lrgui.gui.sizes import sized
from lrgui.gui.widgets.action_button import ActionButton
from lrgui.gui.widgets.card import Card, label
from lrgui.gui.widgets.fields import NumberField
from lrgui.gui.words import show

_RATE_SPEC = next(spec for spec in field_specs(TrainingConfig) if spec.name == "learning_rate")


class SweepVerdict(Card):
    """``verdict`` and ``reason`` beside ``rate_field``, ``train_button`` and ``confirm_button``."""

    def __init__(self, actions: Actions, verdict: Text, reason: Text) -> None:
        super().__init__()
        self.verdict, self.reason = label(verdict, "verdict"), label(reason, "dim")
        for told in (self.verdict, self.reason):
            told.setWordWrap(True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.rate_field = NumberField(_RATE_SPEC)
        self.train_button, self.confirm_button = (
            ActionButton(actions["train"], "play"),
            ActionButton(actions["confirm"]),
        )
        sized(self.rate_field.setFixedWidth, 92)
        show(self.rate_field.setAccessibleName, say("Learning rate of the marker"))
        show(self.rate_field.setToolTip, say("The rate of the marker: type one, 3e-4 for example, or drag the marker"))
        self._lay_out()
        sized(self.setMinimumHeight, 92)  # a verdict and three lines, so that nothing moves when they come

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.verdict)
        texts.addWidget(self.reason)
        texts.addStretch(1)
        verbs = QGridLayout()
        verbs.setSpacing(6)
        verbs.addWidget(self.rate_field, 0, 0)
        verbs.addWidget(self.train_button, 0, 1)
        verbs.addWidget(self.confirm_button, 1, 1)
        line = QHBoxLayout()
        line.addLayout(texts, 1)
        line.addLayout(verbs)
        self.body.addLayout(line)

    def tell(self, verdict: Text, reason: Text) -> None:
        """Say what came of it, and why."""
        show(self.verdict.setText, verdict)
        show(self.reason.setText, reason)

    def typed_rate(self) -> float | None:
        """Return what stands in the field, or None where that is no learning rate."""
        try:
            return TrainingConfig(learning_rate=self.rate_field.raw()).learning_rate
        except ValueError:
            return None

    def show_wrong(self, wrong: bool) -> None:
        """Mark what stands in the field as wrong, or as right."""
        self.rate_field.setProperty("wrong", wrong)
        self.rate_field.style().unpolish(self.rate_field)
        self.rate_field.style().polish(self.rate_field)
