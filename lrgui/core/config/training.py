"""What a training run is asked."""

from typing import Any

from pydantic import ValidationInfo, field_validator

from lrgui.core.batches import steps_per_epoch
from lrgui.core.config.base import described, refused
from lrgui.core.config.experiment import Experiment
from lrgui.core.config.fields import choice_name
from lrgui.core.config.plateau import NoPlateau, Plateau, PlateauChoice
from lrgui.core.config.schedule import Constant, Schedule, ScheduleChoice


class TrainingConfig(Experiment):
    """A training from fresh weights, at a rate that follows a schedule."""

    learning_rate: float = described(
        1e-3,
        "Learning rate",
        "The size of a step along the gradient; with a schedule, the highest.",
        group="Training",
        gt=0,
        le=1e3,
        scale="log",
    )
    epochs: int = described(10, "Epochs", "How often the model sees all the data.", group="Training", ge=1, le=10_000)
    schedule: Schedule = described(
        Constant(), "Schedule", "How the learning rate changes during the run.", group="Training"
    )
    plateau: Plateau = described(
        NoPlateau(), "Plateau", "Whether the rate is lowered when the model no longer gets better.", group="Training"
    )

    @property
    def steps_per_epoch(self) -> int | None:
        """Full batches in an epoch, by what is known of the data before they are loaded; None where nothing is."""
        examples = self.dataset.training_examples
        return None if examples is None else steps_per_epoch(examples, self.batch_size)

    @field_validator("schedule")
    @classmethod
    def _schedule_goes_with_the_run(cls, schedule: ScheduleChoice, info: ValidationInfo) -> ScheduleChoice:
        run = _run(info.data)
        if schedule == Constant() or run is None or not {"optimizer", "learning_rate"} <= info.data.keys():
            return schedule
        from lrgui.core.schedules.checks import problem_of  # its tables are made for these configs

        found = problem_of(schedule, info.data["learning_rate"], *run, info.data["optimizer"])
        if found is not None:
            field, reason = found
            raise refused(reason, (choice_name(type(schedule)), field))
        return schedule

    @field_validator("plateau")
    @classmethod
    def _plateau_goes_with_the_schedule(cls, plateau: PlateauChoice, info: ValidationInfo) -> PlateauChoice:
        schedule, run = info.data.get("schedule"), _run(info.data)
        if isinstance(plateau, NoPlateau) or not isinstance(schedule, ScheduleChoice) or run is None:
            return plateau
        from lrgui.core.schedules.checks import why_no_plateau

        if (reason := why_no_plateau(schedule, *run)) is not None:
            raise refused(reason)
        return plateau


def _run(checked: dict[str, Any]) -> tuple[int, int] | None:
    """Return how many steps a run has and an epoch, or None where a field that rules it is wrong, or not known yet."""
    if not {"dataset", "batch_size", "epochs"} <= checked.keys():
        return None
    if (examples := checked["dataset"].training_examples) is None:
        return None
    steps = steps_per_epoch(examples, checked["batch_size"])
    return steps * checked["epochs"], steps
