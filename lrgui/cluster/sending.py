"""How runs are given to a worker, and how their end is waited for."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from typing import Any

from lrgui.cluster import at_worker
from lrgui.cluster.connection import Cluster
from lrgui.cluster.fitness import versions
from lrgui.cluster.listening import Asked
from lrgui.cluster.luggage import Luggage
from lrgui.cluster.orders import Bundle, Order, Outcome, Reins
from lrgui.core.messages import Message, say

Found = tuple[Outcome, ...] | BaseException
"""What came of the runs of a task, or why nothing did."""


class Sender:
    """Gives the runs of a batch to the workers of a cluster.

    Parameters
    ----------
    cluster : Cluster
        Where.
    batch : str
        Of which batch; no other has its name.
    luggage : Luggage or None
        What goes with each run.
    take : callable
        Takes the runs of a task, its future and what came of it, in Dask's thread.
    """

    def __init__(
        self, cluster: Cluster, batch: str, luggage: Luggage | None,
        take: Callable[[Collection[int], Any, Found], None],
    ) -> None:  # fmt: skip
        self._cluster, self._batch, self._luggage, self._take = cluster, batch, luggage, take
        self._parcel = None if luggage is None else luggage.parcel
        self._versions = versions()
        self._scattered: Any = None
        self._tasks = 0

    def send(self, runs: Mapping[int, Asked], reins: Reins, unfit: Collection[str]) -> Any:
        """Give runs, by their numbers, to a worker that is not unfit, as one task; return its future."""
        fit = [address for address in self._cluster.workers if address not in unfit] if unfit else None
        neighbours = self._cluster.neighbours
        bundle = Bundle(tuple(self._order(*run, reins, neighbours) for run in runs.items()))
        self._tasks += 1
        key, client = f"lrgui-{self._batch}-{self._tasks}", self._cluster.client
        future = client.submit(at_worker.carry_out, bundle, self._own_files(), key=key, pure=False, workers=fit)
        client.loop.add_callback(self._fetch, tuple(runs), future)
        return future

    def _order(self, number: int, asked: Asked, reins: Reins, neighbours: int) -> Order:
        return Order(
            self._batch, self._cluster.topic, number, asked.group, asked.config, self._versions, neighbours, reins,
            self._parcel, asked.examined,
        )  # fmt: skip

    async def _fetch(self, numbers: Collection[int], future: Any) -> None:
        """Wait for the end of a task and for what it returned, in Dask's thread."""
        found: Found
        try:
            found = await future
        except (Exception, asyncio.CancelledError) as error:
            found = error
        self._take(numbers, future, found)

    def _own_files(self) -> Any:
        """Return what every worker gets once; it is sent when it is first needed."""
        if self._luggage is None:
            return None
        if self._scattered is None or self._scattered.status in ("cancelled", "lost", "error"):
            self._scattered = self._cluster.client.scatter(self._luggage.data, broadcast=True, hash=False)
        return self._scattered

    def forget(self) -> None:
        """Keep nothing at the workers."""
        self._scattered = None


def why_lost(error: BaseException) -> Message:
    """Say why Dask could not have a run carried out."""
    if type(error).__name__ == "KilledWorker":
        return say("Every worker that was given this run died with it: it may need more memory than they have.")
    return say("A worker could not carry out a run: {kind}: {reason}", kind=type(error).__name__, reason=str(error))
