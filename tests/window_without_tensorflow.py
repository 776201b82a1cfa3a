"""A real window in a process of its own, whose TensorFlow is not what it should be; run by ``test_loading``.

``python -m tests.window_without_tensorflow WISH`` prints what is seen, a line for each, and closes the window. Without
a wish it only looks; ``again:FOLDER`` takes the fake in a folder away and tries again, ``close`` closes it in the
middle of the import, and waits for that shortly.
"""

import shutil
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from lrgui import app, jobs
from lrgui.app import create_application, create_window
from lrgui.core.profile import user_profile
from lrgui.gui import ending


class Hand:
    """Looks at the window when its import has ended, and does what is wished."""

    def __init__(self, wish):
        self.app = create_application()
        self.window = create_window(user_profile())
        self.wish, self.failures = wish, 0
        self.window.runner.prepared.connect(self.prepared)
        self.window.runner.run_ended.connect(self.ran)

    def run(self):
        self.window.show()
        QTimer.singleShot(1500, lambda: self.say("up", self.window.isVisible()))
        self.app.exec()
        self.say("closed")

    def prepared(self, failure):
        QTimer.singleShot(100, self.look)

    def look(self):
        banner = self.window.loading.banner if self.window.loading else None
        if banner is None or not banner.isVisible():
            self.say("note", self.window.note.text())
            self.leave()
            return
        self.say("banner", banner.text)
        self.window.pages.show_page("descent")
        self.say("page", self.window.pages.current)
        self.window.actions_["find"].trigger()

    def ran(self, run):
        self.say("run", run.status.name, run.message)
        for box in self.window.findChildren(QMessageBox):
            box.close()
        kind, _, folder = self.wish.partition(":")
        if kind == "again" and not self.failures:
            self.failures += 1
            shutil.rmtree(folder)
            # The child's import is the real one; that of this process would be as in any other window.
            jobs._import_training = lambda threads: None
            self.window.loading.banner.again.click()
        else:
            self.leave()

    def leave(self):
        self.window.close()
        self.app.quit()

    @staticmethod
    def say(what, *told):
        print(f"{what}:", *told, flush=True)


def close_in_the_middle():
    ending._CLOSE_TIMEOUT_MS = 300
    create_application()
    QTimer.singleShot(2000, QApplication.closeAllWindows)
    sys.exit(app.main())


if __name__ == "__main__":
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    if asked == "close":
        close_in_the_middle()
    Hand(asked).run()
