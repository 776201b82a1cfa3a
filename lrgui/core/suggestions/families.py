"""How an optimizer makes a step of a gradient, as far as it moves the rates that work best."""

from typing import Literal, get_args

from lrgui.core.config.base import Choice

Family = Literal["gradient", "momentum", "adaptive", "sign"]
"""A step in proportion to the gradient; to a running sum of it; divided by its recent size; its sign alone.

With momentum a step counts for several: in a sweep, which is over soon, the loss falls late, at rates that are too
high for a training. Dividing by the size of the gradient keeps steps from shrinking as the loss does; taking nothing
but the sign does so entirely.
"""

FAMILIES: tuple[Family, ...] = get_args(Family)

_ADAPTIVE = ("rmsprop", "adam", "adamw", "nadam", "adamax")


def family_of(optimizer: Choice) -> Family | None:
    """Return the family of an optimizer, or None for one that none of the measured ones resembles."""
    fields = optimizer.model_dump()
    match fields["name"]:
        case "sgd":
            return "momentum" if fields["momentum"] > 0 else "gradient"
        case "lion":
            return "sign"
        case name:
            return "adaptive" if name in _ADAPTIVE else None
