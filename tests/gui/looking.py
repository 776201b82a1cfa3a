"""Looking at painted widgets: which colours are where, and made-up results to paint."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest

from lrgui.core.events import Examined, Surface


def grab(qtbot, widget, size=(400, 300)):
    """Show a widget of its own at a size and return its picture."""
    if not widget.isVisible():
        qtbot.addWidget(widget)
        widget.resize(*size)
        widget.show()
        qtbot.waitExposed(widget)
    return widget.grab().toImage()


def color_at(picture, point):
    return picture.pixelColor(QPointF(point).toPoint())


def colors_in(picture, rect):
    rect = rect.toRect() if hasattr(rect, "toRect") else rect
    return {
        picture.pixelColor(x, y).name()
        for x in range(rect.left(), rect.right() + 1)
        for y in range(rect.top(), rect.bottom() + 1)
    }


def hover(widget, point):
    QTest.mouseMove(widget, QPointF(point).toPoint())
    QTest.qWait(10)


def images(count=12, wrong=4, classes=10, size=8, channels=1):
    """Return an examination of made-up images: the first are wrong, each taken for the next class."""
    labels = np.arange(count) % classes
    predictions = np.where(np.arange(count) < wrong, (labels + 1) % classes, labels)
    inputs = np.full((count, size, size, channels), 128, np.uint8)
    names = tuple(f"class {number}" for number in range(classes))
    return Examined(names, labels, predictions, np.linspace(0.9, 0.5, count), np.arange(count), inputs)


def table(count=6, wrong=2):
    rows = np.arange(3.0 * count).reshape(count, 3) / 7
    labels = np.arange(count) % 2
    predictions = np.where(np.arange(count) < wrong, 1 - labels, labels)
    return Examined(("no", "yes"), labels, predictions, np.full(count, 0.8), np.arange(count), rows, ("a", "b", "c"))


def plane():
    """Return an examination of points: class 1 lies above the diagonal, class 0 below."""
    across, up = np.meshgrid(np.linspace(0, 1, 50), np.linspace(0, 1, 50))
    points = np.array([[0.25, 0.75], [0.75, 0.25]])
    surface = Surface((up > across).astype(np.int64), (0.0, 1.0, 0.0, 1.0), points, np.array([1, 0]))
    labels = np.array([1, 0])
    return Examined(("below", "above"), labels, labels, np.ones(2), np.arange(2), points, ("x", "y"), surface)
