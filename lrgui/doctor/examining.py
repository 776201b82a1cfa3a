"""All that is looked at, in the order of the report."""

import traceback
from collections.abc import Callable, Iterable, Iterator

from lrgui.core.messages import say
from lrgui.doctor import hardware, places, programs, screen, tensorflow
from lrgui.doctor.finding import Finding

Examination = Callable[[], Iterable[Finding]]

EXAMINATIONS: tuple[Examination, ...] = (
    programs.program,
    programs.python,
    programs.packages,
    hardware.system,
    hardware.processor,
    hardware.memory,
    places.folders,
    places.history,
    places.data_sets,
    screen.screen,
    tensorflow.last_import,
    tensorflow.tensorflow,
)


def findings(examinations: Iterable[Examination] = EXAMINATIONS) -> Iterator[Finding]:
    """Look at one thing after the other; what goes wrong while one is looked at is a finding, too."""
    for examination in examinations:
        try:
            yield from examination()
        except Exception as error:
            name = examination.__name__
            told = say("could not be looked at: {reason}", reason=f"{type(error).__name__}: {error}")
            yield Finding(name, name, told, "wrong", details=traceback.format_exc())
