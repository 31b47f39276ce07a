"""The week a day or a moment belongs to, at the ends of years, in any zone, when clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coachdesk.errors import Refused
from coachdesk.practice import weeks
from coachdesk.practice.weeks import Week

BERLIN = ZoneInfo("Europe/Berlin")
AUCKLAND = ZoneInfo("Pacific/Auckland")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
DAYS = some.dates(date(1901, 1, 1), date(2199, 12, 1))
ZONES = some.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 3, 2), "2026-W10"),
        (date(2026, 1, 1), "2026-W01"),
        (date(2025, 12, 29), "2026-W01"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 1), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_a_day_belongs_to_the_week_of_its_thursday(day: date, week: str) -> None:
    assert week == str(weeks.of_day(day))


def test_a_moment_belongs_to_the_week_it_is_where_the_person_is() -> None:
    sunday_night = datetime(2027, 1, 3, 22, 30, tzinfo=UTC)
    assert "2026-W53" == str(weeks.of(sunday_night, BERLIN))
    assert "2027-W01" == str(weeks.of(sunday_night, AUCKLAND))
    assert "2026-W53" == str(weeks.of(sunday_night + timedelta(hours=9), LOS_ANGELES))


@pytest.mark.parametrize(
    ("week", "hours"), [("2026-W10", 168), ("2026-W13", 167), ("2026-W43", 169), ("2026-W53", 168)]
)
def test_a_week_in_which_clocks_change_is_an_hour_shorter_or_longer(week: str, hours: int) -> None:
    start, end = weeks.read(week).span(BERLIN)
    assert timedelta(hours=hours) == end - start


def test_weeks_follow_each_other_over_the_new_year() -> None:
    assert Week(2027, 1) == Week(2026, 53).later()
    assert Week(2026, 53) == Week(2027, 1).later(-1)
    assert sorted([Week(2027, 1), Week(2026, 53), Week(2026, 9)]) == [Week(2026, 9), Week(2026, 53), Week(2027, 1)]


@pytest.mark.parametrize("text", ["2026-W10", " 2026-w10 ", "2026W10"])
def test_a_week_can_be_written_a_little_differently(text: str) -> None:
    assert Week(2026, 10) == weeks.read(text)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-W54", "2025-W53", "2026-W00", "W10", "2026-W1x", "0001-W01", "٢٠٢٦-W٥٤"]
)
def test_what_is_no_week_is_refused_in_words(text: str) -> None:
    with pytest.raises(Refused, match="write it like 2026-W10"):
        weeks.read(text)


@given(DAYS)
def test_a_week_is_read_as_it_is_written_and_holds_its_days(day: date) -> None:
    week = weeks.of_day(day)
    assert week == weeks.read(str(week))
    assert week.monday <= day <= week.sunday
    assert (0, 6) == (week.monday.weekday(), week.sunday.weekday())


@given(DAYS, ZONES, some.integers(0, 7 * 24 * 60))
def test_every_moment_lies_in_the_span_of_its_week_and_of_no_other(day: date, zone: ZoneInfo, minutes: int) -> None:
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)
    week = weeks.of(moment, zone)
    start, end = week.span(zone)
    assert start <= moment < end
    assert end == week.later().span(zone)[0]
