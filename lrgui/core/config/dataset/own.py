"""Data of a person's own, in a file or a folder: one choice for each kind of file, with the fields that it needs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, field_validator

from lrgui.core.config.base import described, parse_choice, parse_optional, refused
from lrgui.core.config.dataset.base import DatasetChoice
from lrgui.core.config.dataset.facts import Facts, Kind, known
from lrgui.core.messages import say

Task = Literal["automatic", "classes", "numbers"]


class OwnData(DatasetChoice):
    """Data of a person's own. What is in them is known when they have been read once in this process.

    ``suffixes`` are the ends of the files that it reads, in small letters.
    """

    suffixes: ClassVar[tuple[str, ...]] = ()

    path: str = described("", "File", "Where the data lie.", kind="path")
    validation_share: float = described(
        0.2,
        "Validation",
        "The share of the examples that is held back to validate on, where the file has no validation part.",
        gt=0,
        lt=1,
    )
    split_seed: int = described(
        0, "Split seed", "Rules which examples are held back.", ge=0, le=2**31 - 1, advanced=True
    )
    class_weights: Literal["none", "balanced"] = described(
        "none",
        "Class weights",
        "How much each class counts in the loss: all examples alike, or rare classes more, so that all weigh the same.",
    )

    @field_validator("path")
    @classmethod
    def _path_is_given(cls, path: str) -> str:
        if not path.strip() or "\0" in path:  # the mark of a text's end in the system: no path holds it
            raise refused(say("Say where the data lie: choose a file or a folder."))
        return path.strip()

    @property
    def file(self) -> Path:
        """Where the data lie."""
        return Path(self.path).expanduser()

    @property
    def label(self) -> str:
        """The name of the file or folder."""
        return self.file.name or self.path

    @property
    def facts(self) -> Facts | None:
        """What was found when the file was read; None if it was not, or has changed since."""
        return known(self, self.file)


class OwnNumbers(OwnData):
    """Data whose target may be a class or a number, and whose features may be standardised."""

    task: Task = described(
        "automatic",
        "Target is",
        "Classes (accuracy) or numbers (R2 and mean absolute error); automatic looks at the target.",
    )
    standardize: bool = described(
        True,
        "Standardize",
        "Give each feature mean 0 and deviation 1, as measured on the training part. Pixels become 0 to 1 instead.",
    )
    standardize_target: bool = described(
        True,
        "Scale target",
        "Give a target that is a number mean 0 and deviation 1: the loss is then in deviations.",
        advanced=True,
    )


class CsvTable(OwnNumbers):
    """A table of text: a row an example, a column a feature, one column the target."""

    title = say("Own table")
    summary = say("A table of your own: .csv or .tsv, one column is the target.")
    kind: ClassVar[Kind | None] = "table"
    suffixes = (".csv", ".tsv", ".tab", ".txt", ".csv.gz")

    name: Literal["csv"] = "csv"
    target: str = described(
        "", "Target", "The name of the column to predict, or its number from 1; empty: the last.", kind="name"
    )
    features: str = described(
        "",
        "Features",
        "The columns to learn from, with ; between them; empty: all but the target.",
        kind="name",
        advanced=True,
    )
    header: Literal["automatic", "yes", "no"] = described(
        "automatic", "Header", "Whether the first row names the columns.", advanced=True
    )
    separator: Literal["automatic", "comma", "semicolon", "tab", "space", "bar"] = described(
        "automatic", "Separator", "What stands between two values.", advanced=True
    )
    decimal: Literal["point", "comma"] = described(
        "point", "Decimal", "What stands before the decimals: 3.14 or 3,14.", advanced=True
    )
    missing: Literal["drop", "mean", "median", "mode"] = described(
        "drop",
        "Missing",
        "What becomes of missing values: their rows are left out, or the training part's mean, median or most "
        "frequent value stands in for them; for text the most frequent.",
    )


class Arrays(OwnNumbers):
    """Arrays of NumPy: x and y, and a validation pair if there is one."""

    title = say("Own arrays")
    summary = say("Arrays of your own: .npz with x and y, or .npy.")
    kind: ClassVar[Kind | None] = None
    suffixes = (".npz", ".npy")

    name: Literal["arrays"] = "arrays"
    labels: str = described(
        "",
        "Labels",
        "For .npy: the file with the labels; empty: y.npy beside x.npy, else the last column of the array.",
        kind="path",
        advanced=True,
    )


class ImageFolder(OwnData):
    """A folder of images, one folder inside it for each class; read batch by batch, never as a whole."""

    title = say("Own images")
    summary = say("A folder of images of your own, one folder in it for each class.")
    kind: ClassVar[Kind | None] = "images"

    name: Literal["image_folder"] = "image_folder"
    path: str = described("", "Folder", "The folder that holds one folder of images for each class.", kind="folder")
    image_size: int = described(
        64, "Size", "Images are brought to so many pixels in height and width.", ge=4, le=1024, unit="pixels"
    )
    colors: Literal["colour", "grey"] = described("colour", "Colours", "Three channels, or one.")
    unreadable: Literal["skip", "refuse"] = described(
        "skip", "Unreadable", "Leave out files that are no sound images, or refuse to begin.", advanced=True
    )


class IdxFiles(OwnNumbers):
    """IDX files, as MNIST comes: one of images, one of labels, and a test pair if there is one."""

    title = say("Own IDX files")
    summary = say("IDX files of your own, as MNIST comes: images, and labels beside them.")
    kind: ClassVar[Kind | None] = None
    suffixes = ("-ubyte", "-ubyte.gz", ".idx", ".idx.gz")

    name: Literal["idx"] = "idx"
    labels: str = described(
        "", "Labels", "The file with the labels; empty: beside the images, by its name.", kind="path", advanced=True
    )


class ScriptData(OwnData):
    """What ``load_data()`` of a Python file returns: arrays or streams, of any structure, for a model of one's own."""

    title = say("Own program")
    summary = say("What load_data() in a Python file of your own returns, for a model of your own.")
    kind: ClassVar[Kind | None] = None
    suffixes = (".py",)

    name: Literal["script"] = "script"
    path: str = described("", "File", "A Python file that defines load_data().", kind="path")
    steps_per_epoch: Annotated[int | None, BeforeValidator(parse_optional)] = described(
        None,
        "Epoch",
        "How many batches of a stream are an epoch; off: all that it has. A stream without an end needs a number.",
        ge=1,
        le=10_000_000,
        unit="batches",
    )
    time_limit: int = described(
        60,
        "Time limit",
        "How long the file may take to load its data when it is tried.",
        ge=1,
        le=3600,
        unit="s",
        advanced=True,
    )

    @property
    def program(self) -> Path:
        """Where the file lies."""
        return self.file.absolute()


OWN_DATA: tuple[type[OwnData], ...] = (CsvTable, Arrays, ImageFolder, IdxFiles, ScriptData)
"""The kinds of data that people bring."""


def kind_of(path: Path) -> type[OwnData] | None:
    """Return what reads a file, by its name, or a folder; None where nothing does."""
    if path.is_dir():
        return ImageFolder
    name = path.name.lower()
    return next((choice for choice in OWN_DATA if name.endswith(choice.suffixes or "\0")), None)


def parse_dataset(value: Any) -> Any:
    """Read a data set as it is typed; ``own,path=...`` becomes the choice that the path calls for."""
    parsed = parse_choice(value)
    if not isinstance(parsed, Mapping) or parsed.get("name") != "own":
        return parsed
    path = str(parsed.get("path", "")).strip()
    if not path:
        raise refused(say("Say where your data lie: own,path=FILE."))
    found = kind_of(Path(path).expanduser())
    if found is None:
        raise refused(
            say(
                "{file} is nothing that can be read as data: take a .csv, .npz or .npy file, IDX files, or a folder "
                "with one folder of images for each class.",
                file=path,
            )
        )
    return {**parsed, "name": found.model_fields["name"].default}
