"""Make the program a folder that needs no Python, for the system that this runs on.

    python resources/packaging/build.py                              the folder dist/lrgui
    python resources/packaging/build.py --data-from ~/.keras         with the data sets that are there

Where this Python lacks what is needed (``pip install -e '.[package]'``), an environment with all of it is made first.
"""

import argparse
import importlib.metadata
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NAME = "lrgui"
OVERLAY = "LRGUI_PACKAGING_OVERLAY"
"""The variable that tells the spec which folder goes before the installed packages."""

sys.path.insert(0, str(HERE))
import pruning  # noqa: E402 - beside this file


def main() -> None:
    """Build what is asked for, and say where it is and how large."""
    asked = _asked()
    work = asked.work.resolve()
    if not _is_complete():
        _run([str(_environment(work)), __file__, *sys.argv[1:]])
        return
    program = _analysed(asked.out.resolve(), work)
    _strip(program)
    for home in asked.data_from:
        _add_data(program, home.expanduser().resolve())
    megabytes = sum(path.lstat().st_size for path in program.rglob("*")) / 1e6
    print(f"{program}: {megabytes:,.0f} MB. Try it: {program / NAME} self-test")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the folder lrgui is made anew")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "packaging", help="for what is made on the way")
    parser.add_argument(
        "--data-from",
        type=Path,
        default=[],
        action="append",
        metavar="KERAS_HOME",
        help="a home of Keras (~/.keras) whose data sets go into the package",
    )
    return parser.parse_args()


def _is_complete() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in ("PyInstaller", "tensorflow", "PySide6", NAME))


def _environment(work: Path) -> Path:
    """Return the Python of an environment of its own, made if it is not there."""
    folder = work / "environment"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=True)
    _run([str(python), "-m", "pip", "install", "--quiet", "-e", f"{ROOT}[package]"])
    return python


def _analysed(out: Path, work: Path) -> Path:
    """Let PyInstaller find what the program needs and put it into a folder, which is returned."""
    overlay = _overlay(work)
    paths = filter(None, (overlay, ROOT, os.environ.get("PYTHONPATH")))
    variables = {"PYTHONPATH": os.pathsep.join(map(str, paths)), OVERLAY: str(overlay or "")}
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", str(out), "--workpath", str(work / "pyinstaller")]
    _run(
        [*command, *places, str(HERE / "lrgui.spec")],
        {**variables, "TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"},
    )
    return out / NAME


def _overlay(work: Path) -> Path | None:
    """Return a folder with TensorFlow without CUDA, which is half as large; None where there is no other one."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        return None
    version = importlib.metadata.version("tensorflow")
    folder = work / f"tensorflow-cpu-{version}"
    if not folder.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", f"{folder}.part"]
        shutil.rmtree(f"{folder}.part", ignore_errors=True)
        _run([*pip, f"tensorflow-cpu=={version}"])
        Path(f"{folder}.part").rename(folder)
    return folder


def _strip(program: Path) -> None:
    """Take from libraries the names that only debuggers read: a quarter of TensorFlow. Only Linux has them there."""
    if sys.platform != "linux":
        return
    for library in program.rglob("*.so*"):
        if not library.is_symlink() and pruning.may_be_stripped(library.relative_to(program).as_posix()):
            _run(["strip", "--strip-unneeded", str(library)])


def _add_data(program: Path, home: Path) -> None:
    """Copy the known data sets of a home of Keras, each file checked, to where the program finds them."""
    resources = next(path for path in program.rglob("_resources") if path.parent.name == NAME)
    with tempfile.TemporaryDirectory() as profile:
        _run(
            [sys.executable, "-m", NAME, "data", "--add", str(home)],
            {"KERAS_HOME": str(resources), "LRGUI_PROFILE": profile},
        )


def _run(command: Sequence[str], variables: Mapping[str, str] | None = None) -> None:
    code = subprocess.run(command, check=False, env={**os.environ, **(variables or {})}).returncode
    if code:
        sys.exit(f"Failed (exit code {code}): {' '.join(command)}")


if __name__ == "__main__":
    main()
