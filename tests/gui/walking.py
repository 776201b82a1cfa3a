"""A walk at random: hands that do anything anywhere in a window, one real event after the other."""

import random
from collections import Counter, deque
from itertools import islice

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QSplitterHandle,
    QTabBar,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from lrgui.gui.main_window import PAGES
from lrgui.gui.plots.plot import Plot
from lrgui.gui.theme import themes
from tests.gui.stalls import Stalls

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NO_KEY, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
SIZES = ((1280, 800), (1093, 614), (1024, 576), (1920, 1080), (1500, 700))
TEXTS = ("3e-4", "0.0003", "1e", "-1", "nan", "", "64", "2", "7", "1e9", "x**2", "sin(x)+x*x", "=", "digits", "學習率")
KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left),
    *(Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return),
    *(Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Menu),
)
_HELD = {CTRL: Qt.Key.Key_Control, SHIFT: Qt.Key.Key_Shift, Qt.KeyboardModifier.AltModifier: Qt.Key.Key_Alt}
TOUCHABLE = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QMenuBar, QPlainTextEdit, QSplitterHandle, QTabBar)
NEVER = {"quit"}
"""Actions that would end the walk."""

RARE = {"theme", "present", "larger", "smaller"}
"""Actions that style everything again: each has its turn, but most of the time goes to others."""

_MENU_MS = 100


