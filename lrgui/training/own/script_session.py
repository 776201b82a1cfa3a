"""A run of a person's own model on what ``load_data()`` of his file gives, exactly as it gives it."""

import math
from types import TracebackType
from typing import Any

import keras
import tensorflow as tf

from lrgui.core.config import Experiment, RangeTestConfig, TrainingConfig
from lrgui.core.config.dataset import ScriptData
from lrgui.core.config.loss import OwnLoss
from lrgui.core.config.model import OwnModel
from lrgui.core.contents import short
from lrgui.core.control import Control
from lrgui.core.events import Emit, Progressed
from lrgui.core.messages import Message, Refused, say
from lrgui.training.own.compiling import loss_for, optimizer_for
from lrgui.training.own.prepared import OwnPrepared
from lrgui.training.own.python_file import PythonFile
from lrgui.training.own.ready import about_the_data
from lrgui.training.own.script_data import Part, parts_of, train_batches
from lrgui.training.own.session import OwnSession
from lrgui.training.own.snapshot import fingerprint
from lrgui.training.own.source import content_of, look_at, source_of
from lrgui.training.plan import plan_sweep, plan_training
from lrgui.training.prepared import EVALUATION_BATCH, seeded
from lrgui.training.session import Session

_trained: list[OwnPrepared] = []
"""What the last training has left, if there was one."""


