"""Exported scripts and notebooks, run in a fresh process without this program, give the numbers of the runs.

What a person's own Python would find there: no ``lrgui``, no display. All are run one after the other in one process,
because the import of TensorFlow takes most of the time.
"""

import json
import subprocess
import sys

import numpy as np
import pytest

from lrgui.core.config import Arm, ComparisonConfig, RangeTestConfig, TrainingConfig
from lrgui.core.control import Control
from lrgui.core.events import FactorMoved
from lrgui.core.runs import Run, fresh_id
from lrgui.core.store import Kept
from lrgui.export.code import run_notebook, run_script

CYCLED = "sgd,momentum=0.9,nesterov=true"
ARMS = (Arm(), Arm(schedule="one_cycle", optimizer="sgd,momentum=0.9", learning_rate=0.2))

SCRIPTS = {
    "sweep": RangeTestConfig(steps=60),
    "cosine": TrainingConfig(epochs=2, batch_size=64, schedule="cosine,warmup=1ep", learning_rate=0.01),
    "one cycle": TrainingConfig(epochs=3, schedule="one_cycle", optimizer=CYCLED, learning_rate=0.3, dataset="wine"),
    "plateau": TrainingConfig(
        epochs=4, dataset="iris", learning_rate=0.05, plateau="reduce_on_plateau,patience=1,min_delta=0.1"
    ),
    "plateau on a schedule": TrainingConfig(
        epochs=5, dataset="moons,samples=300", schedule="triangular,cycle=2ep,base=0.3", learning_rate=0.05,
        model="mlp,dropout=0.2,width=16", plateau="reduce_on_plateau,patience=1,min_delta=0.2,factor=0.3",
    ),
    "diverged": TrainingConfig(
        epochs=2, learning_rate=1e3, optimizer="sgd", dataset="wine", batch_size=8, loss="squared_error",
        model="mlp,activation=exponential",
    ),
    "moved by hand": TrainingConfig(
        epochs=2, dataset="breast_cancer", batch_size=19, schedule="expression,formula=rate*cos(step/steps)"
    ),
}  # fmt: skip
NOTEBOOKS = {
    "sweeps": RangeTestConfig(
        steps=12, repeats=2, batches_per_rate=2, spacing="linear", start=0.01, end=1.0, dataset="spirals"
    ),
    "drawn": TrainingConfig(
        epochs=2,
        batch_size=100,
        schedule="drawn",
        dataset="spirals",
        optimizer="adamw",
        loss="cross_entropy,label_smoothing=0.1",
    ),
    "comparison": ComparisonConfig(epochs=2, seeds=1, dataset="wine", batch_size=28, arms=ARMS),
}
MOVES = [FactorMoved(10, 0.5), FactorMoved(30, 2.0)]

ELSEWHERE = """
import contextlib, io, json, os, runpy, sys
sys.modules["lrgui"] = None  # as if it were not installed: importing it fails
os.environ["MPLBACKEND"] = "agg"

def numbers(defined):
    if "sweeps" in defined:
        return {"steps": [sweep for sweep in defined["sweeps"]]}
    if "records" in defined:
        return {
            f"{name} {seed}": {"steps": record.steps, "epochs": record.epochs}
            for (name, seed), record in defined["records"].items()
        }
    return {"steps": defined["record"].steps, "epochs": defined["record"].epochs}

found = {}
for path in sys.argv[1:]:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        if path.endswith(".py"):
            defined = runpy.run_path(path)
        else:
            defined = {}
            with open(path, encoding="utf-8") as file:
                cells = json.load(file)["cells"]
            for cell in cells:
                if cell["cell_type"] == "code":
                    exec("".join(cell["source"]), defined)
    found[path] = {**numbers(defined), "printed": printed.getvalue()}
print(json.dumps(found))
"""


def job_of(config):
    from lrgui import jobs

    kinds = {RangeTestConfig: ("range_test", jobs.find), TrainingConfig: ("training", jobs.train)}
    return kinds.get(type(config), ("comparison", jobs.compare))


@pytest.fixture(scope="module")
def runs():
    """The runs themselves, by name."""
    done = {}
    for name, config in {**SCRIPTS, **NOTEBOOKS}.items():
        kind, job = job_of(config)
        run = Run(fresh_id(), kind, config)
        job(config, run.apply, Control(MOVES if name == "moved by hand" else ()))
        done[name] = run
    return done


