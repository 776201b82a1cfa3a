"""What Qt calls back in Python, made safe where PySide is not: an error in it is told, and does not end the program."""

import functools
import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any

from shiboken6 import Shiboken


def guard() -> None:
    """Have the errors of all overrides of Qt's methods in classes that are made from now on reach Python whole.

    Before Python 3.12, an error that C has raised is a bare text until somebody catches it. PySide (6.8 to 6.11) takes
    it for the error itself when an override raises it below a call from Python, and the process ends.
    """
    if sys.version_info < (3, 12):
        Shiboken.Object.__init_subclass__ = classmethod(_guard_overrides)  # type: ignore[assignment, arg-type]


def _guard_overrides(cls: type[Shiboken.Object], **options: Any) -> None:
    super(Shiboken.Object, cls).__init_subclass__(**options)
    for name, made in list(vars(cls).items()):
        if isinstance(made, FunctionType) and not name.startswith("_") and _is_of_qt(cls, name):
            setattr(cls, name, _whole_errors(made))


def _is_of_qt(cls: type, name: str) -> bool:
    return any(name in vars(base) for base in cls.__mro__ if base.__module__.startswith("PySide6."))


def _whole_errors(override: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(override)
    def call(*values: Any, **named: Any) -> Any:
        try:
            return override(*values, **named)
        except BaseException:  # to be caught is what makes it whole
            raise

    return call
