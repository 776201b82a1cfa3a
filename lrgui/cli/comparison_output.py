"""A comparison as JSON for other programs, and as a person reads it on a terminal."""

from typing import Any

from rich.console import Console
from rich.table import Table

from lrgui.cli.options import typed_choice
from lrgui.core.comparison import ArmResult, Pair, SeedResult, measured, table, verdict, what_seeds_show
from lrgui.core.config import ComparisonConfig
from lrgui.core.messages import plainly, say
from lrgui.core.runs import Run
from lrgui.core.scores import Score


def comparison_record(run: Run) -> dict[str, Any]:
    """Return what a comparison measured and what may be said of it, as plain data."""
    found = measured(run)
    said = verdict(found)
    return {
        "config": run.config.model_dump(mode="json"),
        "arms": [_arm(arm, found.score) for arm in found.arms],
        "pairs": [_pair(pair) for pair in said.pairs],
        "verdict": plainly(said.message),
        "status": str(run.status),
        "seconds": run.seconds,
    }


def _arm(arm: ArmResult, score: Score) -> dict[str, Any]:
    return {
        "name": plainly(arm.name),
        "learning_rate": arm.arm.learning_rate,
        **{field: typed_choice(getattr(arm.arm, field)) for field in ("schedule", "optimizer", "plateau")},
        "seeds": [_seed(seed, arm.threshold, score) for seed in arm.seeds],
        "mean": arm.mean,
        "std": arm.std,
        "best_mean": arm.best_mean,
        "best_std": arm.best_std,
        "steps_to_threshold": arm.median_steps,
        "reached_threshold": sum(steps is not None for steps in arm.reached),
        "diverged": arm.diverged,
        "seconds": arm.seconds,
    }


def _seed(seed: SeedResult, threshold: float | None, score: Score) -> dict[str, Any]:
    return {
        "seed": seed.seed,
        score.of_validation: seed.val_score.tolist(),
        "val_loss": seed.val_loss.tolist(),
        "best": seed.best,
        "final": seed.final,
        "steps_to_threshold": None if threshold is None else seed.steps_to(threshold),
        "ended": seed.how,
        "seconds": seed.seconds,
    }


def _pair(pair: Pair) -> dict[str, Any]:
    numbers = {name: getattr(pair, name) for name in ("seeds", "epochs", "difference", "spread", "p", "shown")}
    return {"one": plainly(pair.one.name), "other": plainly(pair.other.name), **numbers}


def show_comparison(run: Run, console: Console) -> None:
    """Print a row an arm, and the verdict."""
    if not isinstance(run.config, ComparisonConfig):
        return
    found = measured(run)
    titles, rows = table(found)
    printed = Table(box=None, pad_edge=False, header_style="dim")
    for place, title in enumerate(titles):
        printed.add_column(str(title), justify="left" if place == 0 else "right", no_wrap=True)
    for row in rows:
        printed.add_row(*map(str, row))
    console.print(printed)
    epochs = max((len(seed.step) for arm in found.arms for seed in arm.seeds), default=0)
    told = say("Mean ± standard deviation over the seeds, on the examples not trained on, after {epochs} epochs.",
               epochs=epochs)  # fmt: skip
    console.print(str(told), style="dim", soft_wrap=True)
    console.print()
    sentence = str(verdict(found).message)
    console.print(sentence, style="bold", soft_wrap=True)
    shows = what_seeds_show(run.config.seeds, len(found.arms))
    if len(found.arms) > 1 and str(shows) not in sentence:  # else too few seeds for any test, which is said already
        console.print(str(say("By a paired t test over the seeds. {shows}", shows=shows)), soft_wrap=True)
