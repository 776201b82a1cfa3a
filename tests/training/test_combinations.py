"""Whatever the form offers together can be trained together.

All combinations would take most of an hour, most of it for tracing. A covering design takes the fewest in which every
two values that are offered together do meet: each data set with each model, each model with each loss, and so on. An
optimizer sees gradients of a model's variables and nothing of what they come from: each meets the residual network,
which has variables of all kinds that the others have. What breaks only where three certain values meet is not found.
"""

import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from lrgui.core.config import DATASETS, LOSSES, MODELS, OPTIMIZERS, TrainingConfig
from lrgui.core.config.base import Choice
from lrgui.core.config.dataset import DatasetChoice
from lrgui.core.config.model import Cnn, DeepMlp, Mlp, ResNet, Softmax
from lrgui.core.events import Ended, Finished, Planned
from lrgui.training.prepared import forget_all
from lrgui.training.trainer import train
from tests.training.homes import write_home
from tests.training.running import column, of_kind, run

FIELDS = ("dataset", "model", "loss", "optimizer")
SMALL = {
    Softmax: Softmax(),
    Mlp: Mlp(width=8, dropout=0.1),
    DeepMlp: DeepMlp(width=8, depth=2),
    Cnn: Cnn(filters=2, units=8),
    ResNet: ResNet(filters=2, blocks=1),
}
Combination = tuple[type[Choice], ...]


def offered() -> list[Combination]:
    """Return the combinations of which the form refuses no part."""
    combinations = itertools.product(DATASETS, MODELS, LOSSES, OPTIMIZERS)
    return [combination for combination in combinations if not refused(combination)]


def refused(combination: Combination) -> bool:
    chosen = dict(zip(FIELDS, combination, strict=True))
    return any(choice.why_not(chosen) is not None for choice in combination)


def pairs(combination: Combination) -> set[Combination]:
    *others, optimizer = combination
    met: set[Combination] = {(optimizer,), *itertools.combinations(others, 2)}
    return met | {(ResNet, optimizer)} if ResNet in others else met


def covering(combinations: list[Combination]) -> Iterator[Combination]:
    """Yield combinations until every pair has been met: with the most new pairs, then the optimizer that was rarest."""
    left, often = set().union(*map(pairs, combinations)), Counter[type[Choice]]()
    while left:
        best = max(combinations, key=lambda combination: (len(pairs(combination) & left), -often[combination[-1]]))
        left -= pairs(best)
        often[best[-1]] += 1
        yield best


def experiment(combination: Combination) -> TrainingConfig:
    """Return a run of two steps."""
    dataset, model, loss, optimizer = combination
    assert issubclass(dataset, DatasetChoice)
    samples = max(20, len(dataset.class_names))
    return TrainingConfig(
        dataset=dataset(samples=samples),
        batch_size=samples // 2,
        model=SMALL[model],
        loss=loss(),
        optimizer=optimizer(),
        epochs=1,
    )


def test_that_whatever_the_form_offers_together_trains(keras_home: Path):
    write_home(keras_home, 200, 50)
    failures = []
    for number, combination in enumerate(covering(offered())):
        events = run(train, experiment(combination))
        losses, planned = column(events, "loss"), of_kind(events, Planned)
        if not isinstance(events[-1], Finished) or len(losses) != 2 or not np.isfinite(losses).all() or not planned:
            names = [choice.__name__ for choice in combination]
            failures.append((names, str(events[-1].message) if isinstance(events[-1], Ended) else events[-1]))
        if number % 8 == 7:
            forget_all()
    assert failures == []


def test_that_the_design_meets_every_pair_that_is_offered():
    combinations = offered()
    design = list(covering(combinations))
    assert set().union(*map(pairs, design)) == set().union(*map(pairs, combinations))
    assert len(design) < len(combinations) / 10
    assert {choice for combination in design for choice in combination} == {*DATASETS, *MODELS, *LOSSES, *OPTIMIZERS}
