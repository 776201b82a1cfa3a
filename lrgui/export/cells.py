"""Code in cells, each with a sentence before it: of the same cells a script is made and a notebook."""

import json
import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH = 100
"""Of comments and docstrings; code may be a little wider."""

_BACKEND = 'os.environ["KERAS_BACKEND"] = "tensorflow"  # other backends draw other first weights'


@dataclass(frozen=True, slots=True)
class Cell:
    """Some lines of Python, and what they are for.

    ``imports`` are the lines of imports that they need; ``only_in`` is ``"notebook"`` for what a script does not have.
    """

    text: str
    code: str
    imports: tuple[str, ...] = ()
    only_in: str = ""


def import_lines(cells: Iterable[Cell]) -> str:
    """Return the imports of all cells, each once: Python's own, what chooses Keras's backend, the others."""
    lines = sorted({line for cell in cells for line in cell.imports} | {"import os"})
    own = [line for line in lines if _module(line) in sys.stdlib_module_names]
    others = sorted((line for line in lines if line not in own), key=lambda line: _module(line))
    return "\n".join([*own, "", _BACKEND, "", *others])


def _module(line: str) -> str:
    return line.split()[1].split(".")[0]


def as_script(title: str, about: Sequence[str], cells: Sequence[Cell]) -> str:
    """Return the cells as one file of Python.

    Parameters
    ----------
    title : str
        The first line of its docstring.
    about : sequence of str
        The paragraphs below.
    cells : sequence of Cell
        In their order.
    """
    used = [cell for cell in cells if cell.only_in != "notebook"]
    docstring = "\n\n".join([_safe(title), *(textwrap.fill(_safe(part), WIDTH) for part in about)])
    head = f'"""{docstring}\n"""\n\n{import_lines(used)}'
    return "\n\n\n".join([head, *map(_with_comment, used)]) + "\n"


def _safe(text: str) -> str:
    """Return a text that can stand in a docstring whatever people call their runs."""
    return text.replace("\\", "/").replace('"""', "'''")


def _with_comment(cell: Cell) -> str:
    comment = textwrap.fill(cell.text, WIDTH, initial_indent="# ", subsequent_indent="# ")
    return f"{comment}\n{cell.code}"


def as_notebook(title: str, about: Sequence[str], cells: Sequence[Cell]) -> str:
    """Return the cells as a notebook, JSON of format 4.5, without outputs.

    Parameters are those of ``as_script``; each cell's sentence stands before it.
    """
    head = "\n\n".join([f"# {title}", *about])
    found = [_markdown(head), _code(import_lines(cells))]
    for cell in cells:
        found += [_markdown(cell.text), _code(cell.code)]
    for number, each in enumerate(found):
        each["id"] = f"cell-{number}"
    about_python = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": about_python, "language_info": {"name": "python"}}
    return json.dumps({"cells": found, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


def _markdown(text: str) -> dict[str, object]:
    return {"cell_type": "markdown", "metadata": {}, "source": _lines(text)}


def _code(code: str) -> dict[str, object]:
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": _lines(code)}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
