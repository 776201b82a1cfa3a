"""The way to the workers: processes of our own on the loopback address, or a scheduler that somebody has started."""

import atexit
import importlib.util
import os
import signal
import threading
import time
import warnings
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from lrgui.cluster.drawing import draw_apart
from lrgui.cluster.fitness import PACKAGES, for_scheduler, versions, versions_told, what_differs
from lrgui.cluster.starting import cores, security_of, start_processes
from lrgui.core.config.place import Here, PlaceChoice, Processes, RunningCluster
from lrgui.core.control import Control
from lrgui.core.events import Emit, Progressed
from lrgui.core.messages import Message, Refused, joined, say

CONNECT_SECONDS = 20.0
"""How long a scheduler may take to answer."""

_LOOK_SECONDS = 0.1
_INFO_SECONDS = 1.0
_CLOSE_SECONDS = 5.0

Hear = Callable[[Mapping[str, Any]], None]


def missing_for(place: PlaceChoice) -> Message | None:
    """Say what has to be installed before runs can be carried out there, or nothing."""
    if isinstance(place, Here) or importlib.util.find_spec("distributed") is not None:
        return None
    return say(
        "Runs {place} need Dask, which is not installed: pip install 'lrgui[cluster]', or pip install distributed "
        "cryptography.",
        place=place.label,
    )


