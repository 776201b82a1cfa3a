"""The data sets that come with the program, and those that it downloads."""

from typing import ClassVar, Literal

from pydantic import field_validator

from lrgui.core.config.base import described, refused
from lrgui.core.config.dataset.base import DatasetChoice
from lrgui.core.config.dataset.facts import Facts, Kind
from lrgui.core.messages import say

_CIFAR_100 = (
    "apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel "
    "can castle caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur "
    "dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard lamp lawn_mower leopard lion "
    "lizard lobster man maple_tree motorcycle mountain mouse mushroom oak_tree orange orchid otter palm_tree "
    "pear pickup_truck pine_tree plain plate poppy porcupine possum rabbit raccoon ray road rocket rose sea "
    "seal shark shrew skunk skyscraper snail snake spider squirrel streetcar sunflower sweet_pepper table tank "
    "telephone television tiger tractor train trout tulip turtle wardrobe whale willow_tree wolf woman worm "
)


class ProvidedDataset(DatasetChoice):
    """A data set that comes with the program or is downloaded: all is known of it before.

    ``training_total`` and ``validation_examples`` count the examples of its fixed split, ``example_shape`` is one
    example's: height, width and channels of an image, else the number of features.
    """

    kind: ClassVar[Kind]
    training_total: ClassVar[int]
    validation_examples: ClassVar[int]
    example_shape: ClassVar[tuple[int, ...]]
    class_names: ClassVar[tuple[str, ...]]
    download_bytes: ClassVar[int] = 0

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
    def facts(self) -> Facts:
        """What is known of it."""
        return Facts(
            self.kind,
            self.example_shape,
            self.class_names,
            self.training_examples,
            self.validation_examples,
            "uint8" if self.kind == "images" else "float32",
        )

    @property
    def training_examples(self) -> int:
        """How many examples a run trains on."""
        return self.samples or self.training_total


class Digits(ProvidedDataset):
    """scikit-learn's handwritten digits: 1,797 real images, 8 by 8, part of the installation.

    Source: UCI, Optical Recognition of Handwritten Digits (test part), by ``sklearn.datasets.load_digits``.
    """

    title = say("Digits")
    summary = say("1,797 handwritten digits, 8 x 8 pixels. Comes with the program.")
    kind = "images"
    training_total, validation_examples = 1437, 360
    example_shape = (8, 8, 1)
    class_names = tuple("0123456789")

    name: Literal["digits"] = "digits"


