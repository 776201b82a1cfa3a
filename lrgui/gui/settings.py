"""What the window remembers: the typed face of QSettings."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from lrgui.gui.settings_file import set_aside_if_it_holds_objects
from lrgui.gui.theme import ThemeName
from lrgui.languages import LANGUAGES

if TYPE_CHECKING:  # the window's frame is there before pydantic is
    from lrgui.core.config import Config
    from lrgui.core.config.place import Placement

AnyConfig = TypeVar("AnyConfig", bound="Config")

SMALLEST_TYPE, LARGEST_TYPE = 1.0, 2.5
"""Times as large as plain: from here to there what a class sees can be enlarged."""

_TYPE_SIZE = 1.5
_PICTURE_SIZE = 1280, 720


class Settings:
    """Settings in one file under the profile; a value that no longer fits is forgotten, never an error."""

    def __init__(self, profile: Path) -> None:
        with contextlib.suppress(OSError):  # in a home that can only be read nothing is remembered; the history says so
            profile.mkdir(parents=True, exist_ok=True)
        self.profile = profile
        path = profile / "settings.ini"
        set_aside_if_it_holds_objects(path)
        self._file = QSettings(str(path), QSettings.Format.IniFormat)
        self._placement: Placement | None = None

    def config(self, default: AnyConfig) -> AnyConfig:
        """Return the last config of the default's class, or the default."""
        from pydantic import ValidationError

        try:
            return type(default).model_validate_json(str(self._file.value(self._config_key(default))))
        except ValidationError:
            return default

    def remember_config(self, config: "Config") -> None:
        """Keep a config as the last of its class."""
        self._file.setValue(self._config_key(config), config.model_dump_json())

    @staticmethod
    def _config_key(config: "Config") -> str:
        return f"config/{type(config).__name__}"

    def layout(self, name: str) -> QByteArray:
        """Return the remembered state of a window or splitter; empty if there is none."""
        state = self._file.value(f"layout/{name}")
        return state if isinstance(state, QByteArray) else QByteArray()

    def remember_layout(self, name: str, state: QByteArray) -> None:
        """Keep the state of a window or splitter."""
        self._file.setValue(f"layout/{name}", state)

    def heights(self, name: str) -> tuple[int, ...]:
        """Return the remembered heights of what stands one under the other, in pixels; empty if there are none."""
        kept = str(self._file.value(f"heights/{name}") or "").split()
        return tuple(map(int, kept)) if all(height.isdecimal() for height in kept) else ()

    def remember_heights(self, name: str, heights: Sequence[int]) -> None:
        """Keep heights in pixels."""
        self._file.setValue(f"heights/{name}", " ".join(map(str, heights)))

    @property
    def theme(self) -> ThemeName:
        """Which theme is wanted."""
        name = self._file.value("theme")
        return name if name in ("light", "dark", "contrast") else "system"

    @theme.setter
    def theme(self, name: ThemeName) -> None:
        self._file.setValue("theme", name)

    @property
    def type_size(self) -> float:
        """How many times as large as plain everything is shown to a class."""
        try:
            return min(max(float(str(self._file.value("present/type_size"))), SMALLEST_TYPE), LARGEST_TYPE)
        except ValueError:
            return _TYPE_SIZE

    @type_size.setter
    def type_size(self, scale: float) -> None:
        self._file.setValue("present/type_size", scale)

    @property
    def language(self) -> str:
        """Which language was chosen; empty as long as the desktop decides."""
        code = self._file.value("language")
        return code if isinstance(code, str) and code in LANGUAGES else ""

    @language.setter
    def language(self, code: str) -> None:
        self._file.setValue("language", code)

    @property
    def lesson(self) -> str:
        """The name of the lesson that was open; empty if none was."""
        return str(self._file.value("lesson") or "")

    @lesson.setter
    def lesson(self, name: str) -> None:
        self._file.setValue("lesson", name)

    @property
    def lessons(self) -> str:
        """How far somebody has come in each lesson, as ``core.lessons.progress`` writes it."""
        return str(self._file.value("lessons") or "")

    @lessons.setter
    def lessons(self, progress: str) -> None:
        self._file.setValue("lessons", progress)

    @property
    def threads(self) -> int | None:
        """How many cores TensorFlow takes, None for all."""
        from pydantic import ValidationError

        from lrgui.core.config import Execution

        try:
            return Execution(threads=self._file.value("threads")).threads
        except ValidationError:
            return None

    @threads.setter
    def threads(self, threads: int | None) -> None:
        self._file.setValue("threads", "off" if threads is None else threads)

    @property
    def placement(self) -> "Placement":
        """Where comparisons are carried out; may be asked by any thread once the window has."""
        if self._placement is None:
            from lrgui.core.config.place import Placement

            self._placement = self.config(Placement())
        return self._placement

    @placement.setter
    def placement(self, placement: "Placement") -> None:
        self._placement = placement
        self.remember_config(placement)

    @property
    def export_folder(self) -> Path:
        """Where the last export went; as long as there was none, where documents are."""
        remembered = Path(str(self._file.value("export/folder") or ""))
        if remembered.is_absolute() and remembered.is_dir():
            return remembered
        return documents()

    @export_folder.setter
    def export_folder(self, folder: Path) -> None:
        self._file.setValue("export/folder", str(folder))

    @property
    def export_format(self) -> str:
        """The name of the kind of file that was exported last."""
        return str(self._file.value("export/format") or "")

    @export_format.setter
    def export_format(self, name: str) -> None:
        self._file.setValue("export/format", name)

    @property
    def picture_size(self) -> tuple[int, int]:
        """Width and height of the last picture that was exported, in pixels."""
        width, _, height = str(self._file.value("export/size") or "").partition("x")
        return (int(width), int(height)) if width.isdecimal() and height.isdecimal() else _PICTURE_SIZE

    @picture_size.setter
    def picture_size(self, size: tuple[int, int]) -> None:
        self._file.setValue("export/size", f"{size[0]}x{size[1]}")

    def save(self) -> None:
        """Write the file now."""
        self._file.sync()


def documents() -> Path:
    """Return the folder in which a person keeps documents."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return folder if folder.is_dir() else Path.home()
