"""Keras and TensorFlow: data, models and the one trainer. Knows nothing of Qt."""
