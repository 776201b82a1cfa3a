"""How processes of our own are started, and by which certificates a scheduler is reached."""

import importlib.util
import os
from pathlib import Path
from typing import Any

from lrgui.core.config.place import Processes, RunningCluster
from lrgui.core.messages import Refused, say

_LOOPBACK = "127.0.0.1"

_QUIET_WORKERS = {"distributed.worker.profile.enabled": False, "distributed.admin.tick.interval": "500ms"}
"""What else looks at a worker fifty times a second takes the interpreter from its run each time."""


def start_processes(place: Processes) -> Any:
    """Start processes that only this one can talk to: on the loopback address, encrypted, with keys of the moment."""
    import dask
    from distributed import LocalCluster
    from distributed.security import Security

    with dask.config.set(_QUIET_WORKERS):
        return LocalCluster(
            n_workers=place.workers or cores(),
            threads_per_worker=1,
            processes=True,
            host=_LOOPBACK,
            protocol="tls://",
            security=Security.temporary(),
            dashboard_address=f"{_LOOPBACK}:0" if importlib.util.find_spec("bokeh") else None,
            worker_dashboard_address=None,
            memory_limit=0,
            silence_logs=50,
        )


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def security_of(place: RunningCluster) -> Any:
    """Return the certificates for a scheduler, None where it is reached without.

    Raises
    ------
    Refused
        A file is not there.
    """
    if not place.address.startswith("tls"):
        return None
    from distributed.security import Security

    folder = Path(place.certificates).expanduser()
    named = {"ca": place.ca or folder / "ca.pem", "cert": place.cert or folder / "cert.pem",
             "key": place.key or folder / "key.pem"}  # fmt: skip
    files = {name: Path(path).expanduser() for name, path in named.items()}
    missing = [str(path) for path in files.values() if not path.is_file()]
    if missing:
        raise Refused(say("There is no certificate at {files}.", files=", ".join(missing)))
    return Security(
        tls_ca_file=str(files["ca"]),
        tls_client_cert=str(files["cert"]),
        tls_client_key=str(files["key"]),
        require_encryption=True,
    )
