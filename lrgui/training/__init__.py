"""Keras and TensorFlow: data, models, and the one trainer. Never Qt."""

import os

# Read by the libraries when they are imported, so it has to stand before any import of them.
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
