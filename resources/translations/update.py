"""Bring the catalogues up to date with the texts of the program, and say what is missing.

    python resources/translations/update.py            write the catalogues, list what is not translated
    python resources/translations/update.py --check    list only; exit code 1 if anything is missing or wrong

Needs Babel, which comes with ``pip install -e '.[test]'``. ``README.md`` beside this file says how to translate.
"""

import importlib
import pkgutil
import string
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from lrgui.languages import other_values, values_of

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
LANGUAGES = tuple(sorted(path.parent.parent.name for path in HERE.glob("*/LC_MESSAGES/lrgui.po")))

_SIGNS = ".,:;("


def marked() -> dict[str, set[str]]:
    """Return every text that is marked for translation, each with the files in which it stands."""
    found: dict[str, set[str]] = {}
    for file, text in (*_said(), *_described()):
        if _is_language(text):
            found.setdefault(text, set()).add(file)
    return found


def _is_language(text: str) -> bool:
    """Return whether a text has words, or the signs between sentences that each language writes in its own way."""
    plain = _plain(text)
    return any(sign.isalpha() for sign in plain) or (plain != text and any(sign in _SIGNS for sign in plain))


def _said() -> Iterator[tuple[str, str]]:
    """Yield what is given to ``say``."""
    package = CHECKOUT / "lrgui"
    for file, _, text, *_ in extract_from_dir(package, [("**.py", "python")], keywords={"say": None}):
        if isinstance(text, str):
            yield f"lrgui/{Path(file).as_posix()}", text


def _described() -> Iterator[tuple[str, str]]:
    """Yield what the configs of core declare: titles, descriptions, groups, units, and words to choose among."""
    from lrgui.core.config.base import Config

    _import_all("lrgui.core")
    for config in _heirs(Config):
        file = config.__module__.replace(".", "/") + ".py"
        for name, field in config.model_fields.items():
            if field.title and name != "name":
                extra: Any = field.json_schema_extra or {}
                texts = [field.title, field.description, extra.get("group"), extra.get("unit")]
                yield from ((file, text) for text in (*texts, *_words(field.annotation)) if text)


def _words(annotation: Any) -> Iterator[str]:
    """Yield the words that a field chooses among."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif get_origin(annotation) in (Annotated, Union, UnionType):
        for part in get_args(annotation):
            yield from _words(part)


def _import_all(name: str) -> None:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):
        importlib.import_module(module.name)


def _heirs(kind: type) -> Iterator[type]:
    for heir in kind.__subclasses__():
        if heir.__module__.startswith("lrgui.core."):
            yield heir
            yield from _heirs(heir)


def _plain(text: str) -> str:
    """Return what of a text is words, without the places of values."""
    return "".join(words for words, _, _, _ in string.Formatter().parse(text))


def catalogue_of(language: str) -> Catalog:
    """Return the catalogue of a language as it stands in its file."""
    with open(HERE / language / "LC_MESSAGES" / "lrgui.po", "rb") as file:
        return read_po(file, locale=language)


def problems(language: str, texts: Iterable[str]) -> list[str]:
    """Return a line for each text that is not translated, not used any more, or translated with other values."""
    catalogue, texts = catalogue_of(language), set(texts)
    found = [f"{language}: not translated: {text!r}" for text in sorted(texts) if not _translation(catalogue, text)]
    for message in catalogue:
        if not message.id:
            continue
        if message.id not in texts:
            found.append(f"{language}: no longer in the program: {message.id!r}")
        elif message.string and not message.fuzzy and other_values(message.id, message.string):
            found.append(f"{language}: other values than {values_of(message.id)}: {message.string!r}")
    return found


def _translation(catalogue: Catalog, text: str) -> str:
    message = catalogue.get(text)
    return message.string if message is not None and not message.fuzzy else ""


def update(language: str, texts: dict[str, set[str]]) -> None:
    """Write the catalogue of a language anew: with all texts, and without those that are gone."""
    old = catalogue_of(language)
    new = Catalog(locale=language, project="lrgui", charset="utf-8", fuzzy=False, header_comment=old.header_comment)
    new.revision_date = new.creation_date = old.creation_date
    for text, files in texts.items():
        known = old.get(text)
        kept = (
            {}
            if known is None
            else {"flags": known.flags - {"python-brace-format"}, "user_comments": known.user_comments}
        )
        new.add(text, _translation(old, text), [(file, 0) for file in sorted(files)], **kept)
    for message in new:
        message.flags.discard("python-brace-format")
    with open(HERE / language / "LC_MESSAGES" / "lrgui.po", "wb") as file:
        write_po(file, new, width=118, sort_by_file=True, include_lineno=False)


def main(words: list[str]) -> int:
    """Do what was asked for, and return the exit code."""
    texts = marked()
    if "--check" not in words:
        for language in LANGUAGES:
            update(language, texts)
    found = [problem for language in LANGUAGES for problem in problems(language, texts)]
    print("\n".join(found) or f"{len(texts)} texts, all there.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
