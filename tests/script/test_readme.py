"""The script of the README, word for word, as somebody types it after ``python -c``."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODEL = """
import keras
from tests.script.learnable import EXAMPLES as x, LABELS as y, classifier
model = classifier()
"""
AFTERWARDS = """
rate, iterations = float(model.optimizer.learning_rate), int(model.optimizer.iterations)
print(result.unchanged, finder.result.unchanged, rate > 0, iterations)
import sys
print(sorted({"PySide6", "pyqtgraph"} & set(sys.modules)))
"""


def script() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", text.partition("## From a script")[2], re.DOTALL)[0].splitlines()


def test_that_the_readme_has_both_ways_on_ten_lines():
    lines = [line for line in script() if line]
    assert len(lines) <= 10
    assert any("find_learning_rate(" in line for line in lines) and any("callbacks=[finder]" in line for line in lines)


def test_that_the_script_of_the_readme_runs():
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    lines = [
        "finder._window._process.terminate(); finder.wait()" if "finder.wait" in line else line for line in script()
    ]
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        lines = [line for line in lines if not line.startswith("result.plot()")]
    code = "\n".join([MODEL, *lines, AFTERWARDS])
    environment = {**os.environ, "MPLBACKEND": "Agg", "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=180
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines()[-2:] == ["True True True 0", "[]"]
