"""A model from a person's file, prepared like one of ours: the same loops, the same runs, its own first weights."""

import hashlib
from dataclasses import replace
from typing import Any

import keras
import tensorflow as tf

from lrgui.core.config.model import OwnModel
from lrgui.core.contents import short
from lrgui.core.messages import Message, Refused, say
from lrgui.training import states
from lrgui.training.failures import explain
from lrgui.training.feed import Feed
from lrgui.training.graph import LossUnseen
from lrgui.training.losses import build_metrics
from lrgui.training.own.compiling import loss_for, optimizer_for, takes_class_numbers, threshold_of
from lrgui.training.own.fitting import build_on, input_shape, output_width
from lrgui.training.own.source import content_of, source_of
from lrgui.training.prepared import Prepared, Structure, seeded


class FilePrepared(Prepared):
    """A ``Prepared`` whose model comes from a file, and goes back to what the file gives before each run.

    The person's own object, if there ever was one, is in another process, and the file is only read: what a run
    changes is a copy. ``proof`` shows that this one is as it was, too.

    Parameters
    ----------
    structure : Structure
        Its model is an ``OwnModel``; ``data`` is what its data are called.
    seed : int
        From which the first run draws what the file does not hold.

    Raises
    ------
    Refused
        The file cannot be used, or the model does not fit the data.
    """

    def __init__(self, structure: Structure, seed: int) -> None:
        assert isinstance(structure.model, OwnModel)
        self._file, self._choices, self._seed = structure.model.label, structure, seed
        self._source = source_of(structure.model, structure.loss, structure.optimizer)
        try:
            super().__init__(structure)
        except Refused:
            raise
        except LossUnseen as error:
            raise Refused(
                say(
                    "{file} has a train_step that does not call compute_loss, where the loss of each step is seen: let "
                    "it call self.compute_loss.",
                    file=self._file,
                )
            ) from error
        except Exception as error:
            raise Refused(
                say("{file} cannot be trained here. {reason}", file=self._file, reason=explain(error))
            ) from error
        self.content = structure.content
        self._first = states.taken(self)
        self._before = ""

    def _compiled(self) -> keras.Model:
        model, structure = self._built(), self._choices
        shape = input_shape(model, structure.feed.example_shape, self._file, structure.data)
        regression = structure.feed.regression
        width = output_width(model, shape, structure.outputs, self._file, structure.data, regression=regression)
        if model.run_eagerly:
            raise Refused(
                say(
                    "{file} was compiled with run_eagerly=True, and steps are taken in the graph here: compile it "
                    "without.",
                    file=self._file,
                )
            )
        loss = loss_for(model, structure.loss, width, regression=regression)
        optimizer = optimizer_for(model, structure.optimizer)
        self.structure = replace(structure, feed=self._feed(loss, shape, width))
        model.compile(optimizer, loss, metrics=build_metrics(regression=regression))
        return model

    def _built(self) -> keras.Model:
        """Return the model as a script has it that says ``keras.utils.set_random_seed(seed)`` first."""
        with seeded(self._seed):
            model = self._source.build()
            build_on(model, self._choices.feed.example_shape, self._file)
        if not model.trainable_variables:
            raise Refused(
                say(
                    "{file} has no weights that can be trained: set trainable to True where they are to learn.",
                    file=self._file,
                )
            )
        return model

    def _feed(self, loss: Any, shape: tuple[int, ...], width: int) -> Feed:
        """Return how data reach the model: in its own shape, with targets as its loss takes them."""
        feed = self._choices.feed
        one_hot = width if width > 1 and not feed.regression and not takes_class_numbers(loss) else None
        threshold = threshold_of(loss) if width == 1 and not feed.regression else None
        return replace(feed, one_hot=one_hot, model_shape=shape, threshold=threshold)

    def reset(self, seed: int) -> None:
        """Put the model back to what the file gives, and the rest, as Dropout's seeds, to what is drawn from this seed.

        Raises
        ------
        Refused
            The file is not what it was at the run's begin, or ``build_model()`` does not make the same model again.
        """
        self.trained_by = None
        if seed != self._seed:
            self._seed = seed
            self._first = states.with_weights(self._drawn_again(), self._first)
        states.put_back(self, self._first)
        self.model.reset_metrics()
        self._before = self.fingerprint()

    def _drawn_again(self) -> states.State:
        assert isinstance(self._choices.model, OwnModel)
        if content_of(self._choices.model) != self.content:
            raise Refused(
                say("{file} was changed while the run went on: what was measured stays; run it again.", file=self._file)
            )
        mine, theirs = self.model.variables, self._built().variables
        if [variable.shape for variable in mine] != [variable.shape for variable in theirs]:
            raise Refused(
                say(
                    "build_model() in {file} makes another model each time: let it make the same one, so that runs can "
                    "be compared.",
                    file=self._file,
                )
            )
        return tuple(tf.convert_to_tensor(variable) for variable in theirs)

    def fingerprint(self) -> str:
        """Return a hash of all that a training changes, bit by bit: weights, statistics, seeds, optimizer."""
        return hashlib.sha256(states.packed(states.taken(self)).tobytes()).hexdigest()

    def proof(self, seed: int) -> Message:
        """Put the model back, and say by its hash before and after that it is what it was."""
        before = self._before
        self.reset(seed)
        if before != self._before:
            return say("{file} could not be put back exactly: open it again.", file=self._file)
        return say(
            "{file} is unchanged: {before} = {after}.",
            file=self._file,
            before=short(before),
            after=short(self._before),
        )
