"""The page of schedules: pick one, change a field, and the curve follows at once."""

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout

from lrgui.core.config import Experiment, TrainingConfig
from lrgui.core.config.plateau import NoPlateau
from lrgui.core.config.schedule import Constant, Cosine, Drawn, ScheduleChoice
from lrgui.core.messages import Message, Refused, say
from lrgui.core.schedule_presets import SchedulePreset, preset_of
from lrgui.core.schedule_shelf import KeptSchedule
from lrgui.core.schedules import coverage, cycled_momentum, momentums, rates
from lrgui.gui.actions import Actions
from lrgui.gui.pages.page import FormPage
from lrgui.gui.pages.splitting import split
from lrgui.gui.plots.mapping import Floats
from lrgui.gui.plots.schedule_plot import RunLength
from lrgui.gui.widgets.action_button import ActionButton
from lrgui.gui.widgets.card import GAP
from lrgui.gui.widgets.form import Form
from lrgui.gui.widgets.preset_button import PresetButton
from lrgui.gui.widgets.schedule_cards import KeptCard, MomentumCard, RateCard

FIELDS = ("schedule", "learning_rate", "epochs", "plateau", "dataset", "batch_size", "optimizer")
"""What the form shows, in this order; model, loss and seed are the training's."""

FRAME = (*Experiment.model_fields, "learning_rate", "epochs")
"""What this page and that of training have in common while one does not train from here."""

_LOWEST_ON_LOG = 1e-4

_EPOCH = 100
"""So many steps an epoch is drawn with, as long as nobody has read the data."""
_WRONG = say("Something in the form is wrong: the field says what it takes.")
_ALL = say("The run sees all of this schedule.")
_HOW_TO_DRAW = say(
    "Drag the points on the plot. A double click adds one; Delete, or a drag off the plot, removes it. Arrow keys move "
    "the chosen one, finely with Shift; with Ctrl they choose another."
)
_STALE = say("The curve is the last that was right.")


