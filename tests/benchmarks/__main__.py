"""Runs the cases named on the command line, or all: one JSON line each. Exit code 1 if one misses its limit.

Several cases run in a process of their own each: what one has imported, allocated or traced is not the next one's.
"""

import argparse
import importlib
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tests.benchmarks import table

CASES = {
    "startup": "window",
    "usable": "window",
    "idle": "idle",
    "plots": "plots",
    "plots_memory": "plots",
    "step_digits": "steps",
    "step_cnn": "steps",
    "range_test": "range_test",
    "range_test_again": "range_test",
    "schedule_overhead": "schedules",
    "live_cost": "window",
    "latency": "latency",
    "latency_worst": "latency",
    "latency_import": "latency",
    "stop": "window",
    "memory": "memory",
    "preview": "preview",
    "descent_path": "descent",
    "descent_frame": "descent_frame",
    "compare": "comparison",
    "journal": "history",
    "history_open": "history",
    "suggestion": "suggestion",
    "own_model": "own_model",
    "stream": "stream",
    "cluster_overhead": "cluster",
    "cluster_scale": "cluster",
    "cluster_memory": "cluster_memory",
}
"""The module of each case, in this folder; it has a function of the case's name that returns an ``Outcome``."""


class Outcome(Protocol):
    """What a case returns: a ``Result``, or scores of its own."""

    @property
    def met(self) -> bool:
        """Whether it keeps to its limits."""
        ...

    def line(self) -> str:
        """Return it as one line of JSON."""
        ...


def run(name: str) -> Outcome:
    """Run one case."""
    outcome: Outcome = getattr(importlib.import_module(f"tests.benchmarks.{CASES[name]}"), name)()
    return outcome


def main() -> int:
    """Run what is asked for, and print each result as soon as it is there."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(CASES))
    parser.add_argument("--all", action="store_true", help="run all and print a table of them, as Markdown")
    parser.add_argument("--table", type=Path, metavar="FILE", help="write that table into FILE, between its two marks")
    asked = parser.parse_args()
    if unknown := [name for name in asked.names if name not in CASES]:
        parser.error(f"no case named {', '.join(unknown)}; there are {', '.join(CASES)}")
    names = asked.names or list(CASES)
    if asked.all or asked.table:
        return _tabulate(names, asked.table)
    if len(names) == 1:
        result = run(names[0])
        print(result.line(), flush=True)
        return 0 if result.met else 1
    return max(_alone(name).returncode for name in names)


def _alone(name: str, output: int | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-m", "tests.benchmarks", name], stdout=output, text=True)


def _tabulate(names: Sequence[str], path: Path | None) -> int:
    """Run cases and put all their results into a table; the lines go to stderr meanwhile."""
    results = []
    for name in names:
        said = _alone(name, subprocess.PIPE).stdout
        print(said or name, end="", file=sys.stderr, flush=True)
        results.append(json.loads(said.splitlines()[-1]) if said else {"name": name})
    text = table.table(results, CASES)
    if path is None:
        print(text, end="")
    else:
        table.put_into(path, text)
    return 0 if all(figures.get("met", False) for figures in results) else 1


if __name__ == "__main__":
    sys.exit(main())
