"""A config in words, as people read it, and by what and on what a run of it was made."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from lrgui.core.config import Arm, Choice, ComparisonConfig, Config
from lrgui.core.config.fields import FieldSpec, field_specs
from lrgui.core.config.lengths import Length, written
from lrgui.core.messages import Text, format_learning_rate, joined, say, write_number
from lrgui.core.store.configs import UnreadableConfig


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
        found.append(_fact(config, spec, _in_words(spec, value)))
        if isinstance(value, Choice):
            found += facts_of(value)
    return found


def facts_in_short(config: Config) -> list[Fact]:
    """Return the fields of a config itself, then the arms: of a choice only what is not as usual is named behind it."""
    if isinstance(config, UnreadableConfig):
        return []
    found = [
        _fact(config, spec, choice_in_words(value) if isinstance(value, Choice) else _in_words(spec, value))
        for spec in field_specs(type(config))
        for value in [getattr(config, spec.name)]
    ]
    if isinstance(config, ComparisonConfig):
        found += [Fact(name, _arm(arm), True) for name, arm in zip(config.names, config.arms, strict=True)]
    return found


def choice_in_words(choice: Choice) -> Text:
    """Return a choice's title, and behind it those of its fields that are not as by default."""
    own = [(spec, getattr(choice, spec.name)) for spec in field_specs(type(choice))]
    changed = [joined((spec.title, _in_words(spec, value)), " ") for spec, value in own if value != spec.default]
    return joined((choice.title, joined(changed)), ": ") if changed else choice.title


def origin_facts(versions: Mapping[str, Any], environment: Mapping[str, Any]) -> list[Fact]:
    """Return by what and on what a run was made, as far as it is known."""
    where = " ".join(str(environment[name]) for name in ("system", "release", "machine") if environment.get(name))
    parts: list[Text] = [where] if where else []
    if cores := environment.get("cores"):
        parts.append(say("{count} cores", count=cores))
    packages = ", ".join(f"{name} {version}" for name, version in versions.items())
    made_with, on = Fact(say("Made with"), packages, True), Fact(say("On"), joined(parts), True)
    return [*([made_with] if packages else []), *([on] if parts else [])]


def _fact(config: Config, spec: FieldSpec, words: Text) -> Fact:
    return Fact(spec.title, words, _kind(getattr(config, spec.name)) != _kind(spec.default))


def _kind(value: Any) -> Any:
    return type(value) if isinstance(value, Choice) else value


def _arm(arm: Arm) -> Text:
    parts = [format_learning_rate(arm.learning_rate), *map(choice_in_words, (arm.schedule, arm.optimizer, arm.plateau))]
    return joined(parts, "; ")


def _in_words(spec: FieldSpec, value: Any) -> Text:
    match value:
        case Choice():
            return value.title
        case None:
            return say("off")
        case bool():
            return say("yes") if value else say("no")
        case Length(unit="steps"):
            return say("1 step") if value.amount == 1 else say("{steps} steps", steps=str(value))
        case int() | float():
            return joined((write_number(value), say(spec.unit)), " ") if spec.unit else write_number(value)
        case tuple():
            return written(value)
    return str(value)
