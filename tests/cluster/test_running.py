"""A cluster that somebody has started, by the very lines of the README: reached, refused, lost."""

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("distributed")

from lrgui.__main__ import main
from lrgui.cluster import connection
from lrgui.core.config.place import RunningCluster
from lrgui.core.control import Control
from lrgui.core.events import ArmEnded, EpochEnded, Spread
from lrgui.core.runs import RunStatus
from lrgui.jobs import leave_clusters
from tests.cluster.gathering import assert_equal_within, carried_out
from tests.training.comparing import ARMS, small

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")

README = Path(__file__).parents[2] / "README.md"
SECTION = README.read_text(encoding="utf-8").partition("## On more than one computer")[2].partition("\n## ")[0]


def line_of(begin):
    """Return the line of the README that begins so."""
    (line,) = re.findall(rf"^    ({re.escape(begin)} .*)$", SECTION, re.MULTILINE)
    return line


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Lab:
    """Scheduler and workers in a folder with certificates, as on several computers."""

    def __init__(self, folder):
        self.folder, self.port, self.started = folder, free_port(), []
        for line in re.findall(r"^    (mkdir certificates|openssl .*)$", SECTION, re.MULTILINE):
            subprocess.run(shlex.split(line), cwd=folder, check=True, capture_output=True)
        self.place = RunningCluster(address=f"tls://127.0.0.1:{self.port}", certificates=str(folder / "certificates"))

    def start(self, line, **environment):
        """Start a line of the README on this computer."""
        words = shlex.split(line.replace("HOST", "127.0.0.1").replace("127.0.0.1:8787", "127.0.0.1:0"))
        words = [word.replace("8786", str(self.port)) for word in words]
        command = [str(Path(sys.executable).parent / words[0]), *words[1:]]
        environment = {**os.environ, **environment}
        log = (self.folder / f"{words[1]}.log").open("ab")
        self.started.append(
            subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log, start_new_session=True)
        )
        log.close()
        return self.started[-1]

    def end(self, process):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.started.remove(process)

    def close(self):
        for process in list(self.started):
            self.end(process)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    found = Lab(tmp_path_factory.mktemp("lab"))
    yield found
    leave_clusters()
    found.close()


def test_that_a_scheduler_that_is_not_there_is_told_of(monkeypatch, lab):
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 1.0)
    run = carried_out(small(), lab.place)
    assert run.status is RunStatus.FAILED
    assert f"The scheduler at {lab.place.address} cannot be reached" in str(run.message)


def test_that_certificates_that_are_not_there_are_named(tmp_path):
    run = carried_out(small(), RunningCluster(address="tls://127.0.0.1:9", certificates=str(tmp_path)))
    assert "There is no certificate at" in str(run.message)
    assert str(tmp_path / "ca.pem") in str(run.message)


def claim(folder, package, version):
    """Write what says, before the packages that are installed, that one of them is of another version."""
    told = folder / f"{package}-{version}.dist-info"
    told.mkdir()
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n")
    return str(folder)


def start_elderly(lab, folder):
    """Start a worker that says it has another TensorFlow."""
    return lab.start(f"{line_of('dask worker')} --name elderly", PYTHONPATH=claim(folder, "tensorflow", "1.15.0"))


def test_that_a_scheduler_of_another_version_is_refused_and_one_that_is_started_in_its_place_is_not(lab, tmp_path):
    """Runs would end with what Dask says of pickles."""
    scheduler = lab.start(line_of("dask scheduler"), PYTHONPATH=claim(tmp_path, "lrgui", "0.0.1"))
    control = Control()
    # There is no worker, and none is waited for.
    control.stop()
    run = carried_out(small(), lab.place, control=control)
    lab.end(scheduler)
    assert run.status is RunStatus.FAILED
    assert "The scheduler at tls://" in str(run.message)
    assert "lrgui 0.0.1, not " in str(run.message)


