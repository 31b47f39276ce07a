# ruff: noqa: DTZ001  # the wall times of a series have no zone
"""Rules of repeating, compared with dateutil, which reads RFC 5545 independently of us; and rules that never end."""

from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.exchange.calendar_recurrence import Budget, TooMuch, Unreadable, last_moment, parse, starts

FAR = datetime(9999, 1, 1)


def named(
    rule: str, first: datetime, after: datetime, before: datetime, budget: Budget | None = None
) -> list[datetime]:
    """What a rule names within a stretch of time."""
    read = parse(rule)
    return list(starts(read, first, last_moment(read.until, None), after, before, budget or Budget()))


@st.composite
def rules(draw: Any) -> str:
    """A rule that both can read; ordinals of weekdays only where RFC 5545 gives them a meaning."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = {"FREQ": freq, "INTERVAL": draw(st.integers(1, 5)), "WKST": draw(st.sampled_from(["MO", "SU", "WE"]))}
    several = {"min_size": 1, "max_size": 3, "unique": True}
    optional = {
        "BYMONTH": st.lists(st.integers(1, 12), **several),
        "BYMONTHDAY": st.lists(st.integers(1, 31) | st.integers(-31, -1), **several),
        "BYHOUR": st.lists(st.integers(0, 23), **several),
        "BYMINUTE": st.lists(st.integers(0, 59), **several),
    }
    if freq == "WEEKLY":
        del optional["BYMONTHDAY"]
    if freq == "YEARLY":
        optional["BYYEARDAY"] = st.lists(st.integers(1, 366) | st.integers(-366, -1), **several)
        optional["BYWEEKNO"] = st.lists(st.integers(1, 53) | st.integers(-53, -1), **several)
    chosen = draw(st.lists(st.sampled_from(sorted(optional)), max_size=2, unique=True))
    parts |= {name: ",".join(map(str, draw(optional[name]))) for name in chosen}
    days = draw(st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), max_size=3, unique=True))
    if days and freq in ("MONTHLY", "YEARLY") and "BYWEEKNO" not in parts and draw(st.booleans()):
        days = [f"{draw(st.sampled_from([-5, -2, -1, 1, 2, 4, 5]))}{day}" for day in days]
    if days:
        parts["BYDAY"] = ",".join(days)
    if freq in ("MONTHLY", "YEARLY") and (days or chosen) and draw(st.booleans()):
        parts["BYSETPOS"] = draw(st.sampled_from([-2, -1, 1, 2, 3]))
    end = draw(st.sampled_from(["", "COUNT", "UNTIL"]))
    if end == "COUNT":
        parts["COUNT"] = draw(st.integers(1, 40))
    if end == "UNTIL":
        parts["UNTIL"] = f"{draw(st.datetimes(datetime(2019, 1, 1), datetime(2030, 1, 1))):%Y%m%dT%H%M%S}"
    return ";".join(f"{name}={value}" for name, value in parts.items())


@given(
    rules(),
    st.datetimes(datetime(2015, 1, 1), datetime(2026, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0)),
    st.datetimes(datetime(2020, 1, 1), datetime(2027, 1, 1)).map(lambda at: at.replace(microsecond=0)),
)
def test_a_rule_names_what_dateutil_names(rule: str, first: datetime, after: datetime):
    before = after + timedelta(days=400)
    theirs = takewhile(lambda at: at < before, rrulestr(f"{rule}", dtstart=first))
    assert [at for at in theirs if at >= after] == named(rule, first, after, before)


def test_the_examples_of_the_standard_hold():
    first, end = datetime(1997, 9, 2, 9), datetime(2000, 1, 1)
    every_other = named("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", first, first, end)
    assert ["0902", "0904", "0916", "0918", "0930", "1002", "1014", "1016"] == [f"{at:%m%d}" for at in every_other]
    last_monday = named("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", datetime(1997, 9, 22, 9), first, end)
    assert ["0922", "1020", "1117", "1222", "0119", "0216"] == [f"{at:%m%d}" for at in last_monday]
    election = named(
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", datetime(1996, 11, 5, 9),
        datetime(1996, 1, 1), datetime(2005, 1, 1),
    )  # fmt: skip
    assert ["19961105", "20001107", "20041102"] == [f"{at:%Y%m%d}" for at in election]
    week_20 = named("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", datetime(1997, 5, 12, 9), first - timedelta(days=200), end)
    assert ["19970512", "19980511", "19990517"] == [f"{at:%Y%m%d}" for at in week_20]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYSETPOS=3",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300",
        "FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=100",
        "FREQ=WEEKLY;INTERVAL=999999",
    ],
)
def test_a_rule_that_never_comes_true_costs_no_more_than_the_time_looked_at(rule: str):
    budget = Budget(steps=3000)
    after = datetime(2026, 3, 1)
    assert [] == named(rule, datetime(1900, 1, 2, 9), after, after + timedelta(days=190), budget)


def test_an_old_series_is_not_gone_through_from_its_beginning():
    budget = Budget(steps=400)
    after = datetime(2026, 3, 1)
    found = named("FREQ=DAILY", datetime(1900, 1, 1, 9), after, after + timedelta(days=187), budget)
    assert 187 == len(found)
    assert datetime(2026, 3, 1, 9) == found[0]


def test_a_counted_rule_that_never_comes_true_is_given_up():
    with pytest.raises(TooMuch):
        named("FREQ=DAILY;COUNT=5;BYMONTH=2;BYMONTHDAY=30", datetime(1900, 1, 1), datetime(2026, 1, 1), FAR)


def test_all_rules_together_have_a_budget_of_days_and_of_time():
    with pytest.raises(TooMuch):
        named("FREQ=YEARLY", datetime(2020, 1, 1), datetime(2020, 1, 1), FAR, Budget(steps=100))
    ticks = iter(range(10_000))
    with pytest.raises(TooMuch):
        named(
            "FREQ=DAILY", datetime(2020, 1, 1), datetime(2020, 1, 1), FAR, Budget(seconds=50, clock=lambda: next(ticks))
        )


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=1", "FREQ=HOURLY", "FREQ=NEVER", "", "COUNT=3",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;BYMONTH=13", "FREQ=DAILY;BYDAY=XX", "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=WEEKLY;WKST=1", f"FREQ=DAILY;INTERVAL={'9' * 5000}",
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_read_is_told_in_words(rule: str):
    with pytest.raises(Unreadable) as why:
        parse(rule)
    assert len(str(why.value)) < 150


def test_the_end_of_a_rule_is_a_whole_day_or_a_moment_of_its_zone():
    from zoneinfo import ZoneInfo

    berlin = ZoneInfo("Europe/Berlin")
    assert datetime(2026, 3, 10, 23, 59, 59) == last_moment("20260310", berlin)
    assert datetime(2026, 3, 10, 15) == last_moment("20260310T140000Z", berlin)
    assert datetime(2026, 3, 10, 14) == last_moment("20260310T140000", berlin)
    with pytest.raises(Unreadable):
        last_moment("tomorrow", berlin)
