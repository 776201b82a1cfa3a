"""The parts of a formula in an order in which they can be computed."""

from lrgui.core.expressions.tree import Call, Node


def ordered(root: Node) -> list[Node]:
    """Return every part once, arguments before what is made of them, the whole formula last."""
    found: dict[int, Node] = {}
    waiting: list[tuple[Node, bool]] = [(root, False)]
    while waiting:
        node, ready = waiting.pop()
        if id(node) in found:
            continue
        if ready or not isinstance(node, Call):
            found[id(node)] = node
        else:
            waiting.append((node, True))
            waiting.extend((argument, False) for argument in reversed(node.arguments))
    return list(found.values())
