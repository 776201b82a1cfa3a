"""The update rules of the gradient-descent lab: what each of ``core.config.descent``'s walkers does."""

from collections.abc import Callable
from typing import Any

from lrgui.core.config.descent import WalkerChoice
from lrgui.core.optimizers.adam import adam, lion
from lrgui.core.optimizers.adaptive import adadelta, adagrad, rmsprop
from lrgui.core.optimizers.momentum import descent, heavy_ball, nesterov
from lrgui.core.optimizers.rule import Rule, State

__all__ = ["Rule", "State", "rule_of"]


def _sgd(momentum: float, nesterov: bool) -> Rule:
    return _nesterov(momentum) if nesterov else _momentum(momentum)


def _momentum(momentum: float) -> Rule:
    return heavy_ball(momentum) if momentum else descent()


def _nesterov(momentum: float) -> Rule:
    return nesterov(momentum) if momentum else descent()


_RULES: dict[str, Callable[..., Rule]] = {
    "sgd": _sgd,
    "momentum": _momentum,
    "nesterov": _nesterov,
    "adagrad": lambda initial_accumulator_value, epsilon: adagrad(initial_accumulator_value, epsilon),
    "rmsprop": rmsprop,
    "adam": adam,
    "amsgrad": lambda **fields: adam(**fields, amsgrad=True),
    "adamw": adam,
    "adadelta": adadelta,
    "lion": lion,
}

_OF_THE_WALK = {"name", "learning_rate", "schedule", "noise"}


def rule_of(walker: WalkerChoice) -> Rule:
    """Return what the walker's optimizer does at each step."""
    fields: dict[str, Any] = {name: getattr(walker, name) for name in type(walker).model_fields}
    return _RULES[fields["name"]](**{name: value for name, value in fields.items() if name not in _OF_THE_WALK})
