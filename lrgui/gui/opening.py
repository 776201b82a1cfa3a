"""Opening files of one's own: by the menu, by a key, or dropped on the window; each kind goes to who knows it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from lrgui.core.messages import say
from lrgui.gui.choosing import choose_file, choose_folder

Handler = Callable[[Path], None]


class Opener(QObject):
    """Takes a path to the handler for its suffix.

    ``refused(Message)`` tells of what nothing can read.

    Parameters
    ----------
    window : QWidget
        On which files are dropped, and over which the dialog stands.
    """

    refused = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._handlers: dict[str, Handler] = {}
        self._for_folders: Handler | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def handle(self, suffixes: Sequence[str], handler: Handler) -> None:
        """Let a handler open the files that end so, in small letters."""
        self._handlers |= dict.fromkeys(suffixes, handler)

    def handle_folders(self, handler: Handler) -> None:
        """Let a handler open folders."""
        self._for_folders = handler

    @Slot()
    def ask(self) -> None:
        """Let a person choose a file."""
        known = " ".join(f"*{suffix}" for suffix in sorted(self._handlers))
        filters = [f"{say('Models and data')} ({known})", f"{say('All files')} (*)"]
        choose_file(self._window, "open_file", say("Open"), self._open_chosen, filters=filters)

    @Slot()
    def ask_for_folder(self) -> None:
        """Let a person choose a folder."""
        choose_folder(self._window, "open_folder", say("Open a folder"), self._open_chosen)

    @Slot(str)
    def _open_chosen(self, chosen: str) -> None:
        self.open_path(Path(chosen))

    def open_path(self, path: Path) -> None:
        """Open a file or a folder, or say that nothing here can."""
        handler = self._handler_of(path)
        if handler is not None:
            handler(path)
            return
        self.refused.emit(
            say(
                "{file} is nothing that can be opened here: take one of {known}.",
                file=path.name,
                known=", ".join(sorted(self._handlers)),
            )
        )

    def _handler_of(self, path: Path) -> Handler | None:
        if path.is_dir() and self._for_folders is not None:
            return self._for_folders
        name = path.name.lower()
        fitting = [suffix for suffix in self._handlers if name.endswith(suffix)]
        return self._handlers[max(fitting, key=len)] if fitting else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files that are dropped on the window, one after the other (Qt's hook)."""
        if isinstance(event, QDropEvent) and (paths := dropped_paths(event.mimeData())):
            event.acceptProposedAction()
            if not isinstance(event, QDragEnterEvent | QDragMoveEvent):
                for path in paths:
                    self.open_path(path)
            return True
        return False


def dropped_paths(data: QMimeData) -> list[Path]:
    """Return the files of this computer that are carried."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
