"""The language of the window: what is shown by ``show`` is shown again when another language is chosen."""

import os
import weakref
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar, QTableView
from shiboken6 import isValid

from lrgui import languages
from lrgui.core.messages import Message, Text

AnyButton = TypeVar("AnyButton", bound=QAbstractButton)
_Place = tuple[str, tuple[Any, ...]]


class Words(QObject):
    """Which language is in force. ``changed`` tells those who write by themselves to do it again."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.language = languages.ENGLISH
        self._shown: weakref.WeakKeyDictionary[Any, dict[_Place, tuple[Message, str]]] = weakref.WeakKeyDictionary()
        self._qt: QTranslator | None = None

    def show(self, setter: Callable[[str], Any], told: Text) -> None:
        """Hand a text to a setter now, and again in each language that is chosen later.

        Parameters
        ----------
        setter : bound method, or partial of one
            ``button.setText``, ``partial(tabs.setTabText, 0)``. Its owner is not kept alive. What the owner shows by
            then is left alone if somebody else has set it meanwhile.
        told : Message or str
            A plain text (a name that somebody has typed, or "") is the same in every language.
        """
        owner, place = _place(setter)
        if isinstance(told, Message):
            text = str(told)
            self._shown.setdefault(owner, {})[place] = told, text
        else:
            text = told
            self._shown.get(owner, {}).pop(place, None)
        setter(text)

    def choose(self, language: str) -> None:
        """Take a language of ``languages.LANGUAGES`` for a window that is still to be built."""
        self.language = language
        languages.use(language)
        self._let_qt_speak()

    def use(self, language: str) -> None:
        """Put a language in force, and show everything in it."""
        if language == self.language:
            return
        self.choose(language)
        for owner, places in list(self._shown.items()):
            if not isinstance(owner, QObject) or isValid(owner):
                self._show_again(owner, places)
        self.changed.emit()
        for widget in QApplication.allWidgets():
            if isinstance(widget, QTableView) and (model := widget.model()) is not None:
                model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, model.columnCount() - 1)
            widget.update()

    @staticmethod
    def _show_again(owner: Any, places: dict[_Place, tuple[Message, str]]) -> None:
        for place, (told, text) in list(places.items()):
            if _shows_else(owner, place, text):
                del places[place]
                continue
            places[place] = told, str(told)
            name, arguments = place
            getattr(owner, name)(*arguments, places[place][1])

    def _let_qt_speak(self) -> None:
        """Give Qt's own buttons and dialogs the language, as far as its translations are there."""
        if self._qt is not None:
            QApplication.removeTranslator(self._qt)
            self._qt = None
        if self.language == languages.ENGLISH:
            return
        translator = QTranslator(self)
        if translator.load(f"qtbase_{self.language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            QApplication.installTranslator(translator)
            self._qt = translator


def _place(setter: Callable[[str], Any]) -> tuple[Any, _Place]:
    arguments: tuple[Any, ...] = ()
    method: Any = setter
    if isinstance(setter, partial):
        method, arguments = setter.func, setter.args
    owner = getattr(method, "__self__", None)
    if owner is None:
        raise TypeError(f"{setter!r} is no bound method: what it belongs to could not be forgotten")
    return owner, (method.__name__, arguments)


def _shows_else(owner: Any, place: _Place, text: str) -> bool:
    """Return whether what can be read back, as the text of a button, is no longer what was shown."""
    name, arguments = place
    getter = getattr(owner, name[3:4].lower() + name[4:], None) if name.startswith("set") else None
    if not callable(getter):
        return False
    return bool(getter(*arguments) != text)


def language_of_the_system() -> str:
    """Return the language that the environment names for this program, or the one that the desktop is set to."""
    named = os.environ.get(languages.VARIABLE)
    return languages.nearest([named] if named else QLocale.system().uiLanguages())


words = Words()
"""The one instance: there is one reader."""

show = words.show
"""See ``Words.show``."""


def with_keys(tip: Text, keys: str) -> Text:
    """Return a tip with the keys that do the same, if there are any."""
    return Message("{tip} ({keys})", {"tip": tip, "keys": keys}) if keys else tip


def add_tab(tabs: QTabBar, title: Text, tip: Text = "") -> int:
    """Add a tab with its words in each language, and return its place."""
    place = tabs.addTab("")
    show(partial(tabs.setTabText, place), title)
    show(partial(tabs.setTabToolTip, place), tip)
    return place


def worded(button: AnyButton, told: Text) -> AnyButton:
    """Return a button with its words on it, in each language."""
    show(button.setText, told)
    return button