class ScriptSession(OwnSession):
    """An ``OwnSession`` that is told what the file was, and evaluates on the validation part if there is one."""

    validation: Part | None = None
    _evaluating: Any = None

    def __init__(self, prepared: OwnPrepared, plan: Any, config: Experiment, emit: Emit, control: Control) -> None:
        assert isinstance(config.model, OwnModel)
        self._file = config.model.label
        super().__init__(prepared, plan, config, emit, control)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the model back after a sweep; what a training has made of it stays, to be saved."""
        if self._sweeping:
            super().__exit__(kind, error, trace)
            return
        Session.__exit__(self, kind, error, trace)
        _trained[:] = [self._own]

    def fit(self, enders: Any, *, validate: bool) -> None:
        """Run the plan; with ``validate`` each epoch ends with an evaluation, before anybody hears of it."""
        if validate:
            self.report.on_epoch_end = _evaluating_first(self.report.on_epoch_end, self._measure)  # type: ignore[method-assign]
        super().fit(enders, validate=False)

    def _measure(self) -> dict[str, float]:
        """Return what Keras measures on the validation part; NaN for an accuracy where there is none."""
        model = self._own.model
        attached, model.test_function = model.test_function, self._evaluating
        try:
            found = model.evaluate(_as_dataset(self.validation), verbose=0, return_dict=True)
        finally:
            # Kept for the next epoch: Keras would trace the evaluation again each time.
            self._evaluating, model.test_function = model.test_function, attached
        return {"loss": float(found["loss"]), "accuracy": float(found.get("accuracy", math.nan))}

    def evaluate(self) -> dict[str, float]:
        """Return what was measured after the last step; an accuracy only where there is one."""
        if self.validation is None or self._control.stopping:
            return {}
        found = dict(self.report.evaluation) or self._measure()
        return {name: value for name, value in found.items() if math.isfinite(value)}

    def told(self, message: Message) -> Message:
        """Add that the model is what it was, by its hash before and after."""
        message = super().told(message)
        if not self._sweeping:
            return message
        prepared = self._own
        prepared.put_back()
        after = fingerprint(prepared.model)
        if after != prepared.fingerprint:
            return say(
                "{message} {file} could not be put back exactly: open it again.", message=message, file=self._file
            )
        return say(
            "{message} {file} is unchanged: {before} = {after}.",
            message=message,
            file=self._file,
            before=short(prepared.fingerprint),
            after=short(after),
        )


def trained_model(config: Experiment) -> keras.Model | None:
    """Return the model that a training on ``load_data()`` has left, if no other came after it."""
    return next((prepared.model for prepared in _trained if prepared.trained_by == config), None)


def on_script_data(config: Experiment) -> bool:
    """Return whether a run is one of these."""
    return isinstance(config.dataset, ScriptData) and isinstance(config.model, OwnModel)


def script_session(config: RangeTestConfig | TrainingConfig, emit: Emit, control: Control) -> ScriptSession:
    """Try the files, load the data, build the model, and plan the run.

    Raises
    ------
    Refused
        Something is wrong with the files, or model and data do not go together.
    Cancelled
        The run was stopped meanwhile.
    """
    choice, model_choice = config.dataset, config.model
    assert isinstance(choice, ScriptData)
    assert isinstance(model_choice, OwnModel)
    look_at(model_choice, emit, control, choice)
    emit(Progressed(say("Loading {dataset}.", dataset=choice.label)))
    parts = parts_of(PythonFile(choice.program).load_data(), choice)
    sweeping = isinstance(config, RangeTestConfig)
    if parts.validation is None and not sweeping:
        raise Refused(
            say(
                "load_data() in {file} returned a stream alone, and a training needs data to validate on: let it "
                "return (training, validation).",
                file=choice.label,
            )
        )
    steps = config.steps * config.batches_per_rate + 1 if isinstance(config, RangeTestConfig) else None
    batches = train_batches(parts, choice, config.batch_size, steps)
    emit(Progressed(say("Building the model.")))
    content = content_of(model_choice)
    model = _compiled(config, model_choice, batches.first())
    prepared = OwnPrepared(model, batches)
    prepared.content = content
    if isinstance(config, RangeTestConfig):
        plan = plan_sweep(config, batches.examples, batches.batch_size, config.seed)
    else:
        plan = plan_training(config.model_copy(update={"batch_size": batches.batch_size}), batches.examples)
    session = ScriptSession(prepared, plan, config, emit, control)
    session.validation = parts.validation
    return session


def _compiled(config: Experiment, choice: OwnModel, first: Any) -> keras.Model:
    with seeded(config.seed):
        model = source_of(choice, config.loss, config.optimizer).build()
        try:
            with about_the_data():
                model(keras.utils.unpack_x_y_sample_weight(first)[0], training=False)
        except Refused as refused:
            raise Refused(
                say(
                    "{file} does not take what load_data() in {data} returns. {reason}",
                    file=choice.label,
                    data=config.dataset.label,
                    reason=refused.message,
                )
            ) from refused
    several = (
        keras.tree.is_nested(getattr(model, "outputs", None) or [None]) and len(getattr(model, "outputs", [0])) > 1
    )
    own_loss = isinstance(config.loss, OwnLoss) and model.compiled
    if several and not own_loss:
        raise Refused(
            say(
                "{file} has several outputs: compile it with a loss for each in build_model(), and leave the loss "
                "the file's own.",
                file=choice.label,
            )
        )
    loss = model.loss if own_loss else loss_for(model, config.loss, model.output_shape[-1], regression=False)
    weights = _loss_weights(model) if own_loss else None
    optimizer = optimizer_for(model, config.optimizer)
    eager = bool(model.run_eagerly)
    metrics = None if several else ["accuracy"]
    model.compile(optimizer, loss, loss_weights=weights, metrics=metrics, run_eagerly=eager)
    return model


def _loss_weights(model: keras.Model) -> Any:
    """Return the weights that the losses were compiled with; Keras tells them only in the whole description."""
    return (model.get_compile_config() or {}).get("loss_weights")


def _as_dataset(part: Part | None) -> Any:
    """Return the validation part as Keras evaluates it, without the thread that would hold up its end."""
    assert part is not None
    dataset = part[0]
    if not hasattr(dataset, "element_spec"):
        if hasattr(dataset, "num_batches") or hasattr(dataset, "__next__"):
            return dataset
        dataset = tf.data.Dataset.from_tensor_slices(part).batch(EVALUATION_BATCH)
    options = tf.data.Options()
    options.autotune.enabled = False
    return dataset.with_options(options)


def _evaluating_first(on_epoch_end: Any, measure: Any) -> Any:
    def measured(epoch: int, logs: Any = None) -> None:
        known = {} if logs is None else dict(logs)
        known = {"accuracy": math.nan, **known, **{f"val_{name}": value for name, value in measure().items()}}
        on_epoch_end(epoch, known)

    return measured
