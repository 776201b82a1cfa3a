"""Learning-Rate Lab: see what the learning rate does, find a good one, and train with it.

Importing this package imports neither Qt nor TensorFlow.
"""

__version__ = "0.1.0"
