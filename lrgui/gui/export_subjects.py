"""What each page has to export: a run, a plan, walks, or one plot."""

from collections.abc import Callable, Sequence
from functools import partial

from lrgui.core.config import Experiment, TrainingConfig
from lrgui.core.config.fields import choice_name
from lrgui.core.descent import Path as Walk
from lrgui.core.messages import Message, Text, joined, say
from lrgui.core.store import Kept
from lrgui.export import planned
from lrgui.export.descent_csv import walks_csv
from lrgui.export.exporting import Makers, export, text_of
from lrgui.export.formats import FORMATS, Format, file_name, safe_name, why_not
from lrgui.export.schedule_code import schedule_code
from lrgui.export.writing import put, put_text
from lrgui.gui.export_choice import Choice, Progress, Subject, Target
from lrgui.gui.export_drawer import Drawer
from lrgui.gui.plots.plot import Plot
from lrgui.gui.widgets.history_words import KINDS

BETWEEN_RUNS = ("tensorboard", "keras")
"""What needs TensorFlow, and waits for a run."""

_BETWEEN = "  \u00b7  "

PICTURES = ("png", "svg", "html")
"""For what the size counts."""


NotNow = Callable[[str], Message | None]
"""Takes the name of a format, and says what keeps a run from being written so at the moment, or nothing."""


def run_subject(kept: Kept, makers: Makers, not_now: NotNow) -> Subject:
    """Return what a run can become.

    Parameters
    ----------
    kept : Kept
        The run; it has ended.
    makers : Makers
        What other rooms can do.
    not_now : callable
        What may be in the way at the moment.
    """

    def choice(form: Format) -> Choice:
        def write(target: Target, progress: Progress) -> Message:
            return export(kept, form.name, target.path, makers, overwrite=target.overwrite, size=target.size)

        return choice_of(
            form,
            write,
            text=(lambda: text_of(kept, form.name)) if form.is_text and form.name != "html" else None,
            why_not=why_not(form.name, kept.run),
            not_now=partial(not_now, form.name),
        )

    stem = file_name(kept, "lrrun").removesuffix(FORMATS["lrrun"].suffix)
    return Subject(title=_title(kept), stem=stem, choices=tuple(choice(form) for form in FORMATS.values()))


def _title(kept: Kept) -> Message:
    """Say what a run is called, if it is, and what it is."""
    run = kept.run
    words: list[Text] = [KINDS.get(run.kind, run.kind)]
    if isinstance(run.config, Experiment):
        words += [run.config.dataset.label, run.config.model.title, run.config.optimizer.title]
    return joined([kept.name, *words] if kept.name else words, _BETWEEN)


def choice_of(
    form: Format,
    write: Callable[[Target, Progress], Message],
    text: Callable[[], str] | None = None,
    why_not: Message | None = None,
    not_now: Callable[[], Message | None] = lambda: None,
) -> Choice:
    """Return the choice of a format."""
    return Choice(
        name=form.name,
        suffix=form.suffix,
        title=form.title,
        summary=form.summary,
        write=write,
        text=text,
        why_not=why_not,
        not_now=not_now,
        between_runs=form.name in BETWEEN_RUNS,
        is_picture=form.name in PICTURES,
    )


def plan_subject(config: TrainingConfig, plot: Plot, drawer: Drawer) -> Subject:
    """Return what a training can become that has not been run."""
    texts = {
        "script": planned.planned_script,
        "notebook": planned.planned_notebook,
        "csv": planned.planned_csv,
        "json": planned.planned_json,
    }
    whole = [_text_choice(FORMATS[name], lambda of=of: of(config)) for name, of in texts.items()]  # type: ignore[misc]
    alone = Format(
        name="schedule",
        suffix=".py",
        title=say("Schedule alone"),
        summary=say("Its Keras code, to be put into a program of one's own."),
        is_text=True,
    )
    title = say("Learning rate: {schedule}", schedule=config.schedule.title)
    return Subject(
        title=title,
        stem=safe_name(f"{choice_name(type(config.schedule))}-schedule"),
        choices=(_text_choice(alone, lambda: schedule_code(config)), *whole, *_plot_choices(plot, title, drawer)),
    )


def walk_subject(walks: Sequence[Walk], drawer: Drawer) -> Subject:
    """Return what walks on a function can become; they are computed to their end."""

    def write_picture(target: Target, progress: Progress) -> Message:
        from lrgui.gui.plots.descent_picture import draw_descent

        put(
            target.path,
            lambda path: drawer.do(lambda: draw_descent(walks, path, target.size)),
            overwrite=target.overwrite,
        )
        return _told(target)

    function = walks[0].function
    pictures = [choice_of(FORMATS[name], write_picture) for name in ("png", "svg")]
    return Subject(
        title=joined((say("Descent"), function.title), _BETWEEN),
        stem=safe_name(f"descent-{function.name}"),
        choices=(_text_choice(FORMATS["csv"], lambda: walks_csv(walks)), *pictures),
    )


def plot_subject(plot: Plot, drawer: Drawer) -> Subject:
    """Return what a plot can become, as it is shown."""
    title = plot.accessibleName()
    stem = safe_name(title.replace(" / ", "-over-").replace("(", "").replace(")", ""))
    return Subject(title=title, stem=stem, choices=_plot_choices(plot, "", drawer))


def _told(target: Target) -> Message:
    return say("Written to {path}.", path=str(target.path))


def _text_choice(form: Format, text: Callable[[], str]) -> Choice:
    def write(target: Target, progress: Progress) -> Message:
        put_text(target.path, text(), overwrite=target.overwrite)
        return _told(target)

    return choice_of(form, write, text)


def _plot_choices(plot: Plot, title: Text, drawer: Drawer) -> tuple[Choice, ...]:
    def write(target: Target, progress: Progress) -> Message:
        from lrgui.gui.plots.export_picture import render_plot

        put(
            target.path,
            lambda path: drawer.do(lambda: render_plot(plot, title, path, target.size)),
            overwrite=target.overwrite,
        )
        return _told(target)

    return tuple(choice_of(FORMATS[name], write) for name in ("png", "svg"))
