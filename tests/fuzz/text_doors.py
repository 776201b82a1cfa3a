"""The doors for what is typed: formulas, schedules, the command line, lessons."""

import contextlib
import io
import os
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from lrgui.__main__ import main
from lrgui.cli.commands import COMMANDS
from lrgui.core import schedules
from lrgui.core.config import TrainingConfig
from lrgui.core.config.fields import problems
from lrgui.core.expressions import parse
from lrgui.core.expressions.scalar import as_scalar
from lrgui.core.lessons.reading import read_lesson
from lrgui.core.messages import Refused, say
from lrgui.resources import resource
from tests.core.lessons.lesson_files import LESSON
from tests.fuzz.door import Door

NAMES = ("step", "epoch", "steps", "epochs", "rate")


def text(content: bytes) -> str:
    """Return bytes as a text with all that a text may hold, halves of letters among it."""
    return content.decode("utf-8", "surrogateescape")


def _formulas() -> list[bytes]:
    return [
        b"rate * (1 - step / steps) ** 2", b"where(epoch < 3, rate, max(rate / 10, 1e-5))",
        b"0.5 * (1 + cos(pi * step))",
        b"exp(-step) + log(1 + epoch) - sqrt(abs(tan(step))) % 3 // 2", b"not step > 3 and epoch <= 2 or rate == 1",
    ]  # fmt: skip


def _formula(folder: Path, content: bytes) -> None:
    formula = parse(text(content), NAMES)
    given = dict.fromkeys(NAMES, np.array([0.0, 1.0, -2.5, 1e300]))
    slope = formula.derivative("step")
    assert formula(**given).shape == slope(**given).shape == (4,)
    flat = parse(text(content).replace("epoch", "rate"), ("step", "rate", "steps", "rates"))
    if flat.uses <= {"step", "rate"}:
        with contextlib.suppress(ArithmeticError, ValueError):
            as_scalar([flat, flat.derivative("step")], ("step", "rate"))(0.5, 2.0)


_SCHEDULES = (
    b"cosine,warmup=10,floor=0.1", b"step,every=1ep,factor=0.5", b"one_cycle", b"expression,formula=rate*0.9",
    b"piecewise,points=0 1 0.5 0.1", b"sgdr", b"triangular2", b"drawn,points=0 1 1 0.1",
    b"exponential,factor=0.99", b"polynomial,power=2", b"hold_then_decay", b"inverse_sqrt,warmup=1ep",
)  # fmt: skip


def _schedule(folder: Path, content: bytes) -> None:
    try:
        config = TrainingConfig(schedule=text(content), epochs=50)
    except ValidationError as error:
        told = problems(TrainingConfig, error)
        assert told
        raise Refused(next(iter(told.values()))) from error
    assert schedules.rates(config.schedule, config.learning_rate, 2200, 44).shape == (2200,)


_LINES = (
    "find --start 1e-7 --end 10 --steps 30 --repeats 2 --optimizer adam,beta_1=0.8 --seed 3 --confirm 3",
    "train --learning-rate 1e-3 --epochs 2 --batch-size 64 --model mlp,width=32,depth=2 --save model.keras",
    "train --dataset csv,path=a.csv,target=y --loss mse --schedule cosine,warmup=1ep --threads 2",
    "train --model own,path=m.py --trust --plot run.png --details --no-history",
    "compare --arm optimizer=adam,learning_rate=1e-3 --arm optimizer=sgd --seeds 3 --epochs 2 --on processes,workers=2",
    "descend --function bowl,condition=50 --start 1,2 --steps 5 --walker sgd,learning_rate=0.2,schedule=cosine",
    "descend --function x**4-3*x --walker adam --json out.json --plot path.png",
    "history --last 5 --status finished --delete abc", "history abc --json -",
    "export abc --to notebook --output x.ipynb --force --size 800x600", "import run.lrrun other.lrrun", "data",
    "--version", "find --help", "export --help",
)  # fmt: skip
_RUNS_NOTHING = ("--json", "/nowhere/at/all.json")
_NOT_HERE = ("demo", "desktop", "self-test", "--run-module")
"""They open a window, change the desktop or try the installation."""
_MOST_WORDS = 1000


def _command_lines() -> list[bytes]:
    return ["\0".join(line.split()).encode() for line in _LINES]


def _command_line(folder: Path, content: bytes) -> None:
    # argparse takes time with the square of the words: 14,000 of them are four seconds, and nobody types so many.
    words = [text(word) for word in content.split(b"\0")[:_MOST_WORDS]]
    if words[0] in _NOT_HERE or "--add" in words or os.path.exists(words[0]):
        return
    if words[0] in COMMANDS or words[0] == "descend":
        words += _RUNS_NOTHING
    elif words[0] in ("history", "export", "import"):
        words += ["--profile", str(folder / "profile")]
    told = io.TextIOWrapper(io.BytesIO(), "utf-8")
    complained = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(told), contextlib.redirect_stderr(complained):
        code = main(words)
        told.flush()
    lines = complained.getvalue().splitlines()
    assert code in (0, 1, 2) and "Traceback" not in complained.getvalue(), complained.getvalue()
    assert code != 2 or len(lines) == 1, lines
    if code:
        raise Refused(say("{told}", told=lines[0] if lines else "it ended otherwise"))


def _lessons() -> list[bytes]:
    shipped = sorted(resource("lessons").glob("*.toml"))
    return [LESSON.encode(), *(file.read_bytes() for file in shipped[:2])]


def _lesson(folder: Path, content: bytes) -> None:
    (folder / "lesson.toml").write_bytes(content)
    lesson = read_lesson(folder / "lesson.toml")
    assert lesson.step and lesson.name == "lesson"


DOORS: dict[str, Door] = {
    door.name: door
    for door in (
        Door(
            name="formula", seeds=_formulas, open=_formula, seconds=0.5, megabytes=20,
            tokens=(b"step", b"rate", b"where(", b"**", b"//", b" and ", b" not ", b"exp(", b"floor(", b"9", b"**9**9"),
        ),
        Door(
            name="schedule", seeds=lambda: list(_SCHEDULES), open=_schedule, seconds=0.5, megabytes=20,
            tokens=(b"warmup=", b"ep", b"points=", b",formula=", b"every=", b"0.5", b"1e9", b"none", b"off", b'"'),
        ),
        Door(
            name="command line", seeds=_command_lines, open=_command_line, seconds=2.0, megabytes=60,
            tokens=(b"\0", b"--seed\0", b"--profile", b"--json\0-", b"--arm\0", b"=", b"--", b"-h", b"%(prog)s", b"@a"),
        ),
        Door(
            name="lesson", seeds=_lessons, open=_lesson, seconds=2.0, megabytes=60,
            tokens=(b"[[step]]", b"[step.question]", b"do = [", b"seen = ", b"'''", b"1979-05-27T07:32:00Z",
                    b"a.b.c = 1", b"inf", b"{ en = ", b"true", b"values.x = ", b"[[step.question.option]]"),
        ),
    )
}  # fmt: skip
