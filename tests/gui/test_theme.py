"""The colours: what is written can be read, and what is drawn can be told apart."""

import itertools

import pytest

from lrgui.gui.theme import Theme

NAMES = ("light", "dark")
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
    assert contrast(theme.color(text), theme.color(ground)) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_that_lines_and_series_stand_out_from_the_card(name):
    theme = Theme.load(name)
    drawn = {line: theme.color(line) for line in LINES}
    drawn |= {f"series{number}": theme.color(f"series{number}") for number in range(len(theme.series))}
    card = theme.color("card")
    assert {line: contrast(color, card) for line, color in drawn.items() if contrast(color, card) < 3} == {}


@pytest.mark.parametrize("name", NAMES)
def test_that_no_two_series_have_the_same_colour(name):
    colors = [Theme.load(name).color(f"series{number}") for number in range(len(Theme.load(name).series))]
    for one, other in itertools.combinations(colors, 2):
        difference = [abs(a - b) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)]
        assert sum(difference) > 60


def test_that_both_themes_have_the_same_tokens():
    light, dark = (Theme.load(name) for name in NAMES)
    assert light.colors.keys() == dark.colors.keys()
    assert len(light.series) == len(dark.series)


@pytest.mark.parametrize("name", NAMES)
def test_that_the_style_sheet_has_no_token_left_open(name):
    assert "$" not in Theme.load(name).style_sheet()
