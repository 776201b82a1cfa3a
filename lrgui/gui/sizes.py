"""Lengths in pixels that grow with the type: what is set by ``sized`` is set again when everything is enlarged."""

import weakref
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize
from shiboken6 import isValid

from lrgui.gui.theme import themes

_Length = float | QSize


class Sizes:
    """Who was given lengths, and which."""

    def __init__(self) -> None:
        self._given: weakref.WeakKeyDictionary[Any, dict[str, tuple[_Length, ...]]] = weakref.WeakKeyDictionary()
        self._scale = themes.current.scale
        themes.changed.connect(self._give_again)

    def sized(self, setter: Callable[..., Any], *lengths: _Length) -> None:
        """Hand lengths to a setter now, and again whenever things are shown larger or smaller.

        Parameters
        ----------
        setter : bound method
            ``button.setIconSize``, ``field.setFixedWidth``. Its owner is not kept alive.
        lengths : float or QSize
            As they are on a screen on which nothing is enlarged, in pixels.
        """
        owner = getattr(setter, "__self__", None)
        if owner is None:
            raise TypeError(f"{setter!r} is no bound method: what it belongs to could not be forgotten")
        self._given.setdefault(owner, {})[setter.__name__] = lengths
        setter(*map(_longer, lengths))

    def forget(self, setter: Callable[..., Any]) -> None:
        """Leave alone what was set, from now on."""
        self._given.get(getattr(setter, "__self__", None), {}).pop(setter.__name__, None)

    def _give_again(self) -> None:
        if themes.current.scale == self._scale:
            return
        self._scale = themes.current.scale
        for owner, given in list(self._given.items()):
            if isValid(owner):
                for name, lengths in list(given.items()):
                    getattr(owner, name)(*map(_longer, lengths))


def _longer(length: _Length) -> Any:
    return length * themes.current.scale if isinstance(length, QSize) else themes.current.px(length)


def px(pixels: float) -> int:
    """Return how many pixels a length of so many has now: for what is asked for it again and again."""
    return themes.current.px(pixels)


_sizes = Sizes()

sized = _sizes.sized
"""See ``Sizes.sized``."""

unsized = _sizes.forget
"""See ``Sizes.forget``."""
