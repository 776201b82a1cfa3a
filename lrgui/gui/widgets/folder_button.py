"""Beside a sentence in the status bar: the button that opens the folder of what was written."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QStatusBar

from lrgui.core.messages import say
from lrgui.gui.words import show


class FolderButton(QPushButton):
    """Stands in a status bar as long as the sentence that is shown there."""

    def __init__(self, bar: QStatusBar) -> None:
        super().__init__()
        self.folder = Path()
        self._bar = bar
        self.setProperty("link", True)
        show(self.setText, say("Open folder"))
        show(self.setToolTip, say("Open the folder that the file was written to"))
        self.clicked.connect(self._open)
        bar.addPermanentWidget(self)
        bar.messageChanged.connect(self._follow)
        self.hide()

    def offer(self, path: Path) -> None:
        """Offer the folder of a file that was written; a folder itself, if it is one."""
        self.folder = path if path.is_dir() else path.parent
        self.show()

    def _follow(self, message: str) -> None:
        """Go with the sentence."""
        self.hide()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))
