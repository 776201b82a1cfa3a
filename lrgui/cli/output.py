"""Where a result goes: JSON, a picture, the terminal."""

import argparse
import importlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from lrgui.cli import files, records
from lrgui.cli.command import Command
from lrgui.cli.options import BadInput
from lrgui.cli.quiet import quiet_libraries
from lrgui.core.messages import Message, say
from lrgui.core.runs import Run, RunStatus

STDOUT = "-"


def complain(who: str, message: Message) -> None:
    """Print one line on stderr, whatever line breaks the message has."""
    print(f"{who}: {' '.join(str(message).split())}", file=sys.stderr)


def add_json(parser: argparse._ActionsContainer) -> None:
    """Add the option for the result in JSON."""
    parser.add_argument(
        "--json", metavar="FILE", help=str(say("Write the result as JSON; - writes it to stdout, alone."))
    )


def add_output(parser: argparse.ArgumentParser, plot: Message, *, saves: bool) -> None:
    """Add the options that say where the result of a run goes: its picture is ``plot``, and it may save a model."""
    output = parser.add_argument_group(str(say("Output")))
    add_json(output)
    output.add_argument("--plot", metavar="FILE.png", help=str(plot))
    if saves:
        output.add_argument(
            "--save", metavar="FILE.keras", help=str(say("Save the trained model, for Keras anywhere."))
        )
    output.add_argument(
        "--details",
        action="store_true",
        help=str(say("Show what the libraries print, and the traceback of a failure.")),
    )


@dataclass(frozen=True, kw_only=True)
class Output:
    """Where the result of a command is to go; ``json``, ``plot`` and ``save`` as they were typed."""

    command: Command
    json: str | None
    plot: str | None
    save: str | None
    details: bool

    def check(self) -> None:
        """Find out before the work starts whether its result could be handed out.

        Raises
        ------
        BadInput
            A file that cannot be written, or pictures that cannot be drawn here.
        """
        if self.json is not None and self.json != STDOUT:
            files.check_writable("--json", Path(self.json))
        if self.plot is not None:
            check_picture(self.plot)
        if self.save is not None:
            if not self.save.lower().endswith(".keras"):
                raise BadInput(say("--save {path}: give the name of a .keras file.", path=self.save))
            files.check_writable("--save", Path(self.save))

    def hand_out(self, run: Run, *, failed: bool) -> bool:
        """Print and write the result; return whether all of it was written."""
        if self.json != STDOUT:
            self.command.show(run, terminal())
        if failed:
            complain(f"lrgui {self.command.name}", run.message or say("The run ended without a word."))
            if self.details and run.details:
                print(run.details, file=sys.stderr)
        return self._write(run)

    def _write(self, run: Run) -> bool:
        try:
            if self.json is not None:
                write_json(self.json, records.to_json(self.command.record(run)))
            if self.plot is not None and len(run.steps):
                draw = getattr(pictures(self.command.pictures), self.command.picture)
                files.write_whole(Path(self.plot), lambda path: draw(run, path))
            if self.save is not None and len(run.steps):
                if run.status in (RunStatus.DIVERGED, RunStatus.FAILED):
                    complain(f"lrgui {self.command.name}", say("The model is not saved: nothing good came of it."))
                else:
                    self._save(run, Path(self.save))
        except OSError as error:
            complain(f"lrgui {self.command.name}", say("Writing the result failed: {error}", error=str(error)))
            return False
        return True

    def _save(self, run: Run, path: Path) -> None:
        save, told = self.command.save, []
        assert save is not None
        with quiet_libraries(quiet=not self.details):
            files.write_whole(path, lambda unfinished: told.append(save(run.config, unfinished)))
        if self.json != STDOUT:
            terminal().print(str(say("Saved to {path}. {note}", path=str(path), note=told[0])), soft_wrap=True)


def check_picture(plot: str) -> None:
    """Make sure that a picture can be drawn and written there later.

    Raises
    ------
    BadInput
        It is no .png file, cannot be written, or pictures cannot be drawn here.
    """
    if not plot.lower().endswith(".png"):
        raise BadInput(say("--plot {path}: give the name of a .png file.", path=plot))
    files.check_writable("--plot", Path(plot))
    pictures()


def write_json(path: str, text: str) -> None:
    """Write JSON to a file, whole or not at all, or to stdout where ``-`` is given."""
    if path == STDOUT:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        files.write_text(Path(path), text)


def terminal() -> Console:
    """Return the console for what a person reads: 100 columns wide where nobody says how wide it is."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 100
    return Console(width=width, highlight=False, markup=False, emoji=False)


def pictures(module: str = "picture") -> Any:
    """Import what draws pictures, without a display.

    Raises
    ------
    BadInput
        Pictures cannot be drawn here.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        return importlib.import_module(f"lrgui.gui.plots.{module}")
    except ImportError as error:
        raise BadInput(say("--plot: pictures cannot be drawn here: {error}", error=str(error))) from error
