"""What every data set is, whoever has it."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from lrgui.core.config.base import Choice, described, parse_optional
from lrgui.core.config.dataset.facts import Facts, Kind
from lrgui.core.messages import Text


class DatasetChoice(Choice):
    """A data set to train on. ``kind`` is what an example is; None where only the file tells."""

    kind: ClassVar[Kind | None]

    samples: Annotated[int | None, BeforeValidator(parse_optional)] = described(
        None,
        "Samples",
        "Train on so many examples, each class with its share, the same in every run; off: on all of them.",
        ge=10,
        le=60_000,
        advanced=True,
    )

    @property
    def label(self) -> Text:
        """What a person calls it."""
        return self.title

    @property
    @abstractmethod
    def facts(self) -> Facts | None:
        """What is known of it; None for a file that was not read yet."""

    @property
    def training_examples(self) -> int | None:
        """How many examples a run trains on; None while nobody knows."""
        return None if self.facts is None else self.facts.training_examples


def dataset_of(chosen: Mapping[str, Any]) -> type[DatasetChoice] | None:
    """Return the class of the data set among the choices of an experiment, by field, if there is one."""
    dataset = chosen.get("dataset")
    return dataset if isinstance(dataset, type) and issubclass(dataset, DatasetChoice) else None
