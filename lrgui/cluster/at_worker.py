"""The other side: a worker is handed an order, carries it out in its one thread, and tells of it as it goes."""

import os
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeVar

from lrgui.cluster.drawing import draw_apart
from lrgui.cluster.fitness import what_differs
from lrgui.cluster.luggage import unpacked_config
from lrgui.cluster.orders import Bundle, Ground, Order, Outcome, Reins
from lrgui.cluster.post import Post
from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.control import Control
from lrgui.core.events import ArmEnded, Ended, Event, Failed, Planned, Stopped
from lrgui.core.messages import Refused, say

T = TypeVar("T")
R = TypeVar("R")

_MOST_BATCHES = 8


@dataclass(slots=True)
class _Going:
    order: Order
    control: Control


_one_run = threading.Lock()
_going: dict[int, _Going] = {}
_reins: dict[str, Reins] = {}


def carry_out(bundle: Bundle, luggage: bytes | None = None) -> tuple[Outcome, ...]:
    """Do some runs, one after the other, and return what came of each; nothing is raised for what can go wrong in one.

    Parameters
    ----------
    bundle : Bundle
        What is asked.
    luggage : bytes, optional
        What ``Order.parcel`` speaks of.
    """
    from distributed import get_worker

    worker, orders = get_worker(), bundle.orders
    differs = what_differs(orders[0].versions)
    if differs is not None:
        told = say("{worker}: {what}", worker=f"{worker.name} ({worker.address})", what=differs)
        return tuple(Outcome(order.number, worker.address, "unfit", message=told) for order in orders)
    outcomes: list[Outcome] = []
    for order in orders:
        # That the first has begun is worth a word of its own; those behind it follow at once.
        at_once = all(outcome.ground is None for outcome in outcomes)
        outcomes.append(_carried_out(order, luggage, worker, at_once))
    return tuple(outcomes)


def _carried_out(order: Order, luggage: bytes | None, worker: Any, at_once: bool) -> Outcome:
    def send(message: Any) -> None:
        worker.log_event(
            order.topic, {"batch": order.batch, "number": order.number, "worker": worker.address, **message}
        )

    going, post, start = _Going(order, Control()), Post(send, at_once=at_once), time.perf_counter()
    with _one_run:
        _going[id(going)] = going
        try:
            reins = _reins.get(order.batch, order.reins)
            _obey(going, reins)
            if reins.stopping or order.group in reins.ended | reins.held:
                # Given back: others need not wait for one that is held.
                found = Outcome(order.number, "", "stopped")
            else:
                found = _done(going, luggage, post, worker.local_directory)
        finally:
            del _going[id(going)]
    return _with_what_was_measured(found, post, order, worker.address, time.perf_counter() - start)


def call(function: Callable[[T], R], thing: T, neighbours: int) -> R:
    """Return what a function returns for a thing, alone in this process."""
    with _one_run:
        _settle(neighbours)
        return function(thing)


def tell(batch: str, reins: Reins) -> None:
    """Say something to the runs of a batch; called in any thread of the worker's process."""
    _reins.pop(batch, None)
    _reins[batch] = reins
    for old in list(_reins)[:-_MOST_BATCHES]:
        del _reins[old]
    for going in list(_going.values()):
        if going.order.batch == batch:
            _obey(going, reins)


def _obey(going: _Going, reins: Reins) -> None:
    control, group = going.control, going.order.group
    if reins.stopping or group in reins.ended:
        control.stop()
        return
    if control.pace != reins.pace:
        control.pace = reins.pace
    if reins.paused or group in reins.held:
        control.pause()
    else:
        control.resume()


def _done(going: _Going, luggage: bytes | None, post: Post, folder: str) -> Outcome:
    """Carry out an order, and say how that ended; what was measured is in the post."""
    from lrgui.training.download import Cancelled
    from lrgui.training.failures import explain

    order = going.order
    _settle(order.neighbours)
    try:
        config = unpacked_config(order, luggage, folder)
        return _of_end(order, _run(config, post, going.control))
    except Cancelled:
        return Outcome(order.number, "", "stopped")
    except Refused as refused:
        return Outcome(order.number, "", "refused", message=refused.message)
    except Exception as error:
        return Outcome(order.number, "", "broke", message=explain(error), details=traceback.format_exc())


def _of_end(order: Order, end: ArmEnded | Ended | None) -> Outcome:
    match end:
        case None | Stopped():
            return Outcome(order.number, "", "stopped", end=end)
        case Failed():
            return Outcome(order.number, "", "broke", message=end.message, details=end.details)
    return Outcome(order.number, "", "ended", end=end)


def _run(config: TrainingConfig | RangeTestConfig, post: Post, control: Control) -> ArmEnded | Ended | None:
    """Train or sweep, and return how it ended; None where a training was stopped half-way."""
    from lrgui.training.alone import train_alone
    from lrgui.training.trainer import range_test

    ends: list[Ended] = []

    def hear(event: Event) -> None:
        match event:
            case Planned():
                counts = (event.steps_per_epoch, len(event.learning_rates), event.epochs, event.parameters)
                post.began(Ground(*counts, event.model_content, event.data_content))
            case Ended():
                ends.append(event)
            case _:
                post.take(event)

    if isinstance(config, TrainingConfig):
        return train_alone(config, hear, control)
    range_test(config, hear, control)
    return ends[-1]


@cache
def _settle(neighbours: int) -> None:
    """Once for all runs: import what they need, leave others their share of the cores, and draw alone."""
    from lrgui.training.threads import limit_threads

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    draw_apart()
    limit_threads(None if neighbours == 1 else max(1, cores // neighbours))


def _with_what_was_measured(found: Outcome, post: Post, wanted: Order, worker: str, seconds: float) -> Outcome:
    return replace(
        found,
        worker=worker,
        seconds=seconds,
        ground=post.ground,
        steps=post.steps(),
        epochs=post.epochs(),
        examined=post.examined if wanted.examined else None,
    )
