"""How an order of a lesson is carried out: by the very controls that a person would use, one after the other."""

from collections.abc import Callable, Iterator

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from lrgui.core.config import Config
from lrgui.core.lessons.orders import (
    AnyOrder,
    MoveMarker,
    Play,
    Press,
    SetField,
    SetRate,
    ShowPage,
    ShowPicture,
    TakePreset,
    config_of,
)
from lrgui.core.messages import Refused, say
from lrgui.gui.lessons.conditions import PICTURES
from lrgui.gui.lessons.stage import Stage
from lrgui.gui.widgets.form import Form

Move = QWidget | Callable[[], bool] | None
"""What a hand does next: look at a control, or wait until something is so."""


def moves_of(order: AnyOrder, stage: Stage) -> Iterator[Move]:
    """Carry an order out move by move: each is yielded before what comes after it is done.

    Raises
    ------
    Refused
        It cannot be done now; the sentence says why.
    """
    match order:
        case ShowPage():
            yield from _trigger(stage, f"show_{order.page}")
        case TakePreset():
            yield from _take_preset(stage, order.preset)
        case SetRate():
            yield from _set_rate(stage, order)
        case Play():
            yield from _play(stage, order.to)
        case ShowPicture():
            tabs = stage.descent.picture.tabs
            yield tabs
            tabs.setCurrentIndex(PICTURES.index(order.picture))
        case SetField():
            yield from _set_field(stage, order)
        case MoveMarker():
            yield from _move_marker(stage, order.times)
        case Press():
            yield from _trigger(stage, order.action)


def _trigger(stage: Stage, name: str) -> Iterator[Move]:
    action = stage.actions[name]
    yield stage.face(action)
    if not action.isEnabled():
        yield lambda: action.isEnabled() or not stage.runner.busy
    if not action.isEnabled():
        raise Refused(say("'{action}' cannot be done now.", action=action.text().replace("&", "")))
    action.trigger()


def _take_preset(stage: Stage, name: str) -> Iterator[Move]:
    button: QPushButton | None = None
    if stage.pages.current == "descent":
        button = stage.descent.presets.button
    elif stage.pages.current == "schedules":
        button = stage.schedules.presets
    menu = None if button is None else button.menu()
    action = None if menu is None else _entry(menu, name)
    if action is None:
        raise Refused(say("There is no preset '{name}' on this page.", name=name))
    yield button
    action.trigger()


def _entry(menu: QMenu, name: str) -> QAction | None:
    return next((action for action in menu.actions() if action.objectName() == name), None)


def _set_rate(stage: Stage, order: SetRate) -> Iterator[Move]:
    page = stage.descent
    if order.walker > len(page.walkers.lines):
        raise Refused(say("There is no walker {number}.", number=order.walker))
    if order.walker - 1 != page.selected:
        line = page.walkers.lines[order.walker - 1]
        yield line
        line.click()
    slider = page.step.slider
    yield slider
    slider.picked.emit(order.rate)


def _play(stage: Stage, to: int) -> Iterator[Move]:
    page = stage.descent
    player = page.player
    yield page.step.player.play_button
    player.step(-player.last)
    speed, player.speed = player.speed, max(player.speed, stage.speed)
    stage.actions["play"].trigger()
    yield lambda: not player.playing or player.position >= to
    player.play(False)
    player.speed = speed
    yield lambda: page.walks.complete
    player.go_to(to)


def _set_field(stage: Stage, order: SetField) -> Iterator[Move]:
    form = getattr(stage.pages[stage.pages.current], "form", None)
    field = form.findChild(QWidget, order.field) if isinstance(form, Form) else None
    if form is None or field is None:
        raise Refused(say("There is no field '{name}' on this page.", name=order.field))
    stage.unfold()
    form.ensureWidgetVisible(field)
    yield field
    config = config_of(order.field, order.to)
    if order.otherwise and not _at_hand(stage, config):
        config = config_of(order.field, order.otherwise)
    form.set_value(config, [order.field])


def _at_hand(stage: Stage, config: Config) -> bool:
    dataset = getattr(config, "dataset", None)
    return dataset is None or stage.jobs.at_hand(dataset)


def _move_marker(stage: Stage, times: float) -> Iterator[Move]:
    recommended = stage.recommended
    rate = None if recommended is None else recommended.learning_rate
    if rate is None:
        raise Refused(say("There is no recommended rate yet: sweep first."))
    yield stage.find.rate_field
    stage.find.pick(rate * times)
