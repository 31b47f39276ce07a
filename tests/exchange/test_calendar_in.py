"""Calendars of every kind, against instances written down by hand; and what cannot be read, in words."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coachdesk.exchange.calendar_in import read
from coachdesk.exchange.calendar_recurrence import Budget
from coachdesk.practice.calendar_entries import Entry, Reading

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""A Monday; the clocks go forward in Berlin on 29 March, in New York on 8 March."""


def calendar(*events: str, head: str = "") -> str:
    """A calendar of these events; ``|`` parts their lines."""
    body = "".join(f"BEGIN:VEVENT\r\n{_lines(one)}END:VEVENT\r\n" for one in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{_lines(head)}{body}END:VCALENDAR\r\n"


def _lines(text: str) -> str:
    return "".join(f"{line}\r\n" for line in text.split("|") if line)


def reading(folder: Path, text: str | bytes, zone: ZoneInfo = BERLIN, now: datetime = NOW) -> Reading:
    """The text as a file, read."""
    path = folder / "calendar.ics"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path, now=now, zone=zone, budget=Budget(seconds=3600))


def moments(found: Reading) -> list[str]:
    """The starts, in UTC."""
    return [f"{one.start:%m-%d %H:%M}" for one in found.entries]


def only(found: Reading) -> Entry:
    assert () == found.problems
    (one,) = found.entries
    return one


ONCE = "UID:a1|DTSTART:20260305T140000Z|DTEND:20260305T145000Z|SUMMARY:Coaching Ana"
WEEKLY = (
    "UID:w1|DTSTART;TZID=Europe/Berlin:20260113T150000|DURATION:PT50M|SUMMARY:Ana|"
    "RRULE:FREQ=WEEKLY;UNTIL=20260407T130000Z"
)


def test_an_entry_is_taken_with_all_it_says(tmp_path: Path):
    found = only(
        reading(
            tmp_path,
            calendar(
                f'{ONCE}|ORGANIZER;CN="Coach; me":mailto:Coach@Example.org|'
                "ATTENDEE;CN=Ana;PARTSTAT=ACCEPTED:MAILTO:ana@example.org|ATTENDEE;EMAIL=x@y.org:urn:uuid:7"
            ),
        )
    )
    assert Entry(
        "a1", datetime(2026, 3, 5, 14, tzinfo=UTC), datetime(2026, 3, 5, 14, tzinfo=UTC),
        datetime(2026, 3, 5, 14, 50, tzinfo=UTC), "Coaching Ana", ("coach@example.org", "ana@example.org", "x@y.org"),
        time_zone="UTC",
    ) == found  # fmt: skip
    assert 50 == found.minutes


def test_a_series_keeps_its_time_of_day_when_the_clocks_change(tmp_path: Path):
    found = reading(tmp_path, calendar(WEEKLY))
    assert ["03-03 14:00", "03-10 14:00", "03-17 14:00", "03-24 14:00", "03-31 13:00", "04-07 13:00"] == moments(found)[
        1:
    ]
    assert {"Europe/Berlin"} == {one.time_zone for one in found.entries}
    assert all(one.repeats and one.minutes == 50 for one in found.entries)
    assert "02-24 14:00" in moments(found)[0]


def test_exceptions_move_cancel_leave_out_and_add(tmp_path: Path):
    found = reading(
        tmp_path,
        calendar(
            f"{WEEKLY}|EXDATE;TZID=Europe/Berlin:20260303T150000|RDATE;TZID=Europe/Berlin:20260305T090000",
            "UID:w1|RECURRENCE-ID;TZID=Europe/Berlin:20260310T150000|DTSTART;TZID=Europe/Berlin:20260312T110000|"
            "DTEND;TZID=Europe/Berlin:20260312T120000|SUMMARY:Ana\\, moved",
            "UID:w1|RECURRENCE-ID:20260317T140000Z|DTSTART:20260317T140000Z|STATUS:CANCELLED|SUMMARY:Ana",
        ),
    )
    assert () == found.problems
    assert [
        "02-24 14:00", "03-05 08:00", "03-12 10:00", "03-17 14:00", "03-24 14:00", "03-31 13:00", "04-07 13:00",
    ] == moments(found)  # fmt: skip
    moved, cancelled = found.entries[2:4]
    assert (datetime(2026, 3, 10, 14, tzinfo=UTC), "Ana, moved", 60) == (moved.instance, moved.title, moved.minutes)
    assert [True] == [one.cancelled for one in found.entries if one.cancelled]
    assert cancelled.instance == cancelled.start


