"""``lrgui data``: which data sets are on this computer, and some more from a folder."""

from pathlib import Path

from rich.table import Table

from lrgui import jobs
from lrgui.cli.options import BadInput, Parser
from lrgui.cli.output import complain, terminal
from lrgui.cli.progress import ProgressBar
from lrgui.cli.quiet import quiet_libraries
from lrgui.cli.work import stopped_by_ctrl_c
from lrgui.core.config import DATASETS
from lrgui.core.config.base import Config
from lrgui.core.config.dataset import ProvidedDataset
from lrgui.core.config.fields import choice_name
from lrgui.core.control import Control
from lrgui.core.events import Event
from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import Run, RunStatus

NAME = "data"

_EXIT_CODES = say("""\
exit codes:
  0    done
  1    a file was damaged, or nothing was found: what was sound is added all the same
  2    bad input: one line says what is wrong, and nothing was added
  130  interrupted with Ctrl+C: what was added before stays""")


def run_data(words: list[str]) -> RunStatus:
    """Add what is asked for, list what is there, and return how that ended.

    Raises
    ------
    BadInput
        An option that there is not, or a folder that cannot be looked into.
    """
    folder = _parser().read(words)["add"]
    if folder is None:
        _show_stocks()
        return RunStatus.FINISHED
    run = _add(_checked(Path(folder).expanduser()))
    if run.status is RunStatus.FAILED:
        complain(f"lrgui {NAME}", run.message or say("It ended without a word."))
    else:
        terminal().print(str(run.message), soft_wrap=True)
    _show_stocks()
    return run.status


def _parser() -> Parser:
    parser = Parser(
        prog=f"lrgui {NAME}",
        usage=f"lrgui {NAME} [options]",
        description=str(say("List the data sets that are on this computer, and add some from a folder.")),
        epilog=str(_EXIT_CODES),
    )
    parser.add_argument(
        "--add",
        metavar="FOLDER",
        help=str(
            say(
                "Add what lies in this folder, for computers without internet: a copied ~/.keras, its datasets, or the "
                "files of MNIST, Fashion-MNIST, CIFAR-10 or CIFAR-100. Each file is checked before it is kept."
            )
        ),
    )
    return parser


def _checked(folder: Path) -> Path:
    from lrgui.training.keras_cache import check_folder

    try:
        check_folder(folder)
    except Refused as refused:
        raise BadInput(say("--add: {problem}", problem=refused.message)) from refused
    return folder


def _add(folder: Path) -> Run:
    run, control = Run(id=NAME, kind=NAME, config=Config()), Control()
    with (
        quiet_libraries(quiet=True) as stderr,
        stopped_by_ctrl_c(control, stderr),
        ProgressBar(say("Adding"), stderr) as bar,
    ):

        def emit(event: Event) -> None:
            run.apply(event)
            bar.show(event)

        jobs.add_data(folder, emit, control)
    return run


def _show_stocks() -> None:
    from lrgui.training import keras_home
    from lrgui.training.keras_cache import stocks

    found = {stock.dataset: stock for stock in stocks()}
    table = Table(box=None, pad_edge=False)
    for title in (say("data set"), say("name"), say("state")):
        table.add_column(str(title))
    for dataset in DATASETS:
        stock = found.get(dataset)
        state = say("comes with the program") if stock is None else _state(dataset, stock.there, stock.files)
        table.add_row(str(dataset.title), choice_name(dataset), str(state))
    console = terminal()
    console.print(table)
    console.print(str(say("Downloads go to {folder}", folder=str(keras_home.folder()))), soft_wrap=True)


def _state(dataset: type[ProvidedDataset], there: int, files: int) -> Message:
    if there == files:
        return say("there")
    size = dataset.download_bytes / 1e6
    if there:
        return say("in part: {there} of {files} files; the rest is downloaded", there=there, files=files)
    return say("not there; its first run downloads {size:.0f} MB", size=size)
