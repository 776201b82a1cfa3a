"""A process that imports TensorFlow, says what it found, and may crash or hang: see ``trial``, which starts it.

``python -m lrgui.doctor.probe SECONDS`` ends by itself after so many, and then says where it was.
"""

import faulthandler
import importlib
import json
import os
import sys
import threading
import time

SIGN = "found by the probe: "
"""Stands before the answer, in the last line that is printed; the libraries may print what they like before."""


def _import_and_tell() -> None:
    importlib.import_module("lrgui.training.trainer")  # all that a run imports, and in its order
    import keras
    import tensorflow as tf

    devices = [device.name.removeprefix("/physical_device:") for device in tf.config.list_physical_devices()]
    answer = {"tensorflow": tf.__version__, "keras": keras.__version__, "devices": devices}
    print(SIGN + json.dumps(answer), flush=True)


def _end_with(parent: int) -> None:
    """End as soon as whoever wanted to know is gone; on Windows the time limit has to do."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


if __name__ == "__main__":
    faulthandler.enable(sys.stderr)
    faulthandler.dump_traceback_later(float(sys.argv[1]), exit=True)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    _import_and_tell()
    # Threads of the libraries would take their time.
    os._exit(0)
