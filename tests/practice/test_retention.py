"""Years after a day, in every calendar that a computer may have."""

from datetime import date

from coachdesk.practice.retention import years_after


def test_years_after_a_leap_day_and_beyond_the_calendar() -> None:
    assert date(2021, 3, 1) == years_after(date(2020, 2, 29), 1)
    assert date(2024, 2, 29) == years_after(date(2020, 2, 29), 4)
    assert date(9998, 12, 31) == years_after(date(9999, 12, 31), 50)
