"""A range test as cells of code that reproduce it: the true loss of each step while the rate rises."""

from lrgui.core.config.range_test import RangeTestConfig
from lrgui.export.cells import Cell
from lrgui.export.code_run import number
from lrgui.export.data_code import batches_cell, data_cell
from lrgui.export.model_code import loss_cell, model_cell
from lrgui.export.optimizer_code import optimizer_code

_RATES = {
    "exponential": "START * (END / START) ** (np.arange(STEPS + 1) / STEPS)",
    "linear": "START + (END - START) * (np.arange(STEPS + 1) / STEPS)",
}

_SWEEP = '''\
{settings}

def sweep(seed):
    """Train while the rate rises; return rate, loss and accuracy of each step."""
    keras.utils.set_random_seed(seed)
    model = make_model()
    model.compile({optimizer}, loss, metrics=["accuracy"], jit_compile=False)
    steps = {{"learning_rate": [], "loss": [], "accuracy": []}}
    average, weight, best = 0.0, 0.0, math.inf
    for rate, (x, y) in zip(RATES, batches(seed)):
        model.optimizer.learning_rate = rate
        model.reset_metrics()  # else Keras answers with the mean of all batches so far
        logs = model.train_on_batch(x, y, return_dict=True)
        steps["learning_rate"].append(float(model.optimizer.learning_rate))
        steps["loss"].append(float(logs["loss"]))
        steps["accuracy"].append(float(logs["accuracy"]))
        if not math.isfinite(steps["loss"][-1]):
            break
{point}{rule}    return steps'''

_POINT = """\
        if len(steps["loss"]) % BATCHES_PER_RATE:
            continue
        point = np.mean(steps["loss"][-BATCHES_PER_RATE:])
"""

_RULE = """\
        average = SMOOTHING * average + (1 - SMOOTHING) * {point}
        weight = SMOOTHING * weight + (1 - SMOOTHING)
        best = min(best, average / weight)
        if best > 0 and average / weight > STOP_FACTOR * best:
            break
"""

_SHOW = """\
for steps in sweeps:
    for rate, value in zip(steps["learning_rate"], steps["loss"]):
        print(f"{rate:.6e}  {value:.6f}")"""

_PLOT = """\
for steps in sweeps:
    plt.plot(steps["learning_rate"], steps["loss"], ".-")
{recommended}plt.xscale("{scale}")
plt.ylim(0, 2 * max(steps["loss"][0] for steps in sweeps))
plt.xlabel("learning rate")
plt.ylabel("loss of each batch")
plt.show()"""


def sweep_cells(config: RangeTestConfig, recommended: float | None = None) -> list[Cell]:
    """Return all cells of a range test; ``sweeps`` then holds its numbers, one entry a sweep.

    Parameters
    ----------
    config : RangeTestConfig
        The range test.
    recommended : float or None
        The rate that the notebook marks.

    Raises
    ------
    Refused
        The data or the model are a person's own.
    """
    repeats = "" if config.repeats == 1 else f" for repeat in range({config.repeats})"
    sweeps = f"[sweep(SEED{' + repeat' if repeats else ''}){repeats}]"
    return [
        data_cell(config.dataset),
        loss_cell(config),
        batches_cell(config.batch_size),
        model_cell(config),
        Cell(
            "The sweep: after each step the loss of that step's own batch, not Keras's mean since the epoch began.",
            _sweep(config),
            ("import keras", "import math", "import numpy as np"),
        ),
        Cell(
            "From the same seed: the same first weights, the same batches.", f"SEED = {config.seed}\nsweeps = {sweeps}"
        ),
        Cell("Rate and loss of each step.", _SHOW),
        Cell("What came of it.", _plot(config, recommended), ("import matplotlib.pyplot as plt",), only_in="notebook"),
    ]


def _sweep(config: RangeTestConfig) -> str:
    settings = [f"START, END, STEPS = {number(config.start)}, {number(config.end)}, {config.steps}"]
    several = config.batches_per_rate > 1
    if several:
        settings.append(f"BATCHES_PER_RATE = {config.batches_per_rate}")
    if config.stop_factor is not None:
        settings.append(f"SMOOTHING, STOP_FACTOR = {number(config.smoothing)}, {number(config.stop_factor)}")
    settings += [f"RATES = {_RATES[config.spacing]}", "RATES[-1] = END"]
    if several:
        settings.append("RATES = np.repeat(RATES, BATCHES_PER_RATE)")
    rule = "" if config.stop_factor is None else _RULE.format(point="point" if several else 'steps["loss"][-1]')
    code = _SWEEP.format(
        settings="\n".join(settings) + "\n",
        optimizer=optimizer_code(config.optimizer, first="START"),
        point=_POINT if several and rule else "",
        rule=rule,
    )
    return code if rule else code.replace("    average, weight, best = 0.0, 0.0, math.inf\n", "")


def _plot(config: RangeTestConfig, recommended: float | None) -> str:
    marked = "" if recommended is None else f'plt.axvline({number(recommended)}, color="tab:pink")  # recommended\n'
    return _PLOT.format(recommended=marked, scale="log" if config.spacing == "exponential" else "linear")
