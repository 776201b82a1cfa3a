"""The one question about a Python file: whether it may be run. The answer holds for its content, until that changes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox, QWidget

from lrgui.core.contents import content_hash, short
from lrgui.core.messages import say
from lrgui.core.trust import trust
from lrgui.gui.words import show


def ask_to_run(window: QWidget, path: Path, then: Callable[[], object]) -> QMessageBox:
    """Ask whether a file may be run, and go on if it may; nothing is run and nothing kept if not.

    Parameters
    ----------
    window : QWidget
        Over which the question stands.
    path : Path
        Of the file.
    then : callable
        What is to be done then.

    Returns
    -------
    QMessageBox
        The question, which is open.

    Raises
    ------
    OSError
        The file cannot be read.
    """
    content = content_hash(path)
    box = _question(window, path.name, short(content))

    def take(answer: int) -> None:
        if answer == QMessageBox.StandardButton.Yes:
            trust().allow(content, str(path))
            then()

    box.finished.connect(take)
    box.open()
    return box


def _question(window: QWidget, file: str, content: str) -> QMessageBox:
    box = QMessageBox(QMessageBox.Icon.Question, "", "", parent=window)
    box.setObjectName("trust_question")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    show(box.setWindowTitle, say("Run {file}?", file=file))
    show(box.setText, say("{file} is a program, and it will be run.", file=file))
    show(
        box.setInformativeText,
        say(
            "It can do all that you can do on this computer, and so can what it imports. Run it only if you know where "
            "it comes from.\n\nIt is tried in a process of its own first. You are asked once for this content "
            "({content}), and again when the file changes.",
            content=content,
        ),
    )
    run = box.addButton(QMessageBox.StandardButton.Yes)
    leave = box.addButton(QMessageBox.StandardButton.No)
    show(run.setText, say("Run it"))
    show(leave.setText, say("Do not run it"))
    for button in (run, leave):
        button.setIcon(QIcon())
    box.setDefaultButton(leave)
    box.setEscapeButton(leave)
    return box
