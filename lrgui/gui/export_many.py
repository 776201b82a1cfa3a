"""Several runs of the history into a folder, each with a name of its own."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from lrgui.core.messages import Message, Refused, say
from lrgui.core.store import Store
from lrgui.export.exporting import Makers, export
from lrgui.export.formats import FORMATS, Format, file_name, numbered
from lrgui.gui.export_choice import Choice, Progress, Subject, Target
from lrgui.gui.export_subjects import NotNow, choice_of

_ALONE = "keras"
"""Of many runs at most one has left its model."""


def many_subject(store: Store, run_ids: Sequence[str], makers: Makers, not_now: NotNow) -> Subject:
    """Return what several runs of the history can become.

    Parameters
    ----------
    store : Store
        Where they are read, one after the other.
    run_ids : sequence of str
        Who they are.
    makers : Makers
        What other rooms can do.
    not_now : callable
        What may be in the way at the moment.
    """

    def choice(form: Format) -> Choice:
        def write(target: Target, progress: Progress) -> Message:
            return _Series(store, run_ids, form, makers, target).write(progress)

        return choice_of(form, write, not_now=partial(not_now, form.name))

    choices = tuple(choice(form) for form in FORMATS.values() if form.name != _ALONE)
    return Subject(title=say("{count:,} runs", count=len(run_ids)), choices=choices, several=True)


class _Series:
    """The files of several runs, of one kind."""

    def __init__(self, store: Store, run_ids: Sequence[str], form: Format, makers: Makers, target: Target) -> None:
        self._store, self._run_ids, self._form, self._makers, self._target = store, run_ids, form, makers, target
        self._left_out: list[Message] = []
        self._written = 0

    def write(self, progress: Progress) -> Message:
        """Write all of them, and say how many were."""
        folder = self._target.path
        if not folder.is_dir():
            raise Refused(say("The folder {folder} does not exist.", folder=str(folder)))
        for done, run_id in enumerate(self._run_ids):
            if progress.stopping:
                break
            progress.tell(done, len(self._run_ids))
            try:
                self._write_one(folder, run_id)
            except Refused as refusal:
                self._left_out.append(refusal.message)
        if not self._written and self._left_out:
            raise Refused(self._left_out[0])
        return self._told(folder)

    def _write_one(self, folder: Path, run_id: str) -> None:
        kept = self._store.kept(run_id)
        name = numbered([*os.listdir(folder), file_name(kept, self._form.name)])[-1]
        export(kept, self._form.name, folder / name, self._makers, size=self._target.size)
        self._written += 1

    def _told(self, folder: Path) -> Message:
        count, wanted = self._written, len(self._run_ids)
        if not self._left_out:
            return say("{count} of {wanted} runs written to {folder}.", count=count, wanted=wanted, folder=str(folder))
        return say(
            "{count} of {wanted} runs written to {folder}. The first of the others: {reason}",
            count=count,
            wanted=wanted,
            folder=str(folder),
            reason=self._left_out[0],
        )
