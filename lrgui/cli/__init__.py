"""The work of the window without one: ``lrgui find``, ``lrgui train`` and ``lrgui data``."""
