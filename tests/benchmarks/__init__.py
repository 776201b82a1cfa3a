"""How fast and how large, compared with something else in the same run: ``python -m tests.benchmarks [NAME ...]``."""
