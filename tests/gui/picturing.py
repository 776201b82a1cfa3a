"""Small pictures of every page, of what is the same each time; and how alike two pictures are."""

import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from lrgui.core.config import Arm, ComparisonConfig, RangeTestConfig, TrainingConfig
from lrgui.core.config.schedule import Cosine
from lrgui.core.control import Control
from lrgui.core.runs import Run
from lrgui.core.store import FILE_NAME, Store
from lrgui.gui.main_window import PAGES
from lrgui.gui.plots.repaint import shared_repainter
from lrgui.gui.theme import themes
from lrgui.gui.words import words
from tests.gui.fake_comparison import comparing
from tests.gui.fake_jobs import fake_jobs, sweep, training
from tests.gui.windows import make_window

FOLDER = Path(__file__).parent / "pictures"
FONTS = ["DejaVu Sans", "Noto Sans CJK TC"]
"""What .ci/run installs."""

THEMES = ("light", "dark", "contrast")
LANGUAGES = ("en", "zh_TW")
SIZES = {"1280x800": (1280, 800), "1093x614": (1093, 614), "present": (1920, 1080)}
SHRUNK = 4
_NOON = 1_780_315_200.0  # on 1 June 2026
_WINDOW, _SQUARE = 7, 20
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
_LOADED_MS, _SETTLED_MS = 20_000, 5_000
_LOOKS, _BETWEEN_MS = 50, 40


def names():
    """Return the names of all pictures, in the order in which they are quickest to make."""
    return [f"{page}-{size}-{theme}-{language}" for theme, size, language, page in _cases()]


def _cases():
    """Return all sizes and languages in the first theme; the others only recolour, and one of each shows that."""
    looks = [(THEMES[0], size, language) for size in SIZES for language in LANGUAGES]
    looks += [(theme, next(iter(SIZES)), LANGUAGES[0]) for theme in THEMES[1:]]
    return [(*look, page) for look in looks for page in PAGES]


def missing_font():
    """Return the name of a font that the pictures need and this computer lacks, or ''."""
    return next((font for font in FONTS if font not in QFontDatabase.families()), "")


@contextmanager
def fixed_font(hinting=QFont.HintingPreference.PreferNoHinting):
    """Have everything written in the fonts of the pictures."""
    application = QApplication.instance()
    before, font = application.font(), QFont(application.font())
    font.setFamilies(FONTS)
    font.setHintingPreference(hinting)
    application.setFont(font)
    yield
    application.setFont(before)


def stocked_window(profile):
    """Return a window with a sweep, a training and a comparison of fixed curves, on their pages and in its history."""
    profile.mkdir(parents=True, exist_ok=True)
    comparison = ComparisonConfig(arms=(Arm(), Arm(schedule=Cosine())), epochs=4)
    runs = [
        _run(number, *asked)
        for number, asked in enumerate(
            (
                ("range_test", sweep(), RangeTestConfig(), "Sweep"),
                ("training", training(), TrainingConfig(epochs=8, learning_rate=0.01), "Slow"),
                ("comparison", comparing(), comparison, "Held against let down"),
            )
        )
    ]
    store = Store(profile / FILE_NAME, told=lambda told: None)
    for run, events in runs:
        store.begin(run)
        for event in events:
            run.apply(event)
            _clock(run)
            store.take(run, event)
    assert store.close(10)
    window = make_window(profile, fake_jobs(), theme=THEMES[0])
    for page, (run, _) in zip(("find", "train", "compare"), runs, strict=True):
        window.pages[page].open_run(run)
    return window


def _run(number, kind, job, config, name):
    events = []
    job(config, events.append, Control())
    run = Run(f"{number:032x}", kind, config, name, started=_NOON + 3600 * number)
    return run, events


def _clock(run):
    """Let every event come at once: nothing measures how fast this computer is."""
    run.seconds = 2.0


def pictures(window, wanted=lambda name: True):
    """Yield the name and the small picture of every page, in each language, theme and size, or of those wanted."""
    last = {}
    for theme, size, language, page in _cases():
        if not wanted(f"{page}-{size}-{theme}-{language}"):
            continue
        if last.get("theme") != theme:
            themes.use(theme)
        if last.get("size") != size:
            _take_size(window, size)
        if last.get("language") != language:
            words.use(language)
        last = {"theme": theme, "size": size, "language": language}
        window.pages.show_page(page)
        _settle(window)
        yield f"{page}-{size}-{theme}-{language}", _settled(window)
    _take_size(window, "1280x800")


def _take_size(window, size):
    present = window.actions_["present"]
    if present.isChecked() != (size == "present"):
        present.trigger()
        window.setWindowState(Qt.WindowState.WindowNoState)  # the screen that there is not would be 800 pixels wide
        QTest.qWait(1)
    window.resize(*SIZES[size])


def _settle(window):
    """Wait until everything is laid out, loaded and painted."""
    QTest.qWait(1)
    history = window.history_desk.page if window.pages.current == "history" else None
    if history is not None:
        _wait(lambda: history.model.rowCount() == 3 and history.details.verdict.text() != "", _LOADED_MS)
    _wait(lambda: not shared_repainter().active, _SETTLED_MS)
    QTest.qWait(1)


def _wait(done, timeout_ms):
    end = time.monotonic() + timeout_ms / 1000
    while not done():
        assert time.monotonic() < end, "the page did not come to rest"
        QTest.qWait(5)


def _settled(window):
    """Return the small picture of a window that has come to rest: two in a row are the same."""
    before = small(window)
    for _ in range(_LOOKS):
        QTest.qWait(_BETWEEN_MS)
        if (now := small(window)) == before:
            return now
        before = now
    raise AssertionError("the page did not come to rest")


def small(window):
    """Return a window's picture, in grey and a quarter as wide."""
    picture = window.grab().toImage()
    size = QSize(picture.width() // SHRUNK, picture.height() // SHRUNK)
    shrunk = picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return shrunk.convertToFormat(QImage.Format.Format_Grayscale8)


def grey(picture):
    """Return a picture's levels, from 0 to 255, shape (height, width)."""
    picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    return rows[:, : picture.width()].astype(float)


def sameness(one, other):
    """Return how alike two pictures of the same size are where they differ most, at most 1.

    The structural similarity (Wang et al., "Image quality assessment", 2004, equation 13) in windows of 7 x 7 pixels,
    averaged over squares of 20 x 20: a small thing that has moved is not lost in a large page that has not.
    """
    x, y = grey(one), grey(other)
    if x.shape != y.shape:
        return 0.0
    mean_x, mean_y = _means(x, _WINDOW), _means(y, _WINDOW)
    spread_x, spread_y = _means(x * x, _WINDOW) - mean_x**2, _means(y * y, _WINDOW) - mean_y**2
    common = _means(x * y, _WINDOW) - mean_x * mean_y
    alike = (2 * mean_x * mean_y + _C1) * (2 * common + _C2)
    alike /= (mean_x**2 + mean_y**2 + _C1) * (spread_x + spread_y + _C2)
    return float(_means(alike, _SQUARE).min())


def _means(levels, side):
    """Return the means of all squares of so many pixels, by the table of sums."""
    sums = np.zeros(np.add(levels.shape, 1))
    sums[1:, 1:] = levels.cumsum(0).cumsum(1)
    return (sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]) / side**2
