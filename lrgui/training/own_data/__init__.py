"""Data of a person's own: read, checked, and told about. TensorFlow only where images are read."""
