"""Draws the icons that cannot be a vector anew: ``python resources/icons/make.py`` after ``lrgui.svg`` was changed.

A packaged program wants an ``.ico`` on Windows and an ``.icns`` on macOS: containers of PNG images, which are written
here. The window, and desktops on Linux, take the vector.
"""

import os
import struct
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QGuiApplication, QImageReader

HERE = Path(__file__).resolve().parent

WINDOWS = (16, 24, 32, 48, 64, 256)
"""Pixels of the images in an ``.ico``; 256 is the largest that it can have."""

MACOS = {b"icp4": 16, b"icp5": 32, b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}
"""Pixels of the images in an ``.icns``, by the type that tells macOS where each is used."""


def drawn(pixels: int) -> bytes:
    """Return the icon as a PNG image of so many pixels."""
    reader = QImageReader(str(HERE / "lrgui.svg"))
    reader.setScaledSize(QSize(pixels, pixels))
    image = reader.read()
    if image.isNull():
        raise SystemExit(reader.errorString())
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


def ico(images: dict[int, bytes]) -> bytes:
    """Return an ``.ico``: a head, an entry of 16 bytes for each image, and the images (256 pixels are written as 0)."""
    places, at = b"", 6 + 16 * len(images)
    for pixels, image in images.items():
        places += struct.pack("<BBBBHHII", pixels % 256, pixels % 256, 0, 0, 1, 32, len(image), at)
        at += len(image)
    return struct.pack("<HHH", 0, 1, len(images)) + places + b"".join(images.values())


def icns(images: dict[bytes, bytes]) -> bytes:
    """Return an ``.icns``: a head, and each image behind its type and length."""
    body = b"".join(kind + struct.pack(">I", 8 + len(image)) + image for kind, image in images.items())
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def main() -> None:
    """Write all of them beside the vector."""
    application = QGuiApplication([])
    (HERE / "lrgui.ico").write_bytes(ico({pixels: drawn(pixels) for pixels in WINDOWS}))
    (HERE / "lrgui.icns").write_bytes(icns({kind: drawn(pixels) for kind, pixels in MACOS.items()}))
    application.quit()


if __name__ == "__main__":
    main()
