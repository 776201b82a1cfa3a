"""The self-test: what works is told, what is broken, hangs or crashes is a line, and nothing is needed to see it."""

import json

import pytest

from lrgui.__main__ import main
from lrgui.core.messages import say
from lrgui.self_test import running
from lrgui.self_test.checks import CHECKS, Check


def outcomes_of(*names, seconds=60.0):
    return {outcome.name: outcome for outcome in running.outcomes({name: CHECKS[name] for name in names}, seconds)}


def test_that_what_works_is_told():
    tried = outcomes_of("translations", "themes", "lessons", "history")
    assert {name: str(outcome.problem) for name, outcome in tried.items() if not outcome.ok} == {}
    assert all(outcome.seconds > 0 for outcome in tried.values())


def test_that_the_window_is_tried():
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    tried = outcomes_of("window", "live")
    assert {name: str(outcome.problem) for name, outcome in tried.items() if not outcome.ok} == {}


def test_that_a_check_that_takes_too_long_is_ended_and_the_next_is_not_begun():
    tried = outcomes_of("tensorflow", "themes", seconds=0.3)
    hung, left = tried.values()
    assert not hung.ok and "too long" in str(hung.problem) and hung.seconds < 5
    assert not left.ok and "not tried" in str(left.problem)


def test_that_without_a_folder_for_temporary_files_the_rest_is_tried(monkeypatch):
    def nowhere(**settings):
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr(running.tempfile, "TemporaryDirectory", nowhere)
    tried = outcomes_of("lessons", "history")
    assert tried["lessons"].ok
    assert "temporary" in str(tried["history"].problem)


def test_that_a_process_that_crashes_is_told_of_with_what_it_printed_last():
    # A name that the child does not know ends it by an error of its own, as a crash does.
    unknown = {"no such check": Check(what=say("a crash"), module="none")}
    (outcome,) = running.outcomes(unknown)
    assert not outcome.ok
    assert "KeyError" in str(outcome.problem)


def test_that_a_failed_check_is_told_of_by_the_command(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(
        "lrgui.cli.self_test.outcomes",
        lambda: iter(
            [
                running.Outcome("one", say("one thing"), 0.1),
                running.Outcome("other", say("another"), 0.2, say("it is broken"), "Traceback\nwhy"),
            ]
        ),
    )
    assert main(["self-test", "--json", str(tmp_path / "x.json"), "--details"]) == 1
    told = capsys.readouterr()
    assert told.out.splitlines() == ["ok  one thing  0.1 s", "failed  another  0.2 s: it is broken"]
    assert "why" in told.err
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8")) == [
        {"check": "one", "ok": True, "seconds": 0.1, "problem": None},
        {"check": "other", "ok": False, "seconds": 0.2, "problem": "it is broken"},
    ]


def test_that_an_option_that_there_is_not_is_refused(capsys):
    assert main(["self-test", "--fast"]) == 2
    assert "--json" in capsys.readouterr().err
