"""Files are written whole or not at all, never over another without being asked, and every failure is a sentence."""

from pathlib import Path

import pytest

from lrgui.core.messages import Refused
from lrgui.export.writing import Exists, put, put_folder, put_text

FULL = Path("/dev/full")


def on_a_full_disk(path):
    """Write half of a file, and then find the disk full, as it really is there."""
    path.write_text("half")
    with FULL.open("w") as full:
        full.write("x" * 100_000)


def left(folder):
    return sorted(path.name for path in folder.iterdir())


def test_that_a_text_is_written_as_it_is_with_the_same_line_ends_everywhere(tmp_path):
    put_text(tmp_path / "ü.csv", "step,loss\n0,é\n")
    assert (tmp_path / "ü.csv").read_bytes() == "step,loss\n0,é\n".encode()
    assert left(tmp_path) == ["ü.csv"]


def test_that_a_file_that_is_there_is_replaced_only_when_that_is_asked_for(tmp_path):
    path = tmp_path / "run.csv"
    put_text(path, "good")
    with pytest.raises(Exists, match=r"run\.csv exists already"):
        put_text(path, "other")
    assert path.read_text() == "good"
    put_text(path, "other", overwrite=True)
    assert path.read_text() == "other"


def test_that_a_link_that_leads_nowhere_and_a_folder_are_in_the_way_too(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder").mkdir()
    with pytest.raises(Exists):
        put_text(tmp_path / "link", "x")
    with pytest.raises(Exists):
        put_text(tmp_path / "folder", "x", overwrite=True)
    assert left(tmp_path) == ["folder", "link"]


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
def test_that_a_full_disk_leaves_the_good_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "run.csv"
    put_text(path, "good")
    with pytest.raises(Refused, match="There is no room left in"):
        put(path, on_a_full_disk, overwrite=True)
    assert (path.read_text(), left(tmp_path)) == ("good", ["run.csv"])
    with pytest.raises(Refused, match="There is no room left in"):
        put(tmp_path / "new.csv", on_a_full_disk)
    assert left(tmp_path) == ["run.csv"]


def test_that_a_folder_that_is_missing_or_may_not_be_written_is_told(tmp_path):
    with pytest.raises(Refused, match="does not exist"):
        put_text(tmp_path / "no" / "run.csv", "x")
    with pytest.raises(Refused, match=r"run\.csv was not written|is not allowed"):
        put_text(Path("/proc/self") / "run.csv", "x")


def test_that_a_name_that_no_system_takes_is_told(tmp_path):
    with pytest.raises(Refused, match="is too long"):
        put_text(tmp_path / f"{'x' * 300}.csv", "x")
    assert left(tmp_path) == []


def two_files(folder):
    (folder / "train").mkdir()
    (folder / "train" / "log.1").write_text("new")
    (folder / "log.2").write_text("new")


def is_log(path):
    return path.name.startswith("log.")


def test_that_a_folder_of_ours_is_replaced_whole_and_one_with_other_files_never(tmp_path):
    path = tmp_path / "logs"
    put_folder(path, two_files, is_ours=is_log)
    (path / "log.3").write_text("old")
    with pytest.raises(Exists):
        put_folder(path, two_files, is_ours=is_log)
    put_folder(path, two_files, overwrite=True, is_ours=is_log)
    assert left(path) == ["log.2", "train"]
    (path / "train" / "thesis.txt").write_text("years of work")
    with pytest.raises(Refused, match="holds other files"):
        put_folder(path, two_files, overwrite=True, is_ours=is_log)
    assert (path / "train" / "thesis.txt").read_text() == "years of work"
    assert left(tmp_path) == ["logs"]


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
def test_that_a_folder_is_whole_or_not_there(tmp_path):
    def half(folder):
        two_files(folder)
        on_a_full_disk(folder / "log.4")

    with pytest.raises(Refused, match="no room"):
        put_folder(tmp_path / "logs", half, is_ours=is_log)
    assert left(tmp_path) == []
