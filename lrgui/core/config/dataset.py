"""Which data a run trains on."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from lrgui.core.config.base import Choice, parse_choice


class DatasetChoice(Choice):
    """A data set: what is known of it before it is loaded."""

    training_examples: ClassVar[int]
    validation_examples: ClassVar[int]
    example_shape: ClassVar[tuple[int, ...]]
    classes: ClassVar[int]


class Digits(DatasetChoice):
    """scikit-learn's handwritten digits: 1,797 real images, 8 by 8, part of the installation.

    Source: UCI, Optical Recognition of Handwritten Digits (test part), by ``sklearn.datasets.load_digits``.
    """

    title = "Digits"
    summary = "1,797 handwritten digits, 8 x 8 pixels. Comes with the program."
    training_examples = 1437
    validation_examples = 360
    example_shape = (8, 8, 1)
    classes = 10

    name: Literal["digits"] = "digits"


class FashionMnist(DatasetChoice):
    """Fashion-MNIST: 70,000 photographs of clothes, 28 by 28; downloaded once by Keras.

    Source: Xiao, Rasul, Vollgraf, arXiv 1708.07747.
    """

    title = "Fashion-MNIST"
    summary = "70,000 photographs of clothes, 28 x 28 pixels. Downloaded once, 30 MB."
    training_examples = 60_000
    validation_examples = 10_000
    example_shape = (28, 28, 1)
    classes = 10

    name: Literal["fashion_mnist"] = "fashion_mnist"


DATASETS: tuple[type[DatasetChoice], ...] = (Digits, FashionMnist)

Dataset = Annotated[
    Annotated[Digits | FashionMnist, Field(discriminator="name")],
    BeforeValidator(parse_choice),
]
