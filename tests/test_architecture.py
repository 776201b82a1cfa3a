"""The house rules, run rather than remembered."""

import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import lrgui
import lrgui.cli
import lrgui.core

ROOT = Path(__file__).parents[1]
TOP_LEVEL = {"main.py", "lrgui", "resources", "tests", "pyproject.toml", "README.md"}
MADE_BY_TOOLS = {"__pycache__", "build", "dist"}
TEXT = {".py", ".toml", ".md", ".qss", ".po", ".txt", ".json", ".yml", ".yaml", ".cfg", ".ini", ""}
CORE = "lrgui.core"
HEAVY = {"PySide6", "shiboken6", "pyqtgraph", "tensorflow", "keras", "sklearn"}


def imported_by(code: str) -> set[str]:
    """Return the names of the top-level packages that a fresh Python holds after the code."""
    names = f"{code}\nimport sys; print('\\n'.join({{name.split('.')[0] for name in sys.modules}}))"
    ended = subprocess.run([sys.executable, "-c", names], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(ended.stdout.split())


def test_that_every_room_imports_only_what_it_may():
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_that_no_room_was_forgotten_where_it_says_that_core_knows_no_other():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    [forbidden] = [each["forbidden_modules"] for each in settings["contracts"] if each["source_modules"] == [CORE]]
    rooms = {f"lrgui.{module.name}" for module in pkgutil.iter_modules(lrgui.__path__)}
    assert rooms - set(forbidden) == {CORE, "lrgui.__main__"}


@pytest.mark.parametrize("package", [lrgui.core, lrgui.cli], ids=["core", "cli"])
def test_that_a_room_without_qt_and_keras_brings_in_neither(package):
    modules = [module.name for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    assert modules
    code = "\n".join(f"import {name}" for name in ["lrgui", "lrgui.__main__", "lrgui.jobs", "lrgui.display", *modules])
    assert imported_by(code) & HEAVY == set()


def test_that_the_package_itself_is_light():
    assert imported_by("import lrgui") & (HEAVY | {"numpy", "pydantic", "rich"}) == set()


def test_that_the_window_comes_without_tensorflow():
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    assert imported_by("import lrgui.app") & {"tensorflow", "keras", "sklearn"} == set()


def test_that_nothing_else_is_visible_at_the_top():
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert visible - MADE_BY_TOOLS == TOP_LEVEL


def test_that_no_file_names_a_package_registry():
    hosts = ("pypi" + ".org", "python" + "hosted.org", "index" + "-url", "find" + "-links", "anaconda" + ".org")
    files = [ROOT / "main.py", ROOT / "pyproject.toml", ROOT / "README.md", ROOT / ".gitignore", ROOT / ".ci/run"]
    for folder in ("lrgui", "resources", "tests"):
        files += [path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix in TEXT]
    naming = [path for path in files if any(host in path.read_text(encoding="utf-8") for host in hosts)]
    assert naming == []


def test_that_the_checks_run_the_test_command_of_the_readme():
    setup = "python3 -m venv .venv && .venv/bin/python -m pip install -e '.[test]'"
    command = f"{setup} && .venv/bin/python -m pytest -n auto"
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"    {command}\n" in (ROOT / ".ci/run").read_text(encoding="utf-8")
