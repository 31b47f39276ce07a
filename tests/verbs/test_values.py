"""Plain values out, dates and times in."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from coachdesk.errors import Refused
from coachdesk.verbs.values import dates, day, day_here, moment, plain


def test_times_go_out_in_utc_with_offset() -> None:
    east = timezone(timedelta(hours=2))
    assert "2026-03-02T12:00:00+00:00" == plain(datetime(2026, 3, 2, 14, 0, tzinfo=east))


def test_everything_inside_a_value_becomes_plain() -> None:
    value = {"a": (date(2026, 3, 2), Path("x")), 1: [None, True, 2.5]}
    assert {"a": ["2026-03-02", "x"], "1": [None, True, 2.5]} == plain(value)


def test_a_time_without_offset_is_local_time() -> None:
    assert datetime(2026, 3, 2, 13, 30, tzinfo=UTC) == moment("2026-03-02T14:30")  # Berlin, in winter
    assert datetime(2026, 7, 2, 12, 30, tzinfo=UTC) == moment(" 2026-07-02 14:30 ")


def test_a_time_with_offset_is_taken_as_it_is() -> None:
    assert datetime(2026, 3, 2, 19, 30, tzinfo=UTC) == moment("2026-03-02T14:30-05:00")
    assert datetime(2026, 3, 2, 14, 30, tzinfo=UTC) == moment("2026-03-02T14:30Z")


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    assert datetime(2026, 10, 25, 0, 30, tzinfo=UTC) == moment("2026-10-25T02:30")


def test_a_time_the_clocks_leap_over_is_refused() -> None:
    with pytest.raises(Refused, match="the clocks are set forward over it"):
        moment("2026-03-29T02:30")


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow", "2026-03-02", "14:30", "2026-02-30T10:00", "2026-03-02T25:00", "0001-01-01T00:00+05:00",
     "9999-12-31T23:59-05:00", "1700-01-01T00:00", "2026-03-02T14:30 ❤"],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused, match="write it like 2026-03-02T14:30"):
        moment(text)


def test_a_day_is_read() -> None:
    assert date(2026, 3, 2) == day(" 2026-03-02 ")


@pytest.mark.parametrize("text", ["", "2.3.2026", "2026-13-01", "2026-03-02T10:00", "1066-10-14", "soon"])
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused, match="write it like 2026-03-02"):
        day(text)


def test_a_day_begins_at_local_midnight() -> None:
    assert date(2026, 3, 2) == day_here(datetime(2026, 3, 1, 23, 0, tzinfo=UTC))
    assert date(2026, 3, 1) == day_here(datetime(2026, 3, 1, 22, 59, tzinfo=UTC))


def test_only_the_named_arguments_are_dates() -> None:
    given = {"due_on": "2026-03-02", "review_on": None, "text": "2026-03-02"}
    assert {**given, "due_on": date(2026, 3, 2)} == dates(given, "due_on", "review_on")
