"""Whether a file is an image, and whole, by its first and last bytes: quick enough to be asked of each."""

import os

_HEAD, _TAIL = 12, 4096


def is_sound_image(path: str) -> bool:
    """Return whether a file begins and ends as PNG, JPEG, GIF or BMP files do.

    What is damaged in its middle is found when it is read.
    """
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD)
            size = os.fstat(file.fileno()).st_size
            file.seek(max(0, size - _TAIL))
            tail = file.read(_TAIL)
    except OSError:
        return False
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"IEND" in tail
    if head.startswith(b"\xff\xd8\xff"):
        return b"\xff\xd9" in tail
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return b"\x3b" in tail
    return head[:2] == b"BM" and int.from_bytes(head[2:6], "little") <= size and size > 54
