"""A run as one file: it comes back whole in another history, and what is damaged or made to do harm is refused."""

import hashlib
import io
import json
import zipfile

import numpy as np
import pytest

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.events import EpochEnded, Finished, Planned, StepsEnded
from lrgui.core.messages import Refused, say
from lrgui.core.runs import Run, RunStatus, fresh_id
from lrgui.core.store import FILE_NAME, Kept, Store, UnreadableConfig
from lrgui.core.store.run_file import read_run_file, write_run_file
from tests.core.comparisons import comparison
from tests.core.store.runs import a_sweep, a_training, feed, started, steps, training_events
from tests.core.store.test_store import KEPT, same


@pytest.fixture
def stores(tmp_path):
    """The histories of two computers."""
    told = []
    here, there = (Store(tmp_path / name / FILE_NAME, told=told.append) for name in ("here", "there"))
    yield here, there
    assert here.close() and there.close()
    assert told == []


def sent(run_id, here, there, path):
    """Take a run from one history to the other by a file; return what it was and what it is."""
    assert here.flush()
    kept = here.kept(run_id)
    write_run_file(kept, path)
    assert there.add(read_run_file(path))
    assert there.flush()
    return kept, there.kept(run_id)


TWO_ARMS = comparison([[0.9], [0.8]]).config


def a_comparison(store):
    return feed(store, started(store, "comparison", TWO_ARMS), comparison_events())


def comparison_events():
    events = []
    for arm in (0, 1):
        events.append(StepsEnded({"arm": np.full(4, arm), "seed": np.zeros(4, int), **steps(0, 4).columns}))
        values = dict.fromkeys(("loss", "accuracy", "val_loss", "val_accuracy", "learning_rate", "seconds"), 0.5)
        events.append(EpochEnded(0, 4, {"arm": arm, "seed": 0, **values}))
    return [Planned(np.full(8, 1e-3), 4, 1, 10), *events, Finished(say("Done."))]


@pytest.mark.parametrize("make", [a_training, a_sweep, a_comparison], ids=["training", "sweep", "comparison"])
def test_that_a_run_opens_on_another_computer_as_it_was(make, stores, tmp_path):
    here, there = stores
    run = make(here)
    here.edit(run.id, name="for Ünal", note="see slide 3", tags=["lesson", "2nd"], starred=True)
    then, now = sent(run.id, here, there, tmp_path / "a run.lrrun")
    assert [name for name in KEPT if not same(getattr(then.run, name), getattr(now.run, name))] == []
    for name in ("name", "note", "tags", "starred", "versions", "environment"):
        assert getattr(then, name) == getattr(now, name)
    (one,), (other,) = here.page(), there.page()
    assert same(one.thumbnail, other.thumbnail)
    assert (other.dataset, other.final_accuracy, other.status) == (one.dataset, one.final_accuracy, one.status)
    assert there.count() == 1


def test_that_it_keeps_by_what_it_was_made_there_and_not_here(stores, tmp_path):
    here, there = stores
    run = a_training(here)
    assert here.flush()
    elsewhere = Kept(run, versions={"keras": "9.9"}, environment={"system": "elsewhere"})
    write_run_file(elsewhere, tmp_path / "x.lrrun")
    there.add(read_run_file(tmp_path / "x.lrrun"))
    assert there.flush()
    assert there.origin(run.id) == {"versions": {"keras": "9.9"}, "environment": {"system": "elsewhere"}}


def test_that_a_run_that_is_there_already_stays_and_one_that_was_deleted_comes_back(stores, tmp_path):
    here, there = stores
    run = a_training(here)
    sent(run.id, here, there, tmp_path / "x.lrrun")
    there.edit(run.id, note="mine")
    assert there.flush()
    assert not there.add(read_run_file(tmp_path / "x.lrrun"))
    there.delete([run.id])
    assert there.flush() and not there.knows(run.id)
    assert there.add(read_run_file(tmp_path / "x.lrrun"))
    assert there.flush() and there.knows(run.id)
    assert (there.count(), there.entry(run.id).note) == (1, "mine")
    there.purge()
    assert there.flush() and there.count() == 1


def test_that_what_is_not_finite_and_a_config_of_another_version_come_along(stores, tmp_path):
    here, there = stores
    odd = np.array([np.nan, np.inf, -0.0, 1e-320])
    columns = {"step": np.arange(4), "learning_rate": odd, "loss": odd, "accuracy": odd}
    unknown = UnreadableConfig(config_class="FutureConfig", stored='{"planes": [1, 2]}', problem="FutureConfig")
    run = feed(here, started(here, config=unknown), [StepsEnded(columns), Finished(say("x"), {"loss": float("nan")})])
    _, now = sent(run.id, here, there, tmp_path / "x.lrrun")
    assert now.run.steps["loss"].tobytes() == odd.tobytes()
    assert np.isnan(now.run.evaluation["loss"])
    assert isinstance(now.run.config, UnreadableConfig)
    assert (now.run.config.config_class, json.loads(now.run.config.stored)) == ("FutureConfig", {"planes": [1, 2]})


