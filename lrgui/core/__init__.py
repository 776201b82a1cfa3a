"""numpy, pydantic and the standard library: everything that can be known without Qt and without Keras."""
