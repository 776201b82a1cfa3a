"""How good the recommended rates are, on tasks that the rule was not tuned on: scored from trainings kept in a file."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.comparison_presets import NEIGHBOURS
from lrgui.core.suggestions import Family, Recommendation, family_of, recommend, recommend_peak
from tests.benchmarks.suggestion_tasks import TASKS, Task

Floats = NDArray[np.float64]
Sweep = tuple[Floats, Floats]
Rule = Callable[[Sequence[Sweep], Family | None], Recommendation]

FILE = Path(__file__).with_name("suggestion_grids.npz")
"""Made by ``suggestion_grid``."""

GRID = np.linspace(-6.0, 1.0, 29)
"""The constant rates, or peaks, that were trained at, in log10."""

SCHEDULES = ("constant", "one_cycle", "warmup")
"""What the rates of the grid are the highest of: the last is a warm-up, then a cosine."""

START, END = 1e-7, 10.0
"""Of the sweeps."""

SWEEPS = {"100 steps": 100, "20 steps": 20, "50 steps": 50, "300 steps": 300, "2000 steps": 2000, "fixed examples": 100}
"""The sweeps there are, and how many steps they have.

Those of fixed examples show the loss not of each step's batch but of the same examples every time, which no sweep of
the program measures."""

LIMITS = {
    "one sweep": {"mean": 0.7, "worst": 3.0, "spread": 0.08, "failures": 0},
    "confirmed": {"mean": 0.4, "worst": 1.5},
}


@dataclass(frozen=True, eq=False)
class Measured:
    """What was measured of one task.

    Attributes
    ----------
    task : Task
        Which.
    accuracies : dict
        By schedule: validation accuracies from 0 to 1, shape (seeds, rates). All tasks have those of a constant rate.
    sweeps : dict
        By what is in ``SWEEPS``: the rate and the loss of each step. All tasks have those of 100 and of 300 steps.
    """

    task: Task
    accuracies: dict[str, Floats]
    sweeps: dict[str, list[Sweep]]

    @property
    def family(self) -> Family | None:
        """Of its optimizer."""
        return family_of(self.task.choices[1])

    def at(self, learning_rate: float, schedule: str, seeds: Sequence[int] | None = None) -> float:
        """Return the mean accuracy, in percent, at a rate; between those of the grid on a straight line."""
        accuracies = self.accuracies[schedule][slice(None) if seeds is None else list(seeds)].mean(axis=0)
        return 100 * float(np.interp(np.log10(learning_rate), GRID, accuracies))

    def best(self, schedule: str) -> float:
        """Return the oracle: the best mean accuracy of the grid, in percent."""
        return 100 * float(self.accuracies[schedule].mean(axis=0).max())

    def regret(self, learning_rate: float, schedule: str = "constant") -> float:
        """Return how many points the oracle is better."""
        return self.best(schedule) - self.at(learning_rate, schedule)

    def good(self, schedule: str = "constant") -> tuple[float, float]:
        """Return the range in log10 around the oracle's rate, without a gap, that comes within one point of it."""
        accuracies = self.accuracies[schedule].mean(axis=0)
        enough = accuracies >= accuracies.max() - 0.01
        first = last = int(accuracies.argmax())
        while first > 0 and enough[first - 1]:
            first -= 1
        while last < len(GRID) - 1 and enough[last + 1]:
            last += 1
        return float(GRID[first]), float(GRID[last])


def measured(*, held_out: bool) -> list[Measured]:
    """Read one part of the tasks."""
    with np.load(FILE) as file:
        columns = {name: file[name].astype(np.float64) for name in file.files}
    return [_of(task, columns) for task in TASKS if task.held_out is held_out]


def _of(task: Task, columns: dict[str, Floats]) -> Measured:
    own = {name.removeprefix(f"{task.name}/"): columns[name] for name in columns if name.startswith(f"{task.name}/")}
    sweeps: dict[str, list[Sweep]] = {}
    for name, losses in own.items():
        kind, numbered, _ = name.partition("/")
        if numbered:
            rates = START * (END / START) ** (np.arange(len(losses)) / SWEEPS[kind])
            sweeps.setdefault(kind, []).append((rates, losses))
    return Measured(task, {name: own[name] for name in SCHEDULES if name in own}, sweeps)


