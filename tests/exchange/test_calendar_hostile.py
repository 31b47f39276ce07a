# ruff: noqa: DTZ001  # only written out
"""Calendars made to hurt, or grown too large: what they cost is bounded, and what was cut is told."""

import os
import random
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.exchange import calendar_in, calendar_lines, calendar_recurrence
from coachdesk.exchange.calendar_in import read
from coachdesk.exchange.calendar_recurrence import Budget
from coachdesk.practice.calendar_entries import Reading
from tests.exchange.test_calendar_in import BERLIN, NOW, ONCE, calendar, reading

MIB = 1024 * 1024


def costs(folder: Path, text: str) -> tuple[Reading, float]:
    """A reading of a text, and at its peak how many bytes it held for each byte of the file, beside what it read."""
    path = folder / "calendar.ics"
    path.write_text(text, newline="")
    size = path.stat().st_size
    del text
    tracemalloc.start(1)
    try:
        found = read(path, now=NOW, zone=BERLIN, budget=Budget(seconds=3600))
        _present, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return found, peak / size


def spread(count: int) -> str:
    """So many events, one every other hour from 2006 on, or from this year on where they are few."""
    begin = datetime(2006, 1, 1, 9) if count > 90_000 else datetime(2024, 1, 1, 9)
    return calendar(*(
        f"UID:{n}|DTSTART:{begin + timedelta(hours=2 * n):%Y%m%dT%H%M%S}Z|DURATION:PT1H|SUMMARY:Event {n}|"
        f"DESCRIPTION:{'word ' * 12}" for n in range(count)
    ))  # fmt: skip


def test_a_hundred_thousand_events_are_read_for_the_few_that_count(tmp_path: Path):
    found = reading(tmp_path, spread(100_000))
    assert () == found.problems
    assert 187 * 12 == len(found.entries)
    assert NOW - timedelta(days=7) <= found.entries[0].start


def test_a_hundred_thousand_events_at_once_are_cut(tmp_path: Path):
    found = reading(tmp_path, calendar(*(f"UID:{n}|DTSTART:20260305T100000Z" for n in range(100_000))))
    assert calendar_in.MOST_ENTRIES == len(found.entries)
    assert not found.whole
    assert [
        "There is more in this calendar than CoachDesk reads; the rest was left out.",
        "There are more than 5000 appointments; those after them were left out.",
    ] == list(found.problems)


def test_what_many_events_hold_in_memory_is_no_more_than_a_few_times_the_file(tmp_path: Path):
    found, share = costs(tmp_path, spread(15_000))
    assert 187 * 12 == len(found.entries)
    assert share < 6


def test_ten_megabytes_in_one_line_are_one_line(tmp_path: Path):
    found, share = costs(tmp_path, calendar(f"UID:p|ATTACH;ENCODING=BASE64:{'QUJD' * (10 * MIB // 4)}", ONCE))
    assert ["Coaching Ana"] == [one.title for one in found.entries]
    assert share < 4


