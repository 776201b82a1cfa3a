"""What a lesson has done on the pages: the orders of a step, carried out one after the other on the real controls."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationError, ValidationInfo, field_validator

from lrgui.core.config.base import Choice, Config, described, parse_choice, refused
from lrgui.core.messages import say

PageName = Literal["descent", "schedules", "find", "train", "compare", "history"]
Picture = Literal["paths", "surface", "table"]
ActionName = Literal[
    "find", "confirm", "train", "compare", "stop", "keep_schedule", "restart", "step_on", "step_back", "add_walker",
    "duplicate_walker", "remove_walker", "preview", "enlarge", "reset_view",
]  # fmt: skip


class Order(Choice):
    """One thing to do."""


class ShowPage(Order):
    """Bring a page to the front."""

    name: Literal["page"] = "page"
    page: PageName = described("descent", "Page", "Which page.")


class TakePreset(Order):
    """Take a preset of the page in front: descent or schedules."""

    name: Literal["preset"] = "preset"
    preset: str = described("just_right", "Preset", "Its name.", kind="name")

    @field_validator("preset")
    @classmethod
    def _there_is_one(cls, preset: str) -> str:
        from lrgui.core import descent_presets, schedule_presets  # a window that begins needs neither

        known = [*descent_presets.PRESETS, *(preset.name for preset in schedule_presets.PRESETS)]
        if preset not in known:
            raise refused(say("There is no preset '{name}'; there are {known}.", name=preset, known=", ".join(known)))
        return preset


class SetRate(Order):
    """Give a walker of the descent another rate, by the slider."""

    name: Literal["rate"] = "rate"
    rate: float = described(0.1, "Rate", "The learning rate.", gt=0, le=1e3)
    walker: int = described(1, "Walker", "Its number.", ge=1, le=8)


class Play(Order):
    """Let the walkers of the descent go from the start up to a step."""

    name: Literal["play"] = "play"
    to: int = described(30, "To", "The step at which they are held.", ge=1, le=100_000)


class ShowPicture(Order):
    """Turn to one of the pictures of the descent."""

    name: Literal["picture"] = "picture"
    picture: Picture = described("table", "Picture", "Which picture.")


class SetField(Order):
    """Fill in a field of the form of the page in front, as on the command line."""

    name: Literal["set"] = "set"
    field: str = described("learning_rate", "Field", "The name of the option, with underscores.", kind="name")
    to: str = described("", "To", "The value, in quotation marks if there are commas in it.", kind="name")
    otherwise: str = described("", "Otherwise", "The value where data would have to be downloaded.", kind="name")

    @field_validator("field")
    @classmethod
    def _there_is_such_a_field(cls, field: str) -> str:
        known = list(dict.fromkeys(name for config in _forms() for name in config.model_fields))
        if field not in known:
            raise refused(say("There is no field '{name}'; there are {known}.", name=field, known=", ".join(known)))
        return field

    @field_validator("to", "otherwise")
    @classmethod
    def _it_takes_this(cls, value: str, info: ValidationInfo) -> str:
        if (field := info.data.get("field")) and (value or info.field_name == "to"):
            config_of(field, value)
        return value


class MoveMarker(Order):
    """Put the marker of the range test on a rate."""

    name: Literal["marker"] = "marker"
    times: float = described(1.0, "Times", "The recommended rate, times this.", gt=0, le=1e6)


class Press(Order):
    """Press the button of an action."""

    name: Literal["press"] = "press"
    action: ActionName = described("find", "Action", "The name of the action.")


ORDERS: tuple[type[Order], ...] = (ShowPage, TakePreset, SetRate, Play, ShowPicture, SetField, MoveMarker, Press)

AnyOrder = Annotated[
    Annotated[
        ShowPage | TakePreset | SetRate | Play | ShowPicture | SetField | MoveMarker | Press,
        Field(discriminator="name"),
    ],
    BeforeValidator(parse_choice),
]
"""An order as it is typed: ``name,key=value,...``."""


def _forms() -> tuple[type[Config], ...]:
    from lrgui.core.config import ComparisonConfig, RangeTestConfig, TrainingConfig

    return TrainingConfig, RangeTestConfig, ComparisonConfig


def config_of(field: str, typed: str) -> Config:
    """Return a config of a form in which a field is as it is typed, and all else as usual.

    Raises
    ------
    PydanticCustomError
        No form takes it: the sentence says what the field takes.
    """
    from lrgui.core.config.fields import problems

    problem = None
    for config in (each for each in _forms() if field in each.model_fields):
        try:
            return config.model_validate({field: typed})
        except ValidationError as error:
            problem = problem or next(iter(problems(config, error).values()))
    assert problem is not None
    raise refused(problem)
