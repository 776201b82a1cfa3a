"""A batch of independent runs under way: handed out, followed, told to stop, and taken in."""

import asyncio
import queue
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any
from uuid import uuid4

from lrgui.cluster import at_worker
from lrgui.cluster.bundles import MOST_TOGETHER, Bundles, Task
from lrgui.cluster.connection import Cluster
from lrgui.cluster.listening import Asked, Listener
from lrgui.cluster.luggage import Luggage
from lrgui.cluster.orders import Ground, Outcome, Reins, reins_of
from lrgui.cluster.sending import Found, Sender, why_lost
from lrgui.cluster.tally import Tally
from lrgui.cluster.wire import unpacked
from lrgui.core.control import Control
from lrgui.core.events import Emit
from lrgui.core.messages import Message, Refused, say

AHEAD = 2
"""Bundles of runs that each worker has at most: the one under way, and the next, so that it never waits for us."""

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
        self._cluster, self._asked = cluster, asked
        self._listener, self._emit, self._control = listener, emit, control
        self._id = uuid4().hex
        self._sender = Sender(cluster, self._id, luggage, self._hear_end)
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._groups = {each.group for each in asked}
        self._waiting = deque(range(len(asked)))
        self._tasks: dict[int, Task] = {}
        self._running: set[int] = set()
        self._losses: dict[int, int] = {}
        self._bundles = Bundles()
        self._unfit: set[str] = set()
        self._reins = Reins()
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
        while self._waiting or self._tasks:
            self._check_scheduler()
            self._tell_reins()
            if self._control.stopping:
                patience = time.monotonic() + STOP_SECONDS if patience is None else patience
                self._take_back()
                if not self._tasks or time.monotonic() > patience:
                    return
            else:
                self._hand_out()
            self._take_in()
            if self.tally.due():
                self._tell_spread()
        self._tell_spread()

    # What goes out

    def _hand_out(self) -> None:
        """Let each worker have its runs, and the next."""
        workers = max(1, len(self._cluster.workers))
        for _ in range(AHEAD * workers - len(set(self._tasks.values()))):
            numbers = list(islice(self._ready(), MOST_TOGETHER))
            if not numbers:
                return
            self._submit(self._bundles.first_of(numbers, len(self._waiting), workers))

    def _ready(self) -> Iterator[int]:
        """Yield the waiting runs that may go, in their order."""
        held = self._reins.held
        return (number for number in self._waiting if self._asked[number].group not in held)

    def _let_go(self) -> None:
        """End the waiting runs of a group that was ended by hand."""
        over = [number for number in self._waiting if self._asked[number].group in self._reins.ended]
        for number in over:
            self._waiting.remove(number)
            self._listener.ended(number, Outcome(number, "", "stopped"))
            self.tally.done += 1

    def _submit(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            self._waiting.remove(number)
        task = Task(self._sender.send({number: self._asked[number] for number in numbers}, self._reins, self._unfit))
        self._tasks.update(dict.fromkeys(numbers, task))

    def _tell_reins(self) -> None:
        """Hand on what the control has been told, as soon as it is something else."""
        reins = reins_of(self._control, self._groups)
        if reins != self._reins:
            self._reins = reins
            self._say_reins()
            self._let_go()

    def _say_reins(self) -> None:
        self._cluster.tell_workers(at_worker.tell, self._id, self._reins)

    def _take_back(self) -> None:
        """Take back what no worker has begun."""
        idle = {number: task for number, task in self._tasks.items() if not task.begun}
        if idle:
            for number in idle:
                del self._tasks[number]
            self._waiting.extend(idle)
            self._cluster.client.cancel([task.future for task in set(idle.values())])

    def _call_off(self) -> None:
        """Let nothing of the batch go on, or be kept at the scheduler."""
        tasks = set(self._tasks.values())
        self._tasks.clear()
        if tasks and self._cluster.alive:
            self._cluster.tell_workers(at_worker.tell, self._id, replace(self._reins, stopping=True))
            self._cluster.client.cancel([task.future for task in tasks])
        self._sender.forget()

    # What comes in

    def _hear(self, message: Mapping[str, Any]) -> None:
        """Take a message, in Dask's thread."""
        if message["batch"] == self._id:
            self._inbox.put(partial(self._read, message))

    def _hear_end(self, numbers: Collection[int], future: Any, found: Found) -> None:
        """Take the end of a task, in Dask's thread."""
        self._inbox.put(partial(self._end, numbers, future, found))

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
        if number not in self._tasks:
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
        self._tasks[number].begun = True
        self.tally.begin()
        self._listener.began(number, ground)
        if self._reins != Reins():
            # It may have begun at a worker that was not there when this was said.
            self._say_reins()

    def _end(self, numbers: Collection[int], future: Any, found: Found) -> None:
        """Take in the end of a task, as Dask sees it."""
        mine = [number for number in numbers if number in self._tasks and self._tasks[number].future is future]
        if not isinstance(found, BaseException):
            for outcome in found:
                if outcome.number in mine:
                    self._take_outcome(outcome.number, outcome)
        elif not isinstance(found, _CANCELLED):
            self._break(mine, found)
        elif self._cluster.alive:
            # What they needed was lost with their worker.
            for number in mine:
                self._again(number)

    def _break(self, numbers: Sequence[int], error: BaseException) -> None:
        """Count a run that could not be carried out; of several together it is not known which, so each goes alone."""
        for number in numbers:
            self._forget(number)
            if len(numbers) > 1:
                self._bundles.part(number)
                self._waiting.append(number)
            else:
                self.tally.fail(why_lost(error))

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
                self._waiting.appendleft(number)
            case _:
                self._bundles.learn(outcome)
                self.tally.done += 1
                self._listener.ended(number, outcome)
        return None

    def _forget(self, number: int) -> None:
        self._running.discard(number)
        del self._tasks[number]

    def _again(self, number: int, reason: Message | None = None) -> None:
        self._forget(number)
        self._losses[number] = self._losses.get(number, 0) + 1
        if self._losses[number] < MOST_TRIES:
            self._waiting.appendleft(number)
        else:
            self.tally.fail(reason or say("Its worker was lost {count} times.", count=MOST_TRIES))

    def _check_scheduler(self) -> None:
        if self._cluster.alive:
            return
        if not self._cluster.back_within(GONE_SECONDS, self._control):
            raise Lost
        # It knows nothing of what the one before it had.
        for number in list(self._tasks):
            self._again(number)

    def _tell_spread(self) -> None:
        cluster = self._cluster
        self._emit(self.tally.spread(cluster.workers, len(self._running), cluster.dashboard))
