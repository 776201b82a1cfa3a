"""In which line of a TOML file each of its keys and values stands; the standard library's reader does not tell."""

import re

Place = tuple[str | int, ...]
"""Keys and, in arrays, numbers from 0: ``("step", 2, "do", 0)``."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"\s*(?:\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|([\w-]+))\s*")
_STRING = re.compile(
    r"\"\"\"(?:[^\\]|\\.)*?\"{3,5}|'''.*?'{3,5}|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\n]*")


def lines_of(text: str) -> dict[Place, int]:
    """Return the line, from 1, of every key and every item of an array in a text that is right TOML."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._counted, self._newlines = 0, 0
        self._lines: dict[Place, int] = {(): 1}
        self._tables: dict[Place, int] = {}

    def read(self) -> dict[Place, int]:
        table: Place = ()
        while self._skip_blank():
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
        return self._lines

    def _header(self) -> Place:
        several = self._text.startswith("[[", self._at)
        line = self._line()
        self._at += 1 + several
        place = self._resolved(self._keys(), line, several=several)
        self._at += 1 + several
        return place

    def _resolved(self, keys: list[str], line: int, *, several: bool) -> Place:
        """Return the place of a table: inside an array of tables, in the last of them."""
        place: Place = ()
        for number, key in enumerate(keys):
            place = (*place, key)
            self._lines.setdefault(place, line)
            if several and number == len(keys) - 1:
                self._tables[place] = self._tables.get(place, -1) + 1
            if place in self._tables:
                place = (*place, self._tables[place])
                self._lines.setdefault(place, line)
        return place

    def _pair(self, table: Place) -> None:
        line, place = self._line(), table
        for key in self._keys():
            place = (*place, key)
            self._lines.setdefault(place, line)
        self._at += 1  # the sign "="
        self._value(place)

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            found = _KEY.match(self._text, self._at)
            assert found is not None
            keys.append(next(part for part in found.groups() if part is not None))
            self._at = found.end()
            if not self._text.startswith(".", self._at):
                return keys
            self._at += 1

    def _value(self, place: Place) -> None:
        self._skip_blank()
        if (found := _STRING.match(self._text, self._at)) is not None:
            self._at = found.end()
        elif self._text.startswith("[", self._at):
            self._items(place)
        elif self._text.startswith("{", self._at):
            self._at += 1
            while self._next("}"):
                self._pair(place)
        elif (found := _PLAIN.match(self._text, self._at)) is not None:
            self._at = found.end()

    def _items(self, place: Place) -> None:
        self._at += 1
        number = 0
        while self._next("]"):
            self._lines[(*place, number)] = self._line()
            self._value((*place, number))
            number += 1

    def _next(self, end: str) -> bool:
        """Go on to the next item, or past the end; return whether there is one."""
        self._skip_blank()
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip_blank()
        if self._text.startswith(end, self._at):
            self._at += 1
            return False
        return self._at < len(self._text)

    def _skip_blank(self) -> bool:
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at < len(self._text)

    def _line(self) -> int:
        # Counted on from where it was counted last: from the beginning each time, a long file would take minutes.
        self._newlines += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._newlines + 1
