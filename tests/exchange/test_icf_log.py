"""The ICF log out and in: the same cells in both formats, read by other readers, and back the same log."""

import csv
import io
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from coachdesk.clock import Still
from coachdesk.errors import Refused
from coachdesk.exchange import icf_log, icf_log_import
from coachdesk.exchange.icf_log import Sheet
from coachdesk.practice import hours
from coachdesk.practice.hours import Amount, Relationship, Report, Rules
from tests import hours_practices, quick
from tests.hours_practices import NOW, Practice

BERLIN = ZoneInfo("Europe/Berlin")
RULES = Rules(BERLIN, None, 15)
TODAY = NOW.date()


def relationship(name: str = "Ana", **fields: object) -> Relationship:
    """A row of the log."""
    usual = {
        "client_id": name, "name": name, "email": "", "consent_on": date(2024, 1, 1), "kind": "individual",
        "group_size": None, "first_day": date(2024, 3, 1), "last_day": date(2025, 2, 1), "sessions": 1,
        "paid_seconds": 4500, "pro_bono_seconds": 0,
    }  # fmt: skip
    return Relationship(**{**usual, **fields})


def report(*rows: Relationship, **fields: object) -> Report:
    """A report with these rows."""
    usual = {
        "nameless": (), "months": {}, "over_months": Amount(), "large_groups": Amount(), "across_start": Amount(),
        "recent_seconds": 0,
    }  # fmt: skip
    return Report(relationships=rows, **{**usual, **fields})


def sheet(*rows: Relationship, **fields: object) -> Sheet:
    """The log of these rows."""
    return icf_log.sheet(report(*rows, **fields), RULES)


def as_words(lines: tuple[icf_log.Line, ...]) -> list[list[str]]:
    """The cells as they stand in CSV before they are shielded."""
    return [["" if cell is None else str(cell) for cell in line] for line in lines]


def read_csv(content: bytes) -> list[list[str]]:
    """Another reader: Python's own, with nothing but the format of RFC 4180."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def read_xlsx(content: bytes) -> list[list[object]]:
    """A second reader: Calamine, written in Rust, with nothing in common with openpyxl."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def made(practice: Practice) -> Sheet:
    """The log of a random practice."""
    records = quick.records()
    with records.session() as db:
        practice.make(db)
        found = icf_log.sheet(hours.report(db, practice.rules), practice.rules)
    records.close()
    return found


@settings(max_examples=40)
@given(hours_practices.practices)
def test_the_csv_holds_the_cells_and_no_formula(practice: Practice) -> None:
    written = made(practice)
    lines = read_csv(icf_log.as_csv(written))
    table = lines[: len(written.lines)]
    assert as_words(written.lines) == [[icf_log.unshielded(cell) for cell in line] for line in table]
    assert [] == [cell for line in lines for cell in line if cell[:1] in tuple("=+-@\t\r\n")]
    assert list(written.notes) == [icf_log.unshielded(line[0]) for line in lines[len(table) + 1 :]]


@settings(max_examples=40)
@given(hours_practices.practices)
def test_the_xlsx_read_by_a_second_reader_holds_the_same_cells(practice: Practice) -> None:
    written = made(practice)
    lines = read_xlsx(icf_log.as_xlsx(written))
    expected = [[_as_calamine(cell) for cell in line] for line in written.lines]
    assert expected == lines[: len(expected)]
    assert list(written.notes) == [line[0] for line in lines[len(expected) + 1 :]]
    kinds = {type(cell) for line in lines[1 : len(expected)] for cell in line[6:8]}
    assert kinds <= {float}


def _as_calamine(cell: icf_log.Cell) -> object:
    if cell is None:
        return ""
    return float(cell) if isinstance(cell, int | Decimal) else cell


@settings(max_examples=40)
@given(hours_practices.practices, st.sampled_from([".csv", ".xlsx"]))
def test_out_and_in_and_out_again_is_the_same_log(
    tmp_path_factory: pytest.TempPathFactory, practice: Practice, ending: str
) -> None:
    first = made(practice)
    path = icf_log.save(tmp_path_factory.getbasetemp() / f"log{ending}", first, force=True)
    incoming = icf_log_import.read(path, TODAY)
    assert () == incoming.problems
    assert incoming.totals_agree
    records = quick.records()
    with records.session() as db:
        now = Still.at(NOW).now()
        if incoming.rows:
            icf_log_import.take(db, incoming, BERLIN, now=now, consent_on=date(2024, 1, 1))
        again = icf_log.sheet(hours.report(db, practice.rules), practice.rules)
        if incoming.rows:
            with pytest.raises(Refused, match="imported before"):
                icf_log_import.take(db, icf_log_import.read(path, TODAY), BERLIN, now=now)
    records.close()
    assert as_words(first.lines) == as_words(again.lines)


