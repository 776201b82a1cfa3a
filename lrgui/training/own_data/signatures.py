"""Whether a file is an image, whole and of a size that can be read, by its first and last bytes: quick enough for each.

What a header claims is looked at because a few kilobytes can unpack to gigabytes.
"""

import os
import struct
from typing import BinaryIO

MOST_PIXELS = 100_000_000
"""Of one image; 300 MB as it is decoded."""

_HEAD, _TAIL = 26, 4096
_MOST_SEGMENTS = 200
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of JPEG behind which the size stands (ITU T.81, table B.1)."""


def is_sound_image(path: str) -> bool:
    """Return whether a file begins and ends as PNG, JPEG, GIF or BMP files do, and has at most ``MOST_PIXELS``.

    What is damaged in its middle is found when it is read.
    """
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD)
            size = os.fstat(file.fileno()).st_size
            file.seek(max(0, size - _TAIL))
            tail = file.read(_TAIL)
            return _is_whole(head, tail, size) and _pixels(head, file) <= MOST_PIXELS
    except (OSError, struct.error):
        return False


def _is_whole(head: bytes, tail: bytes, size: int) -> bool:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"IEND" in tail
    if head.startswith(b"\xff\xd8\xff"):
        return b"\xff\xd9" in tail
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return b"\x3b" in tail
    return head[:2] == b"BM" and int.from_bytes(head[2:6], "little") <= size and size > 54


def _pixels(head: bytes, file: BinaryIO) -> int:
    """Return how many pixels the header claims."""
    if head[:1] == b"\x89":
        width, height = struct.unpack(">II", head[16:24])
    elif head[:1] == b"G":
        width, height = struct.unpack("<HH", head[6:10])
    elif head[:1] == b"B":
        width, height = struct.unpack("<ii", head[18:26])
    else:
        return _pixels_of_jpeg(file)
    return abs(int(width) * int(height))


def _pixels_of_jpeg(file: BinaryIO) -> int:
    """Return the size that stands in the frame of a JPEG; 0 where there is none, which its decoder will tell."""
    file.seek(2)
    for _ in range(_MOST_SEGMENTS):
        start, marker, length = struct.unpack(">BBH", file.read(4))
        if start != 0xFF:
            return 0
        if marker in _FRAMES:
            height, width = struct.unpack(">xHH", file.read(5))
            return int(height * width)
        file.seek(length - 2, os.SEEK_CUR)
    return 0
