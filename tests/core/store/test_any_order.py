"""Any order of what can be done to a store, against a plain dict of what ought to be in it."""

import itertools
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.events import Diverged, Finished, Stopped
from lrgui.core.messages import say
from lrgui.core.runs import Run, RunStatus, fresh_id
from lrgui.core.store import FILE_NAME, Filter, Sort, Store
from tests.core.store.runs import feed, steps

NAMES = some.sampled_from(["", "ä", "b", "Zoo run", "a_b", "100%"])
TAGS = some.lists(some.sampled_from(["x", "Y", "two words"]), max_size=3, unique=True)
OFFSETS = some.integers(0, 3)
WANTED = some.one_of(
    some.just(Filter()),
    some.builds(Filter, text=some.sampled_from(["ä", "ZOO run", "%", "ss", "training", "_"])),
    some.builds(Filter, starred=some.booleans()),
    some.builds(Filter, kind=some.sampled_from(["training", "range_test"])),
    some.builds(Filter, status=some.sampled_from(list(RunStatus))),
    some.builds(Filter, tags=TAGS),
)
ENDS = {Finished: RunStatus.FINISHED, Stopped: RunStatus.STOPPED, Diverged: RunStatus.DIVERGED}


@dataclass
class Expected:
    """What ought to be kept of a run."""

    run: Run
    name: str
    number: int
    note: str = ""
    tags: list[str] = field(default_factory=list)
    starred: bool = False
    deleted: bool = False
    status: RunStatus = RunStatus.RUNNING
    steps: int = 0

    def meets(self, wanted):
        words = f"{self.name} {self.note} {' '.join(self.tags)} {self.run.kind.replace('_', ' ')} digits mlp adam"
        return (
            not self.deleted
            and all(word in words.casefold() for word in wanted.text.casefold().split())
            and wanted.starred in (None, self.starred)
            and wanted.kind in (None, self.run.kind)
            and wanted.status in (None, self.status)
            and set(wanted.tags) <= set(self.tags)
        )


class StoreMachine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="lrgui-store-"))
        self.expected, self.numbers, self.told = {}, itertools.count(1), []
        self.open()

    def open(self):
        self.store = Store(self.folder / FILE_NAME, told=self.told.append)

    def teardown(self):
        assert self.store.close()
        assert self.told == []
        shutil.rmtree(self.folder)

    def pick(self, which, running=None):
        ids = [
            id for id, each in self.expected.items() if running is None or (each.status is RunStatus.RUNNING) is running
        ]
        return self.expected[ids[which % len(ids)]] if ids else None

    @rule(name=NAMES, sweep=some.booleans())
    def begin(self, name, sweep):
        number = next(self.numbers)
        kind, config = ("range_test", RangeTestConfig()) if sweep else ("training", TrainingConfig())
        run = Run(fresh_id(), kind, config, name=name, started=float(number))
        self.store.begin(run)
        self.expected[run.id] = Expected(run, name, number)

    @rule(which=some.integers(0, 9), count=some.integers(1, 50))
    def take(self, which, count):
        if (each := self.pick(which, running=True)) is not None:
            feed(self.store, each.run, [steps(each.steps, count)])
            each.steps += count

    @rule(which=some.integers(0, 9), end=some.sampled_from(list(ENDS)))
    def end(self, which, end):
        if (each := self.pick(which, running=True)) is not None:
            feed(self.store, each.run, [end(say("Over."))])
            each.status = ENDS[end]

    @rule(which=some.integers(0, 9))
    def drop(self, which):
        if (each := self.pick(which, running=True)) is not None:
            self.store.drop(each.run)
            feed(self.store, each.run, [steps(each.steps, 1), Stopped(say("Late."))])
            del self.expected[each.run.id]

    @rule(
        which=some.integers(0, 9),
        name=some.none() | NAMES,
        note=some.none() | some.sampled_from(["", "seen ß"]),
        tags=some.none() | TAGS,
        starred=some.none() | some.booleans(),
    )
    def edit(self, which, **changed):
        if (each := self.pick(which)) is not None:
            self.store.edit(each.run.id, **changed)
            for name, value in changed.items():
                if value is not None:
                    setattr(each, name, value)

    @rule(which=some.integers(0, 9))
    def delete(self, which):
        if (each := self.pick(which)) is not None:
            self.store.delete([each.run.id])
            each.deleted = True

    @rule(which=some.integers(0, 9))
    def restore(self, which):
        if (each := self.pick(which)) is not None:
            self.store.restore([each.run.id])
            each.deleted = False

    @precondition(lambda self: self.expected)
    @rule()
    def reopen(self):
        """Close and open again: what was deleted is gone, but for runs that went on; these are interrupted."""
        assert self.store.close()
        self.open()
        for id, each in list(self.expected.items()):
            if each.status is not RunStatus.RUNNING and each.deleted:
                del self.expected[id]
            elif each.status is RunStatus.RUNNING:
                each.status = RunStatus.INTERRUPTED

    @rule(wanted=WANTED, column=some.sampled_from(["started", "name"]), descending=some.booleans(), offset=OFFSETS)
    def look(self, wanted, column, descending, offset):
        met = [each for each in self.expected.values() if each.meets(wanted)]
        met.sort(key=lambda each: each.number, reverse=column == "name" or descending)
        if column == "name":  # in the order of the alphabet but for letters beyond ASCII, the newer of equals first
            met.sort(key=lambda each: each.name.lower(), reverse=descending)
            met.sort(key=lambda each: not each.name)
        assert self.store.flush()
        assert self.store.count(wanted) == len(met)
        page = self.store.page(wanted, Sort(column, descending), offset, limit=3)
        assert [entry.id for entry in page] == [each.run.id for each in met][offset:][:3]

    @rule()
    def compare(self):
        assert self.store.flush()
        for id, each in self.expected.items():
            entry, run = self.store.entry(id), self.store.load(id)
            told = (entry.name, entry.note, list(entry.tags), entry.starred, entry.status, entry.steps_done)
            assert told == (each.name, each.note, each.tags, each.starred, each.status, each.steps)
            assert run.steps["step"].tolist() == list(range(each.steps))
            assert run.status is each.status
        tags = {tag for each in self.expected.values() if not each.deleted for tag in each.tags}
        assert set(self.store.choices("tags")) == tags


TestAnyOrder = StoreMachine.TestCase
TestAnyOrder.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
