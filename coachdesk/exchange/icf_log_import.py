"""A log of hours coming in: what a file says, what it would change here, and the import itself.

First ``read`` understands the file without the records; ``preview`` puts it beside them; ``take`` writes, in one
transaction, what the same comparison finds then. Each row becomes one row of noted hours with its client.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session as Db
from sqlmodel import col, select

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.exchange import icf_log_table, icf_log_words
from coachdesk.exchange.icf_log import NOBODY
from coachdesk.exchange.icf_log_words import Habits, Unclear, plain
from coachdesk.practice import clients
from coachdesk.practice.clients import Client
from coachdesk.practice.hours import HoursNoted, in_hours
from coachdesk.practice.record import change, made, new_id, put, text
from coachdesk.practice.sessions import Session
from coachdesk.words import N_, _

_HEAD_WITHIN = 25
"""Rows in which the head must stand; above it there may be a title."""
_TOTALS = frozenset({"total", "totals", "sum", "grand total", "gesamt", "summe", "somme", "suma", "totale", "totaal"})
_MOST_PEOPLE = 10_000
_HALF = 18
"""Seconds: a figure of two decimals is half a hundredth of an hour below or above what it was before."""


@dataclass(frozen=True)
class LogRow:
    """One row as understood: a relationship, or where ``nobody`` is not 0, so many clients without their names."""

    line: int
    name: str
    email: str
    kind: str
    group_size: int | None
    from_on: date
    to_on: date
    paid_seconds: int
    pro_bono_seconds: int
    nobody: int = 0


@dataclass(frozen=True)
class Problem:
    """A row that could not be taken: its line in the file, and why in a sentence."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Incoming:
    """What a file says. ``totals`` are the hours in its last line as seconds, paid and pro bono; None without them."""

    rows: tuple[LogRow, ...]
    problems: tuple[Problem, ...]
    unused: tuple[str, ...]
    totals: tuple[int, int] | None
    asks_order: bool
    """Whether there are dates that can be two days, so that it helps to say which comes first."""

    @property
    def sums(self) -> tuple[int, int]:
        """Our own sum of the rows."""
        return sum(row.paid_seconds for row in self.rows), sum(row.pro_bono_seconds for row in self.rows)

    @property
    def totals_agree(self) -> bool:
        """Whether the file's totals are our sums; true where it has none."""
        return self.totals is None or all(
            in_hours(told) == in_hours(summed) for told, summed in zip(self.totals, self.sums, strict=True)
        )


@dataclass(frozen=True)
class Match:
    """A row beside the records. ``client_id`` is None for a new client, or for nobody by name."""

    row: LogRow
    client_id: str | None
    already: bool = False
    """The same hours were imported before."""
    overlaps: int = 0
    """Sessions held, and sums of hours noted, with the same clients in the same days: it may be here already."""
    problem: str = ""

    @property
    def is_new(self) -> bool:
        """Whether a client would be added."""
        return self.client_id is None and not self.row.nobody and not self.problem

    def wanted(self, *, overlapping: bool) -> bool:
        """Whether the import takes it."""
        return not self.already and not self.problem and (overlapping or not self.overlaps)


