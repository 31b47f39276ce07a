"""The client coaching log as ICF asks for it: one row for each client relationship, out as CSV and as XLSX.

Columns: ICF's help page on the client coaching log (icfsupport.freshdesk.com, article 5000653702). Both files hold the
same cells. Hours have two decimals; the total is the rounded sum of exact values, not the sum of rounded ones.

CSV is UTF-8 with a byte order mark, because Excel takes the computer's old code page without one; commas and CRLF as
RFC 4180 has them. A cell that a spreadsheet would take for a formula begins with an apostrophe there
(owasp.org/www-community/attacks/CSV_Injection); in XLSX a text is a text, whatever it begins with.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

from coachdesk.errors import Refused
from coachdesk.exchange import files
from coachdesk.practice.hours import Amount, Relationship, Report, Rules, in_hours, total
from coachdesk.words import N_, _, ngettext

Cell = str | int | Decimal | date | None
Line = tuple[Cell, ...]
Told = Callable[[float], None]

COLUMNS = {
    "name": N_("Client name"),
    "email": N_("Contact (e-mail)"),
    "kind": N_("Individual or group"),
    "people": N_("Number in group"),
    "first": N_("Start date"),
    "last": N_("End date"),
    "paid": N_("Paid hours"),
    "pro_bono": N_("Pro bono hours"),
}
"""The columns in their order, with the heads."""
KINDS = {"individual": N_("Individual"), "group": N_("Group")}
NOBODY = "—"
"""Stands for individual or group where a line is not one relationship: the total, and those who are not listed."""
LONGEST_CELL = 32_000
"""Characters; Excel's cells hold 32,767."""
_RISKY = "=+-@\t\r\n＝＋－＠"
_TO_SHIELD = re.compile(f"'*[{re.escape(_RISKY)}]")
_SHIELDED = re.compile(f"'+[{re.escape(_RISKY)}]")


