"""The form of a comparison: its arms, and under them what all of them share."""

from pydantic import ValidationError

from lrgui.core.comparison_presets import ComparisonPreset
from lrgui.core.config import Arm, ComparisonConfig, ComparisonGround
from lrgui.core.config.fields import Path, problems
from lrgui.core.messages import Message
from lrgui.gui.widgets.arm_cards import ArmsCard
from lrgui.gui.widgets.form import Form

_SHARED = ("epochs", "seeds", "threshold", "dataset", "batch_size", "seed", "model", "loss")
"""The optimizer has no row: each arm has its own."""


def ground_of(config: ComparisonConfig) -> ComparisonGround:
    """Return what all arms of a comparison share."""
    return ComparisonGround(**{name: getattr(config, name) for name in ComparisonGround.model_fields})


class CompareForm(Form[ComparisonGround]):
    """A form of the ground, with the card of the arms over it. ``comparison()`` is both together."""

    def __init__(self, config: ComparisonConfig) -> None:
        super().__init__(ground_of(config), _SHARED)
        self.arms = ArmsCard()
        self._column.insertWidget(0, self.arms)
        self._comparison: ComparisonConfig | None = None
        # First of all listeners: they ask for the whole.
        self.changed.connect(self._check_arms)
        self.arms.edited.connect(self.changed)
        self.arms.applied.connect(self.applied)
        self.arms.preset_picked.connect(self._take_preset)
        self.arms.set_arms(config.arms)

    def comparison(self) -> ComparisonConfig | None:
        """Return what the form says, or None while something is wrong."""
        return self._comparison

    def show_comparison(self, config: ComparisonConfig) -> None:
        """Take all of a comparison."""
        self.set_value(ground_of(config))
        self.arms.set_arms(config.arms)

    def _take_preset(self, preset: ComparisonPreset) -> None:
        """Take a ready comparison; what does not go with the data of the form is told at its field."""
        ground = self.value() or ComparisonGround()
        self.arms.form.hide()  # all of its arms can be seen then
        self.set_value(ground.model_copy(update=dict(preset.fields)), preset.fields)
        self.arms.set_arms(preset.arms)

    def _check_arms(self) -> None:
        """Put ground and arms together; where an arm does not go with the ground, say so at its field."""
        ground, arms = self.value(), self.arms.arms()
        self._comparison, complaints = None, {}
        if ground is not None and arms is not None:
            complaints = {number: told for number, arm in enumerate(arms) if (told := _problems(ground, arm))}
            if not complaints:
                self._comparison = ComparisonConfig(**dict(ground), arms=arms)
        self.arms.complain(complaints, None if self._comparison is None else self._comparison.steps_per_epoch)

    def _fold_to_fit(self) -> None:
        """Where the screen is small, fold what is changed least, then the fields of the arm: a click shows them."""
        missing = self._column.sizeHint().height() - self.viewport().height()
        for group in ("Model", "Data"):
            if missing > 0:
                missing -= self._folding[group].fold()
        if missing > 0:
            self.arms.form.hide()


def _problems(ground: ComparisonGround, arm: Arm) -> dict[Path, Message]:
    """Return why an arm cannot be trained with what all share, by the path of its field."""
    try:
        ComparisonConfig(**dict(ground), arms=(arm,))
    except ValidationError as error:
        return {path[1:]: told for path, told in problems(ComparisonConfig, error).items()}
    return {}
