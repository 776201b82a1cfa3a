"""Whether a window can open here: found out before Qt is asked for one, because Qt ends the process if it cannot."""

import ctypes
import importlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from lrgui.core.messages import Message, Refused, say

_LIBRARY = re.compile(r"(lib[\w.+-]+\.so[.\d]*): (?:cannot open shared object file|file too short)")

# What Qt's platform plugin for X11 needs from the system. The loader names only the first that is missing.
_X11_LIBRARIES = (
    "libGL.so.1",
    "libEGL.so.1",
    "libfontconfig.so.1",
    "libdbus-1.so.3",
    "libX11-xcb.so.1",
    "libxkbcommon.so.0",
    "libxkbcommon-x11.so.0",
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-randr.so.0",
    "libxcb-render-util.so.0",
    "libxcb-shape.so.0",
    "libxcb-util.so.1",
    "libxcb-xkb.so.1",
)

# Where Debian's and Ubuntu's package is not called after its library.
_PACKAGES = {"libz.so.1": "zlib1g", "libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0"}


def check() -> None:
    """Return if a window can open here.

    Raises
    ------
    Refused
        One line: what is missing, the Debian or Ubuntu package that brings it, and what works without a window.
    """
    missing = _missing_for_qt()
    obstacle = _no_display(os.environ) if sys.platform == "linux" and not missing else None
    if missing:
        obstacle = libraries_missing(missing)
    if obstacle is not None:
        raise Refused(
            say(
                "No window can open here: {obstacle}; without a window, the same work is done by: lrgui find",
                obstacle=obstacle,
            )
        )


def _missing_for_qt() -> list[str]:
    """Return the system libraries without which Qt's modules do not even load."""
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        return missing_libraries(str(error), _X11_LIBRARIES)
    return []


def missing_libraries(error: str, probed: Iterable[str]) -> list[str]:
    """Return the library that the loader's error names and those probed that do not load; else the error itself."""
    named = _LIBRARY.search(error)
    if named is None:
        return [error]
    return [named.group(1), *(name for name in probed if name != named.group(1) and not _loads(name))]


def libraries_missing(libraries: list[str]) -> Message:
    """Say which libraries are missing, and how they are installed."""
    packages = sorted({package for name in libraries if (package := package_for(name))})
    names = ", ".join(libraries)
    if not packages:
        return say("Qt cannot be loaded ({names})", names=names)
    command = "sudo apt install " + " ".join(packages)
    return say("Qt lacks {names} (on Debian or Ubuntu: {command})", names=names, command=command)


def package_for(library: str) -> str | None:
    """Return the Debian package of a shared library: ``libxcb-cursor.so.0`` is in ``libxcb-cursor0``.

    Debian names it after library and version, with a hyphen between them where the name ends in a digit (Debian
    Policy, section 8.1). None for what is no library.
    """
    parts = re.fullmatch(r"(lib[\w.+-]+)\.so\.(\d+)[.\d]*", library)
    if library in _PACKAGES or parts is None:
        return _PACKAGES.get(library)
    name, version = parts.groups()
    hyphen = "-" if name[-1].isdigit() else ""
    return f"{name}{hyphen}{version}".lower().replace("_", "-")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def platforms(environment: Mapping[str, str]) -> list[str]:
    """Return the platform plugins that Qt will try: those of QT_QPA_PLATFORM, else those with a display."""
    if asked := environment.get("QT_QPA_PLATFORM"):
        return [name.split(":")[0] for name in asked.split(";")]
    return [platform for platform, (variable, _) in _DISPLAYS.items() if environment.get(variable)]


def _no_display(environment: Mapping[str, str]) -> Message | None:
    """Say why no platform plugin will work, or return None if one will."""
    candidates = platforms(environment)
    if not candidates:
        return _without_display()
    obstacles = [_obstacle(platform, environment) for platform in candidates]
    return None if None in obstacles else obstacles[-1]


def _without_display() -> Message:
    """Say that there is no display, and with it what would be missing if there were one."""
    plugin = _plugin("xcb")
    missing = missing_for(plugin) if plugin else []
    no_display = say("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)")
    if not missing:
        return no_display
    return say("{no_display}, and {libraries}", no_display=no_display, libraries=libraries_missing(missing))


def _obstacle(platform: str, environment: Mapping[str, str]) -> Message | None:
    plugin = _plugin(platform)
    if plugin is None:
        known = ", ".join(sorted(path.stem.removeprefix("libq") for path in _plugins().glob("libq*.so")))
        return say("Qt has no platform '{platform}'; it has {known}", platform=platform, known=known)
    if missing := missing_for(plugin):
        return libraries_missing(missing)
    variable, opens = _DISPLAYS.get(platform.split("-")[0], ("", bool))
    if not variable or opens():
        return None
    return say("the display '{name}' cannot be opened", name=environment.get(variable, ""))


def _plugin(platform: str) -> Path | None:
    """Return the plugin's file; ``wayland`` is in ``libqwayland.so`` or, in older releases, ``libqwayland-egl.so``."""
    files = _plugins().glob(f"libq{platform.split('-')[0]}*.so")
    return min(files, key=lambda path: len(path.name), default=None)


def _plugins() -> Path:
    from PySide6.QtCore import QLibraryInfo

    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"


def missing_for(plugin: Path) -> list[str]:
    """Return the system libraries without which a platform plugin does not load."""
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return missing_libraries(str(error), _X11_LIBRARIES if plugin.stem == "libqxcb" else ())
    return []


def _x11_opens() -> bool:
    """Connect to the X server that DISPLAY names, as ``xcb_connect(3)`` describes it."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)


def _wayland_opens() -> bool:
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    wayland.wl_display_connect.argtypes = [ctypes.c_char_p]
    wayland.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    connection = wayland.wl_display_connect(None)
    if connection:
        wayland.wl_display_disconnect(connection)
    return bool(connection)


_DISPLAYS: dict[str, tuple[str, Callable[[], bool]]] = {
    "wayland": ("WAYLAND_DISPLAY", _wayland_opens),
    "xcb": ("DISPLAY", _x11_opens),
}
