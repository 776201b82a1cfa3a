"""Runs the cases named on the command line, or all: one JSON line each. Exit code 1 if one misses its limit.

Several cases run in a process of their own each: what one has imported, allocated or traced is not the next one's.
"""

import argparse
import importlib
import subprocess
import sys
from typing import Protocol

CASES = {
    "startup": "window",
    "step_digits": "steps",
    "step_cnn": "steps",
    "schedule_overhead": "schedules",
    "live_cost": "window",
    "latency": "window",
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
    names = parser.parse_args().names or list(CASES)
    if unknown := [name for name in names if name not in CASES]:
        parser.error(f"no case named {', '.join(unknown)}; there are {', '.join(CASES)}")
    if len(names) == 1:
        result = run(names[0])
        print(result.line(), flush=True)
        return 0 if result.met else 1
    return max(subprocess.run([sys.executable, "-m", "tests.benchmarks", name]).returncode for name in names)


if __name__ == "__main__":
    sys.exit(main())
