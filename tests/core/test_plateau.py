from lrgui.core.config.plateau import ReduceOnPlateau
from lrgui.core.plateau import PlateauRule


def test_that_a_value_that_is_no_number_is_never_better():
    rule = PlateauRule(ReduceOnPlateau(patience=2))
    assert [rule.lowers(value) for value in (float("nan"), float("nan"), 1.0, 2.0)] == [False, True, False, False]


def test_that_the_factor_stops_at_the_floor():
    rule = PlateauRule(ReduceOnPlateau(patience=1, factor=0.5, floor=0.3))
    assert [rule.lowers(1.0) for _ in range(5)] == [False, True, True, False, False]
    assert rule.factor == 0.3
