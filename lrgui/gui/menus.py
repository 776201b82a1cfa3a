"""The menus of the window: every action stands in one of them."""

from PySide6.QtWidgets import QMenuBar

from lrgui.gui.actions import Actions

_RUN = (
    *("find", "confirm", "train", "vary", "compare", None, "pause", "step", "stop", "cancel", None),
    *("save_model", "rename_run", "delete_run", None, "keep_schedule", "copy_schedule"),
    *(None, "add_data", "cores", None, "quit"),
)
_VIEW = (
    *("show_descent", "show_schedules", "show_find", "show_train", "show_compare", "show_history", None),
    *("preview", "enlarge", None, "reset_view", "theme", "present"),
)
_DESCENT = (
    *("play", "step_back", "step_on", "restart", "loop", None),
    *("add_walker", "duplicate_walker", "remove_walker"),
)
_HISTORY = ("search_history", None, "open_run", "overlay_runs", "repeat_run", None, "star_run", "undo_delete")

MENUS = {"&Run": _RUN, "&View": _VIEW, "&Descent": _DESCENT, "&History": _HISTORY}
"""The names of the actions in each menu; None is a line between them."""


def fill_menus(bar: QMenuBar, actions: Actions) -> None:
    """Put all menus into a menu bar."""
    for title, names in MENUS.items():
        menu = bar.addMenu(title)
        menu.setToolTipsVisible(True)
        for name in names:
            if name is None:
                menu.addSeparator()
            else:
                menu.addAction(actions[name])