class SchedulesPage(FormPage[TrainingConfig]):
    """Form, curves, what the run will see of the schedule, and the schedules that were kept.

    ``kept_changed`` tells that those are to be remembered; ``told`` carries a sentence for the status bar.
    """

    kept_changed = Signal()
    told = Signal(object)

    def __init__(self, actions: Actions, config: TrainingConfig, kept: tuple[KeptSchedule, ...] = ()) -> None:
        if config.schedule == Constant():
            config = _with(config, Cosine())
        super().__init__(Form(config, FIELDS), ActionButton(actions["train"], "play", primary=True))
        self.presets = PresetButton()
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, GAP, 0)  # as wide as the cards below, which leave room for a scroll bar
        line.addWidget(self.presets)
        self._column.insertLayout(0, line)
        self.rate_card, self.momentum_card = RateCard(), MomentumCard()
        self.kept_card = KeptCard(kept, actions)
        self.plot, self.kept, self.table = self.rate_card.plot, self.kept_card.model, self.kept_card.table
        self.plots = (self.plot, self.momentum_card.plot)
        self._good = config
        self._lay_out()
        self._connect(actions)
        self._form_changed()

    def config(self) -> None:
        """Remember nothing by itself: the run is the training page's, and schedules are kept under their names."""
        return

    def _lay_out(self) -> None:
        parts = (self.rate_card, 5), (self.momentum_card, 0), (self.kept_card, 1)
        self.splitter = split(Qt.Orientation.Vertical, *parts, sizes=(10_000, 130, 215))
        self.pictures.addWidget(self.splitter, 1)

    def _connect(self, actions: Actions) -> None:
        self.form.changed.connect(self._form_changed)
        self.presets.picked.connect(self.show_preset)
        self.rate_card.axes_changed.connect(self._draw)
        self.plot.points_drawn.connect(self._take_points)
        self.kept.edited.connect(self._kept_edited)
        self.table.opened.connect(self.open)
        for name, slot in (("keep_schedule", self.keep), ("copy_schedule", self.copy_code)):
            actions[name].triggered.connect(slot)

    # What comes in

    def take_frame(self, config: TrainingConfig) -> None:
        """Take the run that the training page describes, and leave the schedule as it is."""
        if self.form.value() is None or not same_frame(config, self._good):
            self.form.set_value(config, FRAME)

    def show_preset(self, preset: SchedulePreset) -> None:
        """Fill the form with a preset, on the data of now."""
        self.form.set_value(preset.config(self._good))

    def open(self, kept: KeptSchedule) -> None:
        """Put a kept schedule into the form."""
        changed = {"schedule": kept.schedule, "learning_rate": kept.learning_rate, "plateau": NoPlateau()}
        self.form.set_value(self._good.model_copy(update=changed), changed)

    def _take_points(self, points: object) -> None:
        schedule = self._good.schedule
        if isinstance(schedule, Drawn):
            drawn = schedule.model_copy(update={"points": points})
            self.form.set_value(self._good.model_copy(update={"schedule": drawn}), ["schedule"])

    def start_over(self) -> None:
        """Show the schedule and the run of the first start; what was kept stays kept."""
        self.form.set_value(_with(TrainingConfig(), Cosine()))
        super().start_over()

    # What is drawn

    def _form_changed(self) -> None:
        config = self.form.value()
        self.plot.draft.set_alpha(1.0 if config is not None else 0.35)
        if config is None:
            self.rate_card.tell(self.form.trouble_elsewhere or _WRONG, _STALE, wrong=True)
            self.plot.refresh_soon()
            return
        frame_changed = _run_of(config) != _run_of(self._good)
        self._good = config
        self._draw(kept=frame_changed)

    def _draw(self, *, kept: bool = True) -> None:
        """Bring the curves up to date: the draft, and if run or axes are others, those that were kept."""
        config, run, in_epochs = self._good, _run_of(self._good), self.rate_card.in_epochs
        self.plot.show_run(run, in_epochs=in_epochs)
        self.plot.show_draft(config.schedule.title, _table(config.schedule, config.learning_rate, run))
        if kept:
            self._draw_kept()
        self._show_points(config)
        momentum = cycled_momentum(config.optimizer)
        self.momentum_card.show_momentum(
            momentums(config.schedule, momentum, run.steps, run.steps_per_epoch), run, in_epochs=in_epochs
        )
        self.plot.settle()
        self._tell(config, run)

    def _show_points(self, config: TrainingConfig) -> None:
        schedule = config.schedule
        points = schedule.points if isinstance(schedule, Drawn) else None
        lowest = _LOWEST_ON_LOG if isinstance(schedule, Drawn) and schedule.lines == "log" else 0.0
        before = schedule.warmup.steps(config.steps_per_epoch or _EPOCH)
        self.plot.show_points(points, config.learning_rate, before, lowest)

    def _draw_kept(self) -> None:
        run = _run_of(self._good)
        drawn = [(kept, _table_or_none(kept, run)) for kept in self.kept.kept if kept.shown]
        self.plot.show_others(
            [(kept.name, f"series{kept.series}", table) for kept, table in drawn if table is not None]
        )

    def _tell(self, config: TrainingConfig, run: RunLength) -> None:
        seen = coverage(config.schedule, run.steps, run.steps_per_epoch)
        self.rate_card.tell(seen or _ALL, _length(config, run))
        preset, schedule = preset_of(config), config.schedule
        title = preset.title if preset is not None else schedule.title
        told = _HOW_TO_DRAW if isinstance(schedule, Drawn) else schedule.summary
        self.kept_card.explain(title, preset.told if preset is not None else told)

    # What is kept

    def keep(self) -> None:
        """Keep the schedule of the form under its name, and leave its curve on the plot."""
        if (config := self.form.value()) is None:
            return
        preset = preset_of(config)
        name = preset.title if preset is not None else config.schedule.title
        self.kept.add(KeptSchedule(name=str(name), learning_rate=config.learning_rate, schedule=config.schedule))
        self.table.selectRow(len(self.kept.kept) - 1)

    def _kept_edited(self) -> None:
        self._draw_kept()
        self.plot.settle()
        self.kept_changed.emit()

    def copy_code(self) -> None:
        """Put the schedule as Keras code into the clipboard."""
        from lrgui.export.schedule_code import schedule_code

        QApplication.clipboard().setText(schedule_code(self._good))
        self.told.emit(say("Copied: {title} as Keras code.", title=self._good.schedule.title))


def same_frame(one: TrainingConfig, other: TrainingConfig) -> bool:
    """Return whether two trainings are the same run but for what rules the rate during it."""
    return all(getattr(one, name) == getattr(other, name) for name in FRAME)


def _with(config: TrainingConfig, schedule: Cosine) -> TrainingConfig:
    """Return the config with another schedule, or itself where its plateau does not go with that."""
    try:
        return TrainingConfig(**{**dict(config), "schedule": schedule})
    except ValidationError:
        return config


def _run_of(config: TrainingConfig) -> RunLength:
    each = config.steps_per_epoch or _EPOCH
    return RunLength(each * config.epochs, each)


def _table(schedule: ScheduleChoice, learning_rate: float, run: RunLength) -> Floats:
    return rates(schedule, learning_rate, run.steps, run.steps_per_epoch)


def _table_or_none(kept: KeptSchedule, run: RunLength) -> Floats | None:
    """Return the rates of a kept schedule in this run; None where a formula gives none."""
    try:
        return _table(kept.schedule, kept.learning_rate, run)
    except Refused:
        return None


def _length(config: TrainingConfig, run: RunLength) -> Message:
    return say(
        "{steps:,} steps: {epochs:,} epochs of {each:,}.",
        steps=run.steps,
        epochs=config.epochs,
        each=run.steps_per_epoch,
    )