def test_that_a_run_that_goes_on_is_not_taken_in(stores):
    run = Run(fresh_id(), "range_test", RangeTestConfig())
    with pytest.raises(Refused, match="goes on"):
        stores[1].add(Kept.of(run))


def test_that_damaged_columns_do_not_reach_the_history(stores):
    _, there = stores
    run = Run(fresh_id(), "training", TrainingConfig())
    run.steps.append({"step": np.arange(3), "something": np.arange(3)})
    run.status = RunStatus.FINISHED
    with pytest.raises(Refused, match="damaged"):
        there.add(Kept.of(run))
    assert a_training(there).id and there.flush() and there.count() == 1


@pytest.fixture
def file(tmp_path):
    """A sound file, and what writes others like it: members replaced, the checksums set right."""
    run = Run(fresh_id(), "training", TrainingConfig())
    for event in training_events():
        run.apply(event)
    path = tmp_path / "run.lrrun"
    write_run_file(Kept.of(run), path)
    return path


def changed(path, changes, *, honest=True):
    """Write the file again with other members; ``honest`` ones have the right checksum in the manifest."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members |= {name: change(members.get(name, b"")) for name, change in changes.items()}
    if honest and "manifest.json" not in changes:
        manifest = json.loads(members["manifest.json"])
        manifest["sha256"] = {
            name: hashlib.sha256(content).hexdigest() for name, content in members.items() if name != "manifest.json"
        }
        members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def about(change):
    """Return a change of ``about.json``."""

    def apply(content):
        found = json.loads(content)
        change(found)
        return json.dumps(found).encode()

    return {"about.json": apply}


def pickled(_content):
    content = io.BytesIO()
    np.save(content, np.array([{"evil": 1}], object), allow_pickle=True)
    return content.getvalue()


def of_a_shape_that_is_not_true(content):
    return content.replace(b"(88,)", b"(9999999999,)".ljust(5))


HARM = {
    "another step": ({"steps/loss.npy": lambda content: content[:-8] + b"\0" * 8}, False, "checksum of steps/loss.npy"),
    "pickles": ({"steps/loss.npy": pickled}, True, "not of numbers"),
    "a huge shape": ({"steps/loss.npy": of_a_shape_that_is_not_true}, True, "damaged"),
    "columns of different length": ({"steps/loss.npy": lambda content: _npy(np.arange(3.0))}, True, "different length"),
    "an id that leads elsewhere": (about(lambda found: found["run"].update(id="../../x")), True, "no proper id"),
    "a kind of its own": (about(lambda found: found["run"].update(kind="virus")), True, "unknown kind"),
    "a run that goes on": (about(lambda found: found["run"].update(status="running")), True, "not ended"),
    "a name that is a list": (about(lambda found: found["people"].update(name=[1])), True, "no texts"),
    "a message that is a bomb": (
        about(lambda found: found["measured"].update(message={"$message": "{x:>99999999999}", "values": {"x": 1}})),
        True,
        "a message that is none",
    ),
    "a message that looks inside": (
        about(lambda found: found["measured"].update(message={"$message": "{x.__class__}", "values": {"x": 1}})),
        True,
        "a message that is none",
    ),
    "a missing part": (about(lambda found: found.pop("measured")), True, "measured"),
    "no JSON": ({"about.json": lambda content: content[:100]}, True, "damaged"),
    "lists in lists in lists": ({"about.json": lambda content: b"[" * 100_000}, True, "damaged"),
    "another program": (
        {"manifest.json": lambda content: content.replace(b"lrgui run", b"other run")}, False, "another program"
    ),
    "a newer version": (
        {"manifest.json": lambda content: content.replace(b'"version": 1', b'"version": 2')}, False, "newer version"
    ),
}  # fmt: skip


def _npy(array):
    content = io.BytesIO()
    np.save(content, array)
    return content.getvalue()


@pytest.mark.parametrize("name", HARM)
def test_that_what_is_damaged_or_means_harm_is_refused_in_a_sentence(name, file):
    changes, honest, sentence = HARM[name]
    with pytest.raises(Refused, match=sentence) as refused:
        read_run_file(changed(file, changes, honest=honest))
    assert "run.lrrun" in str(refused.value)


def test_that_half_a_file_no_archive_and_no_file_are_refused(file, tmp_path):
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Refused, match="only a part"):
        read_run_file(file)
    file.write_bytes(whole.replace(b"steps/loss", b"steps/lose"))
    with pytest.raises(Refused, match="damaged"):
        read_run_file(file)
    with pytest.raises(Refused, match=r"nothing\.lrrun cannot be read: No such file"):
        read_run_file(tmp_path / "nothing.lrrun")


def test_that_the_same_run_is_the_same_file_byte_by_byte(file, tmp_path):
    write_run_file(read_run_file(file), tmp_path / "again.lrrun")
    assert (tmp_path / "again.lrrun").read_bytes() == file.read_bytes()
