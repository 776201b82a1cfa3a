"""Downloads from a server that cuts, garbles or hangs: a real one, on this computer."""

import contextlib
import hashlib
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from lrgui.core.control import Control
from lrgui.training import download as downloading
from lrgui.training.download import Cancelled, DownloadFailed, download
from lrgui.training.sources import KnownFile

BODY = bytes(range(256)) * 2000
FILE = KnownFile("data.bin", "", len(BODY), lambda path: None, sha256=hashlib.sha256(BODY).hexdigest())


class Server(ThreadingHTTPServer):
    """Answers each request in one of the ``ways``, the last one over and over."""

    daemon_threads = True

    def __init__(self, ways):
        super().__init__(("127.0.0.1", 0), Handler)
        self.ways, self.asked, self.over = ways, 0, threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/data.bin"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        server = self.server
        way = server.ways[min(server.asked, len(server.ways) - 1)]
        server.asked += 1
        if way == "error":
            self.send_error(503)
            return
        if way == "silent":
            server.over.wait(30)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        body = BODY[:-1] + b"x" if way == "garbled" else BODY if way == "sound" else BODY[: len(BODY) // 2]
        self.wfile.write(body)
        if way == "hangs":
            server.over.wait(30)

    def log_message(self, *words):
        """Say nothing."""


@contextlib.contextmanager
def server(*ways):
    with Server(ways) as made:
        threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
        yield made
        made.over.set()
        made.shutdown()


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """A fifth of a second in place of fifteen, and no proxy of this computer's."""
    monkeypatch.setattr(downloading, "TIMEOUT_SECONDS", 0.2)
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def fetch(made, target, control=None):
    heard = []
    download(made.url, target, control=control or Control(), on_progress=heard.append, problem=FILE.problem)
    return heard


@pytest.mark.parametrize("way", ["cut", "garbled", "hangs", "silent", "error"])
def test_that_a_second_attempt_brings_what_the_first_one_did_not(way, tmp_path):
    target = tmp_path / "datasets" / "data.bin"
    with server(way, "sound") as made:
        fetch(made, target)
    assert target.read_bytes() == BODY
    assert made.asked == 2
    assert os.listdir(target.parent) == ["data.bin"]


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        ("cut", "broke off after 256,000 of 512,000 bytes"),
        ("garbled", "its checksum differs"),
        ("hangs", "timed out"),
        ("silent", "timed out"),
        ("error", "503 Service Unavailable"),
    ],
)
def test_that_what_never_comes_whole_is_given_up_with_the_reason_and_leaves_nothing(way, reason, tmp_path):
    target, start = tmp_path / "data.bin", time.monotonic()
    with server(way) as made, pytest.raises(DownloadFailed, match=reason):
        fetch(made, target)
    assert made.asked == downloading.ATTEMPTS
    assert time.monotonic() - start < 10
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("way", ["hangs", "silent"])
def test_that_a_stop_does_not_wait_for_a_server_that_hangs(way, tmp_path):
    target, control = tmp_path / "data.bin", Control()
    with server(way) as made:
        threading.Timer(0.05, control.stop).start()
        start = time.monotonic()
        with pytest.raises(Cancelled):
            fetch(made, target, control)
        assert time.monotonic() - start < 0.6
    until = time.monotonic() + 5
    while os.listdir(tmp_path) and time.monotonic() < until:
        time.sleep(0.02)
    assert os.listdir(tmp_path) == []


def test_that_what_a_program_that_was_killed_had_downloaded_is_removed_one_day(tmp_path):
    left, others = tmp_path / "data.bin.4242.part", tmp_path / "data.bin.4243.part"
    left.write_bytes(b"half")
    others.write_bytes(b"still coming")
    os.utime(left, (time.time() - 2 * 24 * 3600,) * 2)
    with server("sound") as made:
        fetch(made, tmp_path / "data.bin")
    assert sorted(os.listdir(tmp_path)) == ["data.bin", "data.bin.4243.part"]
