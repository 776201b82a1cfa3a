"""A run on one page, which a browser shows and prints, and for which nothing is fetched from anywhere."""

import base64
from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

import numpy as np

from lrgui.core.advice import advice_of
from lrgui.core.comparison import measured, table, verdict
from lrgui.core.config import ComparisonConfig, RangeTestConfig
from lrgui.core.config_words import Fact, facts_in_short, origin_facts
from lrgui.core.messages import Text, format_learning_rate, joined, say
from lrgui.core.runs import Run
from lrgui.core.scores import score_in
from lrgui.core.store.configs import UnreadableConfig
from lrgui.core.store.kept import Kept
from lrgui.core.suggestions.rules import TITLES

MOST_ROWS = 10
"""Of a longer training, so many epochs are in the table, evenly spread: with more, it would be no one page any more."""

_STYLE = """
:root { color: #1c2430; background: #ffffff; font: 15px/1.5 system-ui, "Noto Sans", "Noto Sans CJK TC", sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
p { margin: .35rem 0; }
.dim { color: #667085; }
.verdict { font-weight: 600; font-size: 1.05rem; }
img { display: block; width: 100%; height: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid #dfe3e8; }
th { font-weight: 400; color: #667085; }
.numbers td, .numbers th { text-align: right; }
.numbers td:first-child, .numbers th:first-child { text-align: left; }
th { white-space: nowrap; }
dl { columns: 2; column-gap: 2.5rem; margin: 0; }
dl div { display: flex; gap: .75rem; break-inside: avoid; padding: .3rem 0; border-bottom: 1px solid #dfe3e8; }
dt { flex: 0 0 9rem; color: #667085; }
dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
footer { margin-top: 1.5rem; font-size: .9rem; color: #667085; }
@media screen and (max-width: 40rem) { dl { columns: 1; } }
@page { margin: 14mm; }
@media print {
  :root { font-size: 9.5pt; }
  body { max-width: none; margin: 0; padding: 0; }
  h2 { margin-top: 1.1rem; break-after: avoid; }
  img { margin: .5rem auto; width: auto; max-width: 100%; max-height: 95mm; }
  th, td, dl div { padding-top: .2rem; padding-bottom: .2rem; }
  img, tr, h2, footer { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""

_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""

_LANGUAGE = say("en")
"""The code of the reader's language: by it browsers choose the shapes of Chinese letters."""

_KINDS = {"range_test": say("Range test"), "training": say("Training"), "comparison": say("Comparison")}

_PICTURE_TYPES = {b"\x89PNG": "image/png", b"<?xm": "image/svg+xml", b"<svg": "image/svg+xml"}


def report(kept: Kept, picture: bytes | None = None) -> str:
    """Return the page, in the language of now.

    Parameters
    ----------
    kept : Kept
        The run.
    picture : bytes, optional
        A PNG or SVG file; it becomes part of the page.
    """
    run = kept.run
    title = kept.name or str(_title(run))
    parts = [f"<h1>{_text(title)}</h1>", _paragraph(_begun(kept), "dim"), *_verdict(run)]
    if picture is not None:
        parts.append(f'<img alt="{_text(title)}" src="{_inlined(picture)}">')
    if kept.note:
        parts += [_heading(say("Note")), _paragraph(kept.note)]
    parts += [*_table_of(run), *_config(run), *_origin(kept)]
    return _PAGE.format(language=_text(_LANGUAGE), title=_text(title), style=_STYLE, body="\n".join(parts))


def _title(run: Run) -> Text:
    kind = _KINDS.get(run.kind, run.kind)
    dataset, model = (getattr(run.config, name, None) for name in ("dataset", "model"))
    return joined((kind, *(each.label for each in (dataset, model) if each is not None)), " · ")


def _begun(kept: Kept) -> Text:
    run = kept.run
    begun = f"{datetime.fromtimestamp(run.started):%Y-%m-%d %H:%M}"
    told = say("Begun {begun}, {seconds:duration}.", begun=begun, seconds=run.seconds)
    return say("{told} Tags: {tags}.", told=told, tags=", ".join(kept.tags)) if kept.tags else told


def _verdict(run: Run) -> list[str]:
    """Return how it ended, and what may be said of it."""
    told: list[Text] = [run.message] if run.message is not None else []
    match run.config:
        case RangeTestConfig() if len(run.steps):
            told = [*_recommended(run), *told]
        case ComparisonConfig() if len(run.epochs):
            sentence = verdict(measured(run)).message
            told += [sentence] if str(sentence) not in str(run.message) else []
        case _ if run.evaluation:
            score = score_in(run.evaluation)
            if score.name in run.evaluation:
                told.append(
                    say(
                        "On the validation data: {score}, loss {loss:.4f}.",
                        score=score.told(run.evaluation[score.name]),
                        loss=run.evaluation.get("loss", float("nan")),
                    )
                )
    return [_paragraph(sentence, "verdict" if number == 0 else "") for number, sentence in enumerate(told)]