class Cluster:
    """A scheduler with its workers, and our connection to it.

    Parameters
    ----------
    place : Processes or RunningCluster
        Where.

    Raises
    ------
    Refused
        It cannot be reached, or started.
    """

    def __init__(self, place: PlaceChoice) -> None:
        self.place = place
        self._local: Any = None
        self._hear: Hear | None = None
        self._has_dashboard = False
        with warnings.catch_warnings():
            # Versions are compared by us, and told by name.
            warnings.simplefilter("ignore")
            self.client = self._connected(place)
        draw_apart()
        self.topic = str(self.client.id)
        self._workers: Mapping[str, Mapping[str, Any]] = {}
        self._asked = time.monotonic()
        self.client.sync(self._look)
        self._subscribe()
        # After Dask has registered its own: ours is then called before them.
        atexit.register(self.close)

    def _connected(self, place: PlaceChoice) -> Any:
        from distributed import Client

        try:
            if isinstance(place, Processes):
                self._local = start_processes(place)
                return Client(self._local, set_as_default=False)
            assert isinstance(place, RunningCluster)
            security = security_of(place)
            return Client(place.address, security=security, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, RuntimeError, ValueError, ImportError) as error:
            self._close_local()
            raise Refused(_why_not(place, error)) from error

    def _subscribe(self) -> None:
        self.client.subscribe_topic(self.topic, self._take)

    def _take(self, event: tuple[float, Any]) -> None:
        """Hear of an event, in Dask's thread; the scheduler's own on this client come here, too."""
        message, hear = event[1], self._hear
        if hear is not None and isinstance(message, Mapping) and "batch" in message:
            hear(message)

    def listen(self, hear: Hear | None) -> None:
        """Hand the messages of runs to ``hear``, in Dask's thread."""
        self._hear = hear

    @property
    def alive(self) -> bool:
        """Whether the scheduler can be reached now."""
        return bool(self.client.status == "running")

    def back_within(self, seconds: float, control: Control) -> bool:
        """Wait for a scheduler that is gone to come back, and return whether it has."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not control.stopping:
            if self.alive:
                self._subscribe()
                return True
            time.sleep(_LOOK_SECONDS)
        return False

    @property
    def workers(self) -> Mapping[str, Mapping[str, Any]]:
        """What is known of each worker, by its address; of about a second ago, so that nobody waits for it."""
        if time.monotonic() - self._asked > _INFO_SECONDS:
            self._asked = time.monotonic()
            self.do(self._look)
        return self._workers

    async def _look(self) -> None:
        self._workers = (await self.client.scheduler.identity(n_workers=-1))["workers"]

    def do(self, work: Callable[[], Awaitable[None]]) -> None:
        """Have something done in Dask's thread, whenever it has time; it does not matter if it fails."""

        async def done() -> None:
            with suppress(Exception):
                await work()

        self.client.loop.add_callback(done)

    def tell_workers(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Call a function in each worker's process, beside its run."""
        self.do(partial(self.client.run, function, *arguments, on_error="ignore"))

    @property
    def neighbours(self) -> int:
        """How many workers share a computer, at most."""
        return max(Counter(worker["host"] for worker in self.workers.values()).values(), default=1)

    @property
    def dashboard(self) -> str:
        """The address of Dask's own page, empty where there is none: the scheduler needs Bokeh for it."""
        return str(self.client.dashboard_link or "") if self._has_dashboard else ""

    def make_ready(self, emit: Emit, control: Control) -> None:
        """Return when there is a worker, or the run is stopped.

        Raises
        ------
        Refused
            A worker would compute something else than this computer, or the scheduler cannot read what is asked.
        """
        self._wait_for_a_worker(emit, control)
        self._check_versions()
        # Said until the first run begins.
        emit(Progressed(say("The workers load TensorFlow and the data.")))

    def _wait_for_a_worker(self, emit: Emit, control: Control) -> None:
        told = False
        while not self.workers and self.alive and not control.stopping:
            if not told:
                emit(Progressed(say("Waiting for a worker {place}.", place=self.place.label)))
                told = True
            time.sleep(_LOOK_SECONDS)

    def _check_versions(self) -> None:
        """Refuse a scheduler or a worker with another version, or with more than one thread, by its name."""
        workers, wanted = self.workers, versions()
        found = self.client.get_versions(packages=[*PACKAGES, "bokeh"])
        self._has_dashboard = bool(found["scheduler"]["packages"].get("bokeh"))
        differs = what_differs(for_scheduler(wanted), versions_told(found["scheduler"]["packages"]))
        if differs is not None:
            raise Refused(
                say(
                    "The scheduler at {address} cannot read what this computer asks: it has {what}. Start it where the "
                    "same is installed; it needs no TensorFlow.",
                    address=self.client.scheduler.address,
                    what=differs,
                )
            )
        for address, told in found["workers"].items():
            differs = what_differs(wanted, versions_told((told or {}).get("packages", {})))
            if differs is not None:
                raise Refused(
                    say(
                        "Worker {worker} cannot do the same as this computer: it has {what}. Install the same there, "
                        "or end that worker.",
                        worker=_called(address, workers),
                        what=differs,
                    )
                )
        _check_threads(workers)

    def close(self) -> None:
        """End the connection, and the processes that are ours."""
        atexit.unregister(self.close)
        self._hear = None
        with suppress(Exception):  # where the scheduler is gone, there is nothing to leave
            self.client.unsubscribe_topic(self.topic)
        self.client.close(timeout=2)
        self._close_local()

    def _close_local(self) -> None:
        if self._local is None:
            return
        for nanny in self._local.workers.values():
            # They have nothing to put away, and TensorFlow would take them seconds to leave.
            nanny.auto_restart = False
            with suppress(OSError, TypeError):
                os.kill(nanny.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        self._local.close(timeout=_CLOSE_SECONDS)
        self._local = None


def _check_threads(workers: Mapping[str, Mapping[str, Any]]) -> None:
    for address, worker in workers.items():
        if worker["nthreads"] != 1:
            raise Refused(
                say(
                    "Worker {worker} has {threads} threads, and a run needs one to itself: start it with "
                    "--nthreads 1, and several with --nworkers.",
                    worker=_called(address, workers),
                    threads=worker["nthreads"],
                )
            )


def _called(address: str, workers: Mapping[str, Mapping[str, Any]]) -> Message:
    name = str(workers.get(address, {}).get("name", address))
    return say("{name}", name=name) if name == address else joined((name, " (", address, ")"), "")


def _why_not(place: PlaceChoice, error: Exception) -> Message:
    reason = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
    if isinstance(place, RunningCluster):
        return say(
            "The scheduler at {address} cannot be reached ({reason}): is it running, and are the certificates those "
            "of its authority?",
            address=place.address,
            reason=reason,
        )
    return say("The processes could not be started: {reason}", reason=reason)


_open: dict[PlaceChoice, Cluster] = {}
_opening = threading.Lock()


def cluster_at(place: PlaceChoice, emit: Emit) -> Cluster:
    """Return the connection to a place, kept from an earlier run or made now; others are left.

    Raises
    ------
    Refused
        Dask is missing, or the place cannot be reached.
    """
    if (missing := missing_for(place)) is not None:
        raise Refused(missing)
    with _opening:
        kept = _open.get(place)
        if kept is not None and kept.alive:
            return kept
        _leave()
        if isinstance(place, Processes):
            emit(Progressed(say("Starting {count} processes.", count=place.workers or cores())))
        else:
            emit(Progressed(say("Connecting: {place}.", place=place.label)))
        _open[place] = Cluster(place)
        return _open[place]


def leave_clusters() -> None:
    """End all connections, and the processes that are ours. Nothing happens where there are none."""
    with _opening:
        _leave()


def _leave() -> None:
    while _open:
        _open.popitem()[1].close()
