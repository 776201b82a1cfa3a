"""The door of ``gui``: the file of the settings."""

import pickle
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.lessons.progress import Progress, StepRecord, from_json, to_json
from lrgui.core.messages import Refused, say
from lrgui.gui.settings import Settings
from tests.fuzz.door import Door

NAME = "settings.ini"


class Marks:
    """Counts how often what was read has run."""

    count = 0

    @classmethod
    def leave(cls) -> None:
        """Run, as an object does that is made of a file."""
        cls.count += 1

    def __reduce__(self):
        return Marks.leave, ()


def with_object(folder: Path, name: str = NAME) -> bytes:
    """Return settings with a Python object that leaves a mark when it is read."""
    path = folder / name
    file = QSettings(str(path), QSettings.Format.IniFormat)
    file.setValue("theme", Marks())
    file.sync()
    return path.read_bytes()


def _seeds() -> list[bytes]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder))
        settings.remember_config(TrainingConfig(epochs=3))
        settings.remember_config(RangeTestConfig(steps=50))
        splitter, window = QSplitter(), QMainWindow()
        splitter.addWidget(QWidget())
        settings.remember_layout("split", splitter.saveState())
        settings.remember_layout("window", window.saveGeometry())
        settings.theme, settings.type_size, settings.language, settings.lesson = "dark", 2.0, "zh_TW", "中文"
        settings.lessons = to_json({"first": Progress(1, [StepRecord(True, 1.0, 2.0, {"x": 1.0})])})
        settings.threads, settings.picture_size, settings.export_folder = 2, (800, 600), Path(folder)
        settings.save()
        content = Path(folder, NAME).read_bytes()
        return [content, content + with_object(Path(folder), "other.ini").replace(b"[General]", b"[present]")]


def _settings(folder: Path, content: bytes) -> None:
    (folder / NAME).write_bytes(content)
    settings = Settings(folder)
    for default in (TrainingConfig(), RangeTestConfig()):
        settings.config(default)
    splitter, window = QSplitter(), QMainWindow()
    splitter.restoreState(settings.layout("split"))
    window.restoreGeometry(settings.layout("window"))
    from_json(settings.lessons)
    read = (settings.theme, settings.type_size, settings.language, settings.lesson, settings.threads)
    assert 1 <= read[1] <= 2.5 and (settings.export_folder, settings.export_format, settings.picture_size)
    assert not Marks.count, "what was read has run"
    if not (folder / NAME).exists():
        raise Refused(say("set aside"))


DOORS: dict[str, Door] = {
    "settings": Door(
        name="settings", seeds=_seeds, open=_settings, seconds=1.0, megabytes=60,
        tokens=(b"@Variant(", b"@ByteArray(", b"@DateTime(", b"@@", b"\\x40", b"\\0", b"@Invalid()", b"@Rect(0 0 0 0)",
                b"@String(", b"theme=", b"[General]", pickle.dumps(1), b"\0\0\0\x7f", b"\0\0\0\x42", b"%5B"),
    )
}  # fmt: skip
