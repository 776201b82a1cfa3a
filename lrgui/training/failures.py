"""An exception -> one plain sentence for a person."""

import re

import tensorflow as tf

from lrgui.core.messages import Message, Refused, say

_WORDS_OF_SHAPES = ("shape", "dimension", "rank", "size-incompatible")
_NODES = re.compile(r"\{\{.*?\}\}|\[Op:.*?\]|\bname: *$|\x1b\[[0-9;]*m", re.MULTILINE)
_WHERE = "Exception encountered when calling"
_STACK = ("Graph execution error:", "Detected at node", "<stack traces unavailable>", 'File "')
"""How lines begin that TensorFlow puts before what went wrong in a graph."""


def explain(error: BaseException) -> Message:
    """Say in one sentence what broke, and what can be done where that is known.

    What was written for people (``Refused``) is passed on as it is.
    """
    if is_about_memory(error):
        return say("The memory is not enough for this run: take a smaller batch size or a smaller model.")
    match error:
        case Refused():
            return error.message
        case ImportError():
            return say("A part that the run needs could not be loaded: {reason}", reason=first_line(error))
        case OSError():
            return say("A file could not be read or written: {reason}", reason=first_line(error))
    if _is_about_shapes(error):
        return say("The shapes of data and model do not fit together: {reason}", reason=first_line(error))
    return say("The run broke off: {kind}: {reason}", kind=type(error).__name__, reason=first_line(error))


def is_about_memory(error: BaseException) -> bool:
    """Return whether there was not enough memory."""
    return isinstance(error, (MemoryError, tf.errors.ResourceExhaustedError))


def _is_about_shapes(error: BaseException) -> bool:
    kinds = (ValueError, tf.errors.InvalidArgumentError)
    return isinstance(error, kinds) and any(word in "\n".join(_lines(error)).lower() for word in _WORDS_OF_SHAPES)


def first_line(error: BaseException) -> str:
    """Return the first line that says something, without TensorFlow's names of nodes; its messages go on for pages.

    Keras says first in which layer it was, and then what.
    """
    lines = _lines(error)
    lines = lines[1:] if len(lines) > 1 and lines[0].startswith(_WHERE) else lines
    return lines[0] if lines else type(error).__name__


def _lines(error: BaseException) -> list[str]:
    """Return what an error says, line by line, without the places that led to it."""
    lines = [line.strip() for line in _NODES.sub("", str(error)).splitlines() if line.strip()]
    return [line for line in lines if not line.startswith(_STACK)] or lines
