"""Configs as they are kept, and back; what this program cannot read is kept as it is."""

from pydantic import ValidationError

from lrgui.core import config as configs
from lrgui.core.config import Config
from lrgui.core.messages import Message, say


class UnreadableConfig(Config):
    """Stands where a config was that this program cannot read: made by one with other fields.

    Its run is shown, and cannot be repeated.

    Attributes
    ----------
    config_class, stored : str
        The name of its class, and its JSON.
    problem : str
        What is wrong with it.
    """

    config_class: str
    stored: str
    problem: str

    @property
    def message(self) -> Message:
        """The sentence for a person."""
        return say(
            "Another version of this program made this run, with settings that this one does not know ({problem}): its "
            "curves are here, but it cannot be repeated.",
            problem=self.problem,
        )


def read_config(config_class: str, stored: str) -> Config:
    """Return the config, or what stands for one that cannot be read."""
    known = getattr(configs, config_class, None) if config_class in configs.__all__ else None
    if not (isinstance(known, type) and issubclass(known, Config)):
        return UnreadableConfig(config_class=config_class, stored=stored, problem=config_class)
    try:
        return known.model_validate_json(stored)
    except ValidationError as error:
        problem = ", ".join(sorted({".".join(map(str, found["loc"])) for found in error.errors()}))
        return UnreadableConfig(config_class=config_class, stored=stored, problem=problem or config_class)


def stored_config(config: Config) -> tuple[str, str]:
    """Return the name of a config's class and its JSON; of one that could not be read, what was kept of it."""
    if isinstance(config, UnreadableConfig):
        return config.config_class, config.stored
    return type(config).__name__, config.model_dump_json()
