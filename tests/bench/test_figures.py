"""A figure knows whether its budget is held."""

import pytest

from tests.bench.figures import Figure, Limit, markdown, plain


@pytest.mark.parametrize(
    ("held", "measured", "limit"),
    [
        (True, 20.0, Limit(times=2)),
        (False, 20.1, Limit(times=2)),
        (True, 5.0, Limit(most=5)),
        (False, 5.1, Limit(most=5)),
        (False, 15.0, Limit(most=5, times=2)),
        (False, 30.0, Limit(most=50, times=2)),
    ],
)
def test_a_budget_is_held_when_all_of_it_is(held: bool, measured: float, limit: Limit) -> None:
    assert held is Figure("it", measured, "ms", limit, 10.0, "yardstick").held


def test_without_its_yardstick_a_ratio_is_not_held() -> None:
    assert not Figure("it", 1.0, "ms", Limit(times=2)).held


def test_what_could_not_be_measured_is_neither_held_nor_missed() -> None:
    figure = Figure("the package", None, "MB", Limit(most=60))
    assert "| the package | not built | – | – | ≤ 60 MB | – |" in markdown([figure])


def test_the_table_tells_figure_yardstick_ratio_and_budget() -> None:
    figure = Figure("the brief", 3.0, "ms", Limit(most=20, times=4), 1.5, "sqlite3")
    assert "| the brief | 3 ms | 1.5 ms (sqlite3) | 2.00 × | ≤ 4 ×, ≤ 20 ms | yes |" in markdown([figure])
    assert "the brief" in plain([figure])