def test_this_and_all_following_moves_the_rest(tmp_path: Path):
    found = reading(
        tmp_path,
        calendar(
            WEEKLY,
            "UID:w1|RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260317T150000|"
            "DTSTART;TZID=Europe/Berlin:20260318T163000|DURATION:PT1H|SUMMARY:Later",
        ),
    )
    assert [
        "02-24 14:00",
        "03-03 14:00",
        "03-10 14:00",
        "03-18 15:30",
        "03-25 15:30",
        "04-01 14:30",
        "04-08 14:30",
    ] == (moments(found))
    assert datetime(2026, 3, 31, 13, tzinfo=UTC) == found.entries[5].instance
    assert ["Ana"] * 3 + ["Later"] * 4 == [one.title for one in found.entries]


def test_an_instance_moved_here_from_outside_is_found_and_one_moved_away_is_gone(tmp_path: Path):
    found = reading(
        tmp_path,
        calendar(
            "UID:m|DTSTART:20260101T100000Z|DTEND:20260101T110000Z|SUMMARY:Monthly|RRULE:FREQ=MONTHLY;COUNT=5",
            "UID:m|RECURRENCE-ID:20260101T100000Z|DTSTART:20260320T100000Z|DTEND:20260320T110000Z|SUMMARY:Monthly",
            "UID:m|RECURRENCE-ID:20260401T100000Z|DTSTART:20270401T100000Z|DTEND:20270401T110000Z|SUMMARY:Monthly",
        ),
    )
    assert ["03-01 10:00", "03-20 10:00", "05-01 10:00"] == moments(found)


def test_an_exception_without_its_series_stands_alone(tmp_path: Path):
    one = only(reading(tmp_path, calendar(f"{ONCE}|RECURRENCE-ID:20260304T140000Z")))
    assert datetime(2026, 3, 4, 14, tzinfo=UTC) == one.instance


@pytest.mark.parametrize(
    ("tzid", "utc"),
    [
        ("Europe/Berlin", 14),
        ("America/New_York", 20),
        ("W. Europe Standard Time", 14),
        ("Eastern Standard Time", 20),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", 14),
        ('"Europe/Berlin"', 14),
        ("UTC", 15),
        ('"GMT+02:00"', 13),
    ],
)
def test_a_zone_is_known_by_any_of_its_names(tzid: str, utc: int, tmp_path: Path):
    one = only(reading(tmp_path, calendar(f"UID:z|DTSTART;TZID={tzid}:20260305T150000|DURATION:PT1H")))
    assert datetime(2026, 3, 5, utc, tzinfo=UTC) == one.start


OWN_ZONE = (
    "BEGIN:VTIMEZONE|TZID:Our own|BEGIN:STANDARD|DTSTART:16010101T030000|TZOFFSETFROM:+0200|TZOFFSETTO:+0100|"
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10|END:STANDARD|BEGIN:DAYLIGHT|DTSTART:16010101T020000|TZOFFSETFROM:+0100|"
    "TZOFFSETTO:+0200|RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3|END:DAYLIGHT|END:VTIMEZONE"
)


def test_a_zone_of_the_file_s_own_is_as_it_describes_it(tmp_path: Path):
    series = "UID:o|DTSTART;TZID=Our own:20260324T150000|DURATION:PT1H|RRULE:FREQ=WEEKLY;COUNT=2"
    assert ["03-24 14:00", "03-31 13:00"] == moments(reading(tmp_path, calendar(series, head=OWN_ZONE)))


