"""One door for ``lrgui``, ``python -m lrgui`` and ``python main.py``: the window, or the same work without one."""

import gc
import os
import sys
from collections.abc import Sequence

from lrgui.core.process import give_back_library_path, replace_closed_streams

BAD_INPUT = 2
INTERRUPTED = 130
RUN_MODULE = "--run-module"


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, or run the sub-command that was asked for.

    Parameters
    ----------
    argv : sequence of str, optional
        The words after the program's name; those of the process if left out.

    Returns
    -------
    int
        0 done, 1 failed, 2 bad input (or no window can open here), 130 interrupted.
    """
    replace_closed_streams()
    give_back_library_path()
    words = sys.argv[1:] if argv is None else list(argv)
    if words[:1] == [RUN_MODULE]:
        return _run_module(words[1:])
    try:
        return _open_window(words) if _are_files(words) else _run_command(words)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return 1


def _are_files(words: list[str]) -> bool:
    """Return whether all words are files or folders, for the window: ``lrgui sweep.lrrun pets``, or a double click.

    A command goes before a folder that is called as it is: that one is ``./find``.
    """
    if not all(os.path.exists(word) for word in words):
        return False
    if not words or "." in words[0] or os.path.basename(words[0]) != words[0]:
        return True
    from lrgui.cli.commands import is_command

    return not is_command(words[0])


def _run_module(words: list[str]) -> int:
    """Be a process that this program has started, where it is packaged: see ``core.children``."""
    import runpy

    sys.argv = words
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    return 0


def _open_window(files: list[str]) -> int:
    # What start-up makes is there to stay: looking through it for garbage, again and again, would take a tenth of it.
    gc.disable()
    # pydantic would read through every installed package for plugins that nobody has.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from lrgui import display
    from lrgui.core.messages import Refused

    try:
        display.check()
    except Refused as refused:
        from lrgui import languages

        languages.use(languages.asked_for())
        print(refused.message, file=sys.stderr)
        return BAD_INPUT
    from lrgui.app import main as open_window

    return open_window(files)


def _run_command(words: list[str]) -> int:
    from lrgui import languages
    from lrgui.cli.commands import run

    languages.use(languages.asked_for())

    exit_code = run(words)
    sys.stdout.flush()
    return exit_code


def _forget_stdout() -> None:
    """Keep Python from complaining at exit that nobody reads stdout any more (``lrgui find | head -1``)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
