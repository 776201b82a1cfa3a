"""A config as titles and values in words, for a page that people read."""

from typing import Any

from lrgui.core.config import Arm, Choice, ComparisonConfig, Config
from lrgui.core.config.fields import field_specs
from lrgui.core.config.lengths import Length, written
from lrgui.core.messages import Text, format_learning_rate, joined, say

Row = tuple[Text, Text]


def config_rows(config: Config) -> list[Row]:
    """Return each field's title and value; of a choice only what is not as usual stands behind its name."""
    rows: list[Row] = [(spec.title, _in_words(getattr(config, spec.name))) for spec in field_specs(type(config))]
    if isinstance(config, ComparisonConfig):
        rows += [(name, _arm(arm)) for name, arm in zip(config.names, config.arms, strict=True)]
    return rows


def _arm(arm: Arm) -> Text:
    parts = [format_learning_rate(arm.learning_rate), *map(_choice, (arm.schedule, arm.optimizer, arm.plateau))]
    return joined(parts, "; ")


def _in_words(value: Any) -> Text:
    match value:
        case Choice():
            return _choice(value)
        case None:
            return say("off")
        case bool():
            return say("yes") if value else say("no")
        case Length(unit="steps"):
            return say("1 step") if value.amount == 1 else say("{steps} steps", steps=str(value))
        case float():
            return f"{value:.12g}"
        case tuple():
            return written(value)
    return str(value)


def _choice(choice: Choice) -> Text:
    own = [(spec, getattr(choice, spec.name)) for spec in field_specs(type(choice))]
    changed = [joined((spec.title, _in_words(value)), " ") for spec, value in own if value != spec.default]
    return joined((choice.title, joined(changed)), ": ") if changed else choice.title
