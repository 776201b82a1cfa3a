"""The program among those of the desktop: in a home of the test's own, and checked by the desktop's own tools."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lrgui import desktop_entry
from lrgui.__main__ import main
from lrgui.core.messages import Refused
from lrgui.resources import resource

AWKWARD = '/opt/Lern "Labor" 學習率/$HOME/100 %/`who`/back\\slash/lrgui'

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such entries")


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "share of mine"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    return folder


def written_entry(home: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str
    parser.read(home / "applications" / "lrgui.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def started_by(value: str) -> list[str]:
    """Read ``Exec`` by the specification: first as a value of the file, then word by word; ``%F`` is left as it is."""
    value = value.replace("\\\\", "\\")
    words = [quoted or plain for quoted, plain in re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', value)]
    return [re.sub(r'\\(["`$\\])', r"\1", word).replace("%%", "%") for word in words]


@on_linux
def test_that_an_entry_is_written_and_taken_away_again(home, capsys):
    assert main(["desktop", "--install"]) == 0
    assert "among the programs of the desktop now" in capsys.readouterr().out
    entry = written_entry(home)
    assert started_by(entry["Exec"]) == [*desktop_entry.own_command(), "%F"]
    assert Path(entry["TryExec"]).is_file()
    assert (home / "icons/hicolor/scalable/apps" / f"{entry['Icon']}.svg").is_file()
    assert "x-lrgui-run" in (home / "mime/packages/lrgui.xml").read_text(encoding="utf-8")
    assert main(["desktop", "--remove"]) == 0
    assert "no longer" in capsys.readouterr().out
    assert not list(home.rglob("*lrgui*.desktop")) + list(home.rglob("*.svg")) + list(home.rglob("lrgui.xml"))
    assert main(["desktop", "--remove"]) == 0
    assert "was not" in capsys.readouterr().out


@on_linux
@pytest.mark.skipif(
    not (shutil.which("update-mime-database") and shutil.which("gio")), reason="the desktop's tools are not installed"
)
def test_that_the_desktop_knows_the_files_by_it(home, tmp_path):
    assert main(["desktop", "--install"]) == 0
    run = tmp_path / "sweep.lrrun"
    run.write_bytes(b"PK\x05\x06" + bytes(18))
    asked = subprocess.run(
        ["gio", "info", "-a", "standard::content-type", run],
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_DATA_HOME": str(home), "HOME": str(tmp_path)},
        timeout=30,
    )
    assert "application/x-lrgui-run" in asked.stdout
    assert "application/x-lrgui-run" in (home / "mime" / "globs2").read_text(encoding="utf-8")


@on_linux
@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="the desktop's tools are not installed")
def test_that_the_entry_is_valid_wherever_the_program_lies(home):
    desktop_entry.install(home, [AWKWARD])
    judged = subprocess.run(
        ["desktop-file-validate", home / "applications" / "lrgui.desktop"], capture_output=True, text=True, timeout=30
    )
    assert (judged.returncode, judged.stdout) == (0, "")


@on_linux
@pytest.mark.skipif(not shutil.which("gio"), reason="the desktop's tools are not installed")
def test_that_the_desktop_starts_it_with_the_files(home, tmp_path):
    program = Path(f"{tmp_path}{AWKWARD.replace('%', '')}")  # GLib looks for a program called %% where one is called %
    program.parent.mkdir(parents=True)
    program.write_text(f"#!{sys.executable}\nimport sys\nopen(sys.argv[1], 'w').write(repr(sys.argv[1:]))\n")
    program.chmod(0o755)
    desktop_entry.install(home, [str(program)])
    run = tmp_path / "my sweep %.lrrun"
    subprocess.run(["gio", "launch", home / "applications" / "lrgui.desktop", run], timeout=30, check=True)
    deadline = time.monotonic() + 20
    while not run.exists() or not run.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert run.read_text() == repr([str(run)])


@pytest.mark.parametrize("command", [[AWKWARD], ["/usr/bin/python3", "/home/ann lee/main.py"], ["/plain/lrgui"]])
def test_that_a_command_survives_its_quoting(command):
    template = resource("packaging", "linux", "lrgui.desktop").read_text(encoding="utf-8")
    written = desktop_entry.entry_for(command, template)
    line = next(line for line in written.splitlines() if line.startswith("Exec="))
    assert started_by(line.removeprefix("Exec=")) == [*command, "%F"]
    assert written.count("Exec=") == 2 and "MimeType=" in written


def test_that_a_path_which_no_desktop_can_start_is_refused():
    with pytest.raises(Refused, match="holds ="):
        desktop_entry.entry_for(["/opt/a=b/lrgui"], "Exec=lrgui %F\n")


def test_that_a_relative_folder_of_data_is_ignored():
    assert desktop_entry.data_home({"XDG_DATA_HOME": "share"}) == Path.home() / ".local" / "share"
    assert desktop_entry.data_home({"XDG_DATA_HOME": os.path.abspath("/x")}) == Path(os.path.abspath("/x"))


@on_linux
def test_that_what_cannot_be_written_is_told(home, capsys):
    home.parent.mkdir(exist_ok=True)
    home.write_text("a file where the folder should be")
    assert main(["desktop", "--install"]) == 1
    assert "Nothing can be written in" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["--install", "--remove"], ["--elsewhere"]])
def test_that_one_of_both_is_to_be_asked_for(home, capsys, words):
    assert main(["desktop", *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not home.exists()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_that_other_systems_are_told_what_to_do(platform):
    told = str(desktop_entry.instead(platform, "C:\\lrgui.exe"))
    assert "C:\\lrgui.exe" in told and ".lrrun" in told
    assert desktop_entry.instead("linux", "lrgui") is None


def test_that_the_program_starts_again_by_its_own_command(tmp_path):
    asked = subprocess.run(
        [*desktop_entry.own_command(), "--version"], capture_output=True, text=True, cwd=tmp_path, timeout=60
    )
    assert asked.stdout.startswith("lrgui ")
