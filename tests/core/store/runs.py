"""Runs for tests of the store: made of events as real ones are, without TensorFlow; and many at once."""

import json
import sqlite3
import time

import numpy as np

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.events import EpochEnded, Examined, FactorMoved, Finished, Planned, StepsEnded, Surface
from lrgui.core.messages import say
from lrgui.core.runs import Run, fresh_id
from lrgui.core.store import Store, saving

EPOCH = 44


def steps(first, count, repeat=None):
    column = np.arange(first, first + count)
    columns = {
        "step": column,
        "learning_rate": np.full(count, 1e-3),
        "loss": (2.3 / (1 + 0.01 * column)).astype(np.float32).astype(np.float64),
        "accuracy": (column % 33) / 32,
    }
    return StepsEnded(columns if repeat is None else {**columns, "repeat": np.full(count, repeat)})


def epoch(number):
    values = {"loss": 2.0 / (number + 1), "accuracy": 0.5, "val_loss": 2.1, "val_accuracy": 0.9 - 0.5 / (number + 1)}
    rates = dict.fromkeys(("learning_rate", "learning_rate_low", "learning_rate_high"), 1e-3)
    return EpochEnded(number, (number + 1) * EPOCH, {**values, **rates})


def examined():
    random = np.random.default_rng(0)
    labels = random.integers(0, 3, 30)
    surface = Surface(random.integers(0, 3, (8, 9)), (-1.0, 1.0, -2.0, 2.0), random.normal(size=(5, 2)), labels[:5])
    return Examined(
        ("a", "b", "c"), labels, labels[::-1], random.random(30), np.arange(4), random.normal(size=(4, 2)),
        ("x", "y"), surface,
    )  # fmt: skip


def training_events(epochs=2):
    """Return all that a training says, its end at the end."""
    events = [Planned(np.full(epochs * EPOCH, 1e-3), EPOCH, epochs, 4810)]
    for number in range(epochs):
        events += [steps(number * EPOCH, 20), FactorMoved(number * EPOCH + 20, 0.5 + number)]
        events += [steps(number * EPOCH + 20, EPOCH - 20), epoch(number)]
    told = say("Finished at {rate:rate}: {how}", rate=float("inf"), how=say("{n} epochs", n=epochs))
    return [*events, examined(), Finished(told, {"loss": 0.25, "accuracy": 0.9})]


def sweep_events(repeats=2, count=50):
    """Return all that a range test says."""
    rates = np.geomspace(1e-5, 1, count)
    events = [Planned(np.tile(rates, repeats), EPOCH, 1, 4810, repeats)]
    for repeat in range(repeats):
        event = steps(repeat * count, count, repeat)
        events.append(StepsEnded({**event.columns, "learning_rate": rates}))
    return [*events, Finished(say("Done."))]


def started(store, kind="training", config=None, **fields):
    """Return a run that the store follows."""
    run = Run(fresh_id(), kind, config or (RangeTestConfig() if kind == "range_test" else TrainingConfig()), **fields)
    store.begin(run)
    return run


def feed(store, run, events):
    """Let a run take in events, and the store hear of them."""
    for event in events:
        run.apply(event)
        store.take(run, event)
    return run


def a_training(store, config=None, **fields):
    return feed(store, started(store, config=config, **fields), training_events())


def a_sweep(store, **fields):
    return feed(store, started(store, "range_test", RangeTestConfig(repeats=2), **fields), sweep_events())


DATASETS = ("digits", "fashion_mnist", "cifar10", "iris", "wine", "moons")
OPTIMIZERS = ("adam", "sgd", "rmsprop", "adamw", "lion")


def fill(path, count, seed=0):
    """Write so many finished runs, of all kinds, at once, and return their ids."""
    store = Store(path, told=print)
    store.open()
    assert store.flush(30)
    store.close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    random, templates = np.random.default_rng(seed), [_template(connection, kind) for kind in ("training", "sweep")]
    ids = [_copy(connection, templates[number % 3 == 0], number, random) for number in range(count)]
    connection.execute("DELETE FROM runs WHERE writer = 'template'")
    connection.execute("COMMIT")
    connection.close()
    return ids


def _template(connection, kind):
    config = RangeTestConfig(repeats=2) if kind == "sweep" else TrainingConfig(epochs=10)
    run = Run(fresh_id(), "range_test" if kind == "sweep" else "training", config)
    for event in sweep_events() if kind == "sweep" else training_events(10):
        run.apply(event)
    written = saving.begin(connection, run, "template")
    saving.look(connection, run, written, ended=True)
    connection.execute("UPDATE runs SET writer = 'template' WHERE number = ?", (written.number,))
    return written.number, config.model_dump_json()


def _copy(connection, template, number, random):
    source, config = template
    asked = json.loads(config)
    dataset, optimizer = DATASETS[random.integers(len(DATASETS))], OPTIMIZERS[random.integers(len(OPTIMIZERS))]
    rate = None if "start" in asked else float(10 ** random.uniform(-5, 0))
    tags = "\nlesson\n" if number % 7 == 0 else "\nlesson\nkeep it\n" if number % 11 == 0 else ""
    row = {
        "id": fresh_id(), "name": f"Run {number}", "started": time.time() - 600 * number, "dataset": dataset,
        "optimizer": optimizer, "learning_rate": rate, "final_accuracy": float(random.random()),
        "note": "before the lesson" if number % 5 == 0 else "", "tags": tags, "starred": number % 13 == 0,
        "search": f"run {number} {tags} {dataset} {optimizer} mlp {'lesson' if number % 5 == 0 else ''}",
        "writer": None,
    }  # fmt: skip
    new = _copy_row(connection, "runs", "number", source, row)
    _copy_row(connection, "bodies", "run", source, {"run": new, "examined": None})
    connection.execute(
        "INSERT INTO arrays SELECT ?, part, name, first, data FROM arrays WHERE run = ? AND part <> 'examined'",
        (new, source),
    )
    return row["id"]


def _copy_row(connection, table, key, source, changed):
    """Copy a row with some columns changed; its key is a new one, if that is not among them."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != key or key in changed]
    values = ", ".join("?" if name in changed else name for name in columns)
    cursor = connection.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE {key} = ?",
        [*(changed[name] for name in columns if name in changed), source],
    )
    return cursor.lastrowid
