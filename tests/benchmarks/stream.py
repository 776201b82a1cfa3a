"""Peak memory of training on a folder of 20,000 images, read batch by batch, against loading them all with Keras."""

import struct
import tempfile
from pathlib import Path

import numpy as np

from tests.benchmarks.measure import Result, Sample, compare
from tests.benchmarks.memory import run_alone

_COUNT, _SIZE, _BATCH_SIZE = 20_000, 64, 64


def stream() -> Result:
    """Peak memory of an epoch on a folder of images, against a short script that holds all of them."""
    with tempfile.TemporaryDirectory() as folder:
        _write_images(Path(folder))
        ours, reference = _peak_of("streamed", folder), _peak_of("loaded", folder)
        return compare("stream", ours, reference, limit=0.4, unit="MB", blocks=3, warm_up=0)


def _peak_of(function: str, folder: str) -> Sample:
    code = f"from tests.benchmarks import memory, stream; stream.{function}({folder!r}); memory.print_peak()"
    return lambda: run_alone(code, {})


def _write_images(folder: Path) -> None:
    """Write BMP files, which take no time to make: a header, then the pixels."""
    random = np.random.default_rng(0)
    pixels = 3 * _SIZE * _SIZE
    header = b"BM" + struct.pack("<IHHI", 54 + pixels, 0, 0, 54)
    header += struct.pack("<IiiHHIIiiII", 40, _SIZE, _SIZE, 1, 24, 0, pixels, 2835, 2835, 0, 0)
    for name, brightness in (("dark", 0), ("bright", 128)):
        (folder / name).mkdir()
        for number in range(_COUNT // 2):
            content = random.integers(brightness, brightness + 128, pixels, np.uint8).tobytes()
            (folder / name / f"{number}.bmp").write_bytes(header + content)


def streamed(folder: str) -> None:
    """Do what the program does with a folder."""
    from lrgui.core.config import TrainingConfig
    from lrgui.core.control import Control
    from lrgui.core.events import Event, Failed
    from lrgui.training.trainer import train

    events: list[Event] = []
    dataset = {"name": "image_folder", "path": folder, "image_size": _SIZE}
    config = TrainingConfig(dataset=dataset, model="softmax", batch_size=_BATCH_SIZE, epochs=1, learning_rate=1e-3)
    train(config, events.append, Control())
    if failed := [event for event in events if isinstance(event, Failed)]:
        raise RuntimeError(failed[0].details)


def loaded(folder: str) -> None:
    """Do what a short script does: all images as one array, and plain ``fit``."""
    import keras

    from lrgui.core.config.model import Softmax
    from lrgui.training.models import build_model

    found = keras.utils.image_dataset_from_directory(
        folder, batch_size=None, image_size=(_SIZE, _SIZE), shuffle=True, seed=0, verbose=False
    )
    images, labels = np.empty((_COUNT, _SIZE, _SIZE, 3), np.float32), np.empty(_COUNT, np.int32)
    for place, (image, label) in enumerate(found):
        images[place], labels[place] = image, label
    model = build_model(Softmax(), images.shape[1:], 2)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images / 255, labels, batch_size=_BATCH_SIZE, verbose=0, validation_split=0.2)
