"""What papers report of static and dynamic rates: figures of theirs, with other models and data than here."""

from dataclasses import dataclass

from lrgui.core.messages import Message, Text, say

OTHER_MODEL = say("other model, from the paper")
"""Stands at each of these tables."""


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table of a paper.

    Parameters
    ----------
    name : str
        One word, unique.
    title : Message
        What was measured.
    source : str
        Authors, title, where to find it, and which table.
    note : Message
        What it says, in a sentence.
    columns : tuple of Message
        Titles, the first one that of the rows' names.
    rows : tuple of tuple of Message or str
        As the paper prints them; empty where it has nothing.
    """

    name: str
    title: Message
    source: str
    note: Message
    columns: tuple[Message, ...]
    rows: tuple[tuple[Text, ...], ...]


_CLR = "Smith, Cyclical Learning Rates for Training Neural Networks, arXiv 1506.01186"
_SGDR = "Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, arXiv 1608.03983"
_SUPER = "Smith and Topin, Super-Convergence: Very Fast Training of Neural Networks, arXiv 1708.07120"

PAPER_TABLES: tuple[PaperTable, ...] = (
    PaperTable(
        "clr_policies",
        say("Cyclical rates: accuracy after so many iterations"),
        f"{_CLR}, table 1",
        say("On CIFAR-10 the triangles reach in 25,000 iterations what the fixed rate needs 70,000 for."),
        (say("data and network"), say("policy"), say("iterations"), say("accuracy, %")),
        (
            ("CIFAR-10", say("fixed"), "70,000", "81.4"),
            ("CIFAR-10", "triangular2", "25,000", "81.4"),
            ("CIFAR-10", say("decay"), "25,000", "78.5"),
            ("CIFAR-10", "exp", "70,000", "79.1"),
            ("CIFAR-10", "exp_range", "42,000", "82.2"),
            ("AlexNet", say("fixed"), "400,000", "58.0"),
            ("AlexNet", "triangular2", "400,000", "58.4"),
            ("AlexNet", "exp", "300,000", "56.0"),
            ("AlexNet", "exp", "460,000", "56.5"),
            ("AlexNet", "exp_range", "300,000", "56.5"),
            ("GoogLeNet", say("fixed"), "420,000", "63.0"),
            ("GoogLeNet", "triangular2", "420,000", "64.4"),
            ("GoogLeNet", "exp", "240,000", "58.2"),
            ("GoogLeNet", "exp_range", "240,000", "60.2"),
        ),
    ),
    PaperTable(
        "clr_optimizers",
        say("Cyclical rates with adaptive optimizers, CIFAR-10: accuracy, %"),
        f"{_CLR}, table 3",
        say("With Adam and RMSprop the triangles bring nothing; with AdaGrad they do."),
        (say("optimizer"), say("fixed, 70,000"), say("triangular, 25,000"), say("triangular, 70,000")),
        (
            ("Nesterov", "82.1", "81.3", ""),
            ("Adam", "81.4", "79.8", "81.1"),
            ("RMSprop", "75.2", "72.8", "75.1"),
            ("AdaGrad", "74.6", "76.0", ""),
            ("AdaDelta", "67.3", "67.3", ""),
        ),
    ),
    PaperTable(
        "clr_architectures",
        say("Fixed rates and cycles, CIFAR-10 / CIFAR-100, mean of five runs: accuracy, %"),
        f"{_CLR}, table 4",
        say("Cycles do a little better than the best fixed rate, or as well."),
        (say("network"), say("0.1"), say("0.2"), say("0.3"), say("cycles")),
        (
            ("ResNet", "92.8 / 71.2", "93.3 / 71.6", "91.8 / 71.9", "93.6 / 72.5"),
            (say("Stochastic depth"), "94.6 / 75.2", "94.5 / 75.2", "94.2 / 74.6", "94.5 / 75.4"),
            ("DenseNet", "94.5 / 75.2", "94.5 / 75.3", "94.2 / 74.5", "94.9 / 75.9"),
        ),
    ),
    PaperTable(
        "sgdr",
        say("Cosine with and without restarts, CIFAR-10 / CIFAR-100: test error, %"),
        f"{_SGDR}, table 1",
        say("One cosine over the whole run does as well as restarts; both do better than steps."),
        (say("schedule"), say("WRN-28-10, median of 5"), say("WRN-28-20, median of 2")),
        (
            (say("steps from 0.1"), "4.24 / 20.33", "4.08 / 19.53"),
            (say("steps from 0.05"), "4.13 / 20.21", "3.96 / 19.67"),
            (say("restarts every 50 epochs"), "4.17 / 19.99", "4.01 / 19.28"),
            (say("restarts every 100 epochs"), "4.07 / 19.87", "3.77 / 19.24"),
            (say("one cosine over 200 epochs"), "3.86 / 19.98", "3.66 / 19.69"),
            (say("first cycle 1 epoch, each twice as long"), "4.09 / 19.74", "3.91 / 18.90"),
            (say("first cycle 10 epochs, each twice as long"), "4.03 / 19.58", "3.74 / 18.70"),
        ),
    ),
    PaperTable(
        "super_convergence",
        say("Super-convergence, ResNet-56 on CIFAR-10: accuracy, %"),
        _SUPER,
        say("One cycle up to a rate of 3 reaches more in 10,000 iterations than steps in 80,000."),
        (say("schedule"), say("iterations"), say("accuracy, %")),
        (
            (say("steps from 0.35"), "80,000", "91.2"),
            (say("cycle from 0.1 to 3"), "10,000", "92.4"),
            (say("cycle from 0.1 to 3"), "6,000", "92.1"),
            (say("cycle from 0.1 to 3"), "2,000", "89.7"),
            (say("cycle from 0.1 to 3"), "20,000", "92.7"),
        ),
    ),
)
