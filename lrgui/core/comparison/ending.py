"""How a comparison came out: its last event, of all that it has measured."""

from collections.abc import Callable

from lrgui.core.comparison.results import measured
from lrgui.core.comparison.verdict import verdict
from lrgui.core.events import Diverged, Ended, Finished, Stopped
from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import Run

MOST_STEPS = 10_000_000
"""More rows than that nobody could keep."""


def check_steps(steps: int) -> None:
    """Make sure that what a comparison will measure can be kept.

    Raises
    ------
    Refused
        All its runs together have more than ``MOST_STEPS``.
    """
    if steps > MOST_STEPS:
        raise Refused(
            say(
                "All arms and seeds together are {steps:,} steps, more than the {most:,} that a comparison can "
                "have: take fewer epochs, seeds or arms, or a larger batch size.",
                steps=steps,
                most=MOST_STEPS,
            )
        )


def ending(run: Run, *, stopped: bool, told: Callable[[Message], Message] = lambda message: message) -> Ended:
    """Return the end of a comparison whose runs have all come as far as they will.

    Parameters
    ----------
    run : Run
        With what they measured.
    stopped : bool
        Whether any was left before its end.
    told : callable
        Adds to the verdict what else a person should know.
    """
    found = measured(run)
    best = max(found.arms, key=lambda arm: arm.mean, default=None)
    evaluation = {} if best is None or best.mean != best.mean else {found.score.name: best.mean}
    message = told(verdict(found).message)
    if stopped:
        return Stopped(say("Stopped. {verdict}", verdict=message), evaluation)
    return (Diverged if {end.how for end in run.arm_ends} == {"diverged"} else Finished)(message, evaluation)
