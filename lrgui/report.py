"""A report of something that went wrong: to be copied and sent, so without a word of where things lie."""

from lrgui import __version__
from lrgui.core.messages import plainly
from lrgui.core.told_paths import without_paths
from lrgui.installed import parts, system


def report(trace: str) -> str:
    """Return a trace with the versions of all that the program is made of, and the system."""
    versions = ", ".join(f"{part.name} {part.version}" for part in parts())
    return f"lrgui {__version__}\n{plainly(system())}\n{versions}\n\n{without_paths(trace.strip())}\n"
