"""The same function for each of several things, at a cluster: for what emits nothing on its way."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from lrgui.cluster import at_worker
from lrgui.cluster.connection import cluster_at
from lrgui.core.config.place import PlaceChoice
from lrgui.core.control import Control
from lrgui.core.events import Emit

T = TypeVar("T", bound=Hashable)
R = TypeVar("R")


def each(
    function: Callable[[T], R], things: Sequence[T], place: PlaceChoice, emit: Emit = lambda event: None
) -> Iterator[tuple[T, R]]:
    """Yield each thing with what the function returns for it, as soon as it is there.

    Parameters
    ----------
    function : callable
        Of a module that the workers can import, too.
    things : sequence
        What can travel.
    place : Processes or RunningCluster
        Where.
    emit : callable
        Hears what is waited for.

    Raises
    ------
    Refused
        The place cannot be reached, or a worker cannot do it.
    """
    from distributed import as_completed

    cluster = cluster_at(place, emit)
    cluster.make_ready(emit, Control())
    submitted = {
        cluster.client.submit(at_worker.call, function, thing, cluster.neighbours, pure=False): thing
        for thing in things
    }
    for future, result in as_completed(list(submitted), loop=cluster.client.loop, with_results=True):
        yield submitted.pop(future), result
