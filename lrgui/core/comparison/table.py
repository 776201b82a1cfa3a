"""A comparison as a table, for the window and the terminal."""

import math

from lrgui.core.comparison.results import ArmResult, Comparison
from lrgui.core.messages import Message, say


def table(comparison: Comparison) -> tuple[list[Message], list[list[Message]]]:
    """Return titles and rows, one row an arm: mean and standard deviation over the seeds, in percent."""
    titles = [say("arm"), say("final accuracy"), say("best accuracy")]
    threshold = comparison.config.threshold
    if threshold is not None:
        titles.append(say("steps to {threshold:percent}", threshold=threshold))
    titles += [say("seconds a run"), say("seeds")]
    return titles, [_row(arm) for arm in comparison.arms]


def _row(arm: ArmResult) -> list[Message]:
    row = [say("{name}", name=arm.name), _share(arm.mean, arm.std), _share(arm.best_mean, arm.best_std)]
    if arm.threshold is not None:
        row.append(arm.steps_to_threshold())
    begun = sum(len(seed.step) > 0 for seed in arm.seeds)
    seconds = say("{seconds:.2f}", seconds=arm.seconds / begun) if begun else say("-")
    return [*row, seconds, _seeds(arm)]


def _share(mean: float, std: float) -> Message:
    if math.isnan(mean):
        return say("-")
    if math.isnan(std):
        return say("{mean:percent}", mean=mean)
    return say("{mean:.1f} ± {std:.1f} %", mean=100 * mean, std=100 * std)


def _seeds(arm: ArmResult) -> Message:
    """Say how many seeds are in the means, and what came of the others."""
    count, planned = len(arm.finals), len(arm.seeds)
    if arm.diverged:
        return say("{count} of {planned}, {diverged} diverged", count=count, planned=planned, diverged=arm.diverged)
    if count < planned:
        return say("{count} of {planned}", count=count, planned=planned)
    stopped = sum(seed.how == "stopped" for seed in arm.seeds)
    return say("{count}, {stopped} stopped", count=count, stopped=stopped) if stopped else say("{count}", count=count)