def test_ten_megabytes_of_folds_are_undone_at_once(tmp_path: Path):
    found, share = costs(tmp_path, calendar(f"{ONCE}|DESCRIPTION:" + "\r\n x" * (10 * MIB // 4)))
    assert 1 == len(found.entries)
    assert share < 4


def test_a_bomb_of_dates_is_told_and_the_rest_taken(tmp_path: Path):
    dates = ",".join(f"{datetime(2026, 3, 1) + timedelta(minutes=n):%Y%m%dT%H%M%SZ}" for n in range(150_000))
    lines = "|".join(f"RDATE:2026{3 + n // 28 % 5:02}{1 + n % 28:02}T{n % 24:02}0000Z" for n in range(20_000))
    found, share = costs(tmp_path, calendar(f"UID:b|DTSTART:20260301T000000Z|RDATE:{dates}",
                                            f"UID:c|DTSTART:20260301T000000Z|{lines}", ONCE))  # fmt: skip
    assert "Coaching Ana" in [one.title for one in found.entries]
    assert len(found.entries) <= 2 + calendar_lines.MOST_LINES
    assert len(found.problems) >= 2
    assert not found.whole
    assert share < 4


def test_endless_rules_cost_the_time_looked_at_and_no_more(tmp_path: Path):
    rules = ["FREQ=DAILY", "FREQ=SECONDLY", "FREQ=MINUTELY;BYMONTH=2",
             "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
             "FREQ=YEARLY;BYDAY=53MO", "FREQ=MONTHLY;BYSETPOS=366;BYDAY=MO", "FREQ=HOURLY;COUNT=999999"]  # fmt: skip
    budget = Budget(seconds=3600)
    path = tmp_path / "calendar.ics"
    path.write_text(
        calendar(*(f"UID:{rule}|DTSTART:19000101T100000Z|SUMMARY:{rule[:14]}|RRULE:{rule}" for rule in rules))
    )
    found = read(path, now=NOW, zone=BERLIN, budget=budget)
    assert {"FREQ=DAILY"} == {one.uid for one in found.entries}
    assert 187 == len(found.entries)
    assert 3 == len(found.problems)
    assert calendar_recurrence.STEPS - budget.steps < 10_000


def test_rules_that_fill_each_day_are_left_out_whole(tmp_path: Path):
    minutes = ",".join(str(n) for n in range(60))
    hours = ",".join(str(n) for n in range(24))
    found = reading(
        tmp_path, calendar(f"UID:x|DTSTART:20260101T000000Z|RRULE:FREQ=DAILY;BYHOUR={hours};BYMINUTE={minutes}", ONCE)
    )
    assert ["Coaching Ana"] == [one.title for one in found.entries]
    assert "Entry 1: it repeats more often than CoachDesk follows; it was left out." in found.problems


def test_many_costly_series_end_with_the_budget(tmp_path: Path):
    rule = "FREQ=DAILY;COUNT=60000;BYMONTH=2;BYMONTHDAY=30"
    path = tmp_path / "calendar.ics"
    path.write_text(calendar(ONCE, *(f"UID:{n}|DTSTART:19000101T100000Z|RRULE:{rule}" for n in range(2_000))))
    budget = Budget(steps=300_000, seconds=3600)
    found = read(path, now=NOW, zone=BERLIN, budget=budget)
    assert ["Coaching Ana"] == [one.title for one in found.entries]
    assert budget.steps > -100
    assert calendar_in.MOST_PROBLEMS + 1 == len(found.problems)
    assert found.problems[-1].endswith("more of this kind.")


def test_a_reading_ends_when_its_time_is_over(tmp_path: Path):
    path = tmp_path / "calendar.ics"
    path.write_text(calendar(*(f"UID:{n}|DTSTART:20260305T100000Z" for n in range(1_000))))
    ticks = iter(range(10_000))
    found = read(path, now=NOW, zone=BERLIN, budget=Budget(seconds=100, clock=lambda: next(ticks)))
    assert len(found.entries) < 100
    assert "there was no time left for it" in found.problems[0]
    assert not found.whole


def test_a_zone_described_to_hurt_is_told(tmp_path: Path):
    zone = ("BEGIN:VTIMEZONE|TZID:Bomb|BEGIN:STANDARD|DTSTART:16010101T000000|TZOFFSETFROM:+0000|TZOFFSETTO:+0100|"
            "RRULE:FREQ=SECONDLY|END:STANDARD|END:VTIMEZONE|BEGIN:VTIMEZONE|TZID:Daily|BEGIN:STANDARD|"
            "DTSTART:16010101T000000|TZOFFSETFROM:+0000|TZOFFSETTO:+0100|RRULE:FREQ=DAILY|END:STANDARD|END:VTIMEZONE|"
            "BEGIN:VTIMEZONE|TZID:Nothing|END:VTIMEZONE|BEGIN:VTIMEZONE|TZID:Odd|BEGIN:STANDARD|TZOFFSETTO:soon|"
            "END:STANDARD|END:VTIMEZONE")  # fmt: skip
    budget = Budget(seconds=3600)
    path = tmp_path / "calendar.ics"
    names = ("Bomb", "Daily", "Nothing", "Odd")
    path.write_text(calendar(*(f"UID:{name}|DTSTART;TZID={name}:20260305T100000" for name in names), head=zone))
    found = read(path, now=NOW, zone=BERLIN, budget=budget)
    assert {"Daily": 9, "Nothing": 10} == {one.uid: one.start.hour for one in found.entries}
    assert 2 == len(found.problems)
    assert calendar_recurrence.STEPS - budget.steps < 10_000


def test_depth_without_end_is_gone_through_flat(tmp_path: Path):
    found, share = costs(tmp_path, "BEGIN:VCALENDAR\r\n" + "BEGIN:VTODO\r\n" * 60_000 + calendar(ONCE))
    assert ["Coaching Ana"] == [one.title for one in found.entries]
    assert share < 4
    nested = "BEGIN:VALARM|" * 50_000 + "END:VALARM|" * 50_000
    assert 1 == len(reading(tmp_path, calendar(nested + ONCE)).entries)


def test_people_without_end_are_cut(tmp_path: Path):
    crowd = "|".join(f"ATTENDEE:mailto:p{n}@example.org" for n in range(50_000))
    found = reading(tmp_path, calendar(f"{ONCE}|{crowd}"))
    assert 50 == len(found.entries[0].people)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 4096,
        random.Random(4).randbytes(1 * MIB),
        b"PK\x03\x04junk",
        b"BEGIN:VCALENDAR",
        b"\xff\xfeB",
        b"\xff\xfe",
    ],
)
def test_what_is_no_calendar_gives_nothing_and_says_so(raw: bytes, tmp_path: Path):
    found = reading(tmp_path, raw)
    assert () == found.entries
    assert ("This file: it is no calendar file.",) == found.problems or raw == b"BEGIN:VCALENDAR"


@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 60))
def test_a_calendar_with_anything_torn_into_it_is_read_without_an_error(junk: bytes, at: int, gone: int):
    import tempfile

    raw = calendar("UID:w|DTSTART;TZID=Europe/Berlin:20260303T100000|DURATION:PT1H|RRULE:FREQ=WEEKLY;COUNT=3|"
                   "EXDATE:20260310T090000Z|SUMMARY:Ana", ONCE).encode()  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        found = reading(Path(folder), raw[:at] + junk + raw[at + gone :])
    assert len(found.entries) <= 1_000


