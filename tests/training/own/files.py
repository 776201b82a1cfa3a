"""Model files for tests: archives put together by hand, which need no Keras, and Python files."""

import json
import zipfile
from pathlib import Path
from typing import Any

KERAS_VERSION = "3.15.1"

WEIGHTS = "model.weights.h5"


def dense(name: str = "dense", units: int = 10, **changed: Any) -> dict[str, Any]:
    config = {"name": name, "units": units, "activation": "softmax", **changed}
    return {"module": "keras.layers", "class_name": "Dense", "config": config, "registered_name": None}


def layer(class_name: str, module: str | None = "keras.layers", **config: Any) -> dict[str, Any]:
    registered = None if module and module.startswith("keras") else class_name
    return {"module": module, "class_name": class_name, "config": config, "registered_name": registered}


def sequential(*layers: dict[str, Any], compiled: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what Keras writes of a Sequential model of 64 inputs."""
    first = layer("InputLayer", batch_shape=[None, 64], dtype="float32", name="input")
    config = {"name": "sequential", "layers": [first, *layers]}
    return {
        "module": "keras", "class_name": "Sequential", "config": config, "registered_name": None,
        "build_config": {"input_shape": [None, 64]}, "compile_config": compiled or {},
    }  # fmt: skip


def write_archive(
    path: Path, config: Any, version: str = KERAS_VERSION, weights: bytes = b"x" * 3000, **members: bytes
) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": version}))
        archive.writestr("config.json", config if isinstance(config, (str, bytes)) else json.dumps(config))
        archive.writestr(WEIGHTS, weights)
        for name, data in members.items():
            archive.writestr(name, data)
    return path
