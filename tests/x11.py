"""A hand at an X server: what a window manager, a keyboard and a mouse do to a program in another process.

It speaks to the server through libxcb, which every Qt on X11 brings; the keys go through the XTEST extension, so that
they come to the program as those of a keyboard do.
"""

import ctypes
import sys
import time

_PRESS, _RELEASE = 2, 3
_KEYCODES = {"Escape": 9, "F5": 71, "Return": 36, "Control": 37}
"""On the keyboard that Xvfb has: evdev's."""

_ANY_TYPE, _PROTOCOLS_FORMAT, _CLIENT_MESSAGE, _FAKE_INPUT = 0, 32, 33, 2


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Screens(ctypes.Structure):
    _fields_ = (("root_of", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


class _Extension(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("global_id", ctypes.c_int))


class _Part(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class _Request(ctypes.Structure):
    _fields_ = (
        ("count", ctypes.c_size_t),
        ("extension", ctypes.POINTER(_Extension)),
        ("opcode", ctypes.c_uint8),
        ("is_void", ctypes.c_uint8),
    )


class Desktop:
    """The display that ``DISPLAY`` names; used as a context."""

    def __init__(self):
        self._xcb = xcb = ctypes.CDLL("libxcb.so.1")
        xcb.xcb_connect.restype = xcb.xcb_get_setup.restype = ctypes.c_void_p
        xcb.xcb_get_setup.argtypes = xcb.xcb_flush.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
        xcb.xcb_setup_roots_iterator.restype = _Screens
        xcb.xcb_setup_roots_iterator.argtypes = [ctypes.c_void_p]
        for name in ("query_tree", "get_property", "intern_atom"):
            getattr(xcb, f"xcb_{name}").restype = _Cookie
            getattr(xcb, f"xcb_{name}_reply").restype = ctypes.c_void_p
            getattr(xcb, f"xcb_{name}_reply").argtypes = [ctypes.c_void_p, _Cookie, ctypes.c_void_p]
        self._libc = ctypes.CDLL(None)
        self._libc.free.argtypes = [ctypes.c_void_p]
        self._connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
        assert not xcb.xcb_connection_has_error(self._connection)
        self._root = xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(self._connection)).root_of[0]
        self._xtest = _Extension(b"XTEST", 0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._xcb.xcb_disconnect(self._connection)

    def wait_for_window(self, title, process_id, seconds):
        """Return the window with this title of this process as soon as it is on the screen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for window in self._windows():
                name, owner = self._property(window, b"_NET_WM_NAME"), self._property(window, b"_NET_WM_PID")
                if title.encode() in name and owner == process_id.to_bytes(4, sys.byteorder):
                    return window
            time.sleep(0.05)
        raise TimeoutError(f"no window called {title!r}")

    def focus(self, window):
        """Let the keys go to a window, as a window manager does at a click."""
        to_parent, now = 2, 0
        self._xcb.xcb_set_input_focus(self._connection, to_parent, window, now)
        self._xcb.xcb_flush(self._connection)

    def press(self, *keys):
        """Press keys one after the other, and let go of them in reverse."""
        for key in keys:
            self._fake(_PRESS, _KEYCODES[key])
        for key in reversed(keys):
            self._fake(_RELEASE, _KEYCODES[key])
        self._xcb.xcb_flush(self._connection)

    def ask_to_close(self, window):
        """Send what a window manager sends when its close button is pressed (ICCCM, section 4.2.8.1)."""
        data = (ctypes.c_uint32 * 5)(self._atom(b"WM_DELETE_WINDOW"), 0, 0, 0, 0)
        head = bytes((_CLIENT_MESSAGE, _PROTOCOLS_FORMAT, 0, 0))
        names = (ctypes.c_uint32 * 2)(window, self._atom(b"WM_PROTOCOLS"))
        self._xcb.xcb_send_event(self._connection, 0, window, 0, head + bytes(names) + bytes(data))
        self._xcb.xcb_flush(self._connection)

    def _windows(self):
        reply = self._reply("query_tree", self._root)
        count = ctypes.cast(reply + 16, ctypes.POINTER(ctypes.c_uint16))[0]
        windows = list(ctypes.cast(reply + 32, ctypes.POINTER(ctypes.c_uint32))[:count])
        self._libc.free(reply)
        return windows

    def _property(self, window, name):
        """Return a window's property as bytes, empty if it has none or has gone meanwhile."""
        reply = self._reply("get_property", 0, window, self._atom(name), _ANY_TYPE, 0, 64)
        if not reply:
            return b""
        size, count = (
            ctypes.string_at(reply + 1, 1)[0] // 8,
            ctypes.cast(reply + 16, ctypes.POINTER(ctypes.c_uint32))[0],
        )
        value = ctypes.string_at(reply + 32, size * count)
        self._libc.free(reply)
        return value

    def _atom(self, name):
        reply = self._reply("intern_atom", 0, len(name), name)
        atom = ctypes.cast(reply + 8, ctypes.POINTER(ctypes.c_uint32))[0]
        self._libc.free(reply)
        return atom

    def _reply(self, name, *arguments):
        cookie = getattr(self._xcb, f"xcb_{name}")(self._connection, *arguments)
        return getattr(self._xcb, f"xcb_{name}_reply")(self._connection, cookie, None)

    def _fake(self, kind, keycode):
        # The first four bytes are the library's to fill in; two parts before the first must be there for it, too.
        body = ctypes.create_string_buffer(bytes(4) + bytes((kind, keycode)) + bytes(30), 36)
        parts = (_Part * 3)()
        parts[2] = _Part(ctypes.cast(body, ctypes.c_void_p), 36)
        request = _Request(1, ctypes.pointer(self._xtest), _FAKE_INPUT, 1)
        self._xcb.xcb_send_request(self._connection, 0, ctypes.byref(parts[2]), ctypes.byref(request))
