"""Each catalogue loads, and its texts take the same values as those of the program."""

from pathlib import Path

from lrgui import languages
from lrgui.core.messages import Refused, say


def check(folder: Path | None) -> None:
    """Read all catalogues.

    Raises
    ------
    Refused
        One is empty, or a translation takes other values than its text.
    """
    for language, name in languages.LANGUAGES.items():
        texts = {} if language == languages.ENGLISH else languages.catalogue(language)
        if not texts and language != languages.ENGLISH:
            raise Refused(say("{language}: there is no text in the catalogue.", language=name))
        for text, translation in texts.items():
            if languages.other_values(text, translation):
                raise Refused(say("{language}: other values in: {text}", language=name, text=translation))
