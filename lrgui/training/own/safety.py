"""Whether a model file loads without code that is not part of Keras; what it holds is known from its archive."""

from lrgui.core.messages import Message, Refused, joined, say
from lrgui.training.own.archive import Archive, damaged


def check_safe(archive: Archive, *, compiled: bool) -> None:
    """Make sure that a file holds no code, and nothing that is not part of Keras.

    Raises
    ------
    Refused
        It does; the sentence names what it holds.
    """
    file = archive.path.name
    try:
        archive.look_through()
    except RecursionError as error:
        raise Refused(damaged(archive.path)) from error
    if archive.lambdas:
        raise Refused(
            say(
                "{file} holds Python code, as a lambda in {layers}, and code from a model file is never run here: "
                "write the model as build_model() in a Python file, and open that.",
                file=file,
                layers=_quoted(archive.lambdas),
            )
        )
    if archive.strangers:
        raise Refused(
            say(
                "{file} needs {classes}, which is not part of Keras, and whose code is not in the file: write "
                "build_model() in a Python file that defines it, and open that.",
                file=file,
                classes=_quoted(archive.strangers),
            )
        )
    if compiled and archive.strangers_compiled:
        raise Refused(
            say(
                "{file} was compiled with {classes}, which is not part of Keras: choose an optimizer and a loss here, "
                "or write build_model() in a Python file, and open that.",
                file=file,
                classes=_quoted(archive.strangers_compiled),
            )
        )


def _quoted(names: tuple[str, ...]) -> Message:
    return joined([f"'{name}'" for name in names], ", ")