def test_a_zone_described_as_berlin_is_gives_the_moments_of_berlin(tmp_path: Path):
    series = "DURATION:PT30M|RRULE:FREQ=DAILY;BYHOUR=2,12;BYMINUTE=30"
    own = reading(tmp_path, calendar(f"UID:o|DTSTART;TZID=Our own:20260301T123000|{series}", head=OWN_ZONE))
    theirs = reading(tmp_path, calendar(f"UID:o|DTSTART;TZID=Europe/Berlin:20260301T123000|{series}"))
    assert len(own.entries) > 350
    assert moments(theirs) == moments(own)


def test_a_time_without_a_zone_is_taken_in_the_person_s(tmp_path: Path):
    floating = calendar("UID:f|DTSTART:20260305T150000|DTEND:20260305T160000")
    assert ["03-05 14:00"] == moments(reading(tmp_path, floating))
    assert ["03-05 20:00"] == moments(reading(tmp_path, floating, ZoneInfo("America/New_York")))


def test_a_whole_day_begins_at_midnight_here_and_is_marked(tmp_path: Path):
    found = reading(tmp_path, calendar("UID:d|DTSTART;VALUE=DATE:20260328|DTEND;VALUE=DATE:20260330|SUMMARY:Away"))
    assert only(found).all_day
    assert (datetime(2026, 3, 27, 23, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC)) == (
        found.entries[0].start, found.entries[0].end,
    )  # fmt: skip
    yearly = calendar("UID:b|DTSTART;VALUE=DATE:19700415|RRULE:FREQ=YEARLY|EXDATE;VALUE=DATE:20250415")
    assert ["04-14 22:00"] == moments(reading(tmp_path, yearly))


def test_a_day_left_out_of_a_series_with_times_leaves_out_that_day(tmp_path: Path):
    daily = "UID:x|DTSTART:20260303T090000Z|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=4|EXDATE;VALUE=DATE:20260304,20260305"
    assert ["03-03 09:00", "03-06 09:00"] == moments(reading(tmp_path, calendar(daily)))


def test_a_later_version_counts_whichever_stands_first(tmp_path: Path):
    late = "UID:a1|SEQUENCE:2|DTSTART:20260306T140000Z|DTEND:20260306T150000Z|SUMMARY:New"
    for events in ((f"{ONCE}|SEQUENCE:1", late), (late, f"{ONCE}|SEQUENCE:1")):
        assert "New" == only(reading(tmp_path, calendar(*events))).title


def test_a_message_that_cancels_cancels(tmp_path: Path):
    assert only(reading(tmp_path, calendar(ONCE, head="METHOD:CANCEL"))).cancelled
    folder = tmp_path / "both"
    folder.mkdir()
    (folder / "1.ics").write_text(calendar(WEEKLY))
    (folder / "2.ics").write_text(
        calendar("UID:w1|SEQUENCE:1|DTSTART;TZID=Europe/Berlin:20260113T150000", head="METHOD:CANCEL")
    )
    found = read(folder, now=NOW, zone=BERLIN)
    assert [True] * 7 == [one.cancelled for one in found.entries]


def test_only_what_begins_within_the_time_looked_at_is_read(tmp_path: Path):
    events = [f"UID:{day}|DTSTART:{day}T120000Z|DURATION:PT1H" for day in (20260223, 20260224, 20260828, 20260830)]
    found = reading(tmp_path, calendar(*events))
    assert ["02-23 12:00", "02-24 12:00", "08-28 12:00"] == moments(found)
    assert (NOW - timedelta(days=7), NOW + timedelta(days=180)) == (found.since, found.until)


def test_without_a_uid_an_entry_has_the_same_one_at_each_reading(tmp_path: Path):
    bare = calendar("DTSTART:20260305T140000Z|SUMMARY:Bare")
    uid = only(reading(tmp_path, bare)).uid
    assert uid == only(reading(tmp_path, bare)).uid
    assert uid.startswith("without-")