def test_that_a_worker_of_another_version_is_refused_by_name_before_anything_runs(lab, tmp_path):
    # It says that it has what it draws its own page with.
    lab.start(line_of("dask scheduler"), PYTHONPATH=claim(lab.folder, "bokeh", "3.8.0"))
    worker = start_elderly(lab, tmp_path)
    seen = []
    run = carried_out(small(), lab.place, watch=lambda event, run: seen.append(event))
    lab.end(worker)
    assert run.status is RunStatus.FAILED
    assert "elderly" in str(run.message)
    assert "TensorFlow 1.15.0, not " in str(run.message)
    assert not len(run.steps)


def test_that_the_lines_of_the_readme_give_the_results_of_here(lab):
    worker = lab.start(line_of("dask worker"))
    wait_for_workers(lab, 2, worker)
    run = carried_out(small(), lab.place)
    assert run.status is RunStatus.FINISHED, run.message
    assert_equal_within(run, carried_out(small()), len(ARMS), (0, 1))
    assert run.spread.dashboard.startswith("http://127.0.0.1:")


def test_that_the_readme_s_line_of_a_comparison_has_it_done_there(lab, monkeypatch, capfd):
    (line,) = re.findall(r"^    (lrgui .* --on tls://.*)$", SECTION, re.MULTILINE)
    words = shlex.split(line.replace("HOST:8786", f"127.0.0.1:{lab.port}"))[1:]
    monkeypatch.chdir(lab.folder)
    quickly = ["--dataset", "iris", "--epochs", "1", "--seeds", "1", "--no-history", "--json", "record.json"]
    assert main([*words, *quickly]) == 0, capfd.readouterr().err
    assert {place.certificates for place in connection._open} == {"certificates"}
    record = json.loads((lab.folder / "record.json").read_text())
    assert len(record["arms"]) > 1


def test_that_a_worker_of_another_version_that_joins_later_computes_nothing(lab, tmp_path):
    control, joined, waiting = Control(), [], []
    control.pace = 10

    def watch(event, run):
        if isinstance(event, EpochEnded) and not joined:
            joined.append(start_elderly(lab, tmp_path))
        if isinstance(event, Spread) and event.workers > 2:
            control.pace = None
            waiting.append(event.waiting)

    run = carried_out(small(seeds=4), lab.place, control=control, watch=watch)
    loaded = connection.cluster_at(lab.place, lambda event: None).client.run(has_loaded_tensorflow)
    lab.end(joined[0])
    assert waiting[0] > 0
    assert run.status is RunStatus.FINISHED, run.message
    assert sorted(loaded.values())[0] is False
    assert_equal_within(run, carried_out(small(seeds=4)), len(ARMS), range(4))


def test_that_a_lost_scheduler_gives_a_sentence_and_what_had_ended_is_kept(lab, tmp_path):
    control, ended = Control(), []

    def kill(event, run):
        if isinstance(event, ArmEnded):
            ended.append((event.arm, event.seed))
            control.pace = 20
        if isinstance(event, EpochEnded) and len(ended) == 2 and lab.started:
            lab.end(lab.started[0])

    run = carried_out(small(seeds=4), lab.place, control=control, watch=kill, folder=tmp_path)
    assert run.status is RunStatus.FAILED
    assert "The scheduler is out of reach" in str(run.message)
    assert f"{len(ended)} of 16 runs" in str(run.message)
    again = []
    rest = carried_out(small(seeds=4), folder=tmp_path, watch=lambda event, run: again.append(event))
    assert rest.status is RunStatus.FINISHED
    first = [(event.arm, event.seed) for event in again if isinstance(event, ArmEnded)][: len(ended)]
    assert sorted(first) == sorted(ended)
    assert_equal_within(rest, carried_out(small(seeds=4)), len(ARMS), range(4))


def has_loaded_tensorflow():
    return "tensorflow" in sys.modules


def wait_for_workers(lab, count, worker):
    """Wait until as many are there, and no other."""
    cluster = connection.cluster_at(lab.place, lambda event: None)
    deadline = time.monotonic() + 60
    while len(cluster.workers) != count and time.monotonic() < deadline:
        assert worker.poll() is None
        time.sleep(0.1)
    assert len(cluster.workers) == count