def score(
    tasks: Sequence[Measured], rule: Rule = recommend, *, schedule: str = "constant", kind: str = "100 steps",
    pooled: bool = False, known: bool = True,
) -> dict[str, float]:  # fmt: skip
    """Return mean and worst regret in points, the spread of the advice in decades, and how often there was none.

    Sweeps that got no advice count as failures and not in the regret; tasks without such sweeps, or not trained by such
    a schedule, are left aside.

    Parameters
    ----------
    tasks : sequence of Measured
        On which.
    rule : callable
        ``recommend``, or what takes and returns the same.
    schedule : str
        What the rate is for.
    kind : str
        Of the sweeps, one of ``SWEEPS``.
    pooled : bool
        Advise once from all sweeps of a task, not from each.
    known : bool
        Whether the rule is told the optimizer's family.
    """
    regrets, spreads, failures = [], [], 0
    for task in tasks:
        if schedule not in task.accuracies or not (sweeps := task.sweeps.get(kind)):
            continue
        told = [
            rule(chosen, task.family if known else None).learning_rate
            for chosen in ([sweeps] if pooled else [[sweep] for sweep in sweeps])
        ]
        rates = [rate for rate in told if rate is not None]
        failures += len(told) - len(rates)
        if rates:
            regrets.append([task.regret(rate, schedule) for rate in rates])
            spreads.append(float(np.std(np.log10(rates))))
    figures = {"mean": float(np.mean([np.mean(each) for each in regrets])), "worst": max(map(max, regrets))}
    return {**figures, **({} if pooled else {"spread": float(np.mean(spreads))}), "failures": failures}


def score_confirmed(tasks: Sequence[Measured]) -> dict[str, float]:
    """Return mean and worst regret of the best of the rates around the recommended one.

    The best is chosen on all seeds but one and scored on that, so that luck in choosing does not count; the mean over
    all seeds. There are five, or three of the tasks that were drawn, where "confirm" by itself chooses on four.
    """
    advised = [
        (task, rate)
        for task in tasks
        for sweep in task.sweeps["100 steps"]
        if (rate := recommend([sweep], task.family).learning_rate) is not None
    ]
    regrets = [_confirmed(task, rate) for task, rate in advised]
    return {"mean": float(np.mean(regrets)), "worst": max(regrets)}


def _confirmed(task: Measured, predicted: float) -> float:
    rates = [predicted * neighbour for neighbour in NEIGHBOURS]
    seeds = range(len(task.accuracies["constant"]))
    reached = []
    for scoring in seeds:
        choosing = [seed for seed in seeds if seed != scoring]
        best = max(rates, key=lambda rate: task.at(rate, "constant", choosing))
        reached.append(task.at(best, "constant", [scoring]))
    return task.best("constant") - float(np.mean(reached))


def score_range(tasks: Sequence[Measured], rule: Rule = recommend, schedule: str = "constant") -> dict[str, float]:
    """Return what ``low`` to ``high`` is worth.

    Returns
    -------
    dict
        ``width`` in decades; ``covered``, the share of the oracle's range that it holds; ``wholly``, how often it
        holds all of it; ``within one`` and ``within two`` points of the oracle: the share of its width that is so near.
    """
    rows = [row for task in tasks for row in _range_rows(task, rule, schedule)]
    names = ("width", "covered", "wholly", "within one", "within two")
    return dict(zip(names, np.mean(rows, axis=0).tolist(), strict=True))


def _range_rows(task: Measured, rule: Rule, schedule: str) -> Iterator[tuple[float, ...]]:
    first, last = task.good(schedule)
    for sweep in task.sweeps["100 steps"]:
        told = rule([sweep], task.family)
        if told.low is None or told.high is None:
            continue
        low, high = np.log10([told.low, told.high])
        good = np.linspace(first, last, 50)
        lost = np.array([task.regret(10**x, schedule) for x in np.linspace(low, high, 50)])
        covered = float(np.mean((good > low - 1e-9) & (good < high + 1e-9)))
        yield high - low, covered, float(covered == 1), float(np.mean(lost <= 1)), float(np.mean(lost <= 2))


@dataclass(frozen=True)
class Scores:
    """What the benchmark prints, and whether the goals are met."""

    figures: dict[str, dict[str, float]]

    @property
    def met(self) -> bool:
        """Whether no figure is beyond its limit."""
        return all(
            self.figures[name][figure] <= limit for name, limits in LIMITS.items() for figure, limit in limits.items()
        )

    def line(self) -> str:
        """Return the scores as one line of JSON."""
        told: dict[str, Any] = {"name": "suggestion", "unit": "points"}
        for name, figures in self.figures.items():
            told[name] = {figure: float(f"{value:.3g}") for figure, value in figures.items()}
        return json.dumps({**told, "limits": LIMITS, "met": self.met})


def suggestion() -> Scores:
    """Score what is recommended on the tasks held out of tuning."""
    return Scores(scores(measured(held_out=True)))


def scores(tasks: Sequence[Measured]) -> dict[str, dict[str, float]]:
    """Return all figures of some tasks."""
    return {
        "one sweep": score(tasks),
        "five sweeps": score(tasks, pooled=True),
        "optimizer not told": score(tasks, known=False),
        "confirmed": score_confirmed(tasks),
        "range": score_range(tasks),
        "peak of one-cycle": score(tasks, recommend_peak, schedule="one_cycle"),
        "peak after a warm-up": score(tasks, recommend_peak, schedule="warmup"),
        **{kind: score(tasks, kind=kind) for kind in SWEEPS if kind != "100 steps"},
    }
