"""TensorFlow's own library, loaded ahead of its import and without Python's lock."""

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

_FIRST = ("python", "platform", "_pywrap_cpu_feature_guard.so")
"""What the import loads first of what is not Python; all of the library, a gigabyte, comes with it."""


def load_library() -> bool:
    """Have the system load TensorFlow's library, so that its import finds it loaded.

    Python holds its lock while the system loads what an import asks for: no other thread goes on, the window's neither,
    for a third of a second, or several on a slow computer. A function that is called by ``ctypes`` is called without.
    The file is that of the import and its flags are those of the import: nothing is bound in another way. Where that
    file is not there, or the system is another one, all is left to the import, and so are all errors.

    Returns
    -------
    bool
        Whether it was loaded; not where it is imported already.
    """
    if sys.platform != "linux" or "tensorflow" in sys.modules or (first := _first_file()) is None:
        return False
    load = ctypes.CDLL(None).dlopen
    load.argtypes, load.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    return load(os.fsencode(first), sys.getdlopenflags()) is not None


def _first_file() -> Path | None:
    spec = importlib.util.find_spec("tensorflow")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent.joinpath(*_FIRST)
    return path if path.exists() else None
