"""Where the program keeps what is its own: settings, timings, the history."""

import os
from pathlib import Path

from platformdirs import user_data_path, user_log_path

VARIABLE = "LRGUI_PROFILE"
"""The environment variable that names another folder."""

COMPARISONS = "comparisons"
"""The folder in it for comparisons that have not come to their end."""


def user_profile() -> Path:
    """Return the folder, which need not be there yet."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else user_data_path("lrgui", appauthor=False)


def log_folder() -> Path:
    """Return the folder of the log, which need not be there yet: where the system keeps such, or in the one named."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() / "log" if named else user_log_path("lrgui", appauthor=False)