@given(st.text())
def test_a_shielded_text_is_no_formula_and_comes_back_as_it_was(text: str) -> None:
    shielded = icf_log.shielded(text)
    assert shielded[:1] not in tuple("=+-@\t\r\n＝＋－＠")
    assert text == icf_log.unshielded(shielded)


@pytest.mark.parametrize("text", ["=1", "'=1", "''+1", "'", "''", "'Ana", "-", "@", "\tx", "＝1"])
def test_apostrophes_of_ones_own_stay(text: str) -> None:
    assert text == icf_log.unshielded(icf_log.shielded(text))


def test_a_log_has_a_row_for_each_who_agreed_one_for_the_others_and_the_total() -> None:
    ana = relationship("Ana", email="ana@example.org", paid_seconds=1200, pro_bono_seconds=1200)
    circle = relationship("Circle", kind="group", group_size=8, paid_seconds=1200)
    quiet = relationship("Quiet", consent_on=None, paid_seconds=1200, first_day=date(2023, 1, 1))
    told = sheet(ana, circle, quiet)
    assert [
        ["Client name", "Contact (e-mail)", "Individual or group", "Number in group", "Start date", "End date",
         "Paid hours", "Pro bono hours"],
        ["Ana", "ana@example.org", "Individual", "1", "2024-03-01", "2025-02-01", "0.33", "0.33"],
        ["Circle", "", "Group", "8", "2024-03-01", "2025-02-01", "0.33", "0.00"],
        ["not listed (1 client)", "", "—", "", "2023-01-01", "2025-02-01", "0.33", "0.00"],
        ["Total", "", "—", "", "", "", "1.00", "0.33"],
    ] == as_words(told.lines)  # fmt: skip


def test_what_does_not_count_is_told_in_sentences() -> None:
    told = icf_log.sheet(
        report(relationship("Circle", kind="group"), large_groups=Amount(2, 7200, 0), across_start=Amount(0, 3600, 0)),
        Rules(BERLIN, date(2024, 3, 1), 15),
    )
    assert (
        "An hour is 60 minutes of coaching; pauses do not count, and the time of a group counts once.",
        "Counted from 2024-03-01 on, when the coach's training began.",
        "Not counted: 2 sessions with groups of more than 15 people, 2.00 hours.",
        "Not counted: 1.00 hours noted in one sum across the first day that counts.",
        "Of 1 group it is not noted how many take part; it counts as one client.",
    ) == told.notes
    imported = icf_log.sheet(report(large_groups=Amount(0, 7200, 0)), RULES)
    assert "Not counted: 2.00 hours with groups of more than 15 people." == imported.notes[-1]


def test_the_workbook_has_real_numbers_and_dates_and_a_head_that_stays() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(icf_log.as_xlsx(sheet(relationship("=HYPERLINK(1)")))))
    page = book.active
    assert "A2" == page.freeze_panes
    assert 34 == int(page.column_dimensions["A"].width)  # and the cell's own margins
    assert ("s", "=HYPERLINK(1)", True) == (page["A2"].data_type, page["A2"].value, page["A2"].quotePrefix)
    assert ("d", "yyyy-mm-dd", True) == (page["E2"].data_type, page["E2"].number_format, page["E2"].is_date)
    assert ("n", 1.25, "0.00") == (page["G2"].data_type, page["G2"].value, page["G2"].number_format)
    assert page["A3"].font.bold


def test_a_workbook_that_was_broken_off_leaves_no_name_in_a_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def stopped(_share: float) -> None:
        raise Refused("Stopped.")

    with pytest.raises(Refused):
        icf_log.as_xlsx(sheet(relationship("Ada")), stopped)
    assert icf_log.as_xlsx(sheet(relationship("Ada")))
    assert [] == [each for each in tmp_path.rglob("*") if each.is_file()]


def test_another_ending_is_refused_and_a_file_is_never_replaced_unasked(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"\.csv or \.xlsx"):
        icf_log.save(tmp_path / "log.ods", sheet())
    there = tmp_path / "log.CSV"
    there.write_text("mine", "utf-8")
    with pytest.raises(Refused, match="already"):
        icf_log.save(there, sheet())
    assert "mine" == there.read_text("utf-8")
    icf_log.save(there, sheet(), force=True)
    assert there.read_bytes().startswith(b"\xef\xbb\xbfClient name")


def test_what_no_file_can_hold_is_left_out() -> None:
    assert "a\nb\nc\nd\tef" == icf_log.tidy("a\r\nb\rc\nd\te\x07f\uffff")
    assert 32_000 == len(icf_log.tidy("x" * 40_000))
