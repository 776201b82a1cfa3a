"""A range test of a model that somebody made elsewhere."""

import keras

from lrgui.core.config.range_test import SweepConfig
from lrgui.core.control import Control
from lrgui.core.events import Emit
from lrgui.training.own.batches import Batches
from lrgui.training.own.kind import kind_of
from lrgui.training.own.prepared import OwnPrepared
from lrgui.training.own.session import OwnSession
from lrgui.training.own.snapshot import fingerprint
from lrgui.training.own.swept import Swept
from lrgui.training.plan import plan_sweep
from lrgui.training.trainer import swept


def sweep_model(
    model: keras.Model, batches: Batches, config: SweepConfig, emit: Emit, control: Control, *, seed: int = 0
) -> Swept:
    """Train a model while the rate rises, and leave it bit by bit as it was, whatever happens.

    Its compiled optimizer and loss are used. Repeats begin with the same weights, and with batches from the next seed.

    Parameters
    ----------
    model : keras.Model
        Compiled; built or not.
    batches : Batches
        See ``batches_of``.
    config : SweepConfig
        From where to where, and what ends it.
    emit : callable
        Takes the plan and the steps, on this thread; what is returned is not emitted.
    control : Control
        How other threads reach the run.
    seed : int
        Orders the batches of arrays.

    Returns
    -------
    Swept
        How it ended, and the model's hash before and after.

    Raises
    ------
    Refused
        It cannot be done; the sentence says why.
    BaseException
        What the model, its data or Ctrl+C have raised; the model is put back before.
    """
    plan = plan_sweep(config, batches.examples, batches.batch_size, seed)
    prepared = OwnPrepared(model, batches)
    try:
        with OwnSession(prepared, plan, config, emit, control) as session:
            ended = swept(session, config, control)
    finally:
        put_back_for_certain(prepared)
    return Swept(ended, prepared.fingerprint, fingerprint(model), kind_of(model.optimizer))


def put_back_for_certain(prepared: OwnPrepared) -> None:
    """Put a model back, also when Ctrl+C is pressed in the middle of it."""
    try:
        prepared.put_back()
    except KeyboardInterrupt:
        prepared.put_back()
        raise
