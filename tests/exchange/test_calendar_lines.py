"""Calendar files are found, read and cut into blocks within limits."""

from pathlib import Path

from coachdesk.exchange import calendar_lines
from coachdesk.exchange.calendar_in import read_all
from tests.exchange.test_calendar_in import BERLIN, NOW, ONCE, calendar, moments, reading

CHANGES = (
    "BEGIN:VTIMEZONE|TZID:Dated|BEGIN:STANDARD|DTSTART:20200101T000000|TZOFFSETFROM:+0200|TZOFFSETTO:+0100|"
    "RDATE:20251026T030000|END:STANDARD|BEGIN:DAYLIGHT|DTSTART:20200601T000000|TZOFFSETFROM:+0100|TZOFFSETTO:+0200|"
    "RDATE:20260310T020000,20270310T020000|END:DAYLIGHT|END:VTIMEZONE"
)


def test_files_beyond_a_number_are_left_out_and_told(tmp_path: Path):
    for number in range(5):
        (tmp_path / f"{number}.ics").write_text("")
    found = calendar_lines.find(tmp_path, most=3)
    assert ["0.ics", "1.ics", "2.ics"] == [path.name for path in found.paths]
    assert ["2 files were left out: there are more than 3 in this folder."] == found.problems


def test_a_file_that_goes_while_it_is_read_is_told(tmp_path: Path):
    file = calendar_lines.load(tmp_path / "gone.ics", "gone.ics", 1_000)
    assert ["“gone.ics”: it cannot be read."] == file.problems


def test_several_files_are_one_reading_that_names_the_file_of_each_problem(tmp_path: Path):
    (tmp_path / "a.ics").write_text(calendar(ONCE))
    (tmp_path / "b.ics").write_text(calendar("DTSTART:soon"))
    told: list[float] = []
    found = read_all([tmp_path / "a.ics", tmp_path / "b.ics"], now=NOW, zone=BERLIN, progress=told.append)
    assert (["a1"], "", False) == ([one.uid for one in found.entries], found.source, found.whole)
    assert ("b.ics: Entry 1: “soon” is no date or time.",) == found.problems
    assert [0.5, 1.0] == told


def test_a_zone_described_by_dates_changes_on_them(tmp_path: Path):
    series = "UID:o|DTSTART;TZID=Dated:20260308T120000|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=4"
    found = reading(tmp_path, calendar(series, head=CHANGES))
    assert ["03-08 11:00", "03-09 11:00", "03-10 10:00", "03-11 10:00"] == moments(found)


def test_lines_that_are_not_looked_at_cost_nothing():
    text = 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nX-LONG:1\nSUMMARY;LANGUAGE=de;X="a:b;c":Ja: doch\nEND:VEVENT\n'
    (block,) = calendar_lines.File("", text).blocks()
    assert ["SUMMARY"] == list(block.lines)
    assert ("Ja: doch", {"LANGUAGE": "de", "X": "a:b;c"}) == (
        block.one("SUMMARY").value,
        block.one("SUMMARY").parameters,
    )
