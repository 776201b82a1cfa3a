"""``lrgui history``: the runs that were kept, one of them whole, and away with some."""

import shlex
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from lrgui.cli import files, records
from lrgui.cli.command import Command
from lrgui.cli.keeping import add_profile, opened_history
from lrgui.cli.options import BadInput, Parser, typed_as
from lrgui.cli.output import STDOUT, complain, terminal
from lrgui.core.config import Experiment
from lrgui.core.messages import Message, Refused, format_learning_rate, format_percent, plainly, say
from lrgui.core.runs import STATES, Run, RunStatus
from lrgui.core.store import Entry, Filter, Store, UnreadableConfig

NAME = "history"

_SHORT = 8
"""So much of an id is shown: no two of ten thousand runs are likely to share it."""

_KINDS = {"range_test": say("sweep"), "training": say("training"), "comparison": say("comparison")}

_NOTES = say("""\
IDs may be cut short, as in the list, as long as only one run begins so. Deleting is for good.

exit codes:
  0    done
  1    the history could not be read, or not be changed
  2    bad input: one line says what is wrong, and nothing was changed""")


def run_history(words: list[str], commands: dict[str, Command]) -> RunStatus:
    """List, show or delete runs, and return how that ended.

    Parameters
    ----------
    words : list of str
        What was typed after ``lrgui history``.
    commands : dict
        Those whose runs are kept: they know how to show them.

    Raises
    ------
    BadInput
        An option that there is not, or an id that does not stand for one run.
    """
    verb = words[0] if words and words[0] in ("show", "delete") else "list"
    typed = _parser(verb).read(words if verb == "list" else words[1:])
    path = typed.get("json")
    if path not in (None, STDOUT):
        files.check_writable("--json", Path(path))
    with opened_history(f"lrgui {NAME}", typed) as store:
        try:
            if verb == "list":
                _list(store, typed)
            elif verb == "show":
                _show(store, typed, {command.kind: command for command in commands.values()})
            else:
                _delete(store, typed["ids"])
        except Refused as refused:
            if isinstance(refused, BadInput):
                raise
            # What the store has to tell it tells itself.
            if refused.message is not store.notice:
                complain(f"lrgui {NAME}", refused.message)
            return RunStatus.FAILED
        except OSError as error:
            complain(f"lrgui {NAME}", say("Writing the result failed: {error}", error=str(error)))
            return RunStatus.FAILED
        return RunStatus.FINISHED if store.readable else RunStatus.FAILED


def _parser(verb: str) -> Parser:
    prog, options = f"lrgui {NAME}", "[options]"
    if verb == "list":
        usage = f"{prog} [options] | {prog} show ID [options] | {prog} delete ID ... [options]"
        parser = Parser(
            prog=prog, usage=usage, description=str(say("List the runs that were kept.")), epilog=str(_NOTES)
        )
        parser.add_argument(
            "--search", metavar="TEXT", default="", help=str(say("Only runs in which all these words occur."))
        )
        parser.add_argument(
            "--limit", metavar="N", default="20", help=str(say("At most so many, the newest first; default 20."))
        )
    else:
        one, many = f"{prog} show ID {options}", f"{prog} delete ID ... {options}"
        summary = str(say("Show one run.") if verb == "show" else say("Delete runs for good."))
        parser = Parser(prog=prog, usage=one if verb == "show" else many, description=summary, epilog=str(_NOTES))
        parser.add_argument("ids", metavar="ID", nargs="*")
    if verb != "delete":
        parser.add_argument("--json", metavar="FILE", help=str(say("Write it as JSON; - writes it to stdout, alone.")))
    add_profile(parser)
    return parser


def _list(store: Store, typed: dict[str, Any]) -> None:
    limit = _number(typed["limit"])
    wanted = Filter(text=typed["search"])
    entries, count = store.page(wanted, limit=limit), store.count(wanted)
    if typed["json"] is not None:
        _write(typed["json"], [_record(entry) for entry in entries])
    if typed["json"] == STDOUT or not store.readable:
        return
    console = terminal()
    if not entries:
        console.print(str(say("No run has all of these words.") if typed["search"] else say("No run is kept.")))
        return
    console.print(_table(entries))
    if count > len(entries):
        console.print(str(say("{shown} of {count} runs; --limit shows more.", shown=len(entries), count=count)))


def _number(typed: str) -> int:
    if not typed.isdecimal() or int(typed) < 1:
        raise BadInput(say("--limit '{typed}': give a whole number, at least 1.", typed=typed))
    return int(typed)


