"""What the words behind ``lrgui`` are: a command, or files for the window."""

import pytest

from lrgui.__main__ import _are_files, main


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("sweep.lrrun", "houses.csv", "model.keras", "find.csv"):
        (tmp_path / name).touch()
    for name in ("pets", "find", "self-test"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        *([], ["sweep.lrrun"], ["houses.csv", "model.keras"], ["pets"], ["find.csv"]),
        *(["./find"], ["pets", "find"], ["../{here}/pets"]),
    ],
)
def test_that_files_and_folders_are_for_the_window(here, words):
    assert _are_files([word.format(here=here.name) for word in words])


@pytest.mark.parametrize("words", [["find"], ["find", "houses.csv"], ["--help"], ["gone.csv"], ["pets", "gone.csv"]])
def test_that_commands_come_first_and_what_is_not_there_is_no_file(here, words):
    assert not _are_files(words)


@pytest.mark.parametrize(("words", "named"), [(["fnid"], "fnid"), (["houses.csv", "gone.lrrun"], "gone.lrrun")])
def test_that_what_is_neither_is_refused_in_one_line(here, capsys, words, named):
    assert main(words) == 2
    told = capsys.readouterr().err
    assert f"no command, file or folder {named};" in told and "find, train" in told
    assert told.count("\n") == 1
