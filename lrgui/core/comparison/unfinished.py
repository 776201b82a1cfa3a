"""What a comparison needs to go on after the program was gone: kept in a file until its end."""

import contextlib
import hashlib
import json
import os
import time
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config import ComparisonConfig
from lrgui.core.events import ArmEnded
from lrgui.core.json_text import parsed
from lrgui.core.store.origin import versions
from lrgui.core.store.plain import from_json, to_json

_DAMAGE = (
    OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, MemoryError, EOFError, zlib.error,
    zipfile.BadZipFile,
)  # fmt: skip
"""What reading a file raises that is no whole one of these."""

Key = tuple[int, int]
"""An arm's number, and the seed."""

Columns = dict[str, NDArray[Any]]

_MOST_DAYS = 30
"""What nobody has gone on with for so long is thrown away."""


@dataclass(slots=True)
class Unfinished:
    """A comparison as far as it has come, at the border of an epoch in each arm and seed.

    Attributes
    ----------
    steps, epochs : dict of str to array
        What was measured, as in the run.
    ends : list of ArmEnded
        Which have ended, and how.
    states : dict of (arm, seed) to array of uint8, shape (bytes,)
        Of each training under way all that goes on with it.
    """

    steps: Columns = field(default_factory=dict)
    epochs: Columns = field(default_factory=dict)
    ends: list[ArmEnded] = field(default_factory=list)
    states: dict[Key, NDArray[np.uint8]] = field(default_factory=dict)


def path_of(folder: Path, config: ComparisonConfig) -> Path:
    """Return the file of a comparison: the same for the same config, and the same versions of all that computes it."""
    asked = json.dumps(config.model_dump(mode="json"), sort_keys=True) + versions()
    return folder / f"{hashlib.sha256(asked.encode()).hexdigest()[:32]}.npz"


def unfinished(folder: Path, config: ComparisonConfig) -> bool:
    """Return whether there is something of this comparison to go on with."""
    return path_of(folder, config).is_file()


def keep(path: Path, what: Unfinished) -> None:
    """Write it, all or nothing: who is killed meanwhile leaves what was there before.

    Raises
    ------
    OSError
        It cannot be written.
    """
    ends = [[end.arm, end.seed, end.how, to_json(end.message)] for end in what.ends]
    arrays: Columns = {"ends": np.frombuffer(json.dumps(ends).encode(), np.uint8)}
    arrays |= {f"steps/{name}": column for name, column in what.steps.items()}
    arrays |= {f"epochs/{name}": column for name, column in what.epochs.items()}
    arrays |= {f"state/{arm}/{seed}": state for (arm, seed), state in what.states.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    _throw_old_away(path.parent)
    waiting = path.with_name(f"{path.stem}.{os.getpid()}.unfinished")
    try:
        with waiting.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
            file.flush()
            os.fsync(file.fileno())
        os.replace(waiting, path)
    finally:
        waiting.unlink(missing_ok=True)


def read(path: Path) -> Unfinished | None:
    """Return what was kept, or None where there is nothing, or nothing that can be read."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        found = Unfinished()
        for name, array in arrays.items():
            part, _, rest = name.partition("/")
            match part:
                case "steps":
                    found.steps[rest] = array
                case "epochs":
                    found.epochs[rest] = array
                case "state":
                    arm, seed = map(int, rest.split("/"))
                    found.states[arm, seed] = array
        ends = parsed(arrays["ends"].tobytes())
        found.ends = [ArmEnded(arm, seed, how, from_json(message)) for arm, seed, how, message in ends]
    except _DAMAGE:
        return None
    return found


def forget(path: Path) -> None:
    """Remove what was kept, if it is there."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _throw_old_away(folder: Path) -> None:
    oldest = time.time() - 24 * 3600 * _MOST_DAYS
    for file in (*folder.glob("*.npz"), *folder.glob("*.unfinished")):
        with contextlib.suppress(OSError):
            if file.stat().st_mtime < oldest:
                file.unlink()
