"""What a range test and a training have in common: data, model, loss, optimizer, seed."""

from typing import Any, Self

from pydantic import ValidationInfo, field_validator, model_validator

from lrgui.core.config.base import Choice, Config, described, refused
from lrgui.core.config.dataset import Dataset, DatasetChoice, Digits
from lrgui.core.config.loss import CrossEntropy, Loss
from lrgui.core.config.model import Mlp, Model, brings_its_own
from lrgui.core.config.optimizer import Adam, Optimizer
from lrgui.core.messages import say


class Experiment(Config):
    """Everything but the learning rate: the same experiment with the same seed is the same run, point for point."""

    dataset: Dataset = described(
        Digits(), "Data set", "What the model learns from; your own by own,path=FILE.", group="Data"
    )
    batch_size: int = described(
        32, "Batch size", "Examples seen at each step.", group="Data", ge=1, le=65_536, unit="examples"
    )
    seed: int = described(
        0,
        "Seed",
        "Rules first weights, order of the examples and dropout: the same seed gives the same run.",
        group="Data",
        ge=0,
        le=2**31 - 1,
    )
    model: Model = described(Mlp(), "Model", "What is trained.", group="Model")
    loss: Loss = described(CrossEntropy(), "Loss", "What training makes small.", group="Model")
    optimizer: Optimizer = described(
        Adam(), "Optimizer", "The rule that turns gradients into steps.", group="Optimizer"
    )

    @model_validator(mode="before")
    @classmethod
    def _own_model_keeps_what_it_was_compiled_with(cls, given: Any) -> Any:
        """Let a model from a file have its own loss and optimizer, where nothing else is said."""
        if isinstance(given, dict) and brings_its_own(given.get("model")):
            own = {"loss": {"name": "own"}, "optimizer": {"name": "own"}}
            return {**{name: value for name, value in own.items() if name in cls.model_fields}, **given}
        return given

    @field_validator("batch_size")
    @classmethod
    def _batch_fits_the_data(cls, batch_size: int, info: ValidationInfo) -> int:
        dataset = info.data.get("dataset")
        examples = dataset.training_examples if isinstance(dataset, DatasetChoice) else None
        if isinstance(dataset, DatasetChoice) and examples is not None and batch_size > examples:
            raise refused(
                say(
                    "Batch size {given} is more than the {examples} training examples of {dataset}: "
                    "take at most {examples}.",
                    given=batch_size,
                    examples=examples,
                    dataset=dataset.label,
                )
            )
        return batch_size

    @field_validator("model", "loss", "optimizer")
    @classmethod
    def _goes_with_what_stands_before_it(cls, choice: Choice, info: ValidationInfo) -> Choice:
        chosen = {name: type(value) for name, value in info.data.items() if isinstance(value, Choice)}
        if (reason := type(choice).why_not(chosen)) is not None:
            raise refused(reason)
        return choice

    @classmethod
    def of(cls, other: "Experiment", **fields: object) -> Self:
        """Make one of this class with the experiment of another, and these fields beside it."""
        shared = {name: getattr(other, name) for name in Experiment.model_fields}
        return cls(**{**shared, **fields})
