"""``lrgui descend`` as a person and as a program meet it."""

import json
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from lrgui.__main__ import main

ROOT = Path(__file__).parents[1]
ARTICLE = ["--function", "x**2", "--start", "5", "--walker", "sgd,learning_rate=0.2,schedule=shrink", "--steps", "20"]


def refuse(constant):
    raise AssertionError(f"{constant} is not JSON")


def descended(capsys, *words):
    assert main(["descend", *words, "--json", "-"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out, parse_constant=refuse)


def test_that_the_run_of_the_article_is_reproduced_to_the_last_digit(capsys):
    (walker,) = descended(capsys, *ARTICLE)["walkers"]
    w, learning_rate = 5.0, 0.2
    for entry in range(21):
        assert walker["step"][entry] == entry
        assert walker["w"][entry] == w
        assert walker["f"][entry] == w**2
        assert walker["gradient"][entry] == 2 * w
        assert walker["learning_rate"][entry] == learning_rate
        w = w - learning_rate * (2 * w)
        learning_rate -= learning_rate / 100
    assert {len(column) for name, column in walker.items() if isinstance(column, list)} == {21}
    assert walker["name"] == "sgd"
    assert walker["ended"] is None


def test_that_several_walkers_on_two_variables_come_in_their_order(capsys):
    walkers = ["sgd,learning_rate=0.01", "adam", "momentum,momentum=0.8,learning_rate=0.005"]
    words = [word for walker in walkers for word in ("--walker", walker)]
    record = descended(capsys, "--function", "himmelblau", "--start", "-1,2", *words, "--steps", "300")
    assert [walker["name"] for walker in record["walkers"]] == ["sgd", "adam", "momentum"]
    for walker in record["walkers"]:
        assert walker["w"][0] == [-1.0, 2.0]
        assert len(walker["gradient"][0]) == 2
        assert walker["ended"].startswith("arrived at step")
    assert record["function"]["variables"] == ["x", "y"]


def test_that_a_walker_that_diverges_ends_there_and_says_why(capsys):
    (walker,) = descended(capsys, "--function", "2*x**2", "--start", "1", "--walker", "sgd,learning_rate=3")["walkers"]
    assert walker["ended"] == "diverged at step 2: above 2/L = 0.5"
    assert len(walker["w"]) == 3


def test_that_noise_hangs_on_the_seed(capsys):
    runs = [
        descended(capsys, "--walker", "sgd,noise=1", "--steps", "5", "--seed", seed)["walkers"][0]["w"]
        for seed in ("1", "1", "2")
    ]
    assert runs[0] == runs[1] != runs[2]


def test_that_a_schedule_takes_its_fields_with_colons(capsys):
    walker = "sgd,learning_rate=0.4,schedule=cosine:floor=0.5:warmup=2"
    (walker,) = descended(capsys, "--walker", walker, "--steps", "10")["walkers"]
    assert max(walker["learning_rate"]) == 0.4
    assert walker["fields"]["schedule"]["floor"] == 0.5


@pytest.mark.parametrize(
    ("function", "start"),
    [("-x", "-2"), ("min(x, y)**2", "1,-2"), ("bowl,condition=50", "1 1"), ("line,points=0 1 2 3", "0,0")],
)
def test_that_functions_are_typed_as_the_help_says(capsys, function, start):
    record = descended(capsys, "--function", function, "--start", start, "--steps", "3")
    assert len(record["walkers"][0]["w"]) == 4


BAD_INPUT = [
    ("--function x**", ["--function x**", "Column 4"]),
    ("--function os.remove", ["Column 3"]),
    ("--function rosenbrok", ["no function 'rosenbrok'", "rosenbrock"]),
    ("--function bowl,condition=-1", ["condition"]),
    ("--start 1,2", ["--start", "one variable"]),
    ("--function x*y --start 1", ["--start", "two variables"]),
    ("--start here", ["--start", "'here'"]),
    ("--steps 0", ["--steps", "from 1 to 100,000"]),
    ("--walker sgd,lr=1", ["--walker", "no field 'lr'", "learning_rate"]),
    ("--walker fast", ["--walker", "one of sgd, momentum"]),
    ("--walker sgd,learning_rate=inf", ["Learning rate", "above 0"]),
    ("--walker sgd,schedule=cosine:floor=2", ["Floor", "from 0 to 1"]),
    ("--walker sgd,schedule=slowly", ["Schedule", "cosine"]),
    ("--walker sgd,0.2", ["key=value"]),
    ("--walker sgd " * 9, ["at most 8 walkers"]),
    ("--start nan", ["--start", "Give a number", "nan"]),
    ("--plot path.jpg", ["--plot", ".png"]),
    ("--json /no/such/folder/file", ["--json", "does not exist"]),
    ("--speed 3", ["--speed"]),
    ("--function", ["--function"]),
]


@pytest.mark.parametrize(("words", "named"), BAD_INPUT, ids=[words[:40] for words, _ in BAD_INPUT])
def test_that_bad_input_is_refused_in_one_line(capsys, words, named):
    assert main(["descend", *words.split()]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("lrgui descend: ") and err.count("\n") == 1
    assert [word for word in named if word not in err] == []


def test_that_a_person_reads_each_step_and_how_it_ended(capsys):
    assert main(["descend", *ARTICLE[:4], "--walker", "sgd,learning_rate=1.1", "--walker", "adam"]) == 0
    out = capsys.readouterr().out
    assert "derivative by x: 2*x" in out
    assert "2/L = 1: there the rate diverges" in out
    assert "diverged at step 18: above 2/L = 1" in out
    assert "Adam, rate 0.1\n" in out
    assert "Still on its way after 100 steps." in out


@pytest.mark.parametrize("function", ["double_well", "rosenbrock", "log(x)"])
def test_that_the_paths_are_drawn(tmp_path, capsys, function):
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    picture, walkers = tmp_path / "paths.png", ["--walker", "sgd,learning_rate=0.001", "--walker", "sgd"]
    assert main(["descend", "--function", function, *walkers, "--plot", str(picture)]) == 0
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (1280, 720)


def test_that_it_needs_neither_tensorflow_nor_a_display(tmp_path):
    code = (
        "import sys; from lrgui.__main__ import main;"
        f"code = main({['descend', *ARTICLE, '--json', str(tmp_path / 'o.json')]!r});"
        "assert not {'tensorflow', 'keras', 'PySide6'} & set(sys.modules); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads((tmp_path / "o.json").read_text())["walkers"]) == 1


def test_that_the_help_says_how_it_is_typed(capsys):
    assert main(["descend", "--help"]) == 0
    out = capsys.readouterr().out
    for part in ("schedule=cosine:warmup=10", "rosenbrock", "bias_correction", "exit codes", "--start X[,Y]"):
        assert part in out
