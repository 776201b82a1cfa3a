"""Load by hand: ``python -m tests.load [--cycles 200] [--real 20] [--retrains 100] [--seed N]``.

Most cycles have jobs without TensorFlow, ``--real`` of them the program's own. Prints what the process holds meanwhile;
ends with 1 where something hangs, fails or grows.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

_AT_A_TIME = 20


def main() -> int:
    """Do what was asked for, and return the exit code."""
    asked = _asked()
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "LRGUI_LANGUAGE": "en"}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LRGUI_PROFILE"] = folder
        _cycle(Path(folder), asked)
    return 0 if _retrain(asked.retrains) else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load")
    for name, default in (("cycles", 200), ("real", 20), ("retrains", 100), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args()


def _cycle(profile: Path, asked: argparse.Namespace) -> None:
    from lrgui.app import create_application, create_window

    application = create_application()
    from tests.load.cycles import Cycles

    cycles = Cycles(profile / "quick", asked.seed)
    _go(cycles, asked.cycles - asked.real, "cycles without TensorFlow")
    real = Cycles(profile / "real", asked.seed, create_window)
    _go(real, asked.real, "cycles with real runs")
    assert all(thread.isFinished() for thread in (*cycles.threads, *real.threads))
    print(f"done: {dict(cycles.done + real.done)}")
    del application


def _go(cycles, count: int, what: str) -> None:
    from tests.load.resources import held

    for first in range(0, count, _AT_A_TIME):
        began = time.monotonic()
        cycles.go(min(_AT_A_TIME, count - first))
        print(f"{first + _AT_A_TIME:4} {what}: {held()}; {time.monotonic() - began:.1f} s", flush=True)
    cycles.finish()


def _retrain(count: int) -> bool:
    from tests.load.retrains import retrain

    first = retrain(10)
    print(f"after 10 trainings: {first}", flush=True)
    last = retrain(count - 10)
    growth = 100 * (last.megabytes / first.megabytes - 1)
    print(f"after {count} trainings: {last}; {growth:+.1f} % of memory")
    return growth <= 5 and last.threads <= first.threads and last.files <= first.files


if __name__ == "__main__":
    sys.exit(main())
