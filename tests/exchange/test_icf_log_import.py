"""A log of hours coming in: whoever wrote it, in whatever form, understood or refused in words."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlmodel import Session as Db
from sqlmodel import select

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.exchange import icf_log, icf_log_import, icf_log_table, icf_log_words
from coachdesk.exchange.icf_log_import import Incoming, Taken
from coachdesk.exchange.icf_log_words import Habits, Unclear
from coachdesk.practice import clients, sessions
from coachdesk.practice.hours import HoursNoted, Rules, report
from tests.hours_practices import HERE

TODAY = date(2026, 3, 2)
HEAD = "Client name,Contact (e-mail),Individual or group,Number in group,Start date,End date,Paid hours,Pro bono hours"


def read(tmp_path: Path, text: str, *, order: str = "") -> Incoming:
    """A CSV as understood."""
    path = tmp_path / "log.csv"
    path.write_bytes(text.encode("utf-8"))
    return icf_log_import.read(path, TODAY, order=order)


def incoming(tmp_path: Path, *lines: str) -> Incoming:
    """Rows below our own head."""
    return read(tmp_path, "\r\n".join((HEAD, *lines)))


def refused(tmp_path: Path, content: bytes, name: str = "log.csv") -> str:
    """The sentence in which a file is refused."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused) as why:
        icf_log_import.read(path, TODAY)
    return why.value.sentence


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A workbook with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


