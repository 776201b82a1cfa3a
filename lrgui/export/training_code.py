"""A training as cells of code that reproduce it, with public Keras only."""

from collections.abc import Sequence

from lrgui.core.config.training import TrainingConfig
from lrgui.core.events import FactorMoved
from lrgui.core.messages import plainly
from lrgui.export.cells import Cell
from lrgui.export.data_code import batches_cell, data_cell
from lrgui.export.model_code import loss_cell, model_cell
from lrgui.export.rate_code import CLASSES, RateCode, rate_code

RECORDING = Cell(
    "Keras's own metrics are means since the epoch began. These are what each batch measured, before its update.",
    '''\
class OfThisBatch(keras.metrics.Metric):
    def __init__(self, measure, name):
        super().__init__(name=name)
        self.measure = measure
        self.value = self.add_weight(shape=(), initializer="zeros", name="value")

    def update_state(self, y_true, y_pred, sample_weight=None):
        self.value.assign(keras.ops.mean(self.measure(y_true, y_pred)))

    def result(self):
        return keras.ops.convert_to_tensor(self.value)


class Record(keras.callbacks.Callback):
    """Keeps rate, loss and accuracy of every step and of every epoch, and prints the epochs."""

    def __init__(self):
        super().__init__()
        self.steps = {"learning_rate": [], "loss": [], "accuracy": []}
        self.epochs = {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}

    def on_train_batch_begin(self, batch, logs=None):
        self.steps["learning_rate"].append(float(self.model.optimizer.learning_rate))

    def on_train_batch_end(self, batch, logs=None):
        for name in ("loss", "accuracy"):
            self.steps[name].append(float(logs[f"batch_{name}"]))

    def on_epoch_end(self, epoch, logs=None):
        for name, values in self.epochs.items():
            values.append(float(logs[name]))
        measured = "  ".join(f"{name} {values[-1]:.6f}" for name, values in self.epochs.items())
        print(f"epoch {epoch + 1:3d}  {measured}", flush=True)''',
    ("import keras",),
)

_TRAIN = '''\
EPOCHS = {epochs}


def train(seed, optimizer, callbacks):
    """Train from fresh weights; return what was recorded, and the model."""
    record = Record()
    keras.utils.set_random_seed(seed)
    model = make_model()
    batch_metrics = [OfThisBatch(loss, "batch_loss"), OfThisBatch(accuracy, "batch_accuracy")]
    model.compile(optimizer, loss, metrics=["accuracy", *batch_metrics], jit_compile=False)
    model.fit(
        batches(seed),
        steps_per_epoch=STEPS_PER_EPOCH,
        epochs=EPOCHS,
        validation_data=(inputs(x_val), targets(y_val)),
        validation_batch_size=128,
        shuffle=False,  # the batches come shuffled
        callbacks=[*callbacks, keras.callbacks.TerminateOnNaN(), record],
        verbose=0,
    )
    return record, model'''

PLOT = Cell(
    "What came of it.",
    """\
figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4))
left.plot(record.steps["loss"], ".", color="0.75", label="each step")
ends = [STEPS_PER_EPOCH * (epoch + 1) for epoch in range(len(record.epochs["loss"]))]
left.plot(ends, record.epochs["loss"], "o-", label="training")
left.plot(ends, record.epochs["val_loss"], "s--", label="validation")
left.set(xlabel="step", ylabel="loss")
left.legend()
right.plot(record.steps["learning_rate"], color="tab:green")
right.set(xlabel="step", ylabel="learning rate")
plt.show()""",
    ("import matplotlib.pyplot as plt",),
    only_in="notebook",
)


def common_cells(config: TrainingConfig) -> list[Cell]:
    """Return the cells up to the model: all that trainings of one experiment share.

    Raises
    ------
    Refused
        The data or the model are a person's own.
    """
    return [data_cell(config.dataset), loss_cell(config), batches_cell(config.batch_size), model_cell(config)]


def class_cells(codes: Sequence[RateCode]) -> list[Cell]:
    """Return the cells with the small classes that some rates need, each once."""
    wanted = {name for code in codes for name in code.classes}
    return [Cell(*CLASSES[name]) for name in CLASSES if name in wanted]


def training_cell(epochs: int) -> Cell:
    """Return the cell that defines ``train``."""
    return Cell(
        "A training, with the rate and the optimizer that are given, and with what the run had besides.",
        _TRAIN.format(epochs=epochs),
        ("import keras",),
    )


def training_cells(config: TrainingConfig, moves: Sequence[FactorMoved] = ()) -> list[Cell]:
    """Return all cells of one training; ``record.steps`` and ``record.epochs`` then hold its numbers.

    Parameters
    ----------
    config : TrainingConfig
        The training.
    moves : sequence of FactorMoved
        What a hand moved while it ran.

    Raises
    ------
    Refused
        The data or the model are a person's own.
    """
    rate = rate_code(config, moves)
    told = (
        f"The rate: {plainly(config.schedule.summary)}"
        if config.schedule.summary
        else f"The rate: {plainly(config.schedule.title)}."
    )
    return [
        *common_cells(config),
        *class_cells([rate]),
        Cell(told, rate.code, rate.imports),
        RECORDING,
        training_cell(config.epochs),
        Cell(
            "The training itself, from the same seed: the same first weights, the same batches.",
            f"SEED = {config.seed}\nrecord, model = train(SEED, optimizer, callbacks)",
        ),
        PLOT,
    ]
