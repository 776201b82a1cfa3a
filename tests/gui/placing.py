"""The hand in the dialog of places."""

from PySide6.QtWidgets import QDialogButtonBox


def choose(dialog, name, **typed):
    dialog.radios[name].click()
    for field, text in typed.items():
        dialog.rows[name, field].input.setText(text)


def ok(dialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