@dataclass(frozen=True)
class Preview:
    """Everything to know before anything is written."""

    incoming: Incoming
    matches: tuple[Match, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What cannot be taken, by line."""
        found = (Problem(each.row.line, each.problem) for each in self.matches if each.problem)
        return tuple(sorted((*self.incoming.problems, *found), key=lambda each: each.line))


@dataclass(frozen=True)
class Taken:
    """What an import did: rows noted, clients added, rows left out because they were there before or overlap."""

    rows: int
    added: int
    already: int
    overlapping: int


# --- what the file says -----------------------------------------------------------------------------------------


def read(path: Path, today: date, *, order: str = "", told: Callable[[float], None] = lambda _share: None) -> Incoming:
    """Understand a file; ``order`` (``dmy``, ``mdy``) says what comes first in dates like 03/04/2024.

    A relationship without an end date is taken as going on, up to ``today``.

    Raises:
        Refused: it is no table, or no table of hours.
    """
    table = icf_log_table.read(path, told)
    head = next((at for at, row in enumerate(table[:_HEAD_WITHIN]) if _is_head(row)), None)
    if head is None:
        raise Refused(_("No row of this table names its columns, such as “Client name” and “Paid hours”."))
    return _Reading(table, head, today, order).incoming()


def _is_head(row: Sequence[Any]) -> bool:
    known = icf_log_words.heads()
    found = {known.get(plain(cell)) for cell in row if isinstance(cell, str)}
    return "name" in found and bool(found & {"paid", "pro_bono"})


class _Reading:
    """Goes through the rows below the head, in which each column has its place."""

    def __init__(self, table: list[list[Any]], head: int, today: date, order: str) -> None:
        self._table, self._head, self._today = table, head, today
        self._places: dict[str, int] = {}
        self._unused: list[str] = []
        known = icf_log_words.heads()
        for at, cell in enumerate(table[head]):
            column = known.get(plain(cell)) if cell is not None else None
            if column is not None and column not in self._places:
                self._places[column] = at
            elif str(cell or "").strip():
                self._unused.append(text(str(cell)))
        below = table[head + 1 :]
        self._habits = Habits.seen(self._all(below, "first", "last"), self._all(below, "paid", "pro_bono"), order)
        self._rows: list[LogRow] = []
        self._problems: list[Problem] = []
        self._totals: tuple[int, int] | None = None
        self._asks_order = False

    def incoming(self) -> Incoming:
        """Everything understood."""
        for at, row in enumerate(self._table[self._head + 1 :], start=self._head + 2):
            try:
                self._take(at, row)
            except Refused as why:
                self._asks_order |= isinstance(why, Unclear)
                self._problems.append(Problem(at, why.sentence))
        rows = tuple(_as_totalled(self._rows, self._totals)) if self._totals else tuple(self._rows)
        return Incoming(rows, tuple(self._problems), tuple(self._unused), self._totals, self._asks_order)

    def _take(self, at: int, row: Sequence[Any]) -> None:
        filled = sum(cell not in (None, "") and bool(str(cell).strip()) for cell in row)
        if not filled or (self._totals is not None and filled == 1):  # sentences below the total
            return
        amounts = tuple(icf_log_words.seconds(self._cell(row, name), self._habits) for name in ("paid", "pro_bono"))
        name = text(str(self._cell(row, "name") or ""))
        first, last = (icf_log_words.day(self._cell(row, column), self._habits) for column in ("first", "last"))
        nobody = self._is_nobody(row)
        if first is None and last is None and (nobody or (plain(name) in _TOTALS and not self._text(row, "email"))):
            self._totals = (amounts[0] or 0, amounts[1] or 0)
            return
        if not name:
            raise Refused(_("The name is empty."))
        if amounts == (None, None):
            raise Refused(_("There are no hours, neither paid nor pro bono."))
        self._rows.append(self._row(at, row, name, (first, last), (amounts[0] or 0, amounts[1] or 0)))

    def _row(
        self, at: int, row: Sequence[Any], name: str, days: tuple[date | None, date | None], amounts: tuple[int, int]
    ) -> LogRow:
        first, last = days[0], days[1] or max(self._today, days[0] or date.min)
        if first is None:
            raise Refused(_("The start date is empty."))
        if last < first:
            raise Refused(_("It ends on {last}, before it begins on {first}.").format(first=first, last=last))
        if first > self._today:
            raise Refused(_("It begins on {first}, in the future.").format(first=first))
        if self._is_nobody(row):
            return LogRow(at, name, "", "individual", None, first, last, *amounts, nobody=_people_in(name))
        people = icf_log_words.people(self._cell(row, "people"))
        kind = icf_log_words.kind(self._cell(row, "kind"), people)
        size = people if kind == "group" else None
        return LogRow(at, name, self._text(row, "email"), kind, size, first, last, *amounts)

    def _is_nobody(self, row: Sequence[Any]) -> bool:
        return self._text(row, "kind") == NOBODY

    def _cell(self, row: Sequence[Any], column: str) -> Any:
        at = self._places.get(column)
        return row[at] if at is not None and at < len(row) else None

    def _text(self, row: Sequence[Any], column: str) -> str:
        return text(str(self._cell(row, column) or ""))

    def _all(self, rows: Iterable[Sequence[Any]], *columns: str) -> list[Any]:
        return [self._cell(row, column) for row in rows for column in columns]


def _people_in(name: str) -> int:
    """How many clients the line of those not listed stands for."""
    found = re.findall(r"\d+", name)
    return min(max(int(found[-1][:6]), 1), _MOST_PEOPLE) if found else 1


def _as_totalled(rows: Sequence[LogRow], totals: tuple[int, int]) -> list[LogRow]:
    """The rows with seconds that make up the file's totals, where rounding alone is the difference.

    Each figure was rounded on its own, the total once; so the exact seconds are those of the figure, give or take half
    a hundredth of an hour, and they add up to the total.
    """
    paid = _spread([row.paid_seconds for row in rows], totals[0])
    pro_bono = _spread([row.pro_bono_seconds for row in rows], totals[1])
    return [
        replace(row, paid_seconds=one, pro_bono_seconds=other)
        for row, one, other in zip(rows, paid, pro_bono, strict=True)
    ]


def _spread(figures: list[int], told: int) -> list[int]:
    if any(figure % (2 * _HALF) for figure in (*figures, told)):
        return figures  # not rounded to hundredths: they are exact already
    gap = told - sum(figures)
    missing = max(0, gap - _HALF) or min(0, gap + _HALF - 1)
    found = list(figures)
    for at in sorted(range(len(figures)), key=lambda at: not figures[at]):
        step = min(missing, _HALF - 1) if missing > 0 else max(missing, -_HALF, -figures[at])
        found[at] += step
        missing -= step
    return figures if missing else found


# --- beside the records -----------------------------------------------------------------------------------------


def preview(db: Db, incoming: Incoming, zone: ZoneInfo) -> Preview:
    """The rows beside the records: whose they are, what was imported before, what overlaps hours kept here."""
    kept = _Records(db, zone, incoming.rows)
    return Preview(incoming, tuple(kept.match(row) for row in incoming.rows))


class _Records:
    """What is kept here already, to compare rows with."""

    def __init__(self, db: Db, zone: ZoneInfo, rows: Sequence[LogRow]) -> None:
        self._zone = zone
        self._clients = [client for client in clients.every(db) if client.kind != "self"]
        named = {client.id for row in rows if not row.nobody for client in self._called(row)}
        self._unnamed = (None, *(client.id for client in self._clients if client.id not in named))
        held = select(Session.client_id, Session.started_at).where(
            Session.state == "finished", col(Session.elapsed_seconds) > 0
        )
        self._held: dict[str, list[date]] = {}
        for client_id, at in db.exec(held):
            self._held.setdefault(client_id, []).append(self._day(at))
        self._imported: dict[str | None, set[tuple[Any, ...]]] = {}
        self._noted: dict[str | None, list[tuple[date, date]]] = {}
        for noted in db.exec(select(HoursNoted)):
            if noted.source == "imported":
                self._imported.setdefault(noted.client_id, set()).add(_figures(noted))
            if noted.paid_seconds or noted.pro_bono_seconds:
                self._noted.setdefault(noted.client_id, []).append((noted.from_on, noted.to_on))

    def match(self, row: LogRow) -> Match:
        """Whose row it is."""
        if row.nobody:
            if _figures(row) in self._imported.get(None, ()):
                return Match(row, None, already=True)
            return Match(row, None, overlaps=self._overlaps(row, self._unnamed))
        found = self._called(row)
        same = [client for client in found if _figures(row) in self._imported.get(client.id, ())]
        if same:
            return Match(row, same[0].id, already=True)
        if len(found) > 1:
            return Match(row, None, problem=_several(len(found), row.name))
        if not found:
            return Match(row, None)
        return Match(row, found[0].id, overlaps=self._overlaps(row, (found[0].id,)))

    def _overlaps(self, row: LogRow, whose: Iterable[str | None]) -> int:
        """Sessions held and sums of hours noted in the days of a row, with any of these; None stands for nobody."""
        held = [day for client_id in whose if client_id for day in self._held.get(client_id, ())]
        noted = [days for client_id in whose for days in self._noted.get(client_id, ())]
        return sum(row.from_on <= day <= row.to_on for day in held) + sum(
            first <= row.to_on and last >= row.from_on for first, last in noted
        )

    def _called(self, row: LogRow) -> list[Client]:
        """Clients with this e-mail; else those of exactly this name whose e-mail does not say otherwise."""
        email = row.email.casefold()
        by_email = [client for client in self._clients if email and client.email.casefold() == email]
        if by_email:
            return [client for client in by_email if client.name == row.name] or by_email
        named = [client for client in self._clients if client.name == row.name]
        return [client for client in named if not email or not client.email]

    def _day(self, at: datetime | None) -> date:
        return date.min if at is None else at.astimezone(self._zone).date()


def _several(count: int, name: str) -> str:
    return _("{count} clients are called “{name}”; give an e-mail that only one of them has.").format(
        count=count, name=name
    )


def _figures(row: LogRow | HoursNoted) -> tuple[Any, ...]:
    """What makes two rows the same hours; as rounded in a file."""
    return row.kind, row.from_on, row.to_on, in_hours(row.paid_seconds), in_hours(row.pro_bono_seconds)


# --- writing ----------------------------------------------------------------------------------------------------


def take(
    db: Db, incoming: Incoming, zone: ZoneInfo, *, now: Now, consent_on: date | None = None, overlapping: bool = False
) -> Taken:
    """Note the rows with their clients; clients who are new are added, with ``consent_on`` as the day they agreed.

    Rows imported before are left out, and those that overlap hours kept here unless ``overlapping`` is wanted.

    Raises:
        Refused: nothing in it can be taken.
    """
    compared = preview(db, incoming, zone).matches
    chosen = [each for each in compared if each.wanted(overlapping=overlapping)]
    already = sum(each.already for each in compared)
    if not chosen and already:
        raise Refused(_("These hours were imported before; nothing was changed."))
    if not chosen and any(each.overlaps for each in compared):
        raise Refused(_("All of it overlaps hours that are kept here, so nothing was taken."))
    if not chosen:
        raise Refused(_("There is nothing in this file that can be taken."))
    added: dict[tuple[str, str], str] = {}
    for each in chosen:
        _note(db, each, now, consent_on, added)
    db.flush()
    left = [each for each in compared if each.overlaps and not each.wanted(overlapping=overlapping)]
    return Taken(len(chosen), len(added), already, len(left))


def _note(db: Db, match: Match, now: Now, consent_on: date | None, added: dict[tuple[str, str], str]) -> None:
    row = match.row
    client_id = match.client_id
    if match.is_new:
        client_id = _client(db, row, now, consent_on, added)
    first = HoursNoted(
        client_id=client_id, stands_for="" if client_id else new_id(), source="imported", kind=row.kind,
        group_size=row.group_size, from_on=row.from_on, to_on=row.to_on, paid_seconds=row.paid_seconds,
        pro_bono_seconds=row.pro_bono_seconds, **made(now),
    )  # fmt: skip
    put(db, first)
    for _other in range(row.nobody - 1):  # the hours stand with the first of them
        db.add(HoursNoted(stands_for=new_id(), source="imported", from_on=row.from_on, to_on=row.to_on, **made(now)))


def _client(db: Db, row: LogRow, now: Now, consent_on: date | None, added: dict[tuple[str, str], str]) -> str:
    """The client of a row, added; rows of one name and e-mail are one client's."""
    key = (row.name, row.email.casefold() or str(row.line))
    if key not in added:
        client = clients.add(
            db, row.name, now=now, kind=row.kind, email=row.email, group_size=row.group_size, started_on=row.from_on,
            log_consent_on=consent_on,
        )  # fmt: skip
        added[key] = client.id
    elif row.kind == "group":
        client = clients.one(db, added[key])
        change(client, now, kind="group", group_size=max(client.group_size or 0, row.group_size or 0) or None)
    return added[key]


REMARKS = {
    "new": N_("a new client"),
    "known": N_("a client you have"),
    "already": N_("imported before"),
    "overlapping": N_("overlaps hours kept here"),
    "nobody": N_("without names"),
    "problem": N_("cannot be taken"),
}


def remark(match: Match) -> str:
    """What becomes of a row, in a word or two, in the language of the program."""
    if match.problem:
        return _(REMARKS["problem"])
    if match.already:
        return _(REMARKS["already"])
    if match.overlaps:
        return _(REMARKS["overlapping"])
    return _(REMARKS["nobody" if match.row.nobody else "new" if match.is_new else "known"])
