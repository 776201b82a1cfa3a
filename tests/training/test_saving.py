"""A saved model is plain Keras: it loads, answers and trains on where this program is not installed."""

import json
import subprocess
import sys

import numpy as np
import pytest

from lrgui.core.config import TrainingConfig
from lrgui.core.control import Control
from lrgui.core.messages import Refused
from lrgui.training.data import load
from lrgui.training.saving import save_model
from lrgui.training.trainer import train
from tests.training.running import column, run

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own

ELSEWHERE = """
import json, sys
sys.modules["lrgui"] = None  # as if it were not installed: importing it fails
import keras, numpy as np
try:
    import lrgui
except ImportError:
    pass
else:
    raise SystemExit("lrgui is there")
model = keras.saving.load_model(sys.argv[1])
data = np.load(sys.argv[2])
images, labels = data["images"], data["labels"]
before = model.evaluate(images, labels, verbose=0)
settings = model.optimizer.get_config()
steps = int(model.optimizer.iterations)
model.fit(images, labels, epochs=3, verbose=0, shuffle=False)
model.optimizer.learning_rate = 0.5
print(json.dumps({
    "loss": before[0], "accuracy": before[1], "after": model.evaluate(images, labels, verbose=0)[0],
    "rate": settings["learning_rate"], "momentum": settings["momentum"], "steps": steps,
    "went_on": int(model.optimizer.iterations) > steps, "moved": float(model.optimizer.learning_rate),
}))
"""


def test_that_a_saved_model_trains_on_without_this_program(tmp_path):
    # The hardest case: not only the rate was changed in the graph, but also the momentum, a Python number.
    config = TrainingConfig(optimizer="sgd,momentum=0.9", schedule="one_cycle,end=0.01", epochs=2, learning_rate=0.01)
    events = run(train, config)
    told = save_model(config, tmp_path / "model.keras")
    assert str(told) == "The model takes images of 8 x 8 x 1 pixels with values from 0 to 1."
    examples = load(config.dataset, events.append, Control())
    images = examples.validation_inputs.numpy().astype(np.float32) * examples.scale
    np.savez(tmp_path / "data.npz", images=images, labels=examples.validation_labels.numpy())
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, "model.keras", "data.npz"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    evaluation = events[-1].evaluation
    assert (found["loss"], found["accuracy"]) == pytest.approx((evaluation["loss"], evaluation["accuracy"]), rel=1e-4)
    assert found["rate"] == pytest.approx(column(events, "learning_rate")[-1], rel=1e-6)
    assert found["momentum"] == 0.9
    assert found["steps"] == len(column(events, "loss")) == 88
    assert found["went_on"]
    assert found["after"] < found["loss"]
    assert found["moved"] == 0.5


def test_that_a_model_whose_place_another_run_has_taken_is_not_saved_for_it(tmp_path):
    config = TrainingConfig(epochs=1, seed=7)
    run(train, config)
    run(train, config.model_copy(update={"seed": 8}))
    with pytest.raises(Refused, match="another run has taken its place"):
        save_model(config, tmp_path / "model.keras")
    assert not list(tmp_path.iterdir())
