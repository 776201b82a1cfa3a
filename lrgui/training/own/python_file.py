"""A person's Python file, run: its ``build_model()`` and ``load_data()``, and what went wrong in it in a sentence.

It is run in this process, whoever that is: first in a child (see ``trial``), then, if that went well, where the model
is needed. Keras is not imported for it: a file that fails before it does so has failed at once.
"""

import io
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any

from lrgui.core.contents import content_hash
from lrgui.core.messages import Message, Refused, say
from lrgui.core.trust import trust
from lrgui.training.own.archive import gone, unreadable

BUILD, LOAD = "build_model", "load_data"

_one_at_a_time = threading.RLock()
"""What a script expects of its process is set while it runs: a preview and a run may want to run one at once."""


def check_trusted(path: Path) -> str:
    """Return the hash of the file's content, which a person has allowed to be run.

    Raises
    ------
    Refused
        It is gone, cannot be read, or its content as it is now was not allowed.
    """
    try:
        content = content_hash(path)
    except FileNotFoundError as error:
        raise Refused(gone(path)) from error
    except OSError as error:
        raise Refused(unreadable(path, error)) from error
    if not trust().allows(content):
        raise Refused(
            say(
                "{file} is a program, and it was not allowed to be run as it is now: open it in the window and allow "
                "it, or add --trust to the command.",
                file=path.name,
            )
        )
    return content


class PythonFile:
    """A file that has been run, with what it defines.

    Parameters
    ----------
    path : Path
        Where it lies; it can import what lies beside it.

    Raises
    ------
    Refused
        It cannot be read, is no Python, or something in it went wrong; the sentence has the line.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._module = ModuleType(f"own_file_{path.stem}")
        self._module.__file__ = str(path)
        source = _source(path)
        with self._running(None):
            exec(compile(source, str(path), "exec"), self._module.__dict__)

    @property
    def has_data(self) -> bool:
        """Whether it defines ``load_data()``."""
        return hasattr(self._module, LOAD)

    def build_model(self) -> Any:
        """Return what its ``build_model()`` returns, which is a Keras model.

        Raises
        ------
        Refused
            There is none, it went wrong, or it returned something else.
        """
        model = self._call(BUILD, say("write one that takes nothing and returns a Keras model"))
        if not _is_model(model):
            raise Refused(
                say(
                    "build_model() in {file} returned {what}, not a Keras model: let it return the model.",
                    file=self.path.name,
                    what=_kind_of(model),
                )
            )
        return model

    def load_data(self) -> Any:
        """Return what its ``load_data()`` returns, whatever that is.

        Raises
        ------
        Refused
            There is none, or it went wrong.
        """
        return self._call(LOAD, say("write one that returns (x, y), or choose data here"))

    def _call(self, name: str, remedy: Message) -> Any:
        function = getattr(self._module, name, None)
        if not callable(function):
            raise Refused(say("{file} defines no {name}(): {remedy}.", file=self.path.name, name=name, remedy=remedy))
        with self._running(name):
            return function()

    @contextmanager
    def _running(self, function: str | None) -> Iterator[None]:
        """Let its code run as a script's would, and turn all that it raises into a sentence."""
        with _one_at_a_time, _as_a_script(self.path, self._module):
            try:
                yield
            except (Exception, SystemExit, KeyboardInterrupt) as error:
                refused = Refused(_what_went_wrong(self.path, function, error))
                refused.add_note(traceback.format_exc())
                raise refused from None


@contextmanager
def _as_a_script(path: Path, module: ModuleType) -> Iterator[None]:
    """Give it the words, the path and the name that it expects; forget what it has imported from beside it."""
    folder, arguments, search = str(path.parent), sys.argv, list(sys.path)
    before = set(sys.modules)
    sys.argv, sys.path[:0] = [str(path)], [folder]
    sys.modules[module.__name__] = module
    try:
        # A window without a terminal has no stdout; and on the command line, stdout may be for JSON alone.
        with redirect_stdout(sys.stderr or io.StringIO()):
            yield
    finally:
        sys.argv, sys.path[:] = arguments, search
        for name in set(sys.modules) - before:
            if (getattr(sys.modules[name], "__file__", None) or "").startswith(folder):
                del sys.modules[name]


def _source(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Refused(gone(path)) from error
    except OSError as error:
        raise Refused(unreadable(path, error)) from error


def _what_went_wrong(path: Path, function: str | None, error: BaseException) -> Message:
    told = _in_the_file(path, function, error)
    if isinstance(error, SystemExit | KeyboardInterrupt):
        return say(
            "{place} ended Python with {what}: put that under if __name__ == '__main__': so that the file can be read.",
            place=told,
            what=f"{type(error).__name__}({error})" if str(error) else type(error).__name__,
        )
    if isinstance(error, ModuleNotFoundError):
        return say(
            "{place} imports {module}, which is not installed beside this program: install it there, or do without.",
            place=told,
            module=error.name or str(error),
        )
    if isinstance(error, FileNotFoundError) and error.filename is not None:
        return say(
            "{place} looks for {missing}, which is not there: give its whole path, or begin it with "
            "Path(__file__).parent.",
            place=told,
            missing=str(error.filename),
        )
    return say(
        "{place} went wrong with {kind}: {reason}. Put that right, and open the file again.",
        place=told,
        kind=type(error).__name__,
        reason=(_last_line(error) or type(error).__name__).rstrip(" ."),
    )


def _in_the_file(path: Path, function: str | None, error: BaseException) -> Message:
    line = _line_of(path, error)
    if line is None:
        return say("{file}", file=path.name) if function is None else say(
            "{function}() in {file}", function=function, file=path.name
        )  # fmt: skip
    if function is None:
        return say("{file}, line {line},", file=path.name, line=line)
    return say("{function}() in {file}, line {line},", function=function, file=path.name, line=line)


def _line_of(path: Path, error: BaseException) -> int | None:
    """Return the line of the file in which it broke: the last of its own that were under way."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == str(path)), None)


def _last_line(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return error.msg
    if isinstance(error, UnicodeDecodeError):
        return error.reason
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else ""


def _is_model(found: Any) -> bool:
    """Return whether it is a Keras model; where Keras was never imported, nothing is."""
    keras = sys.modules.get("keras")
    return keras is not None and isinstance(found, keras.Model)


def _kind_of(found: Any) -> str:
    """Return what something is in the words of Python: ``None``, ``list``, ``torch.nn.modules.linear.Linear``."""
    if found is None:
        return "None"
    kind = type(found)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