def test_what_is_wrong_is_told_by_entry_and_the_rest_is_taken(tmp_path: Path):
    found = reading(
        tmp_path,
        calendar(
            "UID:1|DTSTART:20260332T140000Z|SUMMARY:No such day",
            "UID:2|SUMMARY:No time",
            "UID:3|DTSTART:20260305T140000Z|DTEND:20260305T130000Z|SUMMARY:Backwards",
            "UID:4|DTSTART;TZID=Mars/Olympus:20260305T140000|SUMMARY:Mars",
            "UID:5|DTSTART:20260305T140000Z|RRULE:FREQ=SECONDLY|SUMMARY:Each second",
            "UID:6|DTSTART:20260305T140000Z|DURATION:50 minutes|SUMMARY:Words",
            "UID:7|DTSTART:20260305T140000Z|RRULE:FREQ=WEEKLY;BYDAY=FUNDAY|SUMMARY:Funday",
            "UID:8|DTSTART:99990305T140000Z|RDATE:20260305T140000Z|SUMMARY:Far",
            ONCE,
        ),
    )
    assert ["Coaching Ana"] == [one.title for one in found.entries]
    assert not found.whole
    assert (
        "Entry 1, “No such day”: “20260332T140000Z” is no date or time.",
        "Entry 2, “No time”: it does not say when it begins.",
        "Entry 3, “Backwards”: it ends before it begins.",
        "Entry 4, “Mars”: its time zone, “Mars/Olympus”, is not known.",
        "Entry 5, “Each second”: it repeats within a day; CoachDesk does not unfold such rules.",
        "Entry 6, “Words”: “50 minutes” is no length of time.",
        "Entry 7, “Funday”: its rule of repeating has no such weekday, “FUNDAY”.",
        "Entry 8, “Far”: it lies in the year 9999.",
    ) == found.problems


def test_a_file_that_breaks_off_gives_what_stood_before(tmp_path: Path):
    text = calendar(ONCE, "UID:b|DTSTART:20260306T100000Z|SUMMARY:Half")
    found = reading(tmp_path, text[: text.index("SUMMARY:Half") + 10])
    assert ["Coaching Ana"] == [one.title for one in found.entries]
    assert ("Entry 2, “Ha”: it breaks off in the middle.",) == found.problems


def test_an_event_within_an_event_does_not_swallow_the_next(tmp_path: Path):
    text = calendar(
        "UID:out|DTSTART:20260306T100000Z|SUMMARY:Out|BEGIN:VEVENT|UID:in|DTSTART:20260307T100000Z|SUMMARY:In"
    )
    found = reading(tmp_path, text)
    assert ["In"] == [one.title for one in found.entries]
    assert ("Entry 1, “Out”: it breaks off in the middle.",) == found.problems


def test_alarms_within_an_event_are_not_taken_for_it(tmp_path: Path):
    one = only(reading(tmp_path, calendar(f"BEGIN:VALARM|SUMMARY:Wake up|DURATION:PT9H|END:VALARM|{ONCE}")))
    assert ("Coaching Ana", 50) == (one.title, one.minutes)


@pytest.mark.parametrize("script", ["Größe ändern", "שיחה עם נועה", "جلسة ليلى", "コーチング 🌿"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_encoding_and_script_is_read(script: str, encoding: str, tmp_path: Path):
    text = calendar(ONCE.replace("Coaching Ana", script))
    assert script == only(reading(tmp_path, text.encode(encoding))).title


def test_western_european_bytes_are_read_too(tmp_path: Path):
    text = calendar(ONCE.replace("Coaching Ana", "Größe"))
    assert "Größe" == only(reading(tmp_path, text.encode("latin-1"))).title


def test_folded_lines_are_joined_even_within_a_character(tmp_path: Path):
    raw = calendar(ONCE.replace("Ana", "Zoë\\; twice\\, at 9\\nsharp")).encode()
    at = raw.index("ë".encode()) + 1
    assert "Coaching Zoë; twice, at 9 sharp" == only(reading(tmp_path, raw[:at] + b"\r\n " + raw[at:])).title
    unix = raw.replace(b"\r\n", b"\n").replace(b"Coaching", b"Coa\n\tching")
    assert "Coaching Zoë; twice, at 9 sharp" == only(reading(tmp_path, unix)).title