def _table(entries: list[Entry]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in (say("id"), say("begun"), say("run"), say("data"), say("model"), say("optimizer")):
        table.add_column(str(title), no_wrap=True)
    for title in (say("rate"), say("accuracy")):
        table.add_column(str(title), justify="right", no_wrap=True)
    table.add_column(str(say("state")), no_wrap=True)
    table.add_column(str(say("name")))
    for entry in entries:
        rate, accuracy = entry.learning_rate, entry.final_accuracy
        table.add_row(
            entry.id[:_SHORT],
            _when(entry.started),
            str(_KINDS.get(entry.kind, entry.kind)),
            *(choice or "" for choice in (entry.dataset, entry.model, entry.optimizer)),
            "" if rate is None else format_learning_rate(rate),
            "" if accuracy is None else format_percent(accuracy),
            str(STATES[entry.status]),
            " ".join(["*"] * entry.starred + [entry.name] * bool(entry.name) + [f"#{tag}" for tag in entry.tags]),
        )
    return table


def _when(started: float) -> str:
    """Return day and hour of this year, only the day of others."""
    begun = datetime.fromtimestamp(started)
    return f"{begun:%m-%d %H:%M}" if begun.year == datetime.now().year else f"{begun:%Y-%m-%d}"


def _record(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain data; its picture is for eyes only."""
    fields = {name: value for name, value in asdict(entry).items() if name != "thumbnail"}
    return {**fields, "started": datetime.fromtimestamp(entry.started).astimezone().isoformat()}


def _show(store: Store, typed: dict[str, Any], commands: dict[str, Command]) -> None:
    if len(typed["ids"]) != 1:
        raise BadInput(say("show takes one ID; lrgui history lists them."))
    run_id = only_id(store, typed["ids"][0])
    entry, run = store.entry(run_id), store.load(run_id)
    command = commands.get(run.kind)
    readable = command is not None and isinstance(run.config, command.config)
    if typed["json"] is not None:
        measured = command.record(run) if command and readable else _curves(run)
        _write(typed["json"], {**_record(entry), "message": _sentence(run), **store.origin(run_id), **measured})
    if typed["json"] != STDOUT:
        console = terminal()
        _show_head(entry, _asked(command, run) if command and readable else "", store, console)
        if command and readable:
            command.show(run, console)
            return
        for message in (run.config.message if isinstance(run.config, UnreadableConfig) else None, run.message):
            if message is not None:
                console.print(str(message), soft_wrap=True)


def _asked(command: Command, run: Run) -> str:
    """Return the command that asks for the same; nothing for what takes more than one line."""
    if not isinstance(run.config, Experiment):
        return ""
    return shlex.join(["lrgui", command.name, *typed_as(type(run.config), run.config)])


def _show_head(entry: Entry, asked: str, store: Store, console: Console) -> None:
    about = store.origin(entry.id)
    lines = {
        say("id"): entry.id,
        say("begun"): f"{datetime.fromtimestamp(entry.started):%Y-%m-%d %H:%M:%S}",
        say("state"): str(STATES[entry.status]),
        say("name"): entry.name,
        say("note"): entry.note,
        say("tags"): ", ".join(entry.tags),
        say("repeats"): entry.repeat_of or "",
        say("made with"): ", ".join(f"{name} {version}" for name, version in about["versions"].items()),
    }
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="dim")
    table.add_column()
    for title, text in lines.items():
        if text:
            table.add_row(str(title), text)
    console.print(table)
    if asked:
        # On one line however narrow the terminal is: it is to be copied.
        width = max(cell_len(str(title)) for title in lines)
        asked_as = str(say("asked"))
        console.print(asked_as + " " * (width + 2 - cell_len(asked_as)), style="dim", end="")
        console.print(asked, soft_wrap=True)
    console.print()


def _curves(run: Run) -> dict[str, Any]:
    """Return the columns of a run whose config this program does not know."""
    return {
        part: {name: history[name].tolist() for name in history}
        for part, history in (("step", run.steps), ("epoch", run.epochs))
    } | {"evaluation": dict(run.evaluation)}


def _sentence(run: Run) -> str | None:
    return None if run.message is None else plainly(run.message)


def _delete(store: Store, typed: list[str]) -> None:
    if not typed:
        raise BadInput(say("delete takes one ID or more; lrgui history lists them."))
    run_ids = [only_id(store, prefix) for prefix in typed]
    store.delete(run_ids)
    store.purge()
    if not store.flush(30):
        raise Refused(say("The history could not be changed."))
    terminal().print(str(_deleted(len(set(run_ids)))))


def _deleted(count: int) -> Message:
    return say("One run deleted.") if count == 1 else say("{count} runs deleted.", count=count)


def only_id(store: Store, prefix: str) -> str:
    """Return the one id that begins so.

    Raises
    ------
    BadInput
        There is none, or more than one.
    Refused
        The history cannot be read now.
    """
    found = store.ids(prefix)
    if not store.readable:
        raise Refused(store.notice or say("The history cannot be read now."))
    if not found:
        raise BadInput(say("no run has an id that begins with '{prefix}'; lrgui history lists them.", prefix=prefix))
    if len(found) > 1:
        raise BadInput(
            say("the ids of {count} runs begin with '{prefix}': give more of it.", count=len(found), prefix=prefix)
        )
    return found[0]


def _write(path: str, record: Any) -> None:
    if path == STDOUT:
        sys.stdout.write(records.to_json(record))
        sys.stdout.flush()
    else:
        files.write_text(Path(path), records.to_json(record))
