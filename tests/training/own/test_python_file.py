"""What can be wrong with a Python file: one sentence each, with the line. None of these files needs Keras."""

from pathlib import Path

import pytest

from lrgui.core.contents import content_hash
from lrgui.core.messages import Refused
from lrgui.core.trust import Trust, keep_in
from lrgui.training.own.python_file import PythonFile, check_trusted

BUILD = "def build_model():\n    "

BAD = {
    "a mistake in its writing": ("x = 1\ndef build_model(:\n", "line 2, went wrong with SyntaxError"),
    "bytes that are no text": ("x = '\x00'\n", "went wrong with SyntaxError"),
    "an error at its import": ("import math\nx = math.sqrt(-1)\n", "line 2, went wrong with ValueError: math"),
    "an error with many lines": ("raise ValueError('first\\nsecond')", "ValueError: first. Put that right"),
    "an error without a word": ("raise ValueError", "ValueError: ValueError"),
    "sys.exit at its import": ("import sys\nsys.exit(3)\n", "line 2, ended Python with SystemExit(3): put that"),
    "an interrupt": ("raise KeyboardInterrupt", "ended Python with KeyboardInterrupt"),
    "a missing package": ("import no_such_package_here\n", "imports no_such_package_here, which is not installed"),
    "no build_model": ("x = 1\n", "defines no build_model(): write one that takes nothing"),
    "a build_model that is a number": ("build_model = 3\n", "defines no build_model()"),
    "a build_model that asks for something": (
        "def build_model(units):\n    return units\n", "missing 1 required positional argument: 'units'",
    ),
    "a build_model that raises": (f"{BUILD}raise RuntimeError('no luck')\n", "build_model() in mine.py, line 2, went"),
    "a build_model that exits": (f"{BUILD}exit()\n", "build_model() in mine.py, line 2, ended Python"),
    "a build_model that forgets to return": (f"{BUILD}x = 1\n", "returned None, not a Keras model: let it return"),
    "a build_model that returns a list": (f"{BUILD}return [1]\n", "returned list, not a Keras model"),
    "a build_model that returns its class": (
        f"class Net: pass\n{BUILD}return Net()\n", "returned own_file_mine.Net, not a Keras model",
    ),
    "a file that it misses": (f"{BUILD}open('weights.h5')\n", "looks for weights.h5, which is not there: give its"),
    "an endless recursion": (f"{BUILD}return build_model()\n", "went wrong with RecursionError"),
}  # fmt: skip


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "我的 模型"
    folder.mkdir()
    return folder / "mine.py"


@pytest.mark.parametrize("case", BAD)
def test_that_what_goes_wrong_is_told_in_a_sentence_that_names_the_file(case, mine):
    source, told = BAD[case]
    mine.write_text(source, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        PythonFile(mine).build_model()
    sentence = str(refused.value)
    assert told in sentence
    assert "mine.py" in sentence
    assert "\n" not in sentence


def test_that_a_file_that_is_gone_says_where_it_was(mine):
    with pytest.raises(Refused, match=r"mine\.py is not at .*我的 模型: put it there"):
        PythonFile(mine)


def test_that_data_are_asked_of_a_file_that_has_none(mine):
    mine.write_text("x = 1\n")
    with pytest.raises(Refused, match=r"mine\.py defines no load_data\(\): write one that returns \(x, y\)"):
        PythonFile(mine).load_data()


def test_that_a_file_imports_what_lies_beside_it_and_leaves_nothing_behind(mine):
    import sys

    (mine.parent / "beside_it.py").write_text("NUMBER = 7\n")
    mine.write_text("import sys\nimport beside_it\ndef load_data():\n    return beside_it.NUMBER, sys.argv, __name__\n")
    arguments, search = list(sys.argv), list(sys.path)
    number, words, name = PythonFile(mine).load_data()
    assert (number, words, name) == (7, [str(mine)], "own_file_mine")
    assert (sys.argv, sys.path) == (arguments, search)
    assert "beside_it" not in sys.modules


def test_that_what_a_file_prints_does_not_come_to_stdout(mine, capsys):
    mine.write_text("print('loud')\ndef load_data():\n    print('louder')\n")
    PythonFile(mine).load_data()
    assert capsys.readouterr().out == ""


def test_that_a_file_is_run_only_with_the_content_that_was_allowed(mine, tmp_path):
    mine.write_text("x = 1\n")
    keep_in(tmp_path)
    try:
        with pytest.raises(Refused, match=r"mine\.py is a program, and it was not allowed .* or add --trust"):
            check_trusted(mine)
        Trust(tmp_path).allow(content_hash(mine), mine.name)
        assert check_trusted(mine) == content_hash(mine)
        mine.write_text("x = 'changed'\n")
        with pytest.raises(Refused, match="not allowed"):
            check_trusted(mine)
    finally:
        keep_in(None)