@dataclass(frozen=True)
class Sheet:
    """The log as cells: a head, the rows, those not listed in one line, the total; then sentences."""

    head: Line
    rows: tuple[Line, ...]
    not_listed: Line | None
    total: Line
    notes: tuple[str, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line from the head to the total."""
        unnamed = () if self.not_listed is None else (self.not_listed,)
        return (self.head, *self.rows, *unnamed, self.total)


def sheet(report: Report, rules: Rules) -> Sheet:
    """The log of a report, in the language of the program."""
    rest = report.not_listed
    return Sheet(
        head=tuple(_(head) for head in COLUMNS.values()),
        rows=tuple(sorted((_row(each) for each in report.listed), key=_by_name)),
        not_listed=_not_listed(rest) if rest else None,
        total=(_("Total"), None, NOBODY, None, None, None, *_hours(report.total)),
        notes=tuple(notes(report, rules)),
    )


def notes(report: Report, rules: Rules) -> Iterator[str]:
    """What the figures leave out and how they are made, in sentences."""
    yield _("An hour is 60 minutes of coaching; pauses do not count, and the time of a group counts once.")
    if rules.first_day is not None:
        yield _("Counted from {day} on, when the coach's training began.").format(day=rules.first_day.isoformat())
    if report.large_groups.seconds:
        yield _large_groups(report.large_groups, rules.group_cap or 0)
    if report.across_start.seconds:
        yield _("Not counted: {hours} hours noted in one sum across the first day that counts.").format(
            hours=in_hours(report.across_start.seconds)
        )
    unknown = sum(each.kind == "group" and each.group_size is None for each in report.every)
    if unknown:
        yield ngettext(
            "Of {n} group it is not noted how many take part; it counts as one client.",
            "Of {n} groups it is not noted how many take part; each counts as one client.",
            unknown,
        ).format(n=unknown)


def _large_groups(amount: Amount, cap: int) -> str:
    if not amount.sessions:
        return _("Not counted: {hours} hours with groups of more than {cap} people.").format(
            hours=in_hours(amount.seconds), cap=cap
        )
    return ngettext(
        "Not counted: {n} session with a group of more than {cap} people, {hours} hours.",
        "Not counted: {n} sessions with groups of more than {cap} people, {hours} hours.",
        amount.sessions,
    ).format(n=amount.sessions, cap=cap, hours=in_hours(amount.seconds))


def not_listed_words(clients: int) -> str:
    """How the line is called in which those stand who are not listed by name."""
    return ngettext("not listed ({n} client)", "not listed ({n} clients)", clients).format(n=clients)


def _row(each: Relationship) -> Line:
    people = each.group_size if each.kind == "group" else 1
    kind = _(KINDS[each.kind])
    name = tidy(each.name) or "\ufffd"
    return (name, tidy(each.email), kind, people, each.first_day, each.last_day, *_hours(each.amount))


def _by_name(line: Line) -> tuple[str, ...]:
    """The order of the rows, by what stands in them, so that a log that was read back is in the same order."""
    return (str(line[0]).casefold(), *map(str, line))


def _not_listed(rest: tuple[Relationship, ...]) -> Line:
    first, last = min(each.first_day for each in rest), max(each.last_day for each in rest)
    return (not_listed_words(len(rest)), None, NOBODY, None, first, last, *_hours(total(rest)))


def _hours(amount: Amount) -> tuple[Decimal, Decimal]:
    return in_hours(amount.paid_seconds), in_hours(amount.pro_bono_seconds)


def tidy(text: str) -> str:
    """A text as both files can hold it: no control characters but line breaks and tabs, and no half characters."""
    one_break = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in one_break if letter in "\n\t" or _holds(letter))[:LONGEST_CELL].strip()


def _holds(letter: str) -> bool:
    """Whether XML 1.0 can hold a letter; the last two of each plane are no characters."""
    return unicodedata.category(letter) not in ("Cc", "Cs") and ord(letter) & 0xFFFE != 0xFFFE


# --- CSV --------------------------------------------------------------------------------------------------------


def as_csv(made: Sheet) -> bytes:
    """The sheet as CSV; the sentences follow after an empty line, each in the first cell."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    wide = len(made.head)
    sentences = [[sentence, *[""] * (wide - 1)] for sentence in made.notes]
    writer.writerows([[_in_csv(cell) for cell in line] for line in made.lines])
    writer.writerows([[""] * wide, *([_in_csv(cell) for cell in line] for line in sentences)] if sentences else [])
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8")


def _in_csv(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return shielded(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def shielded(text: str) -> str:
    """A text no spreadsheet takes for a formula; ``unshielded`` gives back exactly what it was."""
    return "'" + text if _TO_SHIELD.match(text) else text


def unshielded(text: str) -> str:
    """What stood in a cell before it was shielded."""
    return text[1:] if _SHIELDED.match(text) else text


# --- XLSX -------------------------------------------------------------------------------------------------------

WIDTHS = (34, 34, 20, 18, 14, 14, 14, 16)


def as_xlsx(made: Sheet, told: Told = lambda _share: None) -> bytes:
    """The sheet as XLSX: real numbers and dates, the head stays in sight, sentences below; ``told`` hears how far.

    It is put together in memory, so that no client's name lies in a temporary file meanwhile.
    """
    from xlsxwriter import Workbook

    written = io.BytesIO()
    book = Workbook(written, {"in_memory": True})
    page, looks = book.add_worksheet(_("Client coaching log")), cache(lambda *look: book.add_format(dict(look)))
    page.freeze_panes(1, 0)
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    notes = [(), *((sentence,) for sentence in made.notes)] if made.notes else []
    for row, line in enumerate((*made.lines, *notes)):
        strong = (("bold", True),) if line in (made.head, made.total) else ()
        for column, cell in enumerate(line):
            _write_cell(page, (row, column), cell, partial(looks, *strong))
        if row % 200 == 0:
            told(0.9 * row / len(made.lines))
    book.close()
    told(1.0)
    return written.getvalue()


def _write_cell(page: Any, at: tuple[int, int], cell: Cell, look: Callable[..., Any]) -> None:
    if isinstance(cell, str):
        shielded = _TO_SHIELD.match(cell) is not None
        page.write_string(*at, cell, look(*((("quote_prefix", True),) if shielded else ())))
    elif isinstance(cell, Decimal):
        page.write_number(*at, float(cell), look(("num_format", "0.00")))
    elif isinstance(cell, date):
        page.write_datetime(*at, cell, look(("num_format", "yyyy-mm-dd")))
    elif cell is not None:
        page.write_number(*at, cell, look())


# --- files ------------------------------------------------------------------------------------------------------

FORMATS: dict[str, Callable[[Sheet, Told], bytes]] = {
    ".csv": lambda made, _told: as_csv(made),
    ".xlsx": as_xlsx,
}
"""Endings of file names, each with what is written."""


def save(path: Path, made: Sheet, *, force: bool = False, progress: Told = lambda _share: None) -> Path:
    """Write the log in the format of the file's ending, whole or not at all.

    Raises:
        Refused: another ending, a file that is there already, a disk that does not take it.
    """
    written = FORMATS.get(path.suffix.casefold())
    if written is None:
        raise Refused(_("The log is written as .csv or .xlsx; give the file one of these endings."))
    files.refuse_taken(path, force=force)
    files.write(path, written(made, progress))
    return path
