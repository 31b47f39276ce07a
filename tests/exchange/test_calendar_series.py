"""Series with exceptions, compared with recurring-ical-events, which unfolds them independently of us."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from coachdesk.exchange.calendar_in import AHEAD, BACK
from tests.exchange.test_calendar_in import BERLIN, NOW, calendar, reading

BEGIN = datetime(2026, 2, 24, 14, 30, tzinfo=BERLIN)
ZONES = ("Europe/Berlin", "America/New_York", "W. Europe Standard Time")


def written(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@st.composite
def calendars(draw: Any) -> str:
    """A series of days or weeks with days left out, added, moved and called off."""
    days = draw(st.sampled_from([1, 2, 7, 14]))
    zone = draw(st.sampled_from(ZONES))
    begin = BEGIN.replace(tzinfo=ZoneInfo("America/New_York" if zone == ZONES[1] else "Europe/Berlin"))
    instances = [begin + timedelta(days=days * n) for n in range(20)]
    chosen = draw(st.lists(st.integers(1, 19), max_size=6, unique=True))
    rule = f"FREQ=DAILY;INTERVAL={days}" if draw(st.booleans()) else f"FREQ=DAILY;INTERVAL={days};COUNT=20"
    lines = [f"UID:s|DTSTART;TZID={zone}:{begin:%Y%m%dT%H%M%S}|DURATION:PT50M|SUMMARY:Series|RRULE:{rule}"]
    exceptions = []
    for at in chosen:
        how = draw(st.sampled_from(["EXDATE", "RDATE", "MOVE", "CANCEL"]))
        if how == "EXDATE":
            lines.append(f"EXDATE;TZID={zone}:{instances[at]:%Y%m%dT%H%M%S}")
        elif how == "RDATE":
            lines.append(f"RDATE:{written(instances[at] + timedelta(hours=3))}")
        else:
            to = instances[at] + timedelta(hours=draw(st.integers(-60, 60)) if how == "MOVE" else 0)
            status = "|STATUS:CANCELLED" if how == "CANCEL" else ""
            exceptions.append(
                f"UID:s|RECURRENCE-ID;TZID={zone}:{instances[at]:%Y%m%dT%H%M%S}|DTSTART:{written(to)}|DURATION:PT1H|"
                f"SUMMARY:Instead{status}"
            )
    return calendar("|".join(lines), *exceptions)


@given(calendars())
def test_a_series_with_exceptions_is_what_another_reader_makes_of_it(text: str):
    theirs = recurring_ical_events.of(Calendar.from_ical(text)).between(NOW - BACK - timedelta(days=9), NOW + AHEAD)
    expected = sorted(
        (one["DTSTART"].dt.astimezone(UTC), str(one["SUMMARY"]), str(one.get("STATUS", "")) == "CANCELLED")
        for one in theirs
        if NOW - BACK <= one["DTSTART"].dt < NOW + AHEAD
    )
    with TemporaryDirectory() as folder:
        found = reading(Path(folder), text)
    assert () == found.problems
    assert expected == sorted((one.start, one.title, one.cancelled) for one in found.entries)
