"""Which data a run trains on."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, field_validator

from lrgui.core.config.base import Choice, described, parse_choice, parse_optional, refused
from lrgui.core.messages import say

Kind = Literal["images", "table", "points"]


_CIFAR_100 = (
    "apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel "
    "can castle caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur "
    "dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard lamp lawn_mower leopard lion "
    "lizard lobster man maple_tree motorcycle mountain mouse mushroom oak_tree orange orchid otter palm_tree "
    "pear pickup_truck pine_tree plain plate poppy porcupine possum rabbit raccoon ray road rocket rose sea "
    "seal shark shrew skunk skyscraper snail snake spider squirrel streetcar sunflower sweet_pepper table tank "
    "telephone television tiger tractor train trout tulip turtle wardrobe whale willow_tree wolf woman worm "
)


class DatasetChoice(Choice):
    """A data set: what is known of it before it is loaded.

    ``training_total`` and ``validation_examples`` count the examples of its fixed split, ``example_shape`` is one
    example's: height, width and channels of an image, else the number of features. ``kind`` is what an example is;
    points are tables of two features, which can be drawn.
    """

    kind: ClassVar[Kind]
    training_total: ClassVar[int]
    validation_examples: ClassVar[int]
    example_shape: ClassVar[tuple[int, ...]]
    class_names: ClassVar[tuple[str, ...]]
    download_bytes: ClassVar[int] = 0

    samples: Annotated[int | None, BeforeValidator(parse_optional)] = described(
        None,
        "Samples",
        "Train on so many examples, each class with its share, the same in every run; off: on all of them.",
        ge=10,
        le=60_000,
        advanced=True,
    )

    @field_validator("samples")
    @classmethod
    def _samples_can_be_had(cls, samples: int | None) -> int | None:
        classes = len(cls.class_names)
        if samples is not None and samples < classes:
            raise refused(
                say(
                    "{dataset} has {classes} classes: take at least as many samples.",
                    dataset=cls.title,
                    classes=classes,
                )
            )
        if samples is not None and samples > cls.training_total:
            raise refused(
                say(
                    "{dataset} has {examples} training examples: take at most as many samples, or none to take all.",
                    dataset=cls.title,
                    examples=cls.training_total,
                )
            )
        return samples

    @property
    def training_examples(self) -> int:
        """How many examples a run trains on."""
        return self.samples or self.training_total


class Digits(DatasetChoice):
    """scikit-learn's handwritten digits: 1,797 real images, 8 by 8, part of the installation.

    Source: UCI, Optical Recognition of Handwritten Digits (test part), by ``sklearn.datasets.load_digits``.
    """

    title = "Digits"
    summary = "1,797 handwritten digits, 8 x 8 pixels. Comes with the program."
    kind = "images"
    training_total, validation_examples = 1437, 360
    example_shape = (8, 8, 1)
    class_names = tuple("0123456789")

    name: Literal["digits"] = "digits"


class FashionMnist(DatasetChoice):
    """Fashion-MNIST: 70,000 photographs of clothes, 28 by 28; downloaded once by Keras.

    Source: Xiao, Rasul, Vollgraf, arXiv 1708.07747.
    """

    title = "Fashion-MNIST"
    summary = "70,000 photographs of clothes, 28 x 28 pixels. Downloaded once, 30 MB."
    kind = "images"
    training_total, validation_examples = 60_000, 10_000
    example_shape = (28, 28, 1)
    class_names = (
        "T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    )  # fmt: skip
    download_bytes = 30_900_000

    name: Literal["fashion_mnist"] = "fashion_mnist"


class Mnist(DatasetChoice):
    """MNIST: 70,000 handwritten digits, 28 by 28; downloaded once by Keras.

    Source: LeCun, Cortes, Burges, The MNIST database of handwritten digits.
    """

    title = "MNIST"
    summary = "70,000 handwritten digits, 28 x 28 pixels. Downloaded once, 11 MB."
    kind = "images"
    training_total, validation_examples = 60_000, 10_000
    example_shape = (28, 28, 1)
    class_names = tuple("0123456789")
    download_bytes = 11_490_434

    name: Literal["mnist"] = "mnist"


class Cifar10(DatasetChoice):
    """CIFAR-10: 60,000 colour photographs of ten things, 32 by 32; downloaded once by Keras.

    Source: Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009.
    """

    title = "CIFAR-10"
    summary = "60,000 colour photographs of 10 things, 32 x 32 pixels. Downloaded once, 170 MB."
    kind = "images"
    training_total, validation_examples = 50_000, 10_000
    example_shape = (32, 32, 3)
    class_names = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
    download_bytes = 170_498_071

    name: Literal["cifar10"] = "cifar10"


class Cifar100(DatasetChoice):
    """CIFAR-100 with its 100 fine labels: 60,000 colour photographs, 32 by 32; downloaded once by Keras.

    Source: Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009.
    """

    title = "CIFAR-100"
    summary = "60,000 colour photographs of 100 things, 32 x 32 pixels. Downloaded once, 169 MB."
    kind = "images"
    training_total, validation_examples = 50_000, 10_000
    example_shape = (32, 32, 3)
    class_names = tuple(_CIFAR_100.split())
    download_bytes = 169_001_437

    name: Literal["cifar100"] = "cifar100"


class BreastCancer(DatasetChoice):
    """Breast cancer Wisconsin (diagnostic): 569 tumours by 30 measurements, part of the installation.

    Source: UCI, by ``sklearn.datasets.load_breast_cancer``. Features are standardised by the training part.
    """

    title = "Breast cancer"
    summary = "569 tumours by 30 measurements, malignant or benign. Comes with the program."
    kind = "table"
    training_total, validation_examples = 455, 114
    example_shape = (30,)
    class_names = ("malignant", "benign")

    name: Literal["breast_cancer"] = "breast_cancer"


class Wine(DatasetChoice):
    """Wine: 178 wines of three growers by 13 measurements, part of the installation.

    Source: UCI, by ``sklearn.datasets.load_wine``. Features are standardised by the training part.
    """

    title = "Wine"
    summary = "178 wines of three growers by 13 measurements. Comes with the program."
    kind = "table"
    training_total, validation_examples = 142, 36
    example_shape = (13,)
    class_names = ("grower 1", "grower 2", "grower 3")

    name: Literal["wine"] = "wine"


class Iris(DatasetChoice):
    """Iris: 150 flowers of three species by 4 measurements, part of the installation.

    Source: Fisher, 1936, by ``sklearn.datasets.load_iris``. Features are standardised by the training part.
    """

    title = "Iris"
    summary = "150 flowers of three species by 4 measurements. Comes with the program."
    kind = "table"
    training_total, validation_examples = 120, 30
    example_shape = (4,)
    class_names = ("setosa", "versicolor", "virginica")

    name: Literal["iris"] = "iris"


class GeneratedPoints(DatasetChoice):
    """Points in the plane, generated, always the same ones: 1,000 to train on, 400 to validate."""

    kind = "points"
    training_total, validation_examples = 1000, 400
    example_shape = (2,)

    noise: float = described(
        0.2, "Noise", "How far the points are scattered, as a standard deviation: 0 is not at all.", ge=0, le=2
    )


class Spirals(GeneratedPoints):
    """Two spirals wound into each other: hard for a straight line, easy for a network with some width."""

    title = "Spirals"
    summary = "Two spirals of points, wound into each other. Generated."
    class_names = ("first", "second")

    name: Literal["spirals"] = "spirals"


class Moons(GeneratedPoints):
    """Two half-moons that reach into each other, as in scikit-learn's ``make_moons``."""

    title = "Moons"
    summary = "Two half-moons of points. Generated."
    class_names = ("upper", "lower")

    name: Literal["moons"] = "moons"


class Blobs(GeneratedPoints):
    """Four round clouds of points, as in scikit-learn's ``make_blobs``."""

    title = "Blobs"
    summary = "Four round clouds of points. Generated."
    class_names = ("north", "east", "south", "west")

    name: Literal["blobs"] = "blobs"


DATASETS: tuple[type[DatasetChoice], ...] = (
    Digits, FashionMnist, Mnist, Cifar10, Cifar100, BreastCancer, Wine, Iris, Spirals, Moons, Blobs,
)  # fmt: skip

Dataset = Annotated[
    Annotated[
        Digits | FashionMnist | Mnist | Cifar10 | Cifar100 | BreastCancer | Wine | Iris | Spirals | Moons | Blobs,
        Field(discriminator="name"),
    ],
    BeforeValidator(parse_choice),
]


def dataset_of(chosen: Mapping[str, Any]) -> type[DatasetChoice] | None:
    """Return the class of the data set among the choices of an experiment, by field, if there is one."""
    dataset = chosen.get("dataset")
    return dataset if isinstance(dataset, type) and issubclass(dataset, DatasetChoice) else None
