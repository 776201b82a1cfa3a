"""A comparison as a table, for the window and the terminal."""

from lrgui.core.comparison.results import ArmResult, Comparison
from lrgui.core.messages import Message, say
from lrgui.core.scores import Score


def table(comparison: Comparison) -> tuple[list[Message], list[list[Message]]]:
    """Return titles and rows, one row an arm: mean and standard deviation over the seeds, in percent."""
    score, threshold = comparison.score, comparison.config.threshold
    titles = [say("arm"), say("final {score}", score=score.title), say("best {score}", score=score.title)]
    if threshold is not None:
        titles.append(say("steps to {threshold}", threshold=score.told(threshold)))
    titles += [say("seconds a run"), say("seeds")]
    return titles, [_row(arm, score) for arm in comparison.arms]


def _row(arm: ArmResult, score: Score) -> list[Message]:
    row = [Message("{name}", {"name": arm.name}), score.told_mean(arm.mean, arm.std)]
    row.append(score.told_mean(arm.best_mean, arm.best_std))
    if arm.threshold is not None:
        row.append(arm.steps_to_threshold())
    begun = sum(len(seed.step) > 0 for seed in arm.seeds)
    seconds = say("{seconds:.2f}", seconds=arm.seconds / begun) if begun else say("-")
    return [*row, seconds, _seeds(arm)]


def _seeds(arm: ArmResult) -> Message:
    """Say how many seeds are in the means, and what came of the others."""
    count, planned = len(arm.finals), len(arm.seeds)
    if arm.diverged:
        return say("{count} of {planned}, {diverged} diverged", count=count, planned=planned, diverged=arm.diverged)
    if count < planned:
        return say("{count} of {planned}", count=count, planned=planned)
    stopped = sum(seed.how == "stopped" for seed in arm.seeds)
    return say("{count}, {stopped} stopped", count=count, stopped=stopped) if stopped else say("{count}", count=count)