class FashionMnist(ProvidedDataset):
    """Fashion-MNIST: 70,000 photographs of clothes, 28 by 28; downloaded once by Keras.

    Source: Xiao, Rasul, Vollgraf, arXiv 1708.07747.
    """

    title = say("Fashion-MNIST")
    summary = say("70,000 photographs of clothes, 28 x 28 pixels. Downloaded once, 30 MB.")
    kind = "images"
    training_total, validation_examples = 60_000, 10_000
    example_shape = (28, 28, 1)
    class_names = (
        "T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    )  # fmt: skip
    download_bytes = 30_900_000

    name: Literal["fashion_mnist"] = "fashion_mnist"


class Mnist(ProvidedDataset):
    """MNIST: 70,000 handwritten digits, 28 by 28; downloaded once by Keras.

    Source: LeCun, Cortes, Burges, The MNIST database of handwritten digits.
    """

    title = say("MNIST")
    summary = say("70,000 handwritten digits, 28 x 28 pixels. Downloaded once, 11 MB.")
    kind = "images"
    training_total, validation_examples = 60_000, 10_000
    example_shape = (28, 28, 1)
    class_names = tuple("0123456789")
    download_bytes = 11_490_434

    name: Literal["mnist"] = "mnist"


class Cifar10(ProvidedDataset):
    """CIFAR-10: 60,000 colour photographs of ten things, 32 by 32; downloaded once by Keras.

    Source: Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009.
    """

    title = say("CIFAR-10")
    summary = say("60,000 colour photographs of 10 things, 32 x 32 pixels. Downloaded once, 170 MB.")
    kind = "images"
    training_total, validation_examples = 50_000, 10_000
    example_shape = (32, 32, 3)
    class_names = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
    download_bytes = 170_498_071

    name: Literal["cifar10"] = "cifar10"


class Cifar100(ProvidedDataset):
    """CIFAR-100 with its 100 fine labels: 60,000 colour photographs, 32 by 32; downloaded once by Keras.

    Source: Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009.
    """

    title = say("CIFAR-100")
    summary = say("60,000 colour photographs of 100 things, 32 x 32 pixels. Downloaded once, 169 MB.")
    kind = "images"
    training_total, validation_examples = 50_000, 10_000
    example_shape = (32, 32, 3)
    class_names = tuple(_CIFAR_100.split())
    download_bytes = 169_001_437

    name: Literal["cifar100"] = "cifar100"


class BreastCancer(ProvidedDataset):
    """Breast cancer Wisconsin (diagnostic): 569 tumours by 30 measurements, part of the installation.

    Source: UCI, by ``sklearn.datasets.load_breast_cancer``. Features are standardised by the training part.
    """

    title = say("Breast cancer")
    summary = say("569 tumours by 30 measurements, malignant or benign. Comes with the program.")
    kind = "table"
    training_total, validation_examples = 455, 114
    example_shape = (30,)
    class_names = ("malignant", "benign")

    name: Literal["breast_cancer"] = "breast_cancer"


class Wine(ProvidedDataset):
    """Wine: 178 wines of three growers by 13 measurements, part of the installation.

    Source: UCI, by ``sklearn.datasets.load_wine``. Features are standardised by the training part.
    """

    title = say("Wine")
    summary = say("178 wines of three growers by 13 measurements. Comes with the program.")
    kind = "table"
    training_total, validation_examples = 142, 36
    example_shape = (13,)
    class_names = ("grower 1", "grower 2", "grower 3")

    name: Literal["wine"] = "wine"


class Iris(ProvidedDataset):
    """Iris: 150 flowers of three species by 4 measurements, part of the installation.

    Source: Fisher, 1936, by ``sklearn.datasets.load_iris``. Features are standardised by the training part.
    """

    title = say("Iris")
    summary = say("150 flowers of three species by 4 measurements. Comes with the program.")
    kind = "table"
    training_total, validation_examples = 120, 30
    example_shape = (4,)
    class_names = ("setosa", "versicolor", "virginica")

    name: Literal["iris"] = "iris"


class GeneratedPoints(ProvidedDataset):
    """Points in the plane, generated, always the same ones: 1,000 to train on, 400 to validate."""

    kind = "points"
    training_total, validation_examples = 1000, 400
    example_shape = (2,)

    noise: float = described(
        0.2, "Noise", "How far the points are scattered, as a standard deviation: 0 is not at all.", ge=0, le=2
    )


class Spirals(GeneratedPoints):
    """Two spirals wound into each other: hard for a straight line, easy for a network with some width."""

    title = say("Spirals")
    summary = say("Two spirals of points, wound into each other. Generated.")
    class_names = ("first", "second")

    name: Literal["spirals"] = "spirals"


class Moons(GeneratedPoints):
    """Two half-moons that reach into each other, as in scikit-learn's ``make_moons``."""

    title = say("Moons")
    summary = say("Two half-moons of points. Generated.")
    class_names = ("upper", "lower")

    name: Literal["moons"] = "moons"


class Blobs(GeneratedPoints):
    """Four round clouds of points, as in scikit-learn's ``make_blobs``."""

    title = say("Blobs")
    summary = say("Four round clouds of points. Generated.")
    class_names = ("north", "east", "south", "west")

    name: Literal["blobs"] = "blobs"


DATASETS: tuple[type[ProvidedDataset], ...] = (
    Digits, FashionMnist, Mnist, Cifar10, Cifar100, BreastCancer, Wine, Iris, Spirals, Moons, Blobs,
)  # fmt: skip
"""The data sets that come with the program or are downloaded."""
