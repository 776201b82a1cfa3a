"""What is handed to other people names no place on this computer."""

import json
import sysconfig
import traceback
from pathlib import Path

import numpy as np
import pytest

import lrgui
from lrgui.core.told_paths import with_tilde, without_paths
from lrgui.report import report

PROGRAM = Path(lrgui.__file__).resolve().parent.parent


@pytest.fixture
def trace():
    try:
        json.loads("{")
    except ValueError:
        first = traceback.format_exc()
    try:
        np.linalg.inv(np.zeros((2, 2)))
    except np.linalg.LinAlgError:
        return first + traceback.format_exc()


def test_that_a_trace_keeps_what_tells_where_it_broke_and_not_where_that_lies(trace):
    told = without_paths(trace)
    assert 'File "tests/core/test_told_paths.py"' in told
    assert 'numpy/linalg/_linalg.py", line' in told and 'json/__init__.py", line' in told
    for folder in (PROGRAM, Path.home(), Path(sysconfig.get_path("purelib")), Path(sysconfig.get_path("stdlib"))):
        assert str(folder) not in told


def test_that_a_report_has_versions_and_no_folder(trace):
    told = report(trace)
    assert told.startswith(f"lrgui {lrgui.__version__}\n") and "PySide6 " in told and "LinAlgError" in told
    assert str(PROGRAM) not in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/home/ann/pets/cat.png is damaged", "~/pets/cat.png is damaged"),
        ('File "/home/ann/my model.py", line 3', 'File "~/my model.py", line 3'),
        ("in /home/ann", "in ~"),
        ("/home/anna/x", "/home/anna/x"),
        ("/mnt/home/ann/x", "/mnt/home/ann/x"),
        ("/data/houses.csv", "/data/houses.csv"),
    ],
)
def test_that_home_is_a_tilde_and_nothing_else_is(text, told):
    assert with_tilde(text, Path("/home/ann")) == told


def test_that_a_root_is_no_home():
    assert with_tilde("/etc/x", Path("/")) == "/etc/x"
