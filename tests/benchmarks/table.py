"""The results of all cases as a table in Markdown, with the machine that they are of."""

import importlib
import inspect
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- measured -->", "<!-- end of what is measured -->"
"""Between these two lines a document has the table."""

_PACKAGES = ("tensorflow", "keras", "numpy", "PySide6_Essentials", "pyqtgraph")
_HEADER = ("case", "what is compared", "ours", "peer", "ratio", "95 % interval", "limit", "met")

Figures = Mapping[str, Any]
"""What a case has printed; of one that broke, its name alone."""


def table(results: Iterable[Figures], modules: Mapping[str, str]) -> str:
    """Return what was measured, for people.

    Parameters
    ----------
    results : iterable of mapping
        The JSON lines of the cases, read.
    modules : mapping
        The module of each case, whose docstring says what is compared.
    """
    rows = [_row(figures, _what(figures["name"], modules[figures["name"]])) for figures in results]
    return "\n".join([machine(), "", _line(_HEADER), _line(["---"] * len(_HEADER)), *map(_line, rows)]) + "\n"


def machine() -> str:
    """Return on what was measured, when, and with which versions, as a sentence each."""
    packages = ", ".join(f"{package} {version(package)}" for package in _PACKAGES)
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {packages}"
    return f"{datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores of {_processor()}, {_memory()}.\n{system}."


def put_into(path: Path, text: str) -> None:
    """Write the table into a file: between the two marks if it has them, else as all that is in it."""
    before, begin, rest = (path.read_text("utf-8") if path.exists() else "").partition(BEGIN)
    _, end, after = rest.partition(END)
    path.write_text(f"{before}{begin}\n\n{text}\n{end}{after}" if end else text, "utf-8")


def _row(figures: Figures, what: str) -> Sequence[str]:
    name = str(figures["name"])
    if "met" not in figures:
        return (name, what, "", "", "", "", "", "broke")
    met = "yes" if figures["met"] else "**no**"
    if "ratio" not in figures:
        return (name, what, "", "", "", "", "", met)
    ours, peer = (f"{_figure(figures[side])} {figures['unit']}" for side in ("ours", "reference"))
    interval = f"{figures['low']:.2f} to {figures['high']:.2f}"
    return (name, what, ours, peer, f"{figures['ratio']:.2f}", interval, f"{figures['limit']:g}", met)


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _what(name: str, module: str) -> str:
    told = inspect.getdoc(getattr(importlib.import_module(f"tests.benchmarks.{module}"), name)) or ""
    return " ".join(told.partition("\n\n")[0].split()).removesuffix(".")


def _processor() -> str:
    """Return the processor's own name, or its kind where the system does not tell."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text("utf-8").splitlines() if known.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _memory() -> str:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return "memory unknown"
    return f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB of memory"
