"""A comparison as cells of code that reproduce it: every arm from the same weights on the same batches."""

import textwrap

from lrgui.core.config.comparison import ComparisonConfig
from lrgui.core.messages import plainly
from lrgui.export.cells import Cell
from lrgui.export.rate_code import RateCode, rate_code
from lrgui.export.training_code import RECORDING, class_cells, common_cells, training_cell

_ARM = '''\
def arm_{number}():
    """{name}."""
{code}
    return optimizer, callbacks'''

_RUN = """\
SEEDS = {seeds}
ARMS = {{{arms}}}
records = {{}}
for seed in SEEDS:
    for name, make_arm in ARMS.items():
        print(f"{{name}}, seed {{seed}}", flush=True)
        records[name, seed], _ = train(seed, *make_arm())"""

_TABLE = """\
for name in ARMS:
    finals = [records[name, seed].epochs["val_accuracy"][-1] for seed in SEEDS]
    spread = np.std(finals, ddof=1) if len(finals) > 1 else 0.0
    print(f"{name}: {100 * np.mean(finals):.1f} +- {100 * spread:.1f} % over {len(finals)} seeds")"""

_PLOT = """\
for name in ARMS:
    curves = np.array([records[name, seed].epochs["val_accuracy"] for seed in SEEDS])
    line = plt.plot(np.arange(1, EPOCHS + 1), np.median(curves, axis=0), "o-", label=name)
    plt.fill_between(
        np.arange(1, EPOCHS + 1), curves.min(axis=0), curves.max(axis=0), alpha=0.2, color=line[0].get_color()
    )
plt.xlabel("epoch")
plt.ylabel("validation accuracy")
plt.legend()
plt.show()"""


def comparison_cells(config: ComparisonConfig) -> list[Cell]:
    """Return all cells of a comparison; ``records[name, seed]`` then holds the numbers of each training.

    Raises
    ------
    Refused
        The data or the model are a person's own.
    """
    trainings = [config.training(arm, config.seed) for arm in range(len(config.arms))]
    rates = [rate_code(training) for training in trainings]
    names = [_plain(plainly(name)) for name in config.names]
    arms = ", ".join(f'"{name}": arm_{number}' for number, name in enumerate(names, 1))
    run = _RUN.format(seeds=list(config.seeds_used), arms=arms)
    return [
        *common_cells(trainings[0]),
        *class_cells(rates),
        *(_arm(number, name, rate) for number, (name, rate) in enumerate(zip(names, rates, strict=True), 1)),
        RECORDING,
        training_cell(config.epochs),
        Cell("All arms, seed by seed: the same first weights and the same batches for each.", run),
        Cell("Mean and standard deviation of the last validation accuracies.", _TABLE, ("import numpy as np",)),
        Cell("Median and range over the seeds.", _PLOT, ("import matplotlib.pyplot as plt",), only_in="notebook"),
    ]


def _arm(number: int, name: str, rate: RateCode) -> Cell:
    code = textwrap.indent(rate.code, "    ")
    return Cell(f"The rate of {name}.", _ARM.format(number=number, name=name, code=code), rate.imports)


def _plain(name: str) -> str:
    """Return a name that can stand between quotation marks."""
    return " ".join(name.replace("\\", "/").replace('"', "'").split())
