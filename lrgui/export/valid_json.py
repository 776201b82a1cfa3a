"""JSON that every program reads."""

import json
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray


def to_json(record: Any, indent: int | None = None) -> str:
    """Return valid JSON of plain data: what is not finite becomes null.

    Parameters
    ----------
    record : object
        Dicts, lists, texts, numbers; those of numpy, and its arrays, too.
    indent : int, optional
        Of each level, which then has lines of its own.
    """
    return json.dumps(_finite(record), allow_nan=False, indent=indent) + "\n"


def _finite(value: Any) -> Any:
    match value:
        case dict():
            return {key: _finite(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_finite(inner) for inner in value]
        case np.ndarray():
            return _listed(value)
        case np.generic():
            return _finite(value.item())
        case float() if not math.isfinite(value):
            return None
    return value


def _listed(array: NDArray[Any]) -> Any:
    """Return an array as lists; long ones are not looked through number by number."""
    if array.dtype.kind != "f" or np.isfinite(array).all():
        return array.tolist()
    values = array.astype(object)
    values[~np.isfinite(array)] = None
    return values.tolist()
