"""Doors by hand: ``python -m tests.fuzz [DOOR ...] [--seconds 600] [--gigabytes 8] [--first N]``.

Each door in a process of its own with a limit of memory; prints how often it was tried and how that ended. What was
found lies in a file, whose name is printed; the exit code is then 1.
"""

import argparse
import os
import resource
import secrets
import subprocess
import sys

_MODULES = ("text_doors", "kept_doors", "data_doors", "packed_doors", "gui_doors")


def main() -> int:
    """Knock where it was asked for, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("doors", nargs="*", metavar="DOOR")
    parser.add_argument("--seconds", type=float, default=float(os.environ.get("LRGUI_FUZZ_SECONDS", "600")))
    parser.add_argument("--gigabytes", type=float, default=8.0)
    parser.add_argument("--first", type=int, default=secrets.randbelow(2**31))
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    doors = _doors()
    names = asked.doors or list(doors)
    if asked.alone:
        return _knock(doors[names[0]], asked)
    options = ["--seconds", str(asked.seconds), "--gigabytes", str(asked.gigabytes), "--first", str(asked.first)]
    codes = [subprocess.call([sys.executable, "-m", "tests.fuzz", "--alone", *options, name]) for name in names]
    return int(any(codes))


def _doors() -> dict:
    from importlib import import_module

    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "LRGUI_LANGUAGE": "en", "TF_CPP_MIN_LOG_LEVEL": "3"}
    found = {}
    for name in _MODULES:
        found |= import_module(f"tests.fuzz.{name}").DOORS
    return found


def _knock(door, asked: argparse.Namespace) -> int:
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    most = int(asked.gigabytes * 1e9)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    ended = door.knock(asked.seconds, asked.first)
    print(f"{door.name}: {sum(ended.values()):,} tried, {dict(ended)}", flush=True)
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
