"""What goes into the wheel and into the package, and what stays out."""

import importlib.util
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "resources" / "packaging"


IMPORTS = ("import ", "from ")


def loaded(name):
    spec = importlib.util.spec_from_file_location(name, PACKAGING / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


pruning = loaded("pruning")


def test_that_the_wheel_brings_each_folder_of_resources_that_the_program_reads():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    folders = {path.name for path in (ROOT / "resources").iterdir() if path.is_dir()} - set(pruning.RESOURCES)
    assert included == {f"resources/{name}": f"lrgui/_resources/{name}" for name in folders - {"__pycache__"}}


@pytest.mark.parametrize(
    "place",
    [
        "sklearn/datasets/tests/data/x.csv",
        "tensorflow/include/tensorflow/core/a.h",
        "tensorflow\\include\\a.txt",
        "keras/src/layers/core/dense_test.py",
        "numpy/_core/lib/npymath.lib",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/translations/qt_zh_TW.qm",
        "PySide6/Qt/plugins/platforms/libqlinuxfb.so",
        "PySide6\\plugins\\sqldrivers\\qsqlite.dll",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "libgtk-3.so.0",
        "keras-3.15.1.dist-info/RECORD",
    ],
)
def test_that_what_nobody_needs_stays_out(place):
    assert not pruning.is_used(place)


@pytest.mark.parametrize(
    "place",
    [
        "sklearn/datasets/data/digits.csv.gz",
        "fonticon_mdi7/fonts/materialdesignicons-webfont.ttf",
        "lrgui/_resources/translations/zh_TW/LC_MESSAGES/lrgui.po",
        "PySide6/Qt/translations/qtbase_zh_TW.qm",
        "PySide6\\translations\\qtbase_en.qm",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "tensorflow/libtensorflow_cc.so.2",
        "keras-3.15.1.dist-info/METADATA",
        "libcrypto.so.3",
    ],
)
def test_that_what_the_program_reads_goes_in(place):
    assert pruning.is_used(place)


def test_that_modules_whose_name_only_looks_like_that_of_a_test_go_in():
    assert pruning.is_used_module("lrgui.core.config.range_test")
    assert pruning.is_used_module("scipy.stats._page_trend_test")
    assert pruning.is_used_module("numpy.testing")
    assert not pruning.is_used_module("keras.src.layers.core.dense_test")
    assert not pruning.is_used_module("sklearn.tests.test_base")
    assert not pruning.is_used_module("scipy.linalg.tests")


def test_that_libraries_moved_into_a_wheel_are_not_stripped():
    assert pruning.may_be_stripped("tensorflow/libtensorflow_cc.so.2")
    assert not pruning.may_be_stripped("numpy.libs/libscipy_openblas64_-32a4b2a6.so")
    assert not pruning.may_be_stripped("sklearn/datasets/data/digits.csv.gz")


def test_that_the_modules_left_out_are_not_imported_by_the_program():
    places = [path for path in (ROOT / "lrgui").rglob("*.py") if path.parent.name != "cluster"]
    files = [path.read_text(encoding="utf-8") for path in places]
    top = {line.split()[1].split(".")[0] for text in files for line in text.splitlines() if line.startswith(IMPORTS)}
    assert top & {name for name in pruning.MODULES if "." not in name} == set()


def test_that_a_persons_file_can_import_what_python_has():
    found = loaded("standard").standard_modules()
    assert {"csv", "statistics", "json.decoder", "xml.etree.ElementTree", "concurrent.futures.thread"} <= set(found)
    assert not [name for name in found if ".test." in f"{name}." or name.startswith(("tkinter", "idlelib"))]


def test_that_the_workflow_of_the_other_systems_runs_the_commands_of_the_readme():
    workflow = (ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in (
        "python3 -m venv .venv && .venv/bin/python -m pip install -e '.[test]' && .venv/bin/python -m pytest -n auto",
        r"py -m venv .venv && .venv\Scripts\python -m pip install -e .[test] && .venv\Scripts\python -m pytest -n auto",
    ):
        assert f"        run: {command}\n" in workflow
        assert f"    {command}\n" in readme
    assert workflow.count("self-test") >= 2
