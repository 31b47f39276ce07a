"""A straight line through what was noted tells growth from noise."""

import random

from tests.soak.trends import Trend, after_warm_up, growth

TIMES = [at / 60 for at in range(100)]


def noise(seed: int = 4) -> list[float]:
    """Something that is the same all the time, give or take."""
    drawn = random.Random(seed)
    return [150 + drawn.gauss(0, 2) for _at in TIMES]


def test_the_slope_of_a_line_is_found_without_error() -> None:
    trend = Trend.of(TIMES, [150 + 3 * at for at in TIMES])
    assert (3.0, 0.0) == (round(trend.slope, 9), round(trend.error, 9))
    assert trend.grows


def test_noise_does_not_grow() -> None:
    assert not Trend.of(TIMES, noise()).grows


def test_what_rises_within_noise_grows() -> None:
    assert Trend.of(TIMES, [value + 4 * at for value, at in zip(noise(), TIMES, strict=True)]).grows


def test_what_rises_and_falls_back_does_not_grow() -> None:
    assert not Trend.of(TIMES, [150.0 + at % 10 for at in range(len(TIMES))]).grows


def test_neighbours_that_are_alike_make_it_less_sure() -> None:
    alone, alike = noise(), [value for value in noise() for _twice in range(2)]
    times = [at / 120 for at in range(2 * len(TIMES))]
    assert Trend.of(TIMES, alone).error < 1.2 * Trend.of(times, alike).error


def test_what_stays_as_it_is_does_not_grow() -> None:
    trend = Trend.of(TIMES, [7.0] * len(TIMES))
    assert (0.0, 0.0, False) == (trend.slope, trend.error, trend.grows)


def test_the_warm_up_is_a_fifth_but_no_less_than_the_first_rounds() -> None:
    assert 80 == len(after_warm_up(range(100)))
    assert [6, 7] == list(after_warm_up(range(8)))


def test_a_count_grows_by_what_is_there_more_at_the_end() -> None:
    assert 0 == growth([12, 12, 13, 12, 12, 14, 12, 12])
    assert 2 == growth([12, 12, 12, 13, 13, 14, 14, 14])
