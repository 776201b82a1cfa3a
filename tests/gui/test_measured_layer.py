"""The accuracies that trainings at some rates of a sweep came to, over its curve."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from lrgui.gui.plots.mapping import Mapping
from lrgui.gui.plots.measured_layer import MeasuredLayer

MARKER = QRectF(50, 10, 70, 30)


class Writer(QPainter):
    """Notes where it writes."""

    def __init__(self, image, boxes):
        super().__init__(image)
        self.boxes = boxes

    def drawText(self, box, *rest):
        self.boxes.append(QRectF(box))
        super().drawText(box, *rest)


@pytest.mark.parametrize("height", [60, 120, 400])
def test_that_no_label_covers_the_markers_or_another_one(qapp, height):
    layer = MeasuredLayer(lambda: None, lambda: True, lambda mapping: MARKER)
    rates = np.geomspace(1e-4, 1e-2, 5)
    layer.show(rates, np.array([0.6, 0.5, 0.5, 0.5, 0.9]), np.full(5, 0.9), float(rates[2]))
    image = QImage(200, height, QImage.Format.Format_ARGB32)
    boxes = []
    writer = Writer(image, boxes)
    layer.paint(writer, Mapping((-4.1, -1.9), (0.0, 1.0), 200, height, log_x=True))
    writer.end()
    del writer
    assert boxes
    assert not any(one.intersects(other) for one, other in itertools.combinations([MARKER, *boxes], 2))
