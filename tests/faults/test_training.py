"""Trainings that break from within: no memory, no such device, code of one's own that raises. The program goes on."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lrgui.core.config import TrainingConfig
from lrgui.core.contents import content_hash
from lrgui.core.control import Control
from lrgui.core.events import Failed, Finished, StepsEnded
from lrgui.core.trust import keep_in, trust
from lrgui.training.own.trial import remember
from lrgui.training.trainer import train
from tests.training.running import column, run

ROOT = Path(__file__).parents[2]

WITHOUT_MEMORY = """
import resource
from pathlib import Path
from lrgui.core.config import TrainingConfig
from lrgui.core.control import Control
from lrgui.training.trainer import train

def end_of(config):
    events = []
    train(config, events.append, Control())
    return events[-1]

def told(config):
    end = end_of(config)
    print(type(end).__name__, end.message, flush=True)

small = TrainingConfig(epochs=1)
told(small)
pages = int(Path("/proc/self/statm").read_text().split()[0])
hard = resource.getrlimit(resource.RLIMIT_AS)[1]
resource.setrlimit(resource.RLIMIT_AS, (4096 * pages + 60_000_000, hard))
told(TrainingConfig(epochs=1, model="mlp,width=4096,depth=3"))
told(small)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a limit on the memory of a process, as on Linux")
def test_that_a_model_larger_than_the_memory_ends_in_a_sentence_and_the_next_run_goes_on():
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": "7", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-c", WITHOUT_MEMORY]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert ended.stdout.splitlines() == [
        "Finished Finished: 1 epoch, 44 steps.",
        "Failed The memory is not enough for this run: take a smaller batch size or a smaller model.",
        "Finished Finished: 1 epoch, 44 steps.",
    ]


RAISING = """
import keras
import numpy as np
import tensorflow as tf

calls = []

def raise_at_last(values):
    calls.append(1)
    if len(calls) > 100:
        raise ValueError("the hundredth batch was one too many")
    return values

class Raising(keras.layers.Layer):
    def call(self, inputs):
        inputs = tf.ensure_shape(tf.numpy_function(raise_at_last, [inputs], tf.float32), inputs.shape)
        return inputs

def build_model():
    return keras.Sequential([
        keras.Input((8, 8, 1)), keras.layers.Flatten(), Raising(), keras.layers.Dense(10, "softmax")
    ])
"""


def test_that_a_layer_of_ones_own_that_raises_ends_the_run_with_what_it_had_and_not_the_next_one(tmp_path):
    program = tmp_path / "mine.py"
    program.write_text(RAISING)
    keep_in(tmp_path)
    try:
        trust().allow(content_hash(program), program.name)
        remember(content_hash(program))
        events = run(train, TrainingConfig(epochs=20, model=f"own,path={program}", loss="cross_entropy"))
    finally:
        keep_in(None)
    assert isinstance(events[-1], Failed)
    assert "the hundredth batch was one too many" in str(events[-1].message)
    assert "Traceback" not in str(events[-1].message)
    steps = column(events, "step")
    assert steps.tolist() == list(range(len(steps)))
    assert len(steps) >= 44
    assert isinstance(run(train, TrainingConfig(epochs=1))[-1], Finished)


def test_that_who_listens_and_raises_ends_the_run_with_what_it_had_and_not_the_next_one():
    config = TrainingConfig(epochs=3)

    def watch(event):
        if isinstance(event, StepsEnded) and event.columns["step"][-1] >= 43:
            raise RuntimeError("nobody can hear this")

    heard = []

    def emit(event):
        heard.append(event)
        watch(event)

    train(config, emit, Control())
    assert isinstance(heard[-1], Failed)
    assert "nobody can hear this" in str(heard[-1].message)
    assert "Traceback" in heard[-1].details
    steps = column(heard, "step")
    assert steps.tolist() == list(range(len(steps)))
    assert len(steps) >= 44
    again = run(train, config)
    assert isinstance(again[-1], Finished)
    assert np.isfinite(column(again, "loss")).all()
