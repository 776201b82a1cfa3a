"""A batch of independent runs under way: handed out, followed, told to stop, and taken in."""

import asyncio
import queue
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

from lrgui.cluster import at_worker
from lrgui.cluster.connection import Cluster
from lrgui.cluster.fitness import versions
from lrgui.cluster.listening import Asked, Listener
from lrgui.cluster.luggage import Luggage
from lrgui.cluster.orders import Ground, Order, Outcome, Reins
from lrgui.cluster.tally import Tally
from lrgui.cluster.wire import unpacked
from lrgui.core.control import Control
from lrgui.core.events import Emit
from lrgui.core.messages import Message, Refused, say

AHEAD = 2
"""Runs that each worker has at most: the one under way, and the next, so that it never waits for us."""

STOP_SECONDS = 15.0
"""How long runs may take to end after a stop; what is told later is lost."""

GONE_SECONDS = 5.0
"""How long a scheduler may be out of reach."""

MOST_TRIES = 4
"""How often a run is begun that workers lose before its end; Dask counts those that die with it by itself."""

_LOOK_SECONDS = 0.1
_CANCELLED = (CancelledError, asyncio.CancelledError)


class Lost(Exception):
    """The scheduler is gone."""


class Batch:
    """Runs under way at a cluster.

    Parameters
    ----------
    cluster : Cluster
        Where.
    asked : sequence of Asked
        The runs, in the order in which they are to begin.
    luggage : Luggage or None
        What goes with each.
    listener : Listener
        Takes what they tell.
    emit : callable
        Takes how far all have come.
    control : Control
        How other threads reach them.

    Attributes
    ----------
    tally : Tally
        How far they have come, and what broke.
    """

    def __init__(
        self, cluster: Cluster, asked: Sequence[Asked], luggage: Luggage | None, listener: Listener, emit: Emit,
        control: Control,
    ) -> None:  # fmt: skip
        self._cluster, self._asked, self._luggage = cluster, asked, luggage
        self._listener, self._emit, self._control = listener, emit, control
        self._id = uuid4().hex
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._groups = {each.group for each in asked}
        self._waiting = list(reversed(range(len(asked))))
        self._futures: dict[int, Any] = {}
        self._running: set[int] = set()
        self._tries: dict[int, int] = {}
        self._unfit: set[str] = set()
        self._sent: Any = None
        self._reins = Reins()
        self._versions = versions()
        self.tally = Tally(len(asked))

    def run(self) -> None:
        """Carry out all, or as many as a stop leaves.

        Raises
        ------
        Refused
            A run was refused, and so would be the others.
        Lost
            The scheduler is gone; what had come to its end by then was told.
        """
        self._cluster.listen(self._hear)
        try:
            self._follow()
        finally:
            self._cluster.listen(None)
            self._call_off()

    def _follow(self) -> None:
        patience: float | None = None
        while self._waiting or self._futures:
            self._check_scheduler()
            self._tell_reins()
            if self._control.stopping:
                patience = time.monotonic() + STOP_SECONDS if patience is None else patience
                self._take_back()
                if not self._futures or time.monotonic() > patience:
                    return
            else:
                self._hand_out()
            self._take_in()
            if self.tally.due():
                self._tell_spread()
        self._tell_spread()

    # What goes out

    def _hand_out(self) -> None:
        """Let each worker have its run, and the next."""
        room = AHEAD * max(1, len(self._cluster.workers)) - len(self._futures)
        if room <= 0:
            return
        held = self._reins.held
        for number in [number for number in reversed(self._waiting) if self._asked[number].group not in held][:room]:
            self._waiting.remove(number)
            if self._asked[number].group in self._reins.ended:
                self._listener.ended(number, Outcome(number, "", "stopped"))
                self.tally.done += 1
            else:
                self._submit(number)

    def _submit(self, number: int) -> None:
        asked = self._asked[number]
        parcel = None if self._luggage is None else self._luggage.parcel
        order = Order(
            self._id, self._cluster.topic, number, asked.group, asked.config, self._versions,
            self._cluster.neighbours, self._reins, parcel, asked.examined,
        )  # fmt: skip
        self._tries[number] = self._tries.get(number, 0) + 1
        key = f"lrgui-{self._id}-{number}-{self._tries[number]}"
        fit = [address for address in self._cluster.workers if address not in self._unfit] if self._unfit else None
        client = self._cluster.client
        future = client.submit(at_worker.carry_out, order, self._scattered(), key=key, pure=False, workers=fit)
        self._futures[number] = future
        client.loop.add_callback(self._fetch, number, future)

    async def _fetch(self, number: int, future: Any) -> None:
        """Wait for the end of a task and for what it returned, in Dask's thread."""
        found: Outcome | BaseException
        try:
            found = await future
        except (Exception, asyncio.CancelledError) as error:
            found = error
        self._inbox.put(partial(self._end, number, future, found))

    def _scattered(self) -> Any:
        """Return what every worker gets once; it is sent when it is first needed."""
        if self._luggage is not None and (self._sent is None or self._sent.status in ("cancelled", "lost", "error")):
            self._sent = self._cluster.client.scatter(self._luggage.data, broadcast=True, hash=False)
        return self._sent

    def _tell_reins(self) -> None:
        """Hand on what the control has been told, as soon as it is something else."""
        control = self._control
        states = {group: control.arms.state(group) for group in self._groups}
        reins = Reins(
            control.stopping,
            control.paused,
            control.pace,
            frozenset(group for group, state in states.items() if state == "paused"),
            frozenset(group for group, state in states.items() if state in ("stopped", "removed")),
        )
        if reins != self._reins:
            self._reins = reins
            self._say_reins()

    def _say_reins(self) -> None:
        self._cluster.tell_workers(at_worker.tell, self._id, self._reins)

    def _take_back(self) -> None:
        """Take back what no worker has begun."""
        idle = [number for number in self._futures if number not in self._running]
        if idle:
            futures = [self._futures.pop(number) for number in idle]
            self._waiting += idle
            self._cluster.client.cancel(futures)

    def _call_off(self) -> None:
        """Let nothing of the batch go on, or be kept at the scheduler."""
        futures = list(self._futures.values())
        self._futures.clear()
        if futures and self._cluster.alive:
            self._cluster.tell_workers(at_worker.tell, self._id, replace(self._reins, stopping=True))
            self._cluster.client.cancel(futures)
        self._sent = None

    # What comes in

    def _hear(self, message: Mapping[str, Any]) -> None:
        """Take a message, in Dask's thread."""
        if message["batch"] == self._id:
            self._inbox.put(partial(self._read, message))

    def _take_in(self) -> None:
        """Wait a moment for something to come, and take in all that has."""
        try:
            self._inbox.get(timeout=_LOOK_SECONDS)()
            while True:
                self._inbox.get_nowait()()
        except queue.Empty:
            return

    def _read(self, message: Mapping[str, Any]) -> None:
        number = message["number"]
        if number not in self._futures:
            return
        if "began" in message:
            self._begin(number, Ground(*message["began"]))
        if "rows" in message:
            self._listener.rows(number, message["first"], unpacked(message["rows"]))
        if "epochs" in message:
            epochs = [(epoch, step, values) for epoch, step, values in message["epochs"]]
            self._listener.epochs(number, message["first_epoch"], epochs)

    def _begin(self, number: int, ground: Ground) -> None:
        self._running.add(number)
        self.tally.begin()
        self._listener.began(number, ground)
        if self._reins != Reins():
            # It may have begun at a worker that was not there when this was said.
            self._say_reins()

    def _end(self, number: int, future: Any, found: Outcome | BaseException) -> None:
        """Take in the end of a task, as Dask sees it."""
        if self._futures.get(number) is not future:
            return
        if isinstance(found, Outcome):
            self._take_outcome(number, found)
        elif not isinstance(found, _CANCELLED):
            self._forget(number)
            self.tally.fail(_why_lost(found))
        elif self._cluster.alive:
            # What it needed was lost with its worker.
            self._again(number)

    def _take_outcome(self, number: int, outcome: Outcome) -> None:
        if outcome.how == "unfit":
            self._unfit.add(outcome.worker)
            return self._again(number, outcome.message)
        self._forget(number)
        if outcome.ground is not None:
            self._listener.began(number, outcome.ground)
            self._listener.rows(number, 0, unpacked(outcome.steps))
            self._listener.epochs(number, 0, outcome.epochs)
        match outcome.how:
            case "refused":
                assert outcome.message is not None
                raise Refused(outcome.message)
            case "broke":
                self.tally.fail(outcome.message, outcome.details)
            case "stopped" if self._asked[number].group not in self._reins.ended:
                self._waiting.append(number)
            case _:
                self.tally.done += 1
                self._listener.ended(number, outcome)
        return None

    def _forget(self, number: int) -> None:
        self._running.discard(number)
        del self._futures[number]

    def _again(self, number: int, reason: Message | None = None) -> None:
        self._forget(number)
        if self._tries[number] < MOST_TRIES:
            self._waiting.append(number)
        else:
            self.tally.fail(reason or say("Its worker was lost {count} times.", count=MOST_TRIES))

    def _check_scheduler(self) -> None:
        if self._cluster.alive:
            return
        if not self._cluster.back_within(GONE_SECONDS, self._control):
            raise Lost
        # It knows nothing of what the one before it had.
        for number in list(self._futures):
            self._again(number)

    def _tell_spread(self) -> None:
        cluster = self._cluster
        self._emit(self.tally.spread(cluster.workers, len(self._running), cluster.dashboard))


def _why_lost(error: BaseException | None) -> Message:
    if type(error).__name__ == "KilledWorker":
        return say("Every worker that was given this run died with it: it may need more memory than they have.")
    return say("A worker could not carry out a run: {kind}: {reason}", kind=type(error).__name__, reason=str(error))
