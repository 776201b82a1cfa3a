"""The work of the window without one: ``lrgui find``, ``lrgui train``, ``lrgui data`` and ``lrgui history``."""
