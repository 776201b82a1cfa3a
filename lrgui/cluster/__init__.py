"""Runs that do not need each other, carried out by several workers: the only room that knows Dask.

On this side it is core alone: neither Keras nor Qt. ``at_worker`` is the other side, where ``training`` is imported.
"""
