"""Which input a field gets: its kind decides."""

from PySide6.QtWidgets import QWidget

from lrgui.core.config.fields import FieldSpec, choice_name
from lrgui.core.messages import say
from lrgui.gui.widgets.fields import FlagField, NumberField, TextField, WordField


def input_for(spec: FieldSpec) -> QWidget:
    """Return the input for a field; the only place where a kind becomes a widget."""
    match spec.kind:
        case "flag":
            return FlagField()
        case "word":
            return WordField({word: say(word) for word in spec.options})
        case "choice":
            return WordField({choice_name(option): option.title for option in spec.options})
        case "path" | "folder":
            from lrgui.gui.widgets.path_field import PathField  # the first page has none at first

            return PathField(spec)
        case "text" | "name" | "length" | "lengths" | "numbers" | "points":
            return TextField(spec)
    return NumberField(spec)
