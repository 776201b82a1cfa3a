"""Lines of a help text, broken where they fit: between words, and between the characters of Chinese."""

import re

from rich.cells import cell_len

# What may not stand at the beginning of a line stays with what is before it.
_PIECES = re.compile(
    r"\s+|(?:[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef][，。、；：？！）」』】,.;:?!)]*|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+[，。、；：？！）」』】]*)"
)


def wrapped(text: str, width: int) -> list[str]:
    """Return a text as lines of at most so many cells of a terminal, in which a Chinese character takes two.

    Parameters
    ----------
    text : str
        One paragraph.
    width : int
        Cells in a line; what is longer by itself stands alone.
    """
    lines, line = [], ""
    for piece in _PIECES.findall(" ".join(text.split())):
        if line and cell_len(line.rstrip() if piece.isspace() else line + piece) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line or not piece.isspace() else ""
    return [*lines, line.rstrip()] if line.strip() else lines


def filled(text: str, width: int, first: str, others: str) -> str:
    """Return a text as lines of at most so many cells, with something before the first and before all others."""
    room = width - max(cell_len(first), cell_len(others))
    lines = wrapped(text, room)
    return "\n".join((others if place else first) + line for place, line in enumerate(lines))