class TestUnderstanding:
    def test_a_row_is_understood(self, tmp_path: Path) -> None:
        (row,) = incoming(tmp_path, "Ana,ana@example.org,Group,8,2024-03-01,2025-02-01,12.50,1.25").rows
        assert ("Ana", "ana@example.org", "group", 8, date(2024, 3, 1), date(2025, 2, 1), 45000, 4500) == (
            row.name, row.email, row.kind, row.group_size, row.from_on, row.to_on, row.paid_seconds,
            row.pro_bono_seconds,
        )  # fmt: skip

    def test_columns_may_stand_anywhere_below_a_title_with_others_between(self, tmp_path: Path) -> None:
        told = read(
            tmp_path, "My log\n\nPaid;Notes;Client;Start;End;Kind\n1,5;fine;Ana;1.3.2024;2.4.2024;1:1\n2,25;;Bo;;;\n"
        )
        assert [("Ana", 5400, "individual")] == [(row.name, row.paid_seconds, row.kind) for row in told.rows]
        assert ("Notes",) == told.unused
        assert [(5, "The start date is empty.")] == [(each.line, each.sentence) for each in told.problems]

    def test_the_total_is_set_beside_our_sum_and_sentences_below_it_are_left(self, tmp_path: Path) -> None:
        told = incoming(
            tmp_path, "Ana,,,,2024-03-01,2024-04-01,1.00,0", "Bo,,,,2024-03-01,2024-04-01,2.00,1",
            "Total,,,,,,4.00,1.00", "A sentence,,,,,,,",
        )  # fmt: skip
        assert ((4 * 3600, 3600), (3 * 3600, 3600), False) == (told.totals, told.sums, told.totals_agree)
        assert () == told.problems

    def test_exact_seconds_are_found_again_from_the_total(self, tmp_path: Path) -> None:
        told = incoming(tmp_path, *(f"{name},,,,2024-03-01,2024-04-01,0.33,0" for name in "abc"), "Total,,—,,,,1.00,0")
        assert told.totals_agree
        assert [33] * 3 == [row.paid_seconds * 100 // 3600 for row in told.rows]

    def test_those_not_listed_come_as_one_line(self, tmp_path: Path) -> None:
        (row,) = incoming(tmp_path, "not listed (3 clients),,—,,2024-03-01,2024-04-01,5.00,0").rows
        assert (3, 18000) == (row.nobody, row.paid_seconds)

    def test_a_relationship_without_an_end_is_going_on(self, tmp_path: Path) -> None:
        assert TODAY == incoming(tmp_path, "Ana,,,,2024-03-01,,1,0").rows[0].to_on

    @pytest.mark.parametrize(
        ("line", "sentence"),
        [
            (",a@b.c,,,2024-03-01,2024-04-01,1,0", "The name is empty."),
            ("Ana,,,,2024-03-01,2024-04-01,,", "There are no hours, neither paid nor pro bono."),
            ("Ana,,,,2024-03-01,2024-02-01,1,0", "It ends on 2024-02-01, before it begins on 2024-03-01."),
            ("Ana,,,,2027-03-01,,1,0", "It begins on 2027-03-01, in the future."),
            ("Ana,,choir,,2024-03-01,2024-04-01,1,0", "“choir” is neither individual nor group."),
            ("Ana,,Group,many,2024-03-01,2024-04-01,1,0", "“many” is not a number of people."),
            ("Ana,,,,2024-13-01,2024-04-01,1,0", "“2024-13-01” is not a date; write it like 2024-03-01."),
            ("Ana,,,,2024-03-01,2024-04-01,-1,0", "“-1” cannot be a number of hours."),
            ("Ana,,,,2024-03-01,2024-04-01,lots,0", "“lots” is not a number of hours."),
        ],
    )
    def test_a_row_that_cannot_be_taken_is_told_by_its_line(self, tmp_path: Path, line: str, sentence: str) -> None:
        told = incoming(tmp_path, "Bo,,,,2024-03-01,2024-04-01,1,0", line)
        assert [(3, sentence)] == [(each.line, each.sentence) for each in told.problems]
        assert ["Bo"] == [row.name for row in told.rows]

    def test_dates_that_can_be_two_days_are_asked_about(self, tmp_path: Path) -> None:
        text = f"{HEAD}\nAna,,,,03/04/2024,05/04/2024,1,0\n"
        told = read(tmp_path, text)
        assert (True, 1) == (told.asks_order, len(told.problems))
        assert date(2024, 4, 3) == read(tmp_path, text, order="dmy").rows[0].from_on
        assert date(2024, 3, 4) == read(tmp_path, text, order="mdy").rows[0].from_on

    def test_one_clear_date_tells_how_the_others_are_meant(self, tmp_path: Path) -> None:
        told = incoming(tmp_path, "Ana,,,,03/04/2024,25/04/2024,1,0")
        assert date(2024, 4, 3) == told.rows[0].from_on


class TestWords:
    @pytest.mark.parametrize(
        "text",
        ["2024-03-01", "2024/3/1", "2024.03.01", "2024-03-01T10:00:00Z", "1.3.2024", "01. 03. 2024", "1 March 2024",
         "March 1, 2024", "Mar 1st, 2024", "1-Mar-2024", "٢٠٢٤-٠٣-٠١", " 2024-03-01 "],
    )  # fmt: skip
    def test_dates_in_clear_forms_are_read(self, text: str) -> None:
        assert date(2024, 3, 1) == icf_log_words.day(text, Habits())

    @pytest.mark.parametrize(
        "text", ["1.3.24", "03/2024", "soon", "31.2.2024", "2024", "32/1/2024", "0001-01-01", "9" * 99]
    )
    def test_other_dates_are_refused(self, text: str) -> None:
        with pytest.raises(Refused):
            icf_log_words.day(text, Habits())

    def test_a_date_that_can_be_two_days_is_unclear_unless_both_are_the_same(self) -> None:
        with pytest.raises(Unclear):
            icf_log_words.day("3/4/2024", Habits())
        assert date(2024, 3, 3) == icf_log_words.day("3/3/2024", Habits())
        assert date(2024, 4, 13) == icf_log_words.day("13/4/2024", Habits())
        assert date(2024, 4, 13) == icf_log_words.day("4/13/2024", Habits())

    @pytest.mark.parametrize(
        ("text", "hours"),
        [("12.5", "12.5"), ("12,5", "12.5"), ("1.234,50", "1234.5"), ("1,234.50", "1234.5"), ("1 234,5", "1234.5"),
         ("1\u202f234,5", "1234.5"), ("1'234.5", "1234.5"), ("1,234,567.0", None), ("12 h", "12"), ("12:30", "12.5"),
         ("١٢٫٥", "12.5"), ("0", "0"), (".5", "0.5"), ("5.", "5"), ("1.000.000", None), ("1e400", None), ("nan", None),
         ("1,2,3.4.5", None), ("", None)],
    )  # fmt: skip
    def test_numbers_of_any_habit_are_read(self, text: str, hours: str | None) -> None:
        if hours is None and text:
            with pytest.raises(Refused):
                icf_log_words.seconds(text, Habits())
        else:
            expected = None if hours is None else int(Decimal(hours) * 3600)
            assert expected == icf_log_words.seconds(text, Habits())

    def test_a_number_that_can_be_two_is_read_as_the_others_are(self) -> None:
        with pytest.raises(Refused, match="can be two numbers"):
            icf_log_words.seconds("1,234", Habits())
        assert 4442 == icf_log_words.seconds("1,234", Habits.seen((), ["2,5"]))
        assert 1234 * 3600 == icf_log_words.seconds("1,234", Habits.seen((), ["2.5"]))

    def test_cells_of_a_workbook_are_taken_as_they_are(self) -> None:
        assert 5400 == icf_log_words.seconds(timedelta(minutes=90), Habits())
        assert 4500 == icf_log_words.seconds(1.25, Habits())
        with pytest.raises(Refused):
            icf_log_words.seconds(True, Habits())


class TestFiles:
    def test_a_workbook_of_somebody_else_is_understood(self, tmp_path: Path) -> None:
        path = tmp_path / "log.xlsx"
        path.write_bytes(workbook(
            ("Client", "E-mail", "Paid", "Pro bono", "Start date", "End date"),
            ("Ana", None, 1.5, None, date(2024, 3, 1), date(2024, 4, 1)),
        ))  # fmt: skip
        (row,) = icf_log_import.read(path, TODAY).rows
        assert ("Ana", 5400, 0, date(2024, 3, 1)) == (row.name, row.paid_seconds, row.pro_bono_seconds, row.from_on)

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "empty"),
            (b"  \r\n", "empty"),
            (b"\xd0\xcf\x11\xe0" + bytes(100), ".xls"),
            (b"%PDF-1.7", ".pdf"),
            (b"PK\x03\x04 and no more", "damaged"),
            (b"a\x00b", "no table"),
            (b"a,b\n1,2\n", "names its columns"),
            (b'Client name,Paid hours\n"' + b"x" * 200_000, "Line"),
            (b"x" * (25 * 1024 * 1024 + 1), "larger than 25 MB"),
            (b"Client name,Paid hours\n" + b"a,1\n" * 20_001, "20000 rows"),
        ],
    )
    def test_what_is_no_log_is_refused_in_words(self, tmp_path: Path, content: bytes, words: str) -> None:
        assert words in refused(tmp_path, content)

    def test_a_folder_and_a_file_that_is_gone_are_refused(self, tmp_path: Path) -> None:
        for path in (tmp_path, tmp_path / "gone.csv"):
            with pytest.raises(Refused, match="could not be read"):
                icf_log_import.read(path, TODAY)

    def test_other_packed_files_are_refused(self, tmp_path: Path) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as made:
            made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        assert "no Excel workbook" in refused(tmp_path, packed.getvalue())

    def test_a_workbook_that_unpacks_to_far_too_much_is_refused_unread(self, tmp_path: Path) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("xl/workbook.xml", "<x/>")
            with made.open("xl/worksheets/sheet1.xml", "w") as part:
                for _each in range(101):
                    part.write(bytes(1024 * 1024))
        assert len(packed.getvalue()) < 1024 * 1024
        assert "far more" in refused(tmp_path, packed.getvalue())

    def test_a_workbook_that_defines_entities_is_refused(self, tmp_path: Path) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as made:
            made.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa">]><x/>')
        assert "no table needs" in refused(tmp_path, packed.getvalue())

    def test_a_workbook_with_nonsense_inside_is_refused(self, tmp_path: Path) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as made:
            made.writestr("xl/workbook.xml", "<workbook>")
        assert "damaged" in refused(tmp_path, packed.getvalue())

    def test_a_row_far_down_does_not_take_long(self, tmp_path: Path) -> None:
        book = Workbook()
        book.active.append(("Client name", "Paid hours", "Start date"))
        book.active.cell(1_000_000, 1, "Ana")
        path = tmp_path / "log.xlsx"
        book.save(path)
        assert () == icf_log_import.read(path, TODAY).rows

    def test_old_code_pages_and_utf_16_are_read(self, tmp_path: Path) -> None:
        text = f"{HEAD}\nZoë Müller,,,,2024-03-01,2024-04-01,1,0\n"
        for encoding in ("cp1252", "utf-16", "utf-8-sig"):
            path = tmp_path / "log.csv"
            path.write_bytes(text.encode(encoding))
            assert ["Zoë Müller"] == [row.name for row in icf_log_import.read(path, TODAY).rows]

    def test_ten_megabytes_are_read_in_bounded_time(self, tmp_path: Path) -> None:
        row = f"Ana,{'x' * 900}@example.org,,,2024-03-01,2024-04-01,1,0\n"
        assert 11_000 == len(read(tmp_path, HEAD + "\n" + row * 11_000).rows)

    def test_reading_can_be_stopped(self, tmp_path: Path) -> None:
        class Stopped(Exception):
            pass

        def stop(_share: float) -> None:
            raise Stopped

        Stopped.__module__ = "coachdesk.ui.tasks"
        path = tmp_path / "log.xlsx"
        path.write_bytes(workbook(("Client name", "Paid hours")))
        with pytest.raises(Stopped):
            icf_log_table.read(path, stop)


