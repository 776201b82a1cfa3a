"""What a comparison is asked: its arms, and all that they share."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError, ValidationInfo, field_validator

from lrgui.core.config.arm import Arm, as_in_a_training, names_of
from lrgui.core.config.base import described, parse_optional, refused
from lrgui.core.config.experiment import Experiment
from lrgui.core.config.fields import problems
from lrgui.core.config.training import TrainingConfig
from lrgui.core.messages import Text, say

MOST_ARMS, MOST_SEEDS = 16, 50


class ComparisonGround(Experiment):
    """What all arms share. ``seed`` is the first one; ``optimizer`` is that of arms which name none."""

    epochs: int = as_in_a_training("epochs")
    seeds: int = described(
        5,
        "Seeds",
        "How often each arm is trained, from first weights and batches of its own that all arms share.",
        group="Training",
        ge=1,
        le=MOST_SEEDS,
    )
    threshold: Annotated[float | None, BeforeValidator(parse_optional)] = described(
        0.9,
        "Threshold",
        "The validation accuracy, from 0 to 1, whose first reaching is counted in steps; off: none is.",
        group="Training",
        gt=0,
        le=1,
    )


class ComparisonConfig(ComparisonGround):
    """Several settings, trained on the same data from the same weights in the same order, over several seeds."""

    # Not an arm made here and now: that would cost the start of the window its schedules and optimizers.
    arms: tuple[Arm, ...] = Field(default_factory=lambda: (Arm(),))

    @property
    def seeds_used(self) -> tuple[int, ...]:
        """The seeds, one after the other."""
        return tuple(range(self.seed, self.seed + self.seeds))

    @property
    def names(self) -> tuple[Text, ...]:
        """What the arms are called, no two alike."""
        return names_of(self.arms)

    @property
    def steps_per_epoch(self) -> int | None:
        """Full batches in an epoch, by what is known of the data before they are loaded; None where nothing is."""
        return self.training(0, self.seed).steps_per_epoch

    def training(self, arm: int, seed: int) -> TrainingConfig:
        """Return the training that an arm is with one seed: alone it measures the same."""
        return _training(self.model_dump(exclude={"arms"}), self.arms[arm], seed)

    @field_validator("arms")
    @classmethod
    def _each_could_be_trained(cls, arms: tuple[Arm, ...], info: ValidationInfo) -> tuple[Arm, ...]:
        if not 1 <= len(arms) <= MOST_ARMS:
            raise refused(say("Give from one arm to {most}, not {count}.", most=MOST_ARMS, count=len(arms)))
        if not set(ComparisonGround.model_fields) <= info.data.keys():
            return arms
        for arm, name in zip(arms, names_of(arms), strict=True):
            try:
                _training(info.data, arm, info.data["seed"] + info.data["seeds"] - 1)
            except ValidationError as error:
                path, problem = next(iter(problems(TrainingConfig, error).items()))
                raise refused(say("Arm {name}: {problem}", name=name, problem=problem), path) from error
        return arms


def _training(ground: dict[str, Any], arm: Arm, seed: int) -> TrainingConfig:
    shared = {name: ground[name] for name in TrainingConfig.model_fields if name in ground}
    return TrainingConfig(**{**shared, **{name: getattr(arm, name) for name in Arm.model_fields if name != "name"},
                             "seed": seed})  # fmt: skip
