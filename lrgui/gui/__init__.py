"""Qt: what is seen and touched. Knows nothing of Keras."""

from lrgui.gui.overrides import guard

guard()  # before any class of a widget is made
