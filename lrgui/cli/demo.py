"""``lrgui demo``: a lesson plays by itself in the real window; without a screen it plays all the same, for pictures."""

import os
import re
import signal
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lrgui import display
from lrgui.cli.options import BadInput, Parser
from lrgui.cli.output import complain, terminal
from lrgui.cli.quiet import quiet_libraries
from lrgui.core.messages import Message, Refused, say
from lrgui.core.profile import user_profile
from lrgui.core.runs import RunStatus
from lrgui.languages import LANGUAGES, asked_for
from lrgui.resources import resource

if TYPE_CHECKING:
    from lrgui.core.lessons import Shelf
    from lrgui.gui.main_window import MainWindow

NAME = "demo"

_THEMES = ("light", "dark", "contrast")
_UNSEEN_PACE = 100.0
"""Nobody reads along where there is no screen."""

_PICTURES = Path("lrgui-demo")
_SIZE = re.compile(r"(\d{3,5})x(\d{3,5})")

_EXIT_CODES = say("""\
exit codes:
  0    done
  1    a step could not be done, or a picture not written
  2    bad input: one line says what is allowed, and nothing was played""")


def run_demo(words: list[str]) -> RunStatus:
    """Play what is asked for, and return how that ended.

    Raises
    ------
    BadInput
        There is no such lesson, or something in an option cannot be taken.
    """
    typed = _parser().read(words)
    shelf = _shelf()
    for problem in shelf.problems:
        complain(f"lrgui {NAME}", problem)
    asked = _Asked(typed, shelf)
    with tempfile.TemporaryDirectory(prefix="lrgui-demo-") as profile:
        return RunStatus.FINISHED if asked.play(Path(profile)) else RunStatus.FAILED


def _shelf() -> "Shelf":
    from lrgui.core.lessons import lessons_in  # no other command needs it
    from lrgui.core.lessons.shelf import FOLDER

    return lessons_in((resource("lessons"), user_profile() / FOLDER))


def _parser() -> Parser:
    parser = Parser(
        prog=f"lrgui {NAME}",
        usage=f"lrgui {NAME} [LESSON] [options]",
        description=str(say("Let a lesson play by itself in the window; without a name, all of them.")),
        epilog=str(_EXIT_CODES),
    )
    parser.add_argument("lesson", nargs="?", metavar="LESSON", help=str(say("The name of its file, without .toml.")))
    parser.add_argument(
        "--screenshots",
        metavar="FOLDER",
        help=str(say("Write a picture of the window after each step, and close the window at the end.")),
    )
    parser.add_argument(
        "--replace",
        action="store_true",
        help=str(say("Write only the pictures that are there already, such as those of the README.")),
    )
    parser.add_argument("--language", metavar="CODE", help=str(say("One of {codes}.", codes=", ".join(LANGUAGES))))
    parser.add_argument("--theme", metavar="NAME", help=str(say("One of {names}.", names=", ".join(_THEMES))))
    parser.add_argument(
        "--pace", metavar="X", help=str(say("How many times as fast as for a class; 1 if left out, 0.5 is slower."))
    )
    parser.add_argument(
        "--size", metavar="WxH", help=str(say("The size of the window in pixels, 1280x800 if left out."))
    )
    return parser


class _Asked:
    """What was asked for, checked before anything is opened."""

    def __init__(self, typed: Mapping[str, Any], shelf: "Shelf") -> None:
        self.lessons = _lessons(typed.get("lesson"), shelf)
        self.language = _one_of("--language", typed.get("language"), tuple(LANGUAGES)) or asked_for()
        self.theme = _one_of("--theme", typed.get("theme"), _THEMES) or "light"
        self.size = _size(typed.get("size"))
        self.seen = _on_a_screen()
        self.pace = _pace(typed.get("pace")) or (1.0 if self.seen else _UNSEEN_PACE)
        folder = typed.get("screenshots")
        self.pictures = Path(folder) if folder else None if self.seen else _PICTURES
        self.replace = typed["replace"]
        if self.pictures is not None:
            _make(self.pictures)

    def play(self, profile: Path) -> bool:
        """Open the window with a profile of its own and play; return whether all went well."""
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        told: list[Message] = []
        with quiet_libraries(quiet=True):
            done = self._play_in(self._window(profile), told.append)
        for message in told:
            terminal().print(str(message), soft_wrap=True)
        return done

    def _window(self, profile: Path) -> "MainWindow":
        from lrgui.app import create_application, create_window
        from lrgui.gui.settings import Settings

        create_application()
        settings = Settings(profile)
        settings.theme, settings.language = self.theme, self.language  # type: ignore[assignment]
        settings.save()
        window = create_window(profile)
        window.resize(*self.size)
        window.show()
        return window

    def _play_in(self, window: "MainWindow", tell: Callable[[Message], None]) -> bool:
        from PySide6.QtWidgets import QApplication

        from lrgui.gui.lessons.demonstration import Demonstration

        window.actions_["lessons"].trigger()
        assert window.lessons is not None
        playing = Demonstration(window.lessons, self.lessons, self.pace, self.pictures, replace=self.replace)
        ended: list[bool] = []
        playing.finished.connect(ended.append)
        playing.told.connect(tell)
        if self.pictures is not None:
            playing.finished.connect(window.close)
        playing.start()
        QApplication.exec()
        return ended != [False] and (self.pictures is None or bool(ended))


def _lessons(name: str | None, shelf: "Shelf") -> Any:
    if name is None:
        return shelf.lessons
    if (lesson := shelf.find(name)) is None:
        known = ", ".join(lesson.name for lesson in shelf.lessons)
        raise BadInput(say("there is no lesson {name}; there are {known}", name=name, known=known))
    return (lesson,)


def _one_of(option: str, word: str | None, known: tuple[str, ...]) -> str | None:
    if word is not None and word not in known:
        raise BadInput(
            say("{option} takes one of {known}, not '{given}'.", option=option, known=", ".join(known), given=word)
        )
    return word


def _size(text: str | None) -> tuple[int, int]:
    if text is None:
        return 1280, 800
    if (found := _SIZE.fullmatch(text)) is None:
        raise BadInput(say("--size takes width and height, 1280x800, not '{given}'.", given=text))
    return int(found[1]), int(found[2])


def _pace(text: str | None) -> float | None:
    try:
        pace = None if text is None else float(text)
    except ValueError:
        pace = 0.0
    if pace is not None and not 0 < pace <= 1000:
        raise BadInput(say("--pace takes a number above 0, at most 1,000, not '{given}'.", given=text))
    return pace


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            say("--screenshots {folder}: {reason}.", folder=str(folder), reason=error.strerror or str(error))
        ) from error


def _on_a_screen() -> bool:
    """Return whether there is a screen; where there is none, have Qt paint without one.

    Raises
    ------
    BadInput
        Qt does not work here at all.
    """
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    try:
        display.check()
    except Refused:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        try:
            display.check()
        except Refused as refused:
            raise BadInput(refused.message) from refused
        return False
    return True
