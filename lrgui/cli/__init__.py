"""The work of the window without one: ``lrgui find`` and ``lrgui train``."""
