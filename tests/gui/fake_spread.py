"""A comparison that tells of workers somewhere else, without any."""

from lrgui.core.events import ArmEnded, Ended, EpochEnded, Failed, Progressed, Spread
from lrgui.core.messages import say
from tests.gui.fake_comparison import comparing

DASHBOARD = "http://127.0.0.1:8787/status"


def spreading(*, workers=(2,), seconds=0.0, dashboard="", failing=None):
    """Return a comparison whose number of ``workers`` changes with each epoch that ends, up to the last given.

    With ``failing`` runs it ends as one does of which so many broke.
    """

    def job(config, emit, control):
        total, ended, epochs = config.seeds * len(config.arms), 0, 0

        def spread():
            there = workers[min(epochs, len(workers) - 1)]
            running = min(there, total - ended)
            emit(Spread(there, running, total - ended - running, ended, failing or 0, 12.0, dashboard))

        def told(event):
            nonlocal ended, epochs
            if failing and isinstance(event, Ended):
                event = Failed(say("One of the runs broke: no room."))
            emit(event)
            ended += isinstance(event, ArmEnded)
            epochs += isinstance(event, EpochEnded)
            if isinstance(event, (EpochEnded, ArmEnded)):
                spread()

        emit(Progressed(say("Starting {count} processes.", count=workers[0])))
        spread()
        comparing(seconds=seconds)(config, told, control)

    return job


def losing_the_scheduler(config, emit, control):
    """Emit some runs, and then what is said when the scheduler is gone."""
    chunks = []

    def told(event):
        chunks.append(event)
        if len(chunks) < 6:
            emit(event)

    comparing()(config, told, control)
    emit(Spread(2, 2, 6, 2, 0, 5.0))
    emit(Failed(say("The scheduler is out of reach; what was measured stays.")))