def _recommended(run: Run) -> list[Text]:
    """Return what a sweep was made for, and why."""
    recommended = advice_of(run).recommended
    if recommended.learning_rate is None:
        return [recommended.reason]
    told = say(
        "Recommended: {learning_rate:rate}; from {low:rate} to {high:rate} should do about as well.",
        learning_rate=recommended.learning_rate,
        low=recommended.low,
        high=recommended.high,
    )
    return [told, recommended.reason]


def _table_of(run: Run) -> list[str]:
    match run.config:
        case ComparisonConfig() if len(run.epochs):
            titles, rows = table(measured(run))
            return [_heading(say("Settings side by side")), _rows(titles, rows)]
        case RangeTestConfig() if len(run.steps):
            return _suggestions(run)
    return _epochs(run)


def _suggestions(run: Run) -> list[str]:
    advice = advice_of(run)
    rows = [
        (
            TITLES.get(name, name),
            "-" if each.learning_rate is None else format_learning_rate(each.learning_rate),
            each.reason,
        )
        for name, each in advice.suggestions.items()
    ]
    return [_heading(say("What the rules suggest")), _rows([say("rule"), say("learning rate"), say("why")], rows, "")]


def _epochs(run: Run) -> list[str]:
    epochs = run.epochs
    if not len(epochs):
        return []
    score = score_in(set(epochs))
    names = [name for name in ("loss", score.name, "val_loss", score.of_validation, "learning_rate") if name in epochs]
    titles = {
        "loss": say("loss"),
        score.name: score.title,
        "val_loss": say("validation loss"),
        score.of_validation: say("validation {score:lower}", score=score.title),
        "learning_rate": say("learning rate"),
    }
    shown = sorted({round(row) for row in np.linspace(0, len(epochs) - 1, MOST_ROWS)})
    rows = [[str(int(epochs["epoch"][row]) + 1), *(_value(name, epochs[name][row]) for name in names)] for row in shown]
    heading = say("Epochs")
    if len(shown) < len(epochs):
        heading = say("{shown} of {count:,} epochs", shown=len(shown), count=len(epochs))
    return [_heading(heading), _rows([say("epoch"), *(titles[name] for name in names)], rows)]


def _value(name: str, value: float) -> str:
    if name == "learning_rate":
        return format_learning_rate(float(value))
    return f"{value:.4f}" if 1e-2 < abs(value) < 1e4 or not np.isfinite(value) else f"{value:.3g}"


def _config(run: Run) -> list[str]:
    if isinstance(run.config, UnreadableConfig):
        return [_heading(say("Settings")), _paragraph(run.config.message)]
    return [_heading(say("Settings")), _facts(facts_in_short(run.config))]


def _origin(kept: Kept) -> list[str]:
    facts = origin_facts(kept.versions, kept.environment)
    lines = [_paragraph(say("{title}: {what}", title=fact.title, what=fact.value)) for fact in facts]
    return ["<footer>", *lines, "</footer>"] if lines else []


def _inlined(picture: bytes) -> str:
    kind = next((kind for head, kind in _PICTURE_TYPES.items() if picture.startswith(head)), None)
    if kind is None:
        raise ValueError("neither a PNG nor an SVG picture")
    return f"data:{kind};base64,{base64.b64encode(picture).decode()}"


def _text(told: Text) -> str:
    return escape(str(told))


def _heading(told: Text) -> str:
    return f"<h2>{_text(told)}</h2>"


def _paragraph(told: Text, cls: str = "") -> str:
    return f'<p class="{cls}">{_text(told)}</p>' if cls else f"<p>{_text(told)}</p>"


def _rows(titles: Sequence[Text], rows: Iterable[Iterable[Text]], cls: str = "numbers") -> str:
    head = "".join(f"<th>{_text(title)}</th>" for title in titles)
    body = "\n".join("<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="{cls}">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>'


def _facts(facts: Iterable[Fact]) -> str:
    pairs = "\n".join(f"<div><dt>{_text(fact.title)}</dt><dd>{_text(fact.value)}</dd></div>" for fact in facts)
    return f"<dl>\n{pairs}\n</dl>"
