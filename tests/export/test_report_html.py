"""The report is one page for which nothing is fetched, whatever people call their runs."""

import base64
from html.parser import HTMLParser

import pytest

from lrgui import languages
from lrgui.core.store import Kept, UnreadableConfig
from lrgui.export.code import run_script
from lrgui.export.report_html import MOST_ROWS, report
from tests.export.runs import broken, comparison, nothing, run_of, sweep, training

PNG = b"\x89PNG\r\n\x1a\n picture"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

VOID = {"meta", "img", "br"}


class Page(HTMLParser):
    """What a browser would see: texts, tags that are closed in order, and where anything comes from."""

    def __init__(self, text):
        super().__init__()
        self.open, self.sources, self.texts, self.tags = [], [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.sources += [value for name, value in attributes if name in ("src", "href", "data", "action")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())


@pytest.mark.parametrize("make", [training, broken, nothing, sweep, comparison])
def test_that_every_run_has_a_page_for_which_nothing_is_fetched(make):
    text = report(make(), PNG)
    page = Page(text)
    assert page.sources == ["data:image/png;base64," + base64.b64encode(PNG).decode()]
    assert "http" not in text and "url(" not in text and "@import" not in text
    assert "script" not in page.tags
    assert "Settings" in page.text and "Made with" in page.text


def test_that_it_says_what_came_of_it_and_shows_each_epoch():
    page = Page(report(training()))
    assert "Finished: 3 epochs. On the validation data: 87.5 %, loss 0.2500." in page.text
    assert "1 0.5000 0.7500 0.6250 0.5000 1.0e-3" in page.text
    assert page.tags.count("img") == 0
    assert "tensorflow" in page.text


def test_that_of_a_long_training_some_epochs_are_shown_and_the_page_says_so():
    page = Page(report(training(100)))
    assert f"{MOST_ROWS} of 100 epochs" in page.text
    assert "100 0.005 " in page.text  # the last one is among them


def test_that_names_and_notes_are_texts_and_never_markup():
    kept = training()
    evil = "<script>alert('x')</script> & \"q\""
    page = Page(report(Kept(kept.run, name=evil, note=evil, tags=("<b>",)), PNG))
    assert "script" not in page.tags and "b" not in page.tags
    assert page.text.count("alert('x')") == 3  # title, heading, note


def test_that_a_drawing_is_taken_as_a_picture_that_runs_nothing():
    page = Page(report(training(), SVG))
    assert page.sources[0].startswith("data:image/svg+xml;base64,")
    assert "script" not in page.tags


def test_that_what_is_no_picture_is_refused():
    with pytest.raises(ValueError, match="neither a PNG"):
        report(training(), b"GIF89a")


def test_that_choices_show_what_is_not_as_usual():
    page = Page(report(training(optimizer="sgd,momentum=0.9", schedule="cosine,warmup=1ep")))
    assert "SGD: Momentum 0.9" in page.text
    assert "Cosine: Warm-up 1 epoch" in page.text


def test_that_settings_of_another_version_are_told():
    config = UnreadableConfig(config_class="X", stored="{}", problem="planes")
    page = Page(report(Kept(run_of("training", config, []))))
    assert "settings that this one does not know (planes)" in page.text


def test_that_it_is_made_to_be_printed():
    assert "@media print" in report(training())


def test_that_exported_code_is_in_english_whatever_the_reader_speaks():
    languages.use("zh_TW")
    try:
        assert run_script(training()).isascii()
        assert '<html lang="zh-Hant-TW">' in report(training())
    finally:
        languages.use("en")
