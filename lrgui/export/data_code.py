"""Code that brings the examples of a run, by public means: in the split, the order and the units of the run."""

from lrgui.core.config import dataset as data
from lrgui.core.config.dataset import DatasetChoice, Facts, ProvidedDataset
from lrgui.core.messages import Message, Refused, plainly, say
from lrgui.export.cells import Cell

_DOWNLOADED: dict[type[DatasetChoice], str] = {
    data.FashionMnist: "fashion_mnist",
    data.Mnist: "mnist",
    data.Cifar10: "cifar10",
    data.Cifar100: "cifar100",
}
"""What Keras itself calls the data sets that it downloads."""

_TABLES: dict[type[DatasetChoice], str] = {
    data.BreastCancer: "load_breast_cancer",
    data.Wine: "load_wine",
    data.Iris: "load_iris",
}

_SPLIT = """\
x_train, x_val, y_train, y_val = train_test_split(
    {inputs}, labels, test_size={count}, random_state=0, stratify=labels
)"""

_SPIRALS = """\
    along = np.sqrt(random.random(count))
    angle = 2 * np.pi * 1.5 * along + np.pi * labels
    exact = (3.0 * along * np.array([np.cos(angle), np.sin(angle)])).T"""

_MOONS = """\
    angle = np.pi * random.random(count)
    upper = np.array([np.cos(angle), np.sin(angle)])
    lower = np.array([1 - np.cos(angle), 0.5 - np.sin(angle)])
    exact = np.where(labels == 0, upper, lower).T - (0.5, 0.25)"""

_BLOBS = """\
    exact = np.array([(0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0)])[labels]"""

_POINTS = '''\
def draw(count, seed):
    """Return points in the plane and their classes."""
    random = np.random.default_rng(seed)
    labels = random.permutation(np.arange(count) % {classes}).astype("int32")
{exact}
    return (exact + {noise!r} * random.normal(size=exact.shape)).astype("float32"), labels


(x_train, y_train), (x_val, y_val) = draw({train}, seed=1), draw({validation}, seed=2)'''

_SAMPLED = '''

def sample(labels, count):
    """Return which examples to train on: each class has its share, and at least one."""
    sizes = np.bincount(labels)
    exact = count * sizes / sizes.sum()
    quotas = np.maximum(np.floor(exact), sizes > 0).astype(int)
    while quotas.sum() != count:
        more = quotas.sum() < count
        free = quotas < sizes if more else quotas > 1
        lack = np.where(free, exact - quotas, -np.inf if more else np.inf)
        quotas[lack.argmax() if more else lack.argmin()] += 1 if more else -1
    order = np.random.default_rng(0).permutation(len(labels))
    return np.sort(np.concatenate([order[labels[order] == c][:quota] for c, quota in enumerate(quotas)]))


chosen = sample(y_train, {samples})
x_train, y_train = x_train[chosen], y_train[chosen]'''

_SCALED = '''

def inputs(images):
    """Return pixels from 0 to 1."""
    return images.astype("float32") * np.float32(1 / {white})'''

_STANDARDIZED = '''
means, deviations = x_train.mean(axis=0), x_train.std(axis=0)
deviations = np.where(deviations > 0, deviations, 1.0)


def inputs(rows):
    """Return features with mean 0 and deviation 1 over the training examples."""
    return ((rows - means) / deviations).astype("float32")'''

_AS_THEY_ARE = '''

def inputs(points):
    """Return points as they are."""
    return points'''

_BATCHES = '''\
def batches(seed):
    """Yield all batches without end; what an epoch leaves over waits for the shuffle of the next one."""
    for epoch in itertools.count():
        order = np.random.default_rng((seed, epoch)).permutation(len(x_train))[: STEPS_PER_EPOCH * BATCH_SIZE]
        for examples in order.reshape(STEPS_PER_EPOCH, BATCH_SIZE):
            yield inputs(x_train[examples]), targets(y_train[examples])'''


def data_cell(dataset: DatasetChoice) -> Cell:
    """Return the cell that defines ``x_train, y_train, x_val, y_val`` and what makes ``inputs`` of them.

    Raises
    ------
    Refused
        Nobody else can have these data by public means.
    """
    facts = facts_of(dataset)
    sampled = "\n" + _SAMPLED.format(samples=dataset.samples) + "\n" if dataset.samples is not None else ""
    code, scale, imports = _loading(dataset, facts)
    about = plainly(dataset.summary).replace("Comes with the program.", "Comes with scikit-learn.")
    return Cell(f"The data: {about}", code + (sampled or "\n") + scale, ("import numpy as np", *imports))


def facts_of(dataset: DatasetChoice) -> Facts:
    """Return what is known of data that code can bring.

    Raises
    ------
    Refused
        Nothing is: they are a person's own.
    """
    reason = why_no_code(dataset)
    if reason is not None or dataset.facts is None:
        raise Refused(reason or _OWN)
    return dataset.facts


def why_no_code(dataset: DatasetChoice) -> Message | None:
    """Say why no code can bring these data; None if it can."""
    return None if isinstance(dataset, ProvidedDataset) else _OWN


_SKLEARN = ("from sklearn import datasets", "from sklearn.model_selection import train_test_split")

_OWN = say("The data of this run are files of your own: code for others cannot bring them.")

Loading = tuple[str, str, tuple[str, ...]]


def _loading(dataset: DatasetChoice, facts: Facts) -> Loading:
    """Return what loads, what makes inputs of what was loaded, and the imports."""
    kind = type(dataset)
    if kind in _DOWNLOADED:
        loaded = f"(x_train, y_train), (x_val, y_val) = keras.datasets.{_DOWNLOADED[kind]}.load_data()\n"
        shape = ", ".join(map(str, facts.example_shape))
        loaded += f"x_train, x_val = x_train.reshape(-1, {shape}), x_val.reshape(-1, {shape})\n"
        return loaded + "y_train, y_val = y_train.ravel(), y_val.ravel()", _SCALED.format(white=255), ()
    match dataset:
        case data.Digits():
            images = 'images.astype("uint8").reshape(-1, 8, 8, 1)'
            split = _SPLIT.format(inputs=images, count=facts.validation_examples)
            loaded = f"images, labels = datasets.load_digits(return_X_y=True)\n{split}"
            return loaded, _SCALED.format(white=16), _SKLEARN
        case data.Spirals() | data.Moons() | data.Blobs():
            return _points(dataset, facts), _AS_THEY_ARE, ()
    split = _SPLIT.format(inputs="features", count=facts.validation_examples)
    return f"features, labels = datasets.{_TABLES[kind]}(return_X_y=True)\n{split}", _STANDARDIZED, _SKLEARN


def _points(dataset: data.Spirals | data.Moons | data.Blobs, facts: Facts) -> str:
    exact = {data.Spirals: _SPIRALS, data.Moons: _MOONS, data.Blobs: _BLOBS}[type(dataset)]
    return _POINTS.format(
        classes=len(facts.class_names),
        exact=exact,
        noise=dataset.noise,
        train=type(dataset).training_total,
        validation=facts.validation_examples,
    )


def batches_cell(batch_size: int) -> Cell:
    """Return the cell that yields the run's own batches from ``inputs`` and ``targets``."""
    head = f"BATCH_SIZE = {batch_size}\nSTEPS_PER_EPOCH = len(x_train) // BATCH_SIZE\n\n\n"
    return Cell(
        "The order of the examples follows from the seed and the number of the epoch alone.",
        head + _BATCHES,
        ("import itertools", "import numpy as np"),
    )