@given(st.lists(st.sampled_from([
    "DTSTART:20260305T100000Z", "DTSTART;VALUE=DATE:20260305", "DTSTART;TZID=Europe/Berlin:20260329T023000", "DTSTART:",
    "DTSTART:00000000", "DTSTART:20260305T996199Z", "DTEND:20260305", "DTEND:22001231T235959Z", "DURATION:P99999D",
    "DURATION:-P1D", "RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY;UNTIL=99991231", "RRULE:FREQ=YEARLY;INTERVAL=999999",
    "RDATE;VALUE=PERIOD:20260306T100000Z/PT1H,20260307T100000Z/20260307T090000Z", "RDATE:,,", "EXDATE:x",
    "RECURRENCE-ID:20260305T100000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:19000101T000000Z", "UID:u", "UID:",
    "SEQUENCE:-1",
    "RECURRENCE-ID;VALUE=DATE:20260305", "SUMMARY:\\", "ATTENDEE;CN=\"open:mailto:a@b", "STATUS:CANCELLED",
]), max_size=9), st.lists(st.sampled_from(["DTSTART:20260305T100000Z", "UID:u"]), max_size=3))  # fmt: skip
def test_any_lines_together_are_read_without_an_error(one: list[str], other: list[str]):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        found = reading(Path(folder), calendar("|".join(one), "|".join(other)))
    assert all(found.since <= entry.start < found.until for entry in found.entries)
    assert all(entry.start <= entry.end for entry in found.entries)


# --- folders


def test_a_folder_of_a_thousand_files_is_read(tmp_path: Path):
    for number in range(1_000):
        text = calendar(f"UID:{number}|DTSTART:20260305T{number % 24:02}0000Z|DURATION:PT1H")
        (tmp_path / f"{number:04}.ics").write_text(text)
    (tmp_path / "notes.txt").write_text("not ours")
    told: list[float] = []
    found = read(tmp_path, now=NOW, zone=ZoneInfo("UTC"), progress=told.append)
    assert (1_000, ()) == (len(found.entries), found.problems)
    assert told == sorted(told)
    assert 0.8 < told[-1] <= 0.9


def test_a_reading_that_is_not_wanted_any_more_ends_soon(tmp_path: Path):
    path = tmp_path / "calendar.ics"
    path.write_text(spread(15_000), newline="")
    told: list[float] = []

    def progress(share: float) -> None:
        told.append(share)
        if len(told) == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        read(path, now=NOW, zone=BERLIN, progress=progress)
    assert 3 == len(told)


def test_links_are_followed_to_files_and_never_in_a_circle(tmp_path: Path):
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere"
    for each in (folder / "inner", elsewhere):
        each.mkdir(parents=True)
    (folder / "inner" / "round").symlink_to(folder, target_is_directory=True)
    (folder / "other").symlink_to(elsewhere, target_is_directory=True)
    (elsewhere / "far.ics").write_text(calendar("UID:far|DTSTART:20260306T100000Z"))
    (folder / "here.ics").symlink_to(elsewhere / "far.ics")
    (folder / "gone.ics").symlink_to(elsewhere / "nothing.ics")
    (folder / "self.ics").symlink_to(folder / "self.ics")
    (folder / "inner" / "near.ics").write_text(calendar(ONCE))
    os.mkfifo(folder / "pipe.ics")
    found = read(folder, now=NOW, zone=BERLIN)
    assert ({"far", "a1"}, ()) == ({one.uid for one in found.entries}, found.problems)


def test_a_broken_file_of_a_folder_is_named(tmp_path: Path):
    (tmp_path / "a.ics").write_text(calendar(ONCE))
    (tmp_path / "b.ics").write_bytes(b"\x00\x01")
    (tmp_path / "c.ics").write_text(calendar("UID:c|DTSTART:never"))
    found = read(tmp_path, now=NOW, zone=BERLIN)
    assert 1 == len(found.entries)
    assert ("“b.ics”: it is no calendar file.", "c.ics: Entry 1: “never” is no date or time.") == found.problems


def test_what_is_not_there_is_told(tmp_path: Path):
    assert ("There is no such file any more.",) == read(tmp_path / "no.ics", now=NOW, zone=BERLIN).problems
    found = read(tmp_path, now=NOW, zone=BERLIN)
    assert ("There is no calendar file (.ics) in this folder.",) == found.problems
    assert not found.whole


def test_a_file_larger_than_is_read_is_cut_and_told(tmp_path: Path):
    path = tmp_path / "large.ics"
    path.write_text(calendar(ONCE, f"UID:b|DTSTART:20260306T100000Z|DESCRIPTION:{'x' * 5_000}"))
    file = calendar_lines.load(path, "large.ics", 600)
    assert ["“large.ics”: it is larger than CoachDesk reads; its end was left out."] == file.problems
    assert [True, False] == [block.ended for block in file.blocks()]
    assert datetime(2026, 3, 2, 12, tzinfo=UTC) == NOW
