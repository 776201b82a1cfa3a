"""The ready functions of two variables, most of them the classics of the literature on optimization."""

from lrgui.core.functions.function import FormulaFunction, Interval, Minimum, Point
from lrgui.core.messages import Message, say

_SURVEY = "Jamil and Yang, A literature survey of benchmark functions, arXiv 1308.4008, function "
_TEACHING = "Classical in teaching"


def _square(half: float) -> tuple[Interval, Interval]:
    return (-half, half), (-half, half)


def _plane(
    name: str,
    title: Message,
    formula: str,
    source: str,
    view: tuple[Interval, Interval],
    start: Point,
    rate: float,
    *minima: Minimum,
) -> FormulaFunction:
    return FormulaFunction(name, title, formula, source, ("x", "y"), view, start, rate, minima)


def bowl(condition: float = 10.0) -> FormulaFunction:
    """Return the elliptic bowl ``(x**2 + condition*y**2)/2``.

    Its Hessian has the eigenvalues 1 and ``condition``: the rate is limited by the larger one, the time by the
    smaller one (Goh, Why momentum really works, Distill, 2017).

    Parameters
    ----------
    condition : float
        The condition number, at least 1: 1 is a round bowl, 100 a ravine.
    """
    return _plane(
        "bowl", say("Elliptic bowl"), f"(x**2 + {condition:.12g}*y**2)/2",
        "Goh, Why momentum really works, Distill, 2017",
        ((-6.0, 6.0), (-3.0, 3.0)), (5.0, 2.0), 1.8 / (condition + 1), Minimum((0.0, 0.0), 0.0),
    )  # fmt: skip


TWO_VARIABLES = (
    _plane(
        "rosenbrock", say("Rosenbrock"), "(1 - x)**2 + 100*(y - x**2)**2",
        "Rosenbrock, The Computer Journal 3 (1960), page 175",
        ((-2.0, 2.0), (-1.0, 3.0)), (-1.2, 1.0), 0.001, Minimum((1.0, 1.0), 0.0),
    ),
    _plane(
        "himmelblau", say("Himmelblau"), "(x**2 + y - 11)**2 + (x + y**2 - 7)**2", f"{_SURVEY}65",
        _square(5.0), (0.0, 0.0), 0.01,
        Minimum((3.0, 2.0), 0.0),
        Minimum((-2.805118086952745, 3.131312518250573), 0.0),
        Minimum((-3.779310253377747, -3.283185991286169), 0.0),
        Minimum((3.5844283403304917, -1.8481265269644036), 0.0),
    ),
    _plane(
        "beale", say("Beale"), "(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2", f"{_SURVEY}10",
        _square(4.5), (1.0, 1.5), 0.01, Minimum((3.0, 0.5), 0.0),
    ),
    _plane(
        "booth", say("Booth"), "(x + 2*y - 7)**2 + (2*x + y - 5)**2", f"{_SURVEY}17",
        _square(10.0), (-8.0, -6.0), 0.05, Minimum((1.0, 3.0), 0.0),
    ),
    _plane(
        "rastrigin", say("Rastrigin"), "20 + x**2 - 10*cos(2*pi*x) + y**2 - 10*cos(2*pi*y)",
        "Rastrigin, Systems of extremal control, 1974",
        _square(5.12), (3.3, -2.7), 0.002, Minimum((0.0, 0.0), 0.0),
    ),
    _plane(
        "ackley", say("Ackley"),
        "-20*exp(-0.2*sqrt((x**2 + y**2)/2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2) + 20 + e", f"{_SURVEY}1",
        _square(5.0), (2.6, 1.7), 0.02, Minimum((0.0, 0.0), 0.0),
    ),
    _plane("saddle", say("Saddle"), "x**2 - y**2", _TEACHING, _square(3.0), (2.5, 1e-3), 0.1),
    _plane("monkey_saddle", say("Monkey saddle"), "x**3 - 3*x*y**2", _TEACHING, _square(2.0), (1.2, 0.4), 0.05),
    _plane(
        "plateau_2d", say("Plateau in two variables"), "1 - exp(-(x**2 + y**2)/4)", _TEACHING,
        _square(6.0), (2.5, 2.0), 1.0, Minimum((0.0, 0.0), 0.0),
    ),
    _plane(
        "two_valleys", say("Local and global minimum"),
        "(x**2 + y**2)/20 - 2*exp(-(x - 2)**2 - (y - 1)**2) - 3*exp(-(x + 2)**2/4 - (y + 1)**2/4)", _TEACHING,
        _square(4.0), (3.2, 2.4), 0.1,
        Minimum((-1.8744211680618221, -0.9372105840309111), -2.765661049195648),
        Minimum((1.9396725839324673, 0.9698362919662337), -1.779254210619575, deepest=False),
    ),
)  # fmt: skip
"""In the order in which they are offered, without those that are made to measure."""
