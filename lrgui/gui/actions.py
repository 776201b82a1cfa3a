"""Every action in one table: name, text (and a short one where room is scarce), shortcut, icon, tip."""

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from lrgui.gui.theme import themes


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    text: str
    shortcuts: tuple[str, ...]
    glyph: str
    tip: str
    checkable: bool = False
    short: str = ""


_TABLE = (
    _Entry("find", "Find the learning rate", ("F5",), "image-filter-center-focus", "Sweep the rate and watch the loss"),
    _Entry("train", "Train", ("Ctrl+Return", "Ctrl+Enter"), "play", "Train from fresh weights at this rate"),
    _Entry("pause", "Pause", ("Space",), "pause", "Hold the run; it goes on where it was", checkable=True),
    _Entry("step", "Next step", ("N",), "step-forward", "Take one step; for runs that go in single steps"),
    _Entry("stop", "Stop and keep", ("Esc",), "stop", "End the run now and keep what it has", short="Stop"),
    _Entry(
        "add_data",
        "Add data from a folder ...",
        ("Ctrl+O",),
        "folder-plus-outline",
        "Take over data sets that were downloaded on another computer",
    ),
    _Entry("cancel", "Cancel", ("Ctrl+Backspace",), "close", "End the run now and drop it"),
    _Entry("vary", "Vary one field ...", ("Ctrl+Shift+V",), "tune-variant", "Train with several values of one field"),
    _Entry("compare", "Compare", ("F6",), "scale-balance", "Train all arms over several seeds, and see what differs"),
    _Entry(
        "confirm",
        "Confirm",
        ("F7",),
        "check-decagram-outline",
        "Train at five rates around the marker: is it the best?",
    ),
    _Entry(
        "save_model",
        "Save the model ...",
        ("Ctrl+Shift+S",),
        "content-save-outline",
        "Write the model of the selected run to a file, for Keras anywhere",
    ),
    _Entry("cores", "Cores ...", ("Ctrl+Shift+C",), "chip", "Choose how many cores TensorFlow takes"),
    _Entry("show_descent", "Descent", ("Ctrl+1",), "chart-bell-curve", "See what a rate does, on a function"),
    _Entry("show_schedules", "Schedules", ("Ctrl+2",), "stairs", "See how the rate changes, and train with it"),
    _Entry("show_find", "Find", ("Ctrl+3",), "image-filter-center-focus", "Sweep the rate, pick one"),
    _Entry("show_train", "Train", ("Ctrl+4",), "play-box-outline", "Train at a rate, compare runs"),
    _Entry("show_compare", "Compare", ("Ctrl+5",), "scale-balance", "Compare settings over several seeds"),
    _Entry("keep_schedule", "Keep", ("Ctrl+S",), "pin-outline", "Keep this schedule in the list and on the plot"),
    _Entry("copy_schedule", "Copy as Keras code", ("Ctrl+Shift+K",), "code-tags", "Copy this schedule as Keras code"),
    _Entry("show_history", "History", ("Ctrl+6",), "history", "Find the runs that were kept, and open them again"),
    _Entry("reset_view", "Reset the view", ("Ctrl+0",), "fit-to-screen-outline", "Show all of every plot again"),
    _Entry("rename_run", "Rename the run", ("F2",), "pencil-outline", "Give the selected run another name"),
    _Entry(
        "delete_run", "Delete the run", ("Del",), "trash-can-outline", "Take the selected run out of table and plots"
    ),
    _Entry(
        "search_history", "Search the history", ("Ctrl+F",), "magnify", "Find runs by name, note, tag, data or model"
    ),
    _Entry("open_run", "Open", ("Ctrl+Shift+O",), "open-in-app", "Show the selected run in its page again"),
    _Entry("overlay_runs", "Overlay", ("Ctrl+L",), "layers-plus", "Lay the selected runs over those of their pages"),
    _Entry("repeat_run", "Repeat exactly", ("Ctrl+R",), "repeat", "Run it again, same seed: is the result the same?"),
    _Entry("star_run", "Give a star", ("Ctrl+D",), "star-outline", "Give the selected runs a star, or take it away"),
    _Entry(
        "undo_delete", "Undo the deletion", ("Ctrl+Z",), "undo-variant", "Take back the runs that were deleted last"
    ),
    _Entry(
        "play", "Play", ("Ctrl+Space",), "play", "Let the walkers go, or hold them; on their page Space does it too"
    ),
    _Entry("step_back", "One step back", ("Ctrl+Left",), "step-backward", "Go one step back; so does the left arrow"),
    _Entry("step_on", "One step on", ("Ctrl+Right",), "step-forward", "Go one step on; so does the right arrow"),
    _Entry("restart", "Back to the start", ("Ctrl+Home",), "skip-previous", "Let all walkers stand at the start again"),
    _Entry("loop", "Loop", ("Ctrl+Shift+L",), "repeat", "Play again and again", checkable=True),
    _Entry("add_walker", "Add a walker", ("Ctrl+Shift+A",), "plus", "Add a walker with another optimizer"),
    _Entry(
        "duplicate_walker",
        "Duplicate the walker",
        ("Ctrl+Shift+D",),
        "content-duplicate",
        "Add another of the selected",
    ),
    _Entry("remove_walker", "Remove the walker", ("Ctrl+Shift+X",), "trash-can-outline", "Take the selected one away"),
    _Entry("preview", "Preview", ("Ctrl+P",), "eye-outline", "See the data and the model before a run", checkable=True),
    _Entry(
        "enlarge", "Enlarge the results", ("Ctrl+E",), "arrow-expand", "Give the runs and results the whole page", True
    ),
    _Entry("present", "Present", ("F11",), "presentation", "Fill the screen", checkable=True),
    _Entry("theme", "Theme", ("Ctrl+T",), "theme-light-dark", "Switch between the light and the dark theme"),
    _Entry("quit", "Quit", ("Ctrl+Q",), "exit-to-app", "Close the window"),
)


DESCENT_ACTIONS = (
    *("play", "step_back", "step_on", "restart", "loop"),
    *("add_walker", "duplicate_walker", "remove_walker"),
)
"""What can be done on the page of the descent only."""


class Actions(QObject):
    """The actions of one window, by name; each ``QAction`` carries its name as its object name."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)  # so that a window that is gone hears of no other theme
        self._by_name = {entry.name: self._made(entry, parent) for entry in _TABLE}
        themes.changed.connect(self.take_colors)
        self.take_colors()

    @staticmethod
    def _made(entry: _Entry, parent: QObject) -> QAction:
        action = QAction(entry.text, parent)
        action.setObjectName(entry.name)
        action.setCheckable(entry.checkable)
        if entry.short:
            action.setIconText(entry.short)
        action.setShortcuts([QKeySequence(keys) for keys in entry.shortcuts])
        keys = QKeySequence(entry.shortcuts[0]).toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{entry.tip} ({keys})")
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def take_colors(self) -> None:
        """Draw the icons in the colours of the theme in force."""
        for entry in _TABLE:
            self._by_name[entry.name].setIcon(themes.current.icon(entry.glyph))
