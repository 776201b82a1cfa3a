"""A config in words, field by field: what differs from the defaults apart from what does not."""

from typing import Any, NamedTuple

from lrgui.core.config import Choice, Config
from lrgui.core.config.fields import FieldSpec, field_specs
from lrgui.core.config.lengths import Length, written
from lrgui.core.messages import Text, joined, say
from lrgui.core.store import UnreadableConfig
from lrgui.gui.widgets.fields import write_number


class Fact(NamedTuple):
    """A field's title, its value in words, and whether it is another than by default."""

    title: Text
    value: Text
    own: bool


def facts_of(config: Config) -> list[Fact]:
    """Return the fields of a config in the order of their declaration, those inside choices behind their choice."""
    if isinstance(config, UnreadableConfig):
        return []
    found = list[Fact]()
    for spec in field_specs(type(config)):
        value = getattr(config, spec.name)
        found.append(Fact(spec.title, _in_words(spec, value), _kind(value) != _kind(spec.default)))
        if isinstance(value, Choice):
            found += facts_of(value)
    return found


def _kind(value: Any) -> Any:
    return type(value) if isinstance(value, Choice) else value


def _in_words(spec: FieldSpec, value: Any) -> Text:
    if isinstance(value, Choice):
        return value.title
    if value is None:
        return say("off")
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, Length) and value.unit == "steps":
        return say("1 step") if value.amount == 1 else say("{steps} steps", steps=str(value))
    if isinstance(value, int | float):
        return joined((write_number(value), say(spec.unit)), " ") if spec.unit else write_number(value)
    return written(value) if isinstance(value, tuple) else str(value)
