"""What nobody could check before the data were read: whether loss, model, batch size and schedule go with them."""

from pydantic import ValidationError

from lrgui.core.config import ComparisonConfig, Config, Experiment
from lrgui.core.config.dataset import OwnData
from lrgui.core.config.fields import problems
from lrgui.core.config.model import ImageModel
from lrgui.core.config.plateau import ReduceOnPlateau
from lrgui.core.messages import Message, Refused, say
from lrgui.training.examples import Examples
from lrgui.training.losses import check_loss


def check(config: Experiment, examples: Examples) -> None:
    """Check an experiment against the data that were found for it.

    Raises
    ------
    Refused
        They do not go together; the sentence says why, and what to do.
    """
    if not isinstance(config.dataset, OwnData):
        return
    facts, file = examples.facts, config.dataset.label
    if facts.regression:
        check_loss(config.loss, file)
        _check_monitor(config, file)
    if isinstance(config.model, ImageModel) and facts.kind != "images":
        raise Refused(
            say(
                "{model} needs images, and {file} is a table: take another model, such as the MLP.",
                model=config.model.title,
                file=file,
            )
        )
    try:
        type(config).model_validate(config.model_dump())
    except ValidationError as error:
        raise Refused(next(iter(problems(type(config), error).values()))) from error


def _check_monitor(config: Experiment, file: str) -> None:
    arms = config.arms if isinstance(config, ComparisonConfig) else [config]
    rules = (getattr(arm, "plateau", None) for arm in arms)
    if any(isinstance(rule, ReduceOnPlateau) and rule.monitor.endswith("accuracy") for rule in rules):
        raise Refused(
            say(
                "The target of {file} is a number, which has no accuracy: let the plateau rule watch a loss.", file=file
            )
        )


def told_of_change(config: Config, message: Message) -> Message:
    """Add to the last sentence of a run, where it is so, that its file is no longer what it was when it was read."""
    dataset = getattr(config, "dataset", None)
    if not isinstance(dataset, OwnData) or dataset.facts is not None:
        return message
    return say(
        "{message} {file} was changed or removed during the run, which went on with what had been read.",
        message=message,
        file=dataset.label,
    )