class TestTaking:
    ROWS = (
        "Ana,ana@example.org,,,2024-03-01,2024-04-01,1.50,0",
        "Bo,,Group,4,2024-03-01,2024-04-01,2.00,0",
        "not listed (2 clients),,—,,2024-03-01,2024-04-01,3.00,1.00",
    )

    def test_new_clients_are_added_and_hours_noted_with_them(self, db: Db, now: Now, tmp_path: Path) -> None:
        told = incoming(tmp_path, *self.ROWS)
        taken = icf_log_import.take(db, told, HERE, now=now, consent_on=TODAY)
        assert Taken(rows=3, added=2, already=0, overlapping=0) == taken
        assert [("Ana", "ana@example.org", TODAY, None), ("Bo", "", TODAY, 4)] == [
            (each.name, each.email, each.log_consent_on, each.group_size) for each in clients.every(db)
        ]
        assert [(0, 0), (10800, 3600)] == sorted(
            (each.paid_seconds, each.pro_bono_seconds) for each in db.exec(select(HoursNoted)) if each.client_id is None
        )

    def test_existing_clients_are_found_by_e_mail_or_exact_name(self, db: Db, now: Now, tmp_path: Path) -> None:
        ana = clients.add(db, "Ana Lind", email="ANA@example.org", now=now)
        bo = clients.add(db, "Bo", now=now)
        matches = icf_log_import.preview(db, incoming(tmp_path, *self.ROWS), HERE).matches
        assert [ana.id, bo.id, None] == [each.client_id for each in matches]
        assert ["a client you have", "a client you have", "without names"] == [
            icf_log_import.remark(each) for each in matches
        ]

    def test_a_name_that_two_have_is_told(self, db: Db, now: Now, tmp_path: Path) -> None:
        clients.add(db, "Bo", now=now)
        clients.add(db, "Bo", now=now)
        told = icf_log_import.preview(db, incoming(tmp_path, self.ROWS[1]), HERE)
        assert [(2, "2 clients are called “Bo”; give an e-mail that only one of them has.")] == [
            (each.line, each.sentence) for each in told.problems
        ]

    def test_importing_twice_is_noticed(self, db: Db, now: Now, tmp_path: Path) -> None:
        icf_log_import.take(db, incoming(tmp_path, *self.ROWS), HERE, now=now)
        more = incoming(tmp_path, *self.ROWS, "Cy,,,,2024-03-01,2024-04-01,1.00,0")
        assert Taken(rows=1, added=1, already=3, overlapping=0) == icf_log_import.take(db, more, HERE, now=now)
        with pytest.raises(Refused, match="imported before"):
            icf_log_import.take(db, more, HERE, now=now)

    def test_hours_that_overlap_sessions_kept_here_are_taken_only_when_wanted(
        self, db: Db, now: Now, tmp_path: Path
    ) -> None:
        ana = clients.add(db, "Ana", now=now)
        sessions.log(db, ana.id, now.at - timedelta(days=3), 60, now=now)
        told = incoming(tmp_path, "Ana,,,,2024-03-01,2026-03-01,1.50,0")
        assert ["overlaps hours kept here"] == [
            icf_log_import.remark(each) for each in icf_log_import.preview(db, told, HERE).matches
        ]
        with pytest.raises(Refused, match="overlaps hours that are kept here"):
            icf_log_import.take(db, told, HERE, now=now)
        assert 1 == icf_log_import.take(db, told, HERE, now=now, overlapping=True).rows

    def test_the_log_written_here_doubles_nothing_when_it_comes_back(self, db: Db, now: Now, tmp_path: Path) -> None:
        ana, bo = (clients.add(db, name, now=now, log_consent_on=day) for name, day in (("Ana", TODAY), ("Bo", None)))
        for client in (ana, bo):
            sessions.log(db, client.id, now.at - timedelta(days=3), 60, now=now)
        told = incoming(tmp_path, "Cy,,,,2024-03-01,2024-04-01,1.00,0", "Cy,,,,2024-05-01,2024-06-01,1.00,0")
        icf_log_import.take(db, told, HERE, now=now)
        rules = Rules(HERE)
        path = icf_log.save(tmp_path / "own.csv", icf_log.sheet(report(db, rules), rules))
        again = icf_log_import.read(path, TODAY)
        assert [1, 3] == [each.overlaps for each in icf_log_import.preview(db, again, HERE).matches]
        with pytest.raises(Refused, match="overlaps hours that are kept here"):
            icf_log_import.take(db, again, HERE, now=now)

    def test_hours_of_nobody_do_not_overlap_those_of_clients_the_log_names(
        self, db: Db, now: Now, tmp_path: Path
    ) -> None:
        ana = clients.add(db, "Ana", now=now)
        sessions.log(db, ana.id, datetime(2024, 3, 20, 10, 0, tzinfo=UTC), 60, now=now)
        told = incoming(
            tmp_path, "Ana,,,,2024-05-01,2024-06-01,1.00,0", "not listed (1 client),,—,,2024-03-01,2024-04-01,3,0"
        )
        assert 2 == icf_log_import.take(db, told, HERE, now=now).rows

    def test_rows_of_one_name_and_e_mail_are_one_client(self, db: Db, now: Now, tmp_path: Path) -> None:
        told = incoming(
            tmp_path, "Ana,a@b.c,,,2024-03-01,2024-04-01,1,0", "Ana,A@b.c,Group,3,2024-05-01,2024-06-01,1,0",
            "Ana,,,,2024-05-01,2024-06-01,1,0",
        )  # fmt: skip
        assert 2 == icf_log_import.take(db, told, HERE, now=now).added
        assert [("group", 3), ("individual", None)] == sorted(
            (each.kind, each.group_size) for each in clients.every(db)
        )
