"""Real hands on a plot: mouse events on the widget that is painted on."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

RATES = np.logspace(-7, 1, 101)


def losses(rates=RATES, seed=0):
    """Return a sweep as one knows it: level, a fall around 2e-3, a rise from 0.1 on, and noise."""
    decades = np.log10(rates)
    level = 2.3 - 1.6 / (1 + np.exp(-3 * (decades + 2.8)))
    noise = np.random.default_rng(seed).normal(0, 0.05, len(rates))
    return level + np.where(rates > 0.1, (rates / 0.1) ** 1.5 - 1, 0) + noise


def viewport(plot):
    return plot._view.viewport()


def point(plot, pixel):
    """Return where a pixel of the plot's area lies on the widget."""
    return plot._view.mapFromScene(plot.area.mapToScene(QPointF(*pixel)))


def at(plot, x, y):
    """Return where a pair of values lies on the widget."""
    return point(plot, (plot.mapping.x_pixel(x), plot.mapping.y_pixel(y)))


def drag(plot, start, end, steps=6):
    """Press, move in steps, release."""
    QTest.mouseMove(viewport(plot), start)
    QTest.qWait(15)
    QTest.mousePress(viewport(plot), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for step in range(1, steps + 1):
        QTest.qWait(15)
        share = step / steps
        QTest.mouseMove(viewport(plot), QPoint(*(round(a + share * (b - a)) for a, b in _pairs(start, end))))
    QTest.qWait(15)
    QTest.mouseRelease(viewport(plot), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def _pairs(start, end):
    return (start.x(), end.x()), (start.y(), end.y())


def click(plot, where, button=Qt.MouseButton.LeftButton):
    QTest.mouseMove(viewport(plot), where)
    QTest.qWait(15)
    QTest.mouseClick(viewport(plot), button, Qt.KeyboardModifier.NoModifier, where)


def double_click(plot, where):
    click(plot, where)
    QTest.mouseDClick(viewport(plot), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    # The press of a double click is told by one event, its release by another, as a real mouse does.
    QTest.mouseRelease(viewport(plot), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)


def wheel(plot, where, notches):
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    event = QWheelEvent(
        QPointF(where),
        QPointF(viewport(plot).mapToGlobal(where)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport(plot), event)


def settle(qtbot, plot):
    """Wait until a shown plot has nothing left to paint."""
    from lrgui.gui.plots.repaint import shared_repainter

    qtbot.waitUntil(lambda: not shared_repainter().active and not plot._data_changed, timeout=5000)
    qtbot.wait(1)
