"""Whether a window can open here."""

import importlib
import os
import sys
from collections.abc import Iterator

from lrgui import display
from lrgui.core.messages import Refused, say
from lrgui.doctor.finding import Finding


def screen() -> Iterator[Finding]:
    """Look at Qt and at the display."""
    title = say("Window")
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        missing = display.missing_libraries(str(error), ())
        remedy = say("Install what is missing: without a window the command line still works.")
        yield Finding("window", title, display.libraries_missing(missing), "wrong", remedy, details=str(error))
        return
    platforms = display.platforms(os.environ) if sys.platform == "linux" else [sys.platform]
    try:
        display.check()
    except Refused as refused:
        yield Finding("window", title, refused.message, "hint", values={"platforms": platforms})
    else:
        told = say("opens on {platform}", platform=", ".join(platforms))
        yield Finding("window", title, told, values={"platforms": platforms})
