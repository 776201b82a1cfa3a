"""Where resources/ lies: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_PLACES = (_HERE / "_resources", _HERE.parent / "resources")


def resource(*parts: str) -> Path:
    """Return the path of a file that ships with the program, e.g. ``resource("themes", "light.toml")``.

    Raises
    ------
    FileNotFoundError
        The installation lacks it.
    """
    for place in _PLACES:
        if (path := place.joinpath(*parts)).exists():
            return path
    raise FileNotFoundError("/".join(parts))
