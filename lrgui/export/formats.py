"""The kinds of files that a run can become, and which of them go with which run."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lrgui.core.config import Experiment, TrainingConfig
from lrgui.core.config.base import Choice, Config
from lrgui.core.config.fields import choice_name
from lrgui.core.messages import Message, format_learning_rate, say
from lrgui.core.runs import Run, RunStatus
from lrgui.core.store.kept import Kept
from lrgui.export.code import why_no_script


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One of them. ``suffix`` is empty for a folder; a text can go to the clipboard as well."""

    name: str
    suffix: str
    title: Message
    summary: Message
    is_text: bool = False
    is_folder: bool = False


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format(
            name="script",
            suffix=".py",
            title=say("Python script"),
            summary=say("Keras code that does it again and prints the same numbers."),
            is_text=True,
        ),
        Format(
            name="notebook",
            suffix=".ipynb",
            title=say("Notebook"),
            summary=say("The same code in cells, with a sentence before each and a picture at the end."),
            is_text=True,
        ),
        Format(
            name="csv",
            suffix=".csv",
            title=say("Table (CSV)"),
            summary=say("Every step and every epoch, for spreadsheets and statistics."),
            is_text=True,
        ),
        Format(
            name="json",
            suffix=".json",
            title=say("JSON"),
            summary=say("Settings, every step and every epoch, for other programs."),
            is_text=True,
        ),
        Format(name="png", suffix=".png", title=say("Picture (PNG)"), summary=say("The curves, for slides and mails.")),
        Format(
            name="svg", suffix=".svg", title=say("Drawing (SVG)"), summary=say("The curves at any size, for papers.")
        ),
        Format(
            name="html",
            suffix=".html",
            title=say("Report (HTML)"),
            summary=say("One page to read, mail or print: curves, table, settings, versions."),
            is_text=True,
        ),
        Format(
            name="tensorboard",
            suffix="",
            title=say("TensorBoard log"),
            summary=say("A folder that TensorBoard opens."),
            is_folder=True,
        ),
        Format(
            name="keras",
            suffix=".keras",
            title=say("Trained model"),
            summary=say("The model with its weights, for Keras anywhere."),
        ),
        Format(
            name="lrrun",
            suffix=".lrrun",
            title=say("Whole run"),
            summary=say("One file with all there is, to be opened in this program on another computer."),
        ),
    )
}
"""By name, in the order in which a person is offered them."""

_MEASURED = ("csv", "png", "svg", "tensorboard")


def why_not(name: str, run: Run) -> Message | None:
    """Say why a run cannot become such a file; None if it can."""
    if name in ("script", "notebook"):
        return why_no_script(run.config)
    if name in _MEASURED and not len(run.steps):
        return say("This run has measured nothing.")
    if name == "lrrun" and not run.ended:
        return say("This run goes on: wait until it has ended.")
    return _why_no_model(run) if name == "keras" else None


def _why_no_model(run: Run) -> Message | None:
    if run.kind == "range_test":
        return say("A range test ruins its model on purpose: train one, and save that.")
    if run.kind != "training":
        return say("A comparison keeps no models: train the best setting alone, and save that.")
    if not len(run.steps) or run.status in (RunStatus.DIVERGED, RunStatus.FAILED):
        return say("The model is not saved: nothing good came of it.")
    return None


def file_name(kept: Kept, name: str) -> str:
    """Return a name for the file of a run that every system takes: what people call the run, else what it is."""
    words = kept.name or _in_a_few_words(kept.run)
    return f"{safe_name(words)}{FORMATS[name].suffix}"


def _in_a_few_words(run: Run) -> str:
    config: Config = run.config
    if not isinstance(config, Experiment):
        return "-".join((run.kind.replace("_", "-"), run.id[:8]))
    choices: list[Choice] = [config.dataset, config.model, config.optimizer]
    words = [choice_name(type(choice)) for choice in choices]
    if isinstance(config, TrainingConfig):
        words += [choice_name(type(config.schedule)), format_learning_rate(config.learning_rate)]
    return "-".join([run.kind, *words]).replace("_", "-")


_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_MOST_LETTERS = 80


def safe_name(words: str) -> str:
    """Return words as a name that every system takes for a file or a folder."""
    name = re.sub(r'[\\/:*?"<>|\s\x00-\x1f]+', "-", words).strip("-. ")[:_MOST_LETTERS].rstrip("-. ")
    return f"run-{name}" if not name or _RESERVED.fullmatch(name.partition(".")[0]) else name


def numbered(names: Iterable[str]) -> list[str]:
    """Return the names, with a number before the ending of those that come again, in whatever case."""
    seen: set[str] = set()
    found = []
    for name in names:
        stem, dot, ending = name.rpartition(".")
        stem, ending = (stem, dot + ending) if dot and stem else (name, "")
        tried, number = name, 1
        while tried.casefold() in seen:
            number += 1
            tried = f"{stem}-{number}{ending}"
        seen.add(tried.casefold())
        found.append(tried)
    return found
