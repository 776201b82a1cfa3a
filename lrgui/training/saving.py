"""A trained model as a file that any Keras can load."""

from pathlib import Path

import keras

from lrgui.core.config import Experiment
from lrgui.core.config.dataset.facts import Facts
from lrgui.core.messages import Message, Refused, say
from lrgui.training.own.script_session import trained_model
from lrgui.training.prepared import kept_of


def save_model(config: Experiment, path: Path) -> Message:
    """Write the model that the last run of this config has left, compiled as plain Keras would have it.

    Its optimizer has a number for a rate, the one of the last step, and its own state: training goes on from there,
    also where this program is not installed.

    Parameters
    ----------
    config : Experiment
        Of the run; it ended in this process, and no other run of the same structure began since.
    path : Path
        Where to; ends with ``.keras``.

    Returns
    -------
    Message
        What a person has to know to use it.

    Raises
    ------
    Refused
        The model is gone.
    OSError
        The file cannot be written.
    """
    model = _model_of(config)
    if model is None:
        raise Refused(say("The model of this run is gone: another run has taken its place. Train again, then save."))
    model.save(path)
    facts = config.dataset.facts
    if facts is None:
        return say("The model takes what load_data() in {file} returns.", file=config.dataset.label)
    return _what_it_takes(facts)


def _model_of(config: Experiment) -> keras.Model | None:
    kept = kept_of(config)
    return trained_model(config) if kept is None else kept.model


def _what_it_takes(facts: Facts) -> Message:
    shape = " x ".join(map(str, facts.example_shape))
    match facts.kind:
        case "images":
            return say("The model takes images of {shape} pixels with values from 0 to 1.", shape=shape)
        case "table":
            return say("The model takes rows of {shape} features, each with mean 0 and deviation 1.", shape=shape)
    return say("The model takes rows of {shape} numbers.", shape=shape)
