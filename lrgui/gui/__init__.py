"""Qt: what is seen and touched. Knows nothing of Keras."""
