"""Command-line options made from the fields of a config, and the config made from what was typed."""

import argparse
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from lrgui.cli.wrapping import filled, wrapped
from lrgui.core.config.base import Choice, Config
from lrgui.core.config.fields import FieldSpec, choice_name, field_specs, problems
from lrgui.core.messages import Message, Refused, plainly, say

AnyConfig = TypeVar("AnyConfig", bound=Config)

_METAVARS = {
    "whole": "N",
    "number": "X",
    "flag": "true|false",
    "word": "WORD",
    "choice": "NAME[,KEY=VALUE,...]",
    "text": "TEXT",
    "path": "PATH",
    "folder": "PATH",
    "name": "NAME",
    "length": "LENGTH",
    "lengths": "LENGTHS",
    "numbers": "NUMBERS",
    "points": "POINTS",
}
_STARTS_LIKE_A_NUMBER = re.compile(r"-(\d|\.\d|inf|nan)", re.IGNORECASE)


class BadInput(Refused):
    """Something on the command line cannot be taken; the message is one line for a person."""


class _Help(argparse.RawDescriptionHelpFormatter):
    """Writes the help in the language of now, and breaks lines where that may be broken."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Begin the help with how the command is typed (argparse's hook)."""
        super().add_usage(usage, actions, groups, str(say("usage: ")) if prefix is None else prefix)


# argparse's own words for what is wrong, as far as they can come up.
_PROBLEMS = {
    "expected one argument": say("expected one argument"),
    "expected at least one argument": say("expected at least one argument"),
}


def _problem(told: str) -> Message:
    return _PROBLEMS.get(told, Message("{problem}", {"problem": told}))


class Parser(argparse.ArgumentParser):
    """An ``ArgumentParser`` that raises ``BadInput`` where argparse would print its usage and exit."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, exit_on_error=False, formatter_class=_Help, add_help=False, **settings)
        self._optionals.title = str(say("options"))
        self.add_argument("-h", "--help", action="help", help=str(say("show this help message and exit")))

    def error(self, message: str) -> Any:
        """Refuse what was typed."""
        raise BadInput(_problem(message))

    def read(self, words: list[str]) -> dict[str, Any]:
        """Return what was typed, by the option's name; options that were not typed are left out.

        Raises
        ------
        BadInput
            An option that there is not, or one without its value.
        """
        try:
            typed, unknown = self.parse_known_args(_with_negative_numbers(words))
        except argparse.ArgumentError as error:
            raise BadInput(self._lacks_its_value(error)) from error
        if unknown:
            raise BadInput(say("cannot take {word}; {known}", word=unknown[0], known=self._known()))
        return vars(typed)

    def _known(self) -> Message:
        names = [name for action in self._actions for name in action.option_strings if name.startswith("--")]
        return say("there are {options}", options=", ".join(names))

    def _lacks_its_value(self, error: argparse.ArgumentError) -> Message:
        action = next((a for a in self._actions if error.argument_name in a.option_strings), None)
        return say(
            "{option}: {problem}; {help}",
            option=error.argument_name or self.prog,
            problem=_problem(error.message),
            help=(action.help or "" if action else "").replace("%%", "%"),
        )


def _with_negative_numbers(words: list[str]) -> list[str]:
    """Join ``--learning-rate -1e-3`` to one word: argparse takes ``-1e-3`` for an option otherwise."""
    joined: list[str] = []
    for word in words:
        if joined and re.fullmatch(r"--[\w-]+", joined[-1]) and _STARTS_LIKE_A_NUMBER.match(word):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def option_of(field: str) -> str:
    """Return the option that stands for a field: ``batch_size`` is ``--batch-size``."""
    return "--" + field.replace("_", "-")


def add_fields(parser: argparse.ArgumentParser, config: type[Config]) -> None:
    """Add an option for every field of the config, grouped as in the form."""
    groups: dict[str, argparse._ArgumentGroup] = {}
    for spec in field_specs(config):
        group = groups.get(spec.group) or parser.add_argument_group(str(say(spec.group)))
        groups[spec.group] = group
        group.add_argument(
            option_of(spec.name),
            dest=spec.name,
            default=argparse.SUPPRESS,
            metavar=_METAVARS[spec.kind],
            help=describe(spec).replace("%", "%%"),
        )


def describe(spec: FieldSpec) -> str:
    """Return a field's description, bounds and default, for the help; its title too where the option says another."""
    sentence = say(
        "{description} Takes {allowed}; default {default}.",
        description=spec.description,
        allowed=spec.allowed(),
        default=_word(spec.default),
    )
    if plainly(spec.title).replace(" ", "").lower() == spec.name.replace("_", ""):
        return str(sentence)
    return str(say("{title}: {sentence}", title=spec.title, sentence=sentence))


def describe_choices(config: type[Config]) -> str:
    """Return the choices of a config with the fields that each brings, as lines for the help; shared ones once."""
    lines = [str(say("choices and their fields, typed as NAME,KEY=VALUE,...:"))]
    for spec in field_specs(config):
        if spec.kind != "choice":
            continue
        shared = [inner for inner in field_specs(spec.options[0]) if all(inner in field_specs(o) for o in spec.options)]
        if shared:
            lines += ["", str(say("  {option} any of them", option=option_of(spec.name))), *map(_wrapped, shared)]
        for option in spec.options:
            lines += ["", f"  {option_of(spec.name)} {choice_name(option)}", f"      {option.summary}"]
            lines += [_wrapped(inner) for inner in field_specs(option) if inner not in shared]
    return "\n".join(lines)


def _wrapped(spec: FieldSpec) -> str:
    return filled(describe(spec), 100, f"      {spec.name:<11} ", " " * 18)


def config_from(config: type[AnyConfig], typed: Mapping[str, Any]) -> AnyConfig:
    """Make a config of what was typed.

    Raises
    ------
    BadInput
        Names the first option that cannot be taken, what was given, and what is allowed.
    """
    given = {name: typed[name] for name in config.model_fields if name in typed}
    try:
        return config(**given)
    except ValidationError as error:
        path, message = next(iter(problems(config, error).items()))
        options = " ".join(f"{option_of(name)} {given.get(name, '')}" for name in path[:1] or given)
        raise BadInput(say("{options}: {message}", options=options, message=message)) from error


def typed_as(fields: type[Config], config: Config) -> list[str]:
    """Return the words that set the given fields as they are in the config; defaults are left out."""
    words: list[str] = []
    for spec in field_specs(fields):
        value = getattr(config, spec.name)
        if value != spec.default:
            words += [option_of(spec.name), _word(value)]
    return words


def typed_choice(choice: Choice) -> str:
    """Return a choice as it is typed: its name, and the fields that are not as usual."""
    return _word(choice)


def _word(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, float):
        return re.sub(r"e([+-])0*", r"e\1", f"{value:.12g}")
    if isinstance(value, bool):
        return str(value).lower()
    if type(value) is tuple:
        return " ".join(_word(part) for part in value)
    if isinstance(value, str):
        return f'"{value}"' if "," in value else value
    if not isinstance(value, Choice):
        return str(value)
    changed = [(spec.name, getattr(value, spec.name), spec.default) for spec in field_specs(type(value))]
    pairs = [f"{name}={_word(given)}" for name, given, default in changed if given != default]
    return ",".join([choice_name(type(value)), *pairs])
