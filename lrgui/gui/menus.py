"""The menus of the window: every action stands in one of them."""

from PySide6.QtWidgets import QMenuBar

from lrgui.core.messages import say
from lrgui.gui.actions import Actions
from lrgui.gui.widgets.language_menu import LanguageMenu
from lrgui.gui.widgets.theme_menu import ThemeMenu
from lrgui.gui.words import show

_FILE = ("open", "open_folder", "add_data", None, "export", "save_model", "copy_schedule", None, "quit")
_RUN = (
    *("find", "confirm", "train", "vary", "compare", None, "pause", "step", "stop", "cancel", None),
    *("rename_run", "delete_run", None, "keep_schedule", None, "cores", "places"),
)
_VIEW = (
    *("show_descent", "show_schedules", "show_find", "show_train", "show_compare", "show_history", None),
    *("preview", "enlarge", None, "reset_view", "lessons", None, "themes", "theme", "language", None),
    *("present", "larger", "smaller", "next_class"),
)
_DESCENT = (
    *("play", "step_back", "step_on", "restart", "loop", None),
    *("add_walker", "duplicate_walker", "remove_walker"),
)
_HISTORY = ("search_history", None, "open_run", "overlay_runs", "repeat_run", None, "star_run", "undo_delete")

MENUS = (
    (say("&File"), _FILE),
    (say("&Run"), _RUN),
    (say("&View"), _VIEW),
    (say("&Descent"), _DESCENT),
    (say("&History"), _HISTORY),
)
"""The title of each menu, and the names of the actions in it; None is a line between them."""


def fill_menus(bar: QMenuBar, actions: Actions) -> tuple[LanguageMenu, ThemeMenu]:
    """Put all menus into a menu bar, and return those of languages and themes, which stand in one of them."""
    languages, looks = LanguageMenu(bar), ThemeMenu(bar)
    choices = {"language": languages, "themes": looks}
    for title, names in MENUS:
        menu = bar.addMenu("")
        show(menu.setTitle, title)
        menu.setToolTipsVisible(True)
        for name in names:
            if name is None:
                menu.addSeparator()
            elif name in choices:
                menu.addMenu(choices[name])
            else:
                menu.addAction(actions[name])
    return languages, looks
