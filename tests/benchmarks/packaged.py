"""Process start to first painted window of a packaged program, against the checkout.

    python -m tests.benchmarks.packaged dist/lrgui

Not among the cases that ``python -m tests.benchmarks`` runs: the package takes minutes to make.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks import first_paint
from tests.benchmarks.display import use_a_display
from tests.benchmarks.measure import Result, Sample, compare

_MODULE = "lrgui_first_paint"


def main(package: Path) -> None:
    """Measure, and print the result."""
    use_a_display()
    program = next(path for path in (package / "lrgui", package / "lrgui-console.exe") if path.is_file())
    checkout = _seconds_to_paint([sys.executable, "-m", "tests.benchmarks.packaged"])
    with _module_in(package):
        packaged = _seconds_to_paint([str(program), "--run-module", _MODULE])
        print(_told(compare("packaged", packaged, checkout, limit=1.3, unit="s", blocks=9)))


def _told(result: Result) -> str:
    times = f"packaged {result.ours:.2f} s, checkout {result.reference:.2f} s"
    return f"{times}: ratio {result.ratio:.2f} ({result.low:.2f} to {result.high:.2f})"


@contextmanager
def _module_in(package: Path) -> Iterator[None]:
    """Let the package have, for a moment, the module that prints the clock at the first paint."""
    file = package / "_internal" / f"{_MODULE}.py"
    file.write_text(f"{Path(first_paint.__file__).read_text(encoding='utf-8')}\n\nprogram()\n", encoding="utf-8")
    try:
        yield
    finally:
        file.unlink()


def _seconds_to_paint(command: list[str]) -> Sample:
    def seconds() -> float:
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "HOME": home, "XDG_DATA_HOME": home}
            began = time.perf_counter()  # the same clock for all processes
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return float(done.stdout) - began

    return seconds


if __name__ == "__main__":
    if sys.argv[1:]:
        main(Path(sys.argv[1]).resolve())
    else:
        first_paint.program()
