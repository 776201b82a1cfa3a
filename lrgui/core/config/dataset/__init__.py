"""Which data a run trains on."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from lrgui.core.config.dataset.base import DatasetChoice, dataset_of
from lrgui.core.config.dataset.facts import Facts, Kind
from lrgui.core.config.dataset.own import (
    OWN_DATA,
    Arrays,
    CsvTable,
    IdxFiles,
    ImageFolder,
    OwnData,
    OwnNumbers,
    ScriptData,
    parse_dataset,
)
from lrgui.core.config.dataset.provided import (
    DATASETS,
    Blobs,
    BreastCancer,
    Cifar10,
    Cifar100,
    Digits,
    FashionMnist,
    GeneratedPoints,
    Iris,
    Mnist,
    Moons,
    ProvidedDataset,
    Spirals,
    Wine,
)

__all__ = [
    "DATASETS",
    "OWN_DATA",
    "Arrays",
    "Blobs",
    "BreastCancer",
    "Cifar10",
    "Cifar100",
    "CsvTable",
    "Dataset",
    "DatasetChoice",
    "Digits",
    "Facts",
    "FashionMnist",
    "GeneratedPoints",
    "IdxFiles",
    "ImageFolder",
    "Iris",
    "Kind",
    "Mnist",
    "Moons",
    "OwnData",
    "OwnNumbers",
    "ProvidedDataset",
    "ScriptData",
    "Spirals",
    "Wine",
    "dataset_of",
]

Dataset = Annotated[
    Annotated[
        Digits
        | FashionMnist
        | Mnist
        | Cifar10
        | Cifar100
        | BreastCancer
        | Wine
        | Iris
        | Spirals
        | Moons
        | Blobs
        | CsvTable
        | Arrays
        | ImageFolder
        | IdxFiles
        | ScriptData,
        Field(discriminator="name"),
    ],
    BeforeValidator(parse_dataset),
]
