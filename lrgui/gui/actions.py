"""Every action in one table: name, text (and a short one where room is scarce), shortcut, icon, tip."""

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from lrgui.core.messages import Message, say
from lrgui.gui.theme import themes
from lrgui.gui.words import show, with_keys


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    text: Message
    shortcuts: tuple[str, ...]
    glyph: str
    tip: Message
    checkable: bool = False
    short: Message | None = None


_TABLE = (
    _Entry(
        "find",
        say("Find the learning rate"),
        ("F5",),
        "image-filter-center-focus",
        say("Sweep the rate and watch the loss"),
    ),
    _Entry("train", say("Train"), ("Ctrl+Return", "Ctrl+Enter"), "play", say("Train from fresh weights at this rate")),
    _Entry("pause", say("Pause"), ("Space",), "pause", say("Hold the run; it goes on where it was"), checkable=True),
    _Entry("step", say("Next step"), ("N",), "step-forward", say("Take one step; for runs that go in single steps")),
    _Entry(
        "stop", say("Stop and keep"), ("Esc",), "stop", say("End the run now and keep what it has"), short=say("Stop")
    ),
    _Entry(
        "open",
        say("Open ..."),
        ("Ctrl+O",),
        "folder-open-outline",
        say("Open a model or data of your own; dropping them on the window does the same"),
    ),
    _Entry(
        "open_folder",
        say("Open a folder of images ..."),
        ("Ctrl+Alt+O",),
        "folder-open-outline",
        say("Open images of your own, one folder for each class; dropping it on the window does the same"),
    ),
    _Entry(
        "add_data",
        say("Add data from a folder ..."),
        ("Ctrl+Shift+F",),
        "folder-plus-outline",
        say("Take over data sets that were downloaded on another computer"),
    ),
    _Entry("cancel", say("Cancel"), ("Ctrl+Backspace",), "close", say("End the run now and drop it")),
    _Entry(
        "vary",
        say("Vary one field ..."),
        ("Ctrl+Shift+V",),
        "tune-variant",
        say("Train with several values of one field"),
    ),
    _Entry(
        "compare",
        say("Compare"),
        ("F6",),
        "scale-balance",
        say("Train all arms over several seeds, and see what differs"),
    ),
    _Entry(
        "confirm",
        say("Confirm"),
        ("F7",),
        "check-decagram-outline",
        say("Train at five rates around the marker: is it the best?"),
    ),
    _Entry(
        "save_model",
        say("Save the model ..."),
        ("Ctrl+Shift+S",),
        "content-save-outline",
        say("Write the model of the selected run to a file, for Keras anywhere"),
    ),
    _Entry(
        "export",
        say("Export ..."),
        ("Ctrl+Shift+E",),
        "export-variant",
        say("Take what this page shows to a file: code, numbers, a picture, a report"),
    ),
    _Entry("cores", say("Cores ..."), ("Ctrl+Shift+C",), "chip", say("Choose how many cores TensorFlow takes")),
    _Entry(
        "places",
        say("Where runs go ..."),
        ("Ctrl+Shift+W",),
        "server-network",
        say("Choose where comparisons are carried out: here, in processes of their own, or on a cluster"),
    ),
    _Entry("show_descent", say("Descent"), ("Ctrl+1",), "chart-bell-curve", say("See what a rate does, on a function")),
    _Entry(
        "show_schedules", say("Schedules"), ("Ctrl+2",), "stairs", say("See how the rate changes, and train with it")
    ),
    _Entry("show_find", say("Find"), ("Ctrl+3",), "image-filter-center-focus", say("Sweep the rate, pick one")),
    _Entry("show_train", say("Train"), ("Ctrl+4",), "play-box-outline", say("Train at a rate, compare runs")),
    _Entry("show_compare", say("Compare"), ("Ctrl+5",), "scale-balance", say("Compare settings over several seeds")),
    _Entry(
        "keep_schedule", say("Keep"), ("Ctrl+S",), "pin-outline", say("Keep this schedule in the list and on the plot")
    ),
    _Entry(
        "copy_schedule",
        say("Copy as Keras code"),
        ("Ctrl+Shift+K",),
        "code-tags",
        say("Copy this schedule as Keras code"),
    ),
    _Entry(
        "show_history", say("History"), ("Ctrl+6",), "history", say("Find the runs that were kept, and open them again")
    ),
    _Entry(
        "reset_view", say("Reset the view"), ("Ctrl+0",), "fit-to-screen-outline", say("Show all of every plot again")
    ),
    _Entry("rename_run", say("Rename the run"), ("F2",), "pencil-outline", say("Give the selected run another name")),
    _Entry(
        "delete_run",
        say("Delete the run"),
        ("Del",),
        "trash-can-outline",
        say("Take the selected run out of table and plots"),
    ),
    _Entry(
        "search_history",
        say("Search the history"),
        ("Ctrl+F",),
        "magnify",
        say("Find runs by name, note, tag, data or model"),
    ),
    _Entry("open_run", say("Open"), ("Ctrl+Shift+O",), "open-in-app", say("Show the selected run in its page again")),
    _Entry(
        "overlay_runs",
        say("Overlay"),
        ("Ctrl+L",),
        "layers-plus",
        say("Lay the selected runs over those of their pages"),
    ),
    _Entry(
        "repeat_run",
        say("Repeat exactly"),
        ("Ctrl+R",),
        "repeat",
        say("Run it again, same seed: is the result the same?"),
    ),
    _Entry(
        "star_run",
        say("Give a star"),
        ("Ctrl+D",),
        "star-outline",
        say("Give the selected runs a star, or take it away"),
    ),
    _Entry(
        "undo_delete",
        say("Undo the deletion"),
        ("Ctrl+Z",),
        "undo-variant",
        say("Take back the runs that were deleted last"),
    ),
    _Entry(
        "play",
        say("Play"),
        ("Ctrl+Space",),
        "play",
        say("Let the walkers go, or hold them; on their page Space does it too"),
    ),
    _Entry(
        "step_back",
        say("One step back"),
        ("Ctrl+Left",),
        "step-backward",
        say("Go one step back; so does the left arrow"),
    ),
    _Entry(
        "step_on", say("One step on"), ("Ctrl+Right",), "step-forward", say("Go one step on; so does the right arrow")
    ),
    _Entry(
        "restart",
        say("Back to the start"),
        ("Ctrl+Home",),
        "skip-previous",
        say("Let all walkers stand at the start again"),
    ),
    _Entry("loop", say("Loop"), ("Ctrl+Shift+L",), "repeat", say("Play again and again"), checkable=True),
    _Entry("add_walker", say("Add a walker"), ("Ctrl+Shift+A",), "plus", say("Add a walker with another optimizer")),
    _Entry(
        "duplicate_walker",
        say("Duplicate the walker"),
        ("Ctrl+Shift+D",),
        "content-duplicate",
        say("Add another of the selected"),
    ),
    _Entry(
        "remove_walker",
        say("Remove the walker"),
        ("Ctrl+Shift+X",),
        "trash-can-outline",
        say("Take the selected one away"),
    ),
    _Entry(
        "preview",
        say("Preview"),
        ("Ctrl+P",),
        "eye-outline",
        say("See the data and the model before a run"),
        checkable=True,
    ),
    _Entry(
        "enlarge",
        say("Enlarge the results"),
        ("Ctrl+E",),
        "arrow-expand",
        say("Give the runs and results the whole page"),
        True,
    ),
    _Entry(
        "present",
        say("Present"),
        ("F11",),
        "presentation",
        say("Show this to a class: the whole screen, large type, forms folded; Escape leaves"),
        checkable=True,
    ),
    _Entry(
        "larger",
        say("Larger"),
        ("Ctrl++", "Ctrl+="),
        "magnify-plus-outline",
        say("Enlarge type and lines of the presentation"),
    ),
    _Entry(
        "smaller",
        say("Smaller"),
        ("Ctrl+-",),
        "magnify-minus-outline",
        say("Make type and lines of the presentation smaller"),
    ),
    _Entry(
        "next_class",
        say("Reset for the next class"),
        ("Ctrl+Shift+N",),
        "broom",
        say("Clear all pages and fill the forms with what they had at first; the history keeps all runs"),
    ),
    _Entry(
        "lessons",
        say("Lessons"),
        ("F1",),
        "school-outline",
        say("See step by step what a learning rate does; the steps can be done for you"),
        checkable=True,
    ),
    _Entry(
        "theme",
        say("Theme"),
        ("Ctrl+T",),
        "theme-light-dark",
        say("Take the next theme: light, dark, high contrast"),
    ),
    _Entry("quit", say("Quit"), ("Ctrl+Q",), "exit-to-app", say("Close the window")),
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
        action = QAction(parent)
        show(action.setText, entry.text)
        action.setObjectName(entry.name)
        action.setCheckable(entry.checkable)
        if entry.short is not None:
            show(action.setIconText, entry.short)
        action.setShortcuts([QKeySequence(keys) for keys in entry.shortcuts])
        keys = QKeySequence(entry.shortcuts[0]).toString(QKeySequence.SequenceFormat.NativeText)
        show(action.setToolTip, with_keys(entry.tip, keys))
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def take_colors(self) -> None:
        """Draw the icons in the colours of the theme in force."""
        for entry in _TABLE:
            self._by_name[entry.name].setIcon(themes.current.icon(entry.glyph))
