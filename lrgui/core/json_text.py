"""JSON from a file, which may be anybody's: what cannot be read is a ``ValueError``, whatever the reason."""

import json
from collections.abc import Callable
from typing import Any


def parsed(text: str | bytes, restored: Callable[[dict[str, Any]], Any] | None = None) -> Any:
    """Return what a text says.

    Parameters
    ----------
    text : str or bytes
        JSON; bytes in UTF-8, 16 or 32.
    restored : callable, optional
        Makes of each dictionary what stands for it.

    Raises
    ------
    ValueError
        It is no JSON, or has lists in lists in lists, deeper than Python follows.
    """
    try:
        return json.loads(text, object_hook=restored)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
