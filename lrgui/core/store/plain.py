"""Messages and values as JSON that is valid, and back: what is not finite, and what is a message, is marked."""

import json
import math
from typing import Any

import numpy as np

from lrgui.core.json_text import parsed
from lrgui.core.messages import Message, as_written, check_text

_MESSAGE, _NUMBER = "$message", "$number"


def to_json(value: Any) -> str:
    """Return JSON of numbers, texts, messages, and lists and dicts of them; anything else becomes its text."""
    return json.dumps(_plain(value), allow_nan=False, ensure_ascii=False)


def from_json(text: str) -> Any:
    """Return what ``to_json`` was given; tuples come back as lists, numpy's numbers as Python's."""
    return parsed(text, _restored)


def _plain(value: Any) -> Any:
    match value:
        case Message():
            return {_MESSAGE: value.text, "values": _plain(dict(value.values))}
        case dict():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case np.generic():
            return _plain(value.item())
        case float() if not math.isfinite(value):
            return {_NUMBER: repr(value)}
        case None | bool() | int() | float():
            return value
    return str(value)


def _restored(read: dict[str, Any]) -> Any:
    if _MESSAGE in read:
        return _message(read[_MESSAGE], read["values"])
    if _NUMBER in read:
        return float(read[_NUMBER])
    return read


def _message(text: Any, values: Any) -> Message:
    """Return a message that can be shown: what a file calls one may ask for anything.

    Raises
    ------
    ValueError, KeyError, TypeError, AttributeError
        It cannot, or asks for what no message of this program does.
    """
    check_text(text)
    message = Message(text, dict(values))
    message.render(as_written)
    return message
