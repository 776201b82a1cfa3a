"""Archives and files of arrays in memory."""

import io
import tarfile
import zipfile
from collections.abc import Mapping

import numpy as np

HEADERS = (b"'descr': '|O'", b"'descr': '<f8'", b"(9999999999,)", b"(0,)", b"(-1,)", b"True", b"<U9", b"V8", b"M8[s]")
"""Words of the header of an array."""


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the members of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return an archive of members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def tarred(parts: Mapping[str, bytes]) -> bytes:
    """Return a compressed archive of members."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz", compresslevel=1) as archive:
        for name, part in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(part)
            archive.addfile(member, io.BytesIO(part))
    return content.getvalue()


def untarred(content: bytes) -> dict[str, bytes]:
    """Return the members of a compressed archive."""
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        return {member.name: archive.extractfile(member).read() for member in archive}


def npy(array: np.ndarray) -> bytes:
    """Return the file of an array."""
    content = io.BytesIO()
    np.save(content, array)
    return content.getvalue()
