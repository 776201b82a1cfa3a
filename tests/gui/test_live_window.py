"""What the window of a script's sweep shows."""

import os

import numpy as np

from lrgui.core.config.optimizer import Adam
from lrgui.core.events import Planned, StepsEnded
from lrgui.core.live import SweepEnded, to_line
from lrgui.core.messages import say
from lrgui.gui.live_window import LiveWindow
from lrgui.live import Reader

RATES = np.geomspace(1e-6, 10, 81)
LOSSES = 2.3 - 2 / (1 + (3e-3 / RATES) ** 1.5) + (RATES / 0.5) ** 2


def events():
    for part in np.array_split(np.arange(81), 5):
        columns = {"step": part, "learning_rate": RATES[part], "loss": LOSSES[part]}
        yield StepsEnded({**columns, "accuracy": np.full(len(part), np.nan)})


def test_that_a_sweep_grows_and_ends_with_the_recommended_rate(qtbot):
    window = LiveWindow()
    qtbot.addWidget(window)
    window.take(Planned(RATES, 10, 9, 0))
    assert "1.0e-6 to 10" in window.reason.text()
    for count, event in enumerate(events(), 1):
        window.take(event)
        assert len(window.card.plot.sweeps[0].losses) >= 16 * count
    assert window.verdict.text() == "Sweeping ..."
    window.take(SweepEnded(say("Reached the end."), Adam()))
    assert "Recommended" in window.verdict.text() and "Reached the end." in window.verdict.text()
    rate = window.card.plot.learning_rate
    assert 1e-4 < rate < 1e-1
    chip = window.card.chips._chips[0]
    assert chip.isChecked() and chip.rate == rate
    window.card.chips._chips[1].click()
    assert window.card.plot.learning_rate == window.card.chips._chips[1].rate != rate


def test_that_a_sweep_without_a_step_says_so(qtbot):
    window = LiveWindow()
    qtbot.addWidget(window)
    window.take(SweepEnded(say("The data ended.")))
    assert (window.verdict.text(), window.reason.text()) == ("The data ended.", "Nothing was measured.")


def test_that_the_reader_tells_lines_as_they_come_leaves_out_strange_ones_and_ends_with_the_pipe(qtbot):
    source, sink = os.pipe()
    reader, told = Reader(source), []
    reader.told.connect(told.append)
    line = to_line(SweepEnded(say("Reached the end.")))
    with qtbot.waitSignal(reader.told):
        reader.start()
        os.write(sink, b'{"from": "another version"}\n' + line[:20])
        os.write(sink, line[20:] + line[:5])
    with qtbot.waitSignal(reader.ended):
        os.close(sink)
    assert told == [SweepEnded(say("Reached the end."))]
    os.close(source)


def test_that_accuracies_can_be_looked_at_only_where_there_are_any(qtbot):
    window = LiveWindow()
    qtbot.addWidget(window)
    steps = next(events())
    window.take(steps)
    assert not window.card.views.isTabVisible(1)
    window.take(StepsEnded({**steps.columns, "accuracy": np.full(len(steps.columns["step"]), 0.5)}))
    assert window.card.views.isTabVisible(1)
