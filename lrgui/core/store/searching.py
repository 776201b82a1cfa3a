"""What a search looks through."""

from typing import Any

from lrgui.core.config import DATASETS, LOSSES, MODELS, OPTIMIZERS, OWN_DATA
from lrgui.core.config.fields import choice_name
from lrgui.core.messages import format_learning_rate, plainly

_TITLES = {choice_name(choice): choice.title for choice in (*DATASETS, *OWN_DATA, *MODELS, *LOSSES, *OPTIMIZERS)}


def search_text(
    name: str,
    note: str,
    tags: str,
    kind: str,
    dataset: str | None,
    model: str | None,
    optimizer: str | None,
    schedule: str | None,
    learning_rate: float | None,
) -> str:
    """Return all words of a run that people look for, in small letters: names of choices and their titles, too."""
    choices = [choice for choice in (dataset, model, optimizer, schedule) if choice]
    rate = "" if learning_rate is None else f"{learning_rate:g} {format_learning_rate(learning_rate)}"
    words: list[Any] = [name, note, tags, kind.replace("_", " "), rate]
    return " ".join([*words, *choices, *(plainly(_TITLES.get(choice, "")) for choice in choices)]).casefold()
