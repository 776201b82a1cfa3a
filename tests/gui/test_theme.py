"""The colours: what is written can be read, and what is drawn can be told apart."""

import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest

from lrgui.gui.plots.series_look import dashes_of, symbol_of
from lrgui.gui.theme import Theme

ROOT = Path(__file__).parents[2]
NAMES = ("light", "dark", "contrast")
LEAST = {"light": 4.5, "dark": 4.5, "contrast": 7.0}
"""The least contrast of text: 7 is what WCAG 2.2 asks of its highest level (1.4.6)."""

TEXTS = {
    "background": ("text", "dim"),
    "rail": ("text", "dim"),
    "card": ("text", "dim", "accent", "error", "good", "loss", "marker", "suggestion"),
    "field": ("text", "dim", "error"),
    "hover": ("text",),
    "accent": ("on_accent",),
    "accent_hover": ("on_accent",),
}
"""What is written in which colour on which."""

LINES = ("loss", "validation", "learning_rate", "marker", "suggestion", "callback")


def luminance(color):
    """Return the relative luminance (WCAG 2.2, definition)."""
    channels = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one, other):
    """Return the contrast ratio, from 1 to 21 (WCAG 2.2, definition)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("ground", "text"), [(ground, text) for ground, texts in TEXTS.items() for text in texts])
def test_that_text_can_be_read_on_its_ground(name, ground, text):
    theme = Theme.load(name)
    assert contrast(theme.color(text), theme.color(ground)) >= LEAST[name]


@pytest.mark.parametrize("name", NAMES)
def test_that_lines_and_series_stand_out_from_the_card(name):
    theme = Theme.load(name)
    drawn = {line: theme.color(line) for line in LINES}
    drawn |= {f"series{number}": theme.color(f"series{number}") for number in range(len(theme.series))}
    card = theme.color("card")
    least = LEAST[name] if name == "contrast" else 3
    assert {line: contrast(color, card) for line, color in drawn.items() if contrast(color, card) < least} == {}


@pytest.mark.parametrize("name", NAMES)
def test_that_no_two_series_have_the_same_colour(name):
    colors = [Theme.load(name).color(f"series{number}") for number in range(len(Theme.load(name).series))]
    for one, other in itertools.combinations(colors, 2):
        difference = [abs(a - b) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)]
        assert sum(difference) > 60


@pytest.mark.parametrize("name", NAMES[1:])
def test_that_all_themes_have_the_same_tokens(name):
    light, other = Theme.load("light"), Theme.load(name)
    assert light.colors.keys() == other.colors.keys()
    assert len(light.series) == len(other.series)


def test_that_in_high_contrast_frames_and_what_is_disabled_can_be_seen_too():
    theme = Theme.load("contrast")
    drawn = {name: contrast(theme.color(name), theme.color("card")) for name in ("edge", "line", "accent", "disabled")}
    assert {name: ratio for name, ratio in drawn.items() if ratio < 7} == {}
    assert theme.border > Theme.load("light").border


@pytest.mark.parametrize("name", NAMES)
def test_that_what_has_the_keys_can_be_told_from_what_has_not(name):
    theme = Theme.load(name)
    for ground in ("background", "card", "field"):
        assert contrast(theme.color("accent"), theme.color(ground)) >= 3  # WCAG 2.2, 1.4.11


def test_that_every_length_grows_with_the_type_and_no_line_is_lost():
    plain, large = Theme.load("light"), replace(Theme.load("light"), scale=2.0)
    assert "font-size: 13px" in plain.style_sheet() and "border: 1px" in plain.style_sheet()
    assert "font-size: 26px" in large.style_sheet() and "border: 2px" in large.style_sheet()
    assert "13px" not in large.style_sheet() and "0px" in large.style_sheet()
    assert large.pen("loss", 2.5).widthF() == 5.0
    assert replace(plain, far=True).pen("marker", 3).widthF() > 1.5 * plain.pen("marker", 3).widthF()


def test_that_no_colour_stands_outside_of_the_theme_files():
    colors = re.compile(r"""[\"'](#[0-9a-fA-F]{3,8})[\"']|QColor\(["'0-9]|Qt\.GlobalColor\.(?!transparent)""")
    files = [*(ROOT / "lrgui" / "gui").rglob("*.py"), ROOT / "resources" / "themes" / "style.qss"]
    assert len(files) > 100
    found = {path.name: colors.findall(path.read_text(encoding="utf-8")) for path in files}
    assert {name: literals for name, literals in found.items() if literals} == {}
    assert not re.search(r"#[0-9a-fA-F]{6}\b|\brgba?\(", files[-1].read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_that_the_style_sheet_has_no_token_left_open(name):
    assert "$" not in Theme.load(name).style_sheet()


def test_that_twelve_lines_can_be_told_apart_in_black_and_white():
    looks = [(dashes_of(number), symbol_of(number)) for number in range(12)]
    assert len(set(looks)) == 12
    assert len({dashes for dashes, _ in looks[:8]}) == 8  # where there are no points, too
    pens = [Theme.load("light").pen("text", 2.0, dashes).dashPattern() for dashes, _ in looks[:8]]
    assert pens[0] == [] and len({tuple(pen) for pen in pens}) == 8
