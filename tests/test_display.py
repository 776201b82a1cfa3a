"""What a person reads where no window can open. Each case is a process of its own, because Qt ends it if we err."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lrgui import display
from lrgui.core.messages import Refused

ROOT = Path(__file__).parents[1]
ABOUT_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM")

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="displays and shared libraries as on Linux")


def started(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ABOUT_DISPLAYS}
    return subprocess.run(
        [sys.executable, *words], env=kept | environment, cwd=ROOT, capture_output=True, text=True, timeout=60
    )


@on_linux
@pytest.mark.parametrize("words", [("-m", "lrgui"), ("main.py",)])
def test_that_without_a_display_one_line_says_so_and_what_works_instead(words):
    ended = started(*words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert len(ended.stderr.splitlines()) == 1
    assert "DISPLAY" in ended.stderr or "apt install" in ended.stderr
    assert "lrgui find" in ended.stderr


@on_linux
@pytest.mark.parametrize(
    "environment",
    [{"DISPLAY": ":987"}, {"WAYLAND_DISPLAY": "wayland-987"}, {"DISPLAY": ":987", "WAYLAND_DISPLAY": "wayland-987"}],
)
def test_that_a_display_that_cannot_be_opened_gives_one_line_and_no_abort(environment, tmp_path):
    ended = started("-m", "lrgui", **environment, XDG_RUNTIME_DIR=str(tmp_path))
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert "987' cannot be opened" in ended.stderr or "apt install" in ended.stderr


@on_linux
def test_that_a_platform_that_qt_does_not_have_is_named_with_those_it_has():
    ended = started("-m", "lrgui", QT_QPA_PLATFORM="carrier_pigeon")
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert "carrier_pigeon" in ended.stderr or "apt install" in ended.stderr
    assert "offscreen" in ended.stderr or "apt install" in ended.stderr


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libX11.so.6", "libx11-6"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libGL.so.1", "libgl1"),
        ("libEGL.so.1", "libegl1"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("No module named 'PySide6'", None),
    ],
)
def test_that_a_library_is_known_by_its_debian_package(library, package):
    assert display.package_for(library) == package


@on_linux
def test_that_a_missing_library_is_named_with_all_others_that_are_missing():
    error = "libxcb-cursor.so.0: cannot open shared object file: No such file or directory"
    missing = display.missing_libraries(error, ["libc.so.6", "libxcb-cursor.so.0", "libnowhere.so.7"])
    assert missing == ["libxcb-cursor.so.0", "libnowhere.so.7"]
    assert "sudo apt install libnowhere7 libxcb-cursor0" in str(display.libraries_missing(missing))


def test_that_an_error_which_names_no_library_is_passed_on():
    missing = display.missing_libraries("No module named 'PySide6'", ["libnowhere.so.7"])
    assert "No module named 'PySide6'" in str(display.libraries_missing(missing))


@on_linux
def test_that_a_plugin_whose_library_is_missing_is_found_out_by_loading_it(tmp_path):
    pytest.importorskip("PySide6.QtGui", exc_type=ImportError)
    from PySide6.QtCore import QLibraryInfo

    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    plugin = (plugins / "libqoffscreen.so").read_bytes()
    broken = tmp_path / "libqoffscreen.so"
    broken.write_bytes(plugin.replace(b"libX11.so.6\0", b"libX99.so.6\0"))
    assert display.missing_for(broken) == ["libX99.so.6"]
    assert display.missing_for(plugins / "libqoffscreen.so") == []


@pytest.mark.parametrize(
    ("environment", "tried"),
    [
        ({}, []),
        ({"DISPLAY": ":0"}, ["xcb"]),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, ["wayland", "xcb"]),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen:size=9x9"}, ["offscreen"]),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, ["wayland", "xcb"]),
    ],
)
def test_that_the_platforms_are_those_that_qt_would_try(environment, tried):
    assert display.platforms(environment) == tried


def test_that_offscreen_needs_no_display(monkeypatch):
    pytest.importorskip("PySide6.QtGui", exc_type=ImportError)
    for name in ABOUT_DISPLAYS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    display.check()
    if sys.platform == "linux":
        monkeypatch.delenv("QT_QPA_PLATFORM")
        with pytest.raises(Refused):
            display.check()
