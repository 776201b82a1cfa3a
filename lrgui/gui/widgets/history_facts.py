"""A config in words, field by field: what differs from the defaults apart from what does not."""

from typing import Any, NamedTuple

from lrgui.core.config import Choice, Config
from lrgui.core.config.fields import FieldSpec, field_specs
from lrgui.core.config.lengths import Length, written
from lrgui.core.store import UnreadableConfig
from lrgui.gui.widgets.fields import write_number


class Fact(NamedTuple):
    """A field's title, its value in words, and whether it is another than by default."""

    title: str
    value: str
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


def _in_words(spec: FieldSpec, value: Any) -> str:
    if isinstance(value, Choice):
        return value.title
    if value is None:
        return "off"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Length) and value.unit == "steps":
        return "1 step" if value.amount == 1 else f"{value} steps"
    if isinstance(value, int | float):
        return f"{write_number(value)} {spec.unit}".strip()
    return written(value) if isinstance(value, tuple) else str(value)
