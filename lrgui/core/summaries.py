"""What a model is made of: its layers, their shapes, and how much there is to learn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LayerSummary:
    """One layer. ``output_shape`` is that of one example, ``parameters`` counts trainable numbers and others."""

    name: str
    kind: str
    output_shape: tuple[int, ...]
    parameters: int


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """The layers in their order, and the sums over all of them.

    ``compiled`` tells of a model from a file whether it has an optimizer and a loss of its own; None of others.
    """

    layers: tuple[LayerSummary, ...]
    parameters: int
    trainable_parameters: int
    compiled: bool | None = None