@pytest.fixture(scope="module")
def again(runs, tmp_path_factory):
    """What the exported code measures, by name."""
    pytest.importorskip("matplotlib")
    folder, paths = tmp_path_factory.mktemp("elsewhere"), {}
    for name in SCRIPTS:
        paths[name] = folder / f"{name}.py"
        paths[name].write_text(run_script(Kept.of(runs[name])), encoding="utf-8")
    for name in NOTEBOOKS:
        paths[name] = folder / f"{name}.ipynb"
        paths[name].write_text(run_notebook(Kept.of(runs[name])), encoding="utf-8")
    command = [sys.executable, "-c", ELSEWHERE, *map(str, paths.values())]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    return {name: found[str(path)] for name, path in paths.items()}


def assert_same(found, expected, rtol):
    """Compare as float32, which both sides measured; ``rtol`` 0 asks for the same bits."""
    found, expected = np.array(found, np.float32), np.asarray(expected).astype(np.float32)
    np.testing.assert_allclose(found, expected, rtol=rtol, atol=rtol / 100)


# Keras's own schedule classes, and its plateau rule, compute the rate in float32: the last bits differ.
CLOSE = {"cosine": 1e-4, "plateau": 1e-6}


@pytest.mark.parametrize("name", [name for name in {**SCRIPTS, **NOTEBOOKS} if name not in ("comparison", "sweeps")])
def test_that_every_step_and_epoch_is_measured_again(name, runs, again):
    run, found, rtol = runs[name], again[name], CLOSE.get(name, 0)
    steps = found["steps"][0] if isinstance(found["steps"], list) else found["steps"]
    for column in ("learning_rate", "loss", "accuracy"):
        assert_same(steps[column], run.steps[column], rtol)
    for column in ("loss", "accuracy", "val_loss", "val_accuracy") if run.kind == "training" else ():
        assert_same(found["epochs"][column][: len(run.epochs)], run.epochs[column], rtol)


def test_that_several_sweeps_follow_each_other_as_they_did(runs, again):
    steps, sweeps = runs["sweeps"].steps, again["sweeps"]["steps"]
    assert len(sweeps) == 2
    for repeat, sweep in enumerate(sweeps):
        own = steps["repeat"] == repeat
        for column in ("learning_rate", "loss", "accuracy"):
            assert_same(sweep[column], steps[column][own], 0)


def test_that_every_arm_of_a_comparison_is_the_same(runs, again):
    run, found = runs["comparison"], again["comparison"]
    for arm, name in enumerate(("constant", "one cycle")):
        steps, epochs, record = run.steps["arm"] == arm, run.epochs["arm"] == arm, found[f"{name} 0"]
        assert_same(record["steps"]["loss"], run.steps["loss"][steps], 0)
        assert_same(record["epochs"]["val_accuracy"], run.epochs["val_accuracy"][epochs], 0)
    assert found["printed"].splitlines()[-1].startswith("one cycle: ")


def test_that_the_runs_were_such_as_show_something(runs):
    assert (runs["sweep"].steps["loss"][-1] > 3 * runs["sweep"].steps["loss"].min()) and len(runs["sweep"].steps) < 61
    assert runs["plateau"].factor_moves and runs["plateau on a schedule"].factor_moves
    assert not np.isfinite(runs["diverged"].steps["loss"][-1])
    assert runs["one cycle"].steps["momentum"].min() < 0.87
    assert len(runs["moved by hand"].factor_moves) == 2


def test_that_what_is_printed_are_the_numbers_of_the_run(runs, again):
    first = again["cosine"]["printed"].splitlines()[0]
    assert first.startswith("epoch   1  loss ")
    printed = float(first.partition("val_loss ")[2].split()[0])
    assert printed == pytest.approx(runs["cosine"].epochs["val_loss"][0], abs=1e-5)
    assert len(again["sweep"]["printed"].splitlines()) == len(runs["sweep"].steps)


def test_that_the_code_says_what_the_run_came_to_and_by_what_it_was_made(runs):
    for name in SCRIPTS:
        script = run_script(Kept.of(runs[name]))
        assert "lrgui" not in script
        assert "Written by Learning-Rate Lab" in script and "keras 3." in script
        assert max(map(len, script.splitlines())) <= 120
    accuracy = runs["cosine"].evaluation["accuracy"]
    assert f"accuracy {accuracy:.6g}" in run_script(Kept.of(runs["cosine"]))
