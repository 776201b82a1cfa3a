"""Changes of what is valid: bytes, archives and trees, each made by a few edits that Hypothesis can take away again."""

import json
import math
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as some

WHOLE = 65_535
"""Places and lengths are drawn as shares of so many: as good in a file of ten bytes as in one of a million."""

NUMBERS = (
    b"nan", b"-inf", b"1e999", b"-1", b"0", b"2147483648", b"-9223372036854775809", b"9" * 400, b"9" * 5000, b"1e-999",
    b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\x80\0\0\0\0\0\0\0", b"0x10", b"1_000", "٣".encode(),
    "²".encode(),
)  # fmt: skip
LETTERS = (
    b"\0", b"\n", b"\r\n", b"\t", b"\\", b'"', b"'", b"'''", b'"""', b"%s", b"{0}", b"{x.__class__}", b"$(id)", b"..",
    b"/", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3\x28", "學".encode(), "\u202e".encode(), "\u2028".encode(),
    "\U0001f600".encode(), b"\xed\xa0\x80", b"e\xcc\x81" * 20, b",", b";", b"=", b"[", b"]", b"{", b"}", b"(", b")",
)  # fmt: skip
DEEP = (b"[" * 5000, b"{" * 5000, b'{"a":' * 5000, b"(" * 5000, b"a." * 5000, b"-" * 5000, b"[[" * 5000)
TREES: tuple[Any, ...] = (
    None, True, "", "x", "../../x", "{x.__class__}", "\0", "\ud800", [], {}, [[]], {"": 0}, -1, 0, 1, 2**31, -(2**63),
    10**400, 1e308, math.nan, math.inf, "nan", "a" * 10_000, [0] * 1000, {"class_name": "Lambda", "config": {}},
    {"$number": "x"}, {"$message": "{x", "values": []}, {"$message": "{x:rate}", "values": {"x": "a"}}, "9" * 5000,
)  # fmt: skip


@dataclass(frozen=True)
class Edit:
    """What is done at which place of which length, with what."""

    what: str
    place: int
    length: int
    piece: bytes


_SWOLLEN = 100_000
"""What takes too long takes it here: time that grows with the square is not seen in small things."""

_PLACES = some.integers(0, WHOLE)
_BYTE_EDITS = ("flip", "cut", "insert", "replace", "repeat", "swell", "copy", "end")


def edits(tokens: tuple[bytes, ...], most: int = 5) -> some.SearchStrategy[list[Edit]]:
    """Return some edits of bytes, with pieces that a format has, and others that are hard for most."""
    pieces = some.sampled_from((*tokens, *NUMBERS, *LETTERS, *DEEP)) | some.binary(max_size=4)
    one = some.builds(Edit, some.sampled_from(_BYTE_EDITS), _PLACES, _PLACES, pieces)
    return some.lists(one, min_size=1, max_size=most)


def edited(content: bytes, changes: list[Edit]) -> bytes:
    """Make the edits one after the other."""
    for change in changes:
        content = _edited(content, change)
    return content


def _edited(content: bytes, change: Edit) -> bytes:
    place = len(content) * change.place // WHOLE
    # Most cuts and copies are short: a few letters, a field, a line.
    length = int((len(content) - place) * (change.length / WHOLE) ** 4) + 1
    before, part, after = content[:place], content[place : place + length], content[place + length :]
    match change.what:
        case "flip" if part:
            return before + bytes([part[0] ^ (1 << change.length % 8)]) + part[1:] + after
        case "cut":
            return before + after
        case "insert":
            return before + change.piece + part + after
        case "replace":
            return before + change.piece + content[place + len(change.piece) :]
        case "repeat":
            times = 1 + change.length % 9 if len(part) < 10_000 else 2
            return before + part * times + after
        case "swell":
            return before + part * max(1, _SWOLLEN // len(part)) + after if part else content
        case "copy":
            target = len(content) * change.length // WHOLE
            return content[:target] + part[:2000] + content[target:]
    return before if change.what == "end" else content


def edited_tree(content: bytes, change: Edit, odd: Any) -> bytes:
    """Put something odd in the place of one value of JSON, under another name, or away; text that is none stays."""
    try:
        tree = json.loads(content)
    except (ValueError, RecursionError):
        return content
    places = list(_places(tree))
    if not places:
        return json.dumps(odd).encode("utf-8", "surrogatepass")
    owner, key = places[(len(places) - 1) * change.place // WHOLE]
    if change.what == "cut":
        del owner[key]
    elif change.what == "copy" and isinstance(owner, dict):
        owner[str(change.piece)] = owner[key]
    elif change.what == "repeat":
        owner[key] = _deep(owner[key], 1 + change.length % 3000)
    else:
        owner[key] = odd
    try:
        return json.dumps(tree).encode("utf-8", "surrogatepass")
    except RecursionError:
        return content


def _places(tree: Any) -> Any:
    """Yield each dictionary and list with each of its keys."""
    waiting = [tree]
    while waiting:
        owner = waiting.pop()
        if isinstance(owner, dict | list):
            for key in list(owner) if isinstance(owner, dict) else range(len(owner)):
                yield owner, key
                waiting.append(owner[key])


def _deep(value: Any, levels: int) -> Any:
    for level in range(min(levels, 400)):
        value = [value] if level % 2 else {"config": value}
    return value
