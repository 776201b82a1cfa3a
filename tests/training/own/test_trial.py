"""A file is tried in a process of its own: what would harm this one costs nothing there."""

import time
from pathlib import Path

import pytest

from lrgui.core.contents import content_hash
from lrgui.core.messages import Refused
from lrgui.core.trust import Trust, keep_in
from lrgui.training.own.trial import try_file


@pytest.fixture
def mine(tmp_path: Path):
    keep_in(tmp_path / "profile")
    folder = tmp_path / "我的 模型"
    folder.mkdir()
    yield folder / "mine.py"
    keep_in(None)


def tried(path: Path, source: str, seconds: float = 30.0, **kwargs) -> Refused:
    path.write_text(source, encoding="utf-8")
    from lrgui.core.trust import trust

    trust().allow(content_hash(path), path.name)
    with pytest.raises(Refused) as refused:
        try_file(path, seconds, **kwargs)
    assert "\n" not in str(refused.value)
    return refused.value


BAD = {
    "exits at its import": ("import sys\nsys.exit(3)\n", "line 2, ended Python with SystemExit(3)"),
    "leaves without a word": ("import os\nos._exit(5)\n", "ended Python by itself, with exit code 5"),
    "crashes": ("import os\nos.abort()\n", "crashed Python (signal 6): run it by itself to see where"),
    "prints before it fails": (
        "print('so far')\nprint('still here')\nraise ValueError('no')", "ValueError: no. Put that right, and open the "
        "file again. It printed last: still here",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_that_a_file_harms_its_own_process_only(case, mine):
    source, told = BAD[case]
    sentence = str(tried(mine, source))
    assert told in sentence
    assert sentence.startswith("mine.py")


def test_that_a_file_that_hangs_is_ended_with_all_that_it_has_started(mine):
    alive = mine.with_name("alive")
    again = f"import time\nwhile True:\n    open({str(alive)!r}, 'w').write(str(time.time()))\n    time.sleep(0.05)\n"
    source = (
        f"import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', {again!r}])\nprint('waiting')\n"
        "def build_model():\n    time.sleep(600)\n"
    )
    refused = tried(mine, source, seconds=1.5)
    assert "mine.py had not come to an end after 1.5 s: put what takes so long under if __name__" in str(refused)
    assert "It printed last: waiting" in str(refused)
    time.sleep(0.3)
    before = alive.stat().st_mtime_ns
    time.sleep(0.4)
    assert alive.stat().st_mtime_ns == before


def test_that_a_trial_ends_at_once_when_nobody_waits_any_more(mine):
    begun = time.monotonic()
    refused = tried(mine, "while True: pass\n", wanted=lambda: False)
    assert "was not tried to its end" in str(refused)
    assert time.monotonic() - begun < 5


def test_that_all_that_was_printed_and_the_traceback_are_kept_for_those_who_want_them(mine):
    refused = tried(mine, "for number in range(3):\n    print('line', number)\nx = 1 / 0\n")
    notes = "\n".join(refused.__notes__)
    assert "line 0\nline 1\nline 2" in notes
    assert "ZeroDivisionError: division by zero" in notes
    assert "mine.py, line 3, went wrong with ZeroDivisionError" in str(refused)


def test_that_a_flood_of_words_is_read_and_its_end_kept(mine):
    refused = tried(mine, "for number in range(200_000):\n    print('line', number)\nraise ValueError\n")
    assert "It printed last: line 199999" in str(refused)


def test_that_a_file_that_was_not_allowed_is_not_even_tried(mine):
    ran = mine.with_name("ran")
    mine.write_text(f"open({str(ran)!r}, 'w')\n")
    with pytest.raises(Refused, match="not allowed to be run"):
        try_file(mine, 10.0)
    assert not ran.exists()


def test_that_the_list_of_what_was_allowed_says_which_file_it_was(tmp_path):
    Trust(tmp_path).allow("a" * 64, "mine.py")
    Trust(tmp_path).allow("b" * 64, "other.py")
    assert Trust(tmp_path).allows("a" * 64)
    assert not Trust(tmp_path).allows("c" * 64)
    assert "other.py" in (tmp_path / "trusted.json").read_text()


def test_that_a_damaged_list_allows_nothing_and_takes_the_next_answer(tmp_path):
    (tmp_path / "trusted.json").write_text("{damaged")
    assert not Trust(tmp_path).allows("a" * 64)
    Trust(tmp_path).allow("a" * 64, "mine.py")
    assert Trust(tmp_path).allows("a" * 64)