class Walk:
    """Hands in a window. Each habit is a generator that does one event between two ``yield``.

    ``done`` counts the events of each habit, ``trail`` keeps the last ones, ``stalls`` how long the window took.
    """

    def __init__(self, window, seed):
        self.window, self.chance = window, random.Random(seed)
        self.stalls, self.done, self.trail = Stalls(), Counter(), deque(maxlen=40)
        self._step, self._met, self._styled = 0, (0, None), False
        themes.changed.connect(self._note_style)
        for name in NEVER:
            window.actions_[name].setEnabled(False)  # in a menu that is open, two keys find them
        self._watch = QTimer(window, interval=_MENU_MS)
        self._watch.timeout.connect(self._leave_menu)
        self._watch.start()
        self._habits = {
            self.touch: 30,
            self.click_anywhere: 8,
            self.type_text: 8,
            self.press_key: 12,
            self.use_shortcut: 10,
            self.drag_on_plot: 6,
            self.drag_anywhere: 3,
            self.turn_wheel: 8,
            self.move_about: 5,
            self.start_and_stop: 5,
            self.open_menu: 3,
            self.show_page: 4,
            self.resize: 1.5,
            self.style_again: 0.6,
            self.switch_language: 0.6,
            self.put_away: 4,
        }

    def go(self, events):
        """Do so many events; yield after each what was done."""
        yield from islice(self._events(), events)

    def _note_style(self):
        self._styled = True

    def _leave_menu(self):
        """Close a menu that keeps its event to itself until it is closed, as Qt's own context menus do."""
        met, self._met = self._met, (self._step, QApplication.activePopupWidget())
        if self._met[1] is not None and met == self._met:
            self._met[1].close()

    def _events(self):
        habits, weights = list(self._habits), list(self._habits.values())
        while True:
            habit = self.chance.choices(habits, weights)[0]
            steps = habit()
            while True:
                self._step += 1
                with self.stalls.watched():
                    what = next(steps, None)
                    QApplication.processEvents()
                styled, self._styled = self._styled, False
                self.stalls.name(f"{habit.__name__}: {what or self.trail[-1]}", styled=styled)
                if what is None:
                    break
                self.done[habit.__name__] += 1
                self.trail.append(what)
                yield what
                if self.window.height() < self.window.minimumHeight() and self.window.width() < SIZES[0][0]:
                    self.window.resize(*SIZES[0])  # without a screen Qt forgets how large a full one was before

    # Where

    @property
    def ground(self):
        """What is on top: a menu or list that is open, a dialog, or the window."""
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if top is not None and top.isVisible():
            return top
        others = [
            widget
            for widget in QApplication.topLevelWidgets()
            if widget.isVisible()
            and widget.isWindow()
            and widget is not self.window
            and widget.isEnabled()
            and widget.windowType() in (Qt.WindowType.Dialog, Qt.WindowType.Window)
        ]
        return self.chance.choice(others) if others and self.chance.random() < 0.5 else self.window

    def _place_in(self, widget):
        """Return a point on what is seen of a widget, as its window counts, or None."""
        seen = widget.visibleRegion().boundingRect()
        if seen.isEmpty() or widget.window().windowHandle() is None:
            return None
        return widget.mapTo(widget.window(), self._point_in(seen))

    def _point_in(self, rect):
        across, down = self.chance.random(), self.chance.random()
        return rect.topLeft() + QPoint(int(across * (rect.width() - 1)), int(down * (rect.height() - 1)))

    def _pick(self, kinds):
        """Return a widget of some kinds that is seen and can be used, on what is on top, or None."""
        found = [
            widget
            for widget in self.ground.findChildren(QWidget)
            if isinstance(widget, kinds) and isValid(widget) and widget.isVisible() and widget.isEnabled()
        ]
        self.chance.shuffle(found)
        return next((widget for widget in found if not widget.visibleRegion().isEmpty()), None)

    # Habits

    def touch(self):
        """Click a control."""
        widget = self._pick(TOUCHABLE)
        if widget is not None and _action_of(widget) not in RARE:
            yield from self._click(widget)

    def click_anywhere(self):
        yield from self._click(self.ground, button=RIGHT if self.chance.random() < 0.25 else LEFT)

    def _click(self, widget, button=LEFT, twice=None):
        where = self._place_in(widget)
        if where is None:
            return
        told, window = _told(widget), widget.window().windowHandle()
        keys = self.chance.choices((NO_KEY, CTRL, SHIFT), (20, 1, 1))[0]
        if (self.chance.random() < 0.08) if twice is None else twice:
            QTest.mouseDClick(window, button, keys, where)
        else:
            QTest.mouseClick(window, button, keys, where)
        yield f"click {told} at {where.toTuple()}"

    def type_text(self):
        """Write into a field, over what is there."""
        field = self._pick((QLineEdit, QPlainTextEdit))
        if field is None:
            return
        yield from self._click(field, twice=False)
        yield self._key(Qt.Key.Key_A, CTRL)
        for letter in self.chance.choice(TEXTS):
            window = QApplication.focusWindow()
            if window is None:
                return
            QTest.sendKeyEvent(QTest.KeyAction.Click, window, Qt.Key.Key_unknown, letter, NO_KEY)
            yield f"type {letter}"

    def press_key(self):
        yield self._key(self.chance.choice(KEYS), self.chance.choices((NO_KEY, CTRL, SHIFT), (12, 1, 1))[0])

    def _key(self, key, modifier=NO_KEY):
        """Press and let go, key by key: QTest would do it at once, in a window that went with the first of them."""
        window = QApplication.focusWindow() or self.window.windowHandle()
        held = [code for flag, code in _HELD.items() if modifier & flag]
        for code in (*held, key):
            self._one_key(window, True, code, NO_KEY if code in held else modifier)
        for code in (key, *reversed(held)):
            self._one_key(window, False, code, modifier)
        return f"key {key.name} {modifier.name}"

    def _one_key(self, window, down, key, modifier):
        if _stands(window):
            QTest.simulateEvent(window, down, key.value, modifier, QTest.keyToAscii(key).strip("\0"), False)

    def use_shortcut(self):
        names = [name for name in self.window.actions_._by_name if name not in NEVER | RARE]
        yield self._shortcut(self.chance.choice(names))

    def _shortcut(self, name):
        """Press the keys of an action; on some pages some have none."""
        sequence = self.window.actions_[name].shortcut()
        if not sequence.isEmpty():
            keys = sequence[0]
            self._key(keys.key(), keys.keyboardModifiers())
        return f"shortcut of {name}"

    def drag_on_plot(self):
        plot = self._pick((Plot,))
        if plot is not None:
            start = None
            if (marker := getattr(plot, "marker", None)) is not None and self.chance.random() < 0.5:
                start = self._on_marker(plot, marker)
            yield from self._drag(plot, start)

    def _on_marker(self, plot, marker):
        pixel = plot.mapping.x_pixel(plot.learning_rate) if plot.learning_rate else 0.0
        point = plot._view.mapFromScene(plot.area.mapToScene(QPointF(pixel, plot.area.rect().height() / 2)))
        return plot._view.viewport().mapTo(plot.window(), point) if marker.isVisible() else None

    def drag_anywhere(self):
        yield from self._drag(self._pick((QAbstractSlider, QSplitterHandle)) or self.ground, within=self.ground)

    def _drag(self, widget, start=None, within=None):
        start = start or self._place_in(widget)
        end = self._place_in(within or widget)
        if start is None or end is None:
            return
        told, window = _told(widget), widget.window().windowHandle()
        QTest.mousePress(window, LEFT, NO_KEY, start)
        yield f"press {told} at {start.toTuple()}"
        for share in (0.2, 0.6, 1.0):
            if not _stands(window):  # what held the mouse was closed under it
                return
            QTest.mouseMove(window, start + (end - start) * share)
            yield f"drag to {(start + (end - start) * share).toTuple()}"
        if _stands(window):
            QTest.mouseRelease(window, LEFT, NO_KEY, end)
            yield "release"

    def turn_wheel(self):
        widget = self._pick((Plot,)) if self.chance.random() < 0.4 else self.ground
        where = self._place_in(widget) if widget is not None else None
        if where is not None:
            notches = self.chance.choice((-240, -120, 120, 360))
            told = _told(widget)
            QTest.wheelEvent(widget.window().windowHandle(), QPointF(where), QPoint(0, notches))
            yield f"wheel {notches} over {told}"

    def move_about(self):
        for _ in range(3):
            widget = self._pick((QWidget,))
            if widget is None or (where := self._place_in(widget)) is None:
                return
            told = _told(widget)
            QTest.mouseMove(widget.window().windowHandle(), where)
            yield f"move over {told}"

    def start_and_stop(self):
        for name in self.chance.choices(("find", "train", "compare", "stop", "cancel", "pause", "step", "play"), k=2):
            yield self._shortcut(name)

    def open_menu(self):
        """Open a menu of the bar and click in it."""
        titles = self.window.menuBar().actions()
        title = self.chance.choice(titles)
        place = self.window.menuBar().actionGeometry(title).center()
        where = self.window.menuBar().mapTo(self.window, place)
        QTest.mouseClick(self.window.windowHandle(), LEFT, NO_KEY, where)
        yield f"open menu {title.text()}"
        yield from self._choose()

    def _choose(self):
        """Click an entry of the menu that is open, if one is."""
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            return
        entries = [action for action in menu.actions() if action.objectName() not in NEVER and action.isVisible()]
        if entries and menu.windowHandle() is not None:
            action = self.chance.choice(entries)
            QTest.mouseClick(menu.windowHandle(), LEFT, NO_KEY, menu.actionGeometry(action).center())
            yield f"choose {action.text()}"
            if action.menu() is not None:
                yield from self._choose()

    def show_page(self):
        yield self._shortcut(f"show_{self.chance.choice(PAGES)}")

    def resize(self):
        size = self.chance.choice(SIZES)
        self.window.resize(*size)
        yield f"resize to {size}"

    def style_again(self):
        yield self._shortcut(self.chance.choice(sorted(RARE)))

    def switch_language(self):
        """By the menu, where the mouse opens the menu in the menu."""
        from lrgui.gui.widgets.language_menu import LanguageMenu

        submenu = self.window.menuBar().findChild(LanguageMenu)
        menu = next(
            menu for menu in self.window.menuBar().findChildren(QMenu) if submenu.menuAction() in menu.actions()
        )
        bar = self.window.menuBar()
        where = bar.mapTo(self.window, bar.actionGeometry(menu.menuAction()).center())
        QTest.mouseClick(self.window.windowHandle(), LEFT, NO_KEY, where)
        yield "open the menu with the languages"
        if not menu.isVisible():
            return
        QTest.mouseClick(menu.windowHandle(), LEFT, NO_KEY, menu.actionGeometry(submenu.menuAction()).center())
        yield "open the menu of languages"
        if submenu.isVisible():
            yield from self._choose()

    def put_away(self):
        """Close what stands over the window."""
        if self.ground is not self.window:
            yield self._key(Qt.Key.Key_Escape)


def _stands(window):
    """Whether a window of Qt's is still there; its widget makes and ends it, and ``isValid`` never hears of that."""
    return any(window is other for other in QApplication.topLevelWindows())


def _action_of(widget):
    action = widget.defaultAction() if isinstance(widget, QToolButton) else None
    return action.objectName() if action is not None else ""


def _told(widget):
    text = widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
    names = [widget.objectName() or widget.accessibleName() or text, type(widget).__name__]
    return " ".join(name for name in names if name)
