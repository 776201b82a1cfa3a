"""Which run can become what, and under which name."""

import pytest

from lrgui.core.config import TrainingConfig
from lrgui.core.messages import Refused, say
from lrgui.core.runs import Run, fresh_id
from lrgui.core.store import Kept, UnreadableConfig
from lrgui.core.store.run_file import read_run_file
from lrgui.export.exporting import Makers, export, text_of
from lrgui.export.formats import FORMATS, file_name, numbered, safe_name, why_not
from lrgui.export.writing import Exists
from tests.export.runs import broken, comparison, nothing, run_of, sweep, training


def draw(run, path, size):
    path.write_bytes(b"\x89PNG" + repr((run.kind, path.suffix, size)).encode())


def save_model(kept, path):
    path.write_bytes(b"model")
    return say("It takes numbers.")


def write_logs(run, folder):
    (folder / "events.out.tfevents.1").write_bytes(b"log")


MAKERS = Makers(draw, save_model, write_logs)


@pytest.mark.parametrize("name", FORMATS)
def test_that_a_training_becomes_everything(name, tmp_path):
    kept = training()
    path = tmp_path / file_name(kept, name)
    told = export(kept, name, path, MAKERS)
    assert str(path) in str(told)
    assert path.is_dir() if FORMATS[name].is_folder else path.stat().st_size > 0
    with pytest.raises(Exists):
        export(kept, name, path, MAKERS)
    export(kept, name, path, MAKERS, overwrite=True)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def possible(kept):
    return [name for name in FORMATS if why_not(name, kept.run) is None]


ALWAYS = ["script", "notebook", "json", "html", "lrrun"]


@pytest.mark.parametrize(
    ("kept", "without"),
    [(training(), set()), (sweep(), {"keras"}), (comparison(), {"keras"}), (broken(), {"keras"})],
    ids=["training", "sweep", "comparison", "broken"],
)
def test_that_what_makes_no_sense_is_refused_in_a_sentence(kept, without, tmp_path):
    assert set(FORMATS) - set(possible(kept)) == without
    for name in without:
        with pytest.raises(Refused, match=r"\.$"):
            export(kept, name, tmp_path / "x", MAKERS)


def test_that_a_run_without_a_step_and_one_that_goes_on_have_what_they_can_have():
    assert sorted(possible(nothing())) == sorted(ALWAYS)
    assert "lrrun" not in possible(Kept.of(Run(fresh_id(), "training", TrainingConfig())))


def test_that_own_files_and_unknown_settings_have_no_code_and_all_the_rest():
    unknown = Kept(run_of("training", UnreadableConfig(config_class="X", stored="{}", problem="X"), []))
    assert "does not know the settings" in str(why_not("script", unknown.run))
    own = training(dataset={"name": "csv", "path": "flowers.csv"}, batch_size=8)
    assert "files of your own" in str(why_not("notebook", own.run))
    assert {"csv", "json", "html", "lrrun", "png"} <= set(possible(own))
    with pytest.raises(Refused, match="files of your own"):
        text_of(own, "script")


def test_that_what_nobody_can_make_here_is_refused(tmp_path):
    for name in ("png", "svg", "tensorboard", "keras"):
        with pytest.raises(Refused, match="cannot be made here"):
            export(training(), name, tmp_path / "x", Makers())
    export(training(), "html", tmp_path / "x.html", Makers())
    assert "<img" not in (tmp_path / "x.html").read_text(encoding="utf-8")


def test_that_pictures_have_the_size_and_the_ending_that_were_asked_for(tmp_path):
    export(training(), "svg", tmp_path / "x.svg", MAKERS, size=(640, 400))
    assert b"('training', '.svg', (640, 400))" in (tmp_path / "x.svg").read_bytes()


def test_that_a_whole_run_is_read_back(tmp_path):
    kept = training()
    export(kept, "lrrun", tmp_path / "x.lrrun", Makers())
    assert read_run_file(tmp_path / "x.lrrun").run.steps["loss"].tolist() == kept.run.steps["loss"].tolist()


def test_that_a_failure_in_making_leaves_what_was_there(tmp_path):
    path = tmp_path / "x.png"
    path.write_bytes(b"good")

    def fail(run, unfinished, size):
        unfinished.write_bytes(b"half")
        raise OSError("the painter gave up")

    with pytest.raises(Refused, match="the painter gave up"):
        export(training(), "png", path, Makers(draw=fail), overwrite=True)
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"good", [path])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("for Monday", "for-Monday"),
        ("a/b\\c:d*e?f", "a-b-c-d-e-f"),
        ("  漢字 .", "漢字"),
        ("..", "run-"),
        ("", "run-"),
        ("CON", "run-CON"),
        ("nul.txt", "run-nul.txt"),
        ("x" * 300, "x" * 80),
        ("a\x00b\nc", "a-b-c"),
    ],
)
def test_that_names_are_such_as_every_system_takes(words, name):
    assert safe_name(words) == name


def test_that_a_run_without_a_name_is_called_by_what_it_is():
    kept = training(schedule="cosine", learning_rate=4e-3)
    assert file_name(kept, "csv") == "training-digits-mlp-adam-cosine-4.0e-3.csv"
    assert file_name(sweep(), "tensorboard") == "range-test-digits-mlp-adam"
    assert file_name(Kept(kept.run, name="my best: run"), "script") == "my-best-run.py"


def test_that_no_two_names_are_the_same_in_whatever_case():
    assert numbered(["a.py", "A.py", "b", "a.py", "b"]) == ["a.py", "A-2.py", "b", "a-3.py", "b-2"]
