"""What a job on a cluster promises: one last event, whatever happens."""

import traceback
from collections.abc import Callable

from lrgui.core.events import Emit, Ended, Failed
from lrgui.core.messages import Refused, say


def guarded(job: Callable[[], Ended], emit: Emit) -> None:
    """Do a job, and emit its end or, if it broke, a sentence."""
    try:
        end = job()
    except Refused as refused:
        end = Failed(refused.message, details="\n".join(getattr(refused, "__notes__", [])))
    except Exception as error:
        reason = next((line for line in str(error).splitlines() if line.strip()), "")
        told = say("The work on the cluster broke off: {kind}: {reason}", kind=type(error).__name__, reason=reason)
        end = Failed(told, details=traceback.format_exc())
    emit(end)
