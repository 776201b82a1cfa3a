"""What the window remembers: the typed face of QSettings."""

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from PySide6.QtCore import QByteArray, QSettings

from lrgui.core.config import Config, Execution
from lrgui.gui.theme import ThemeName
from lrgui.languages import LANGUAGES

AnyConfig = TypeVar("AnyConfig", bound=Config)


class Settings:
    """Settings in one file under the profile; a value that no longer fits is forgotten, never an error."""

    def __init__(self, profile: Path) -> None:
        profile.mkdir(parents=True, exist_ok=True)
        self.profile = profile
        self._file = QSettings(str(profile / "settings.ini"), QSettings.Format.IniFormat)

    def config(self, default: AnyConfig) -> AnyConfig:
        """Return the last config of the default's class, or the default."""
        try:
            return type(default).model_validate_json(str(self._file.value(self._config_key(default))))
        except ValidationError:
            return default

    def remember_config(self, config: Config) -> None:
        """Keep a config as the last of its class."""
        self._file.setValue(self._config_key(config), config.model_dump_json())

    @staticmethod
    def _config_key(config: Config) -> str:
        return f"config/{type(config).__name__}"

    def layout(self, name: str) -> QByteArray:
        """Return the remembered state of a window or splitter; empty if there is none."""
        state = self._file.value(f"layout/{name}")
        return state if isinstance(state, QByteArray) else QByteArray()

    def remember_layout(self, name: str, state: QByteArray) -> None:
        """Keep the state of a window or splitter."""
        self._file.setValue(f"layout/{name}", state)

    @property
    def theme(self) -> ThemeName:
        """Which theme is wanted."""
        name = self._file.value("theme")
        return name if name in ("light", "dark") else "system"

    @theme.setter
    def theme(self, name: ThemeName) -> None:
        self._file.setValue("theme", name)

    @property
    def language(self) -> str:
        """Which language was chosen; empty as long as the desktop decides."""
        code = self._file.value("language")
        return code if code in LANGUAGES else ""

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
        try:
            return Execution(threads=self._file.value("threads")).threads
        except ValidationError:
            return None

    @threads.setter
    def threads(self, threads: int | None) -> None:
        self._file.setValue("threads", "off" if threads is None else threads)

    def save(self) -> None:
        """Write the file now."""
        self._file.sync()
