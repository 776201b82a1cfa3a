"""The dialog in which a person chooses a file or a folder that there is."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from lrgui.core.messages import Message

Then = Callable[[str], object]
"""What is done with the path; where none is chosen, nothing is."""


def choose_file(
    window: QWidget, name: str, title: Message, then: Then, *, begin: str = "", filters: Sequence[str] = ()
) -> None:
    """Let a person choose a file.

    Parameters
    ----------
    window : QWidget
        Over which the dialog stands.
    name : str
        By which it is found among the window's children.
    title : Message
        What is chosen.
    then : callable
        Takes the path.
    begin : str
        The folder that is shown at first; empty for the one that Qt takes.
    filters : sequence of str
        Which files are shown, as Qt writes it: ``"Images (*.png)"``.
    """
    dialog = _dialog(window, name, title, then, begin)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    if filters:
        dialog.setNameFilters(filters)
    dialog.open()


def choose_folder(
    window: QWidget, name: str, title: Message, then: Then, *, begin: str = "", files_shown: bool = True
) -> None:
    """Let a person choose a folder, with or without a look at the files in it; see ``choose_file``."""
    dialog = _dialog(window, name, title, then, begin)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, not files_shown)
    dialog.open()


def _dialog(window: QWidget, name: str, title: Message, then: Then, begin: str) -> QFileDialog:
    dialog = QFileDialog(window, str(title), begin)
    dialog.setObjectName(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(then)
    return dialog
