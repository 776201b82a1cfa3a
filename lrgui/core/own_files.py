"""The files of a person's own that a config speaks of, and whether they are still what they were."""

from pathlib import Path

from lrgui.core.config.base import Config
from lrgui.core.config.model import OwnModel, is_python
from lrgui.core.contents import content_hash, short
from lrgui.core.messages import Message, say
from lrgui.core.trust import trust


def programs_of(config: Config) -> tuple[Path, ...]:
    """Return the Python files that a run of this config would run, each once."""
    choices = (getattr(config, "model", None), getattr(config, "dataset", None))
    files = (getattr(choice, "file", None) for choice in choices)
    return tuple(dict.fromkeys(file for file in files if file is not None and is_python(file)))


def not_allowed(config: Config) -> tuple[Path, ...]:
    """Return those of them that nobody has allowed to be run as they are now; what cannot be read is not among them."""
    return tuple(path for path in programs_of(config) if not _allowed(path))


def _allowed(path: Path) -> bool:
    try:
        return trust().allows(content_hash(path))
    except OSError:
        return True  # there is nothing to be run; the run will say so


def changed_since(config: Config, content: str) -> Message | None:
    """Say what has become of the file with the model of an earlier run; None if it is as it was, or there was none.

    Parameters
    ----------
    config : Config
        Of the run.
    content : str
        The hash of the file then.
    """
    model = getattr(config, "model", None)
    if not isinstance(model, OwnModel):
        return None
    try:
        now = content_hash(model.file)
    except OSError:
        return say(
            "The model of this run came from {file}, which is not here: its curves are, but to repeat it, put the file "
            "back at {folder}, or open it from elsewhere.",
            file=model.label,
            folder=str(model.file.parent),
        )
    if not content or now == content:
        return None
    return say(
        "{file} has changed since this run ({before}, now {now}): a repeat would train another model.",
        file=model.label,
        before=short(content),
        now=short(now),
    )
