"""Each theme file becomes a palette and a style sheet."""

from pathlib import Path


def check(folder: Path | None) -> None:
    """Read all themes."""
    from PySide6.QtGui import QGuiApplication

    from lrgui.gui.theme import Theme
    from lrgui.resources import resource

    app = QGuiApplication.instance() or QGuiApplication([])  # palettes are made for one
    for file in sorted(resource("themes").glob("*.toml")):
        theme = Theme.load(file.stem)
        theme.palette()
        theme.style_sheet()
    del app
