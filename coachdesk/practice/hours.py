"""Hours: the log as data, one row for each client relationship, exact to the second.

What counts: sessions that were held (state *finished*), without their pauses; a group's time once, not per person;
never with oneself. The day of a session is the local day of its start in the session's own time zone, because a
session does not move when the coach does; one that names no zone is taken in the zone of this computer. Sessions of
groups larger than the cap, and sessions before the coach's training began, do not count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import groupby
from operator import itemgetter
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint
from sqlmodel import Field, select
from sqlmodel import Session as Db

from coachdesk.practice.clients import Client
from coachdesk.practice.record import Record
from coachdesk.settings import Settings

Held = tuple[str, str, int, str | None, str, int | None, str]
"""A session as the tally reads it: client, start (UTC, as stored), seconds, payment, kind, number in group, zone."""

HELD = """SELECT client_id, started_at, elapsed_seconds, paid, kind, group_size, time_zone FROM session
WHERE state = 'finished' AND elapsed_seconds > 0"""
"""All of it stands in the index ``session_at_a_glance``."""


class HoursNoted(Record, table=True):
    """Hours without sessions of ours: from an imported log, or all that is left of a client who was forgotten.

    Without ``client_id`` they are nobody's by name; rows with the same ``stands_for`` (a random id) are one client's.
    """

    __table_args__ = (
        CheckConstraint("source IN ('imported','forgotten')", name="hours_noted_source"),
        CheckConstraint("to_on >= from_on", name="hours_noted_order"),
        CheckConstraint("paid_seconds >= 0 AND pro_bono_seconds >= 0 AND sessions >= 0", name="hours_noted_amounts"),
    )

    client_id: str | None = Field(default=None, foreign_key="client.id", ondelete="CASCADE", index=True)
    stands_for: str = ""
    source: str
    kind: str = "individual"
    group_size: int | None = None
    from_on: date
    to_on: date
    sessions: int = 0
    paid_seconds: int = 0
    pro_bono_seconds: int = 0


def in_hours(seconds: int) -> Decimal:
    """Seconds as hours of sixty minutes with two decimals, half a hundredth rounded up: 18 s are 0.01 h."""
    return Decimal((seconds * 100 + 1800) // 3600).scaleb(-2)


@dataclass(frozen=True)
class Rules:
    """What counts: the zone of sessions that name none, the first day that counts, the largest group that counts."""

    zone: ZoneInfo
    first_day: date | None = None
    group_cap: int | None = None

    @classmethod
    def chosen(cls, settings: Settings, zone: ZoneInfo, since: date | None = None) -> "Rules":
        """Those of the settings; ``since`` leaves out what came before it, too."""
        start = settings.hours.training_start
        days = [day for day in (since, date.fromisoformat(start) if start else None) if day is not None]
        return cls(zone, max(days, default=None), settings.hours.group_cap)


@dataclass(frozen=True)
class Amount:
    """Whole seconds paid and pro bono, from how many sessions; imported hours may tell no sessions."""

    sessions: int = 0
    paid_seconds: int = 0
    pro_bono_seconds: int = 0

    @property
    def seconds(self) -> int:
        """Both together."""
        return self.paid_seconds + self.pro_bono_seconds

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(
            self.sessions + other.sessions,
            self.paid_seconds + other.paid_seconds,
            self.pro_bono_seconds + other.pro_bono_seconds,
        )


@dataclass(frozen=True)
class Relationship:
    """One row of the log. ``first_day`` and ``last_day`` are those of what counts.

    A relationship in which a group session counts is a group's; ``group_size`` is then the most who took part, None
    where nobody noted it. Without ``client_id`` it is somebody who was forgotten, or whom an imported log did not name.
    """

    client_id: str | None
    name: str
    email: str
    consent_on: date | None
    kind: str
    group_size: int | None
    first_day: date
    last_day: date
    sessions: int
    paid_seconds: int
    pro_bono_seconds: int

    @property
    def people(self) -> int:
        """As how many clients it counts: each member of a group is one (ICF's help page on the client coaching log)."""
        return (self.group_size or 1) if self.kind == "group" else 1

    @property
    def listed(self) -> bool:
        """Whether the client agreed to stand in the log by name."""
        return self.client_id is not None and self.consent_on is not None

    @property
    def amount(self) -> Amount:
        """Its figures alone."""
        return Amount(self.sessions, self.paid_seconds, self.pro_bono_seconds)


@dataclass(frozen=True)
class Report:
    """The whole log, its figures by month, and what was left out."""

    relationships: tuple[Relationship, ...]
    """With clients of ours, by name."""
    nameless: tuple[Relationship, ...]
    months: Mapping[tuple[int, int], Amount]
    """By year and month, the earliest first; imported hours that span months are in ``over_months`` instead."""
    over_months: Amount
    large_groups: Amount
    """Held with groups above the cap; it does not count."""
    across_start: Amount
    """Noted as one sum from before the first day to after it; it cannot be divided, and does not count."""
    recent_seconds: int
    """Since the day the report was asked about."""

    @property
    def listed(self) -> tuple[Relationship, ...]:
        """Those who agreed to be named."""
        return tuple(each for each in self.relationships if each.listed)

    @property
    def not_listed(self) -> tuple[Relationship, ...]:
        """Those whose hours stand in one line."""
        return (*(each for each in self.relationships if not each.listed), *self.nameless)

    @property
    def every(self) -> tuple[Relationship, ...]:
        """All of them."""
        return (*self.relationships, *self.nameless)

    @property
    def total(self) -> Amount:
        """The exact sum of everything that counts."""
        return total(self.every)


def total(relationships: Iterable[Relationship]) -> Amount:
    """The exact sum of several rows."""
    return sum((each.amount for each in relationships), Amount())


def report(db: Db, rules: Rules, *, recent_from: date | None = None) -> Report:
    """Everything that counts, read in one go: twenty years take a tenth of a second at most."""
    clients = {client.id: client for client in db.exec(select(Client))}
    tally = _Tally(rules, clients, recent_from or date.max)
    tally.sessions(_held(db))
    for noted in db.exec(select(HoursNoted)):
        tally.noted(noted)
    return tally.report()


def _held(db: Db) -> Sequence[Held]:
    """All sessions held. Straight from the driver: SQLAlchemy's own rows take three times as long (measured)."""
    cursor = db.connection().exec_driver_sql(HELD).cursor
    assert cursor is not None
    rows: Sequence[Held] = cursor.fetchall()
    return rows


@dataclass
class _Sum:
    """A relationship, or a month, being added up."""

    sessions: int = 0
    paid: int = 0
    pro_bono: int = 0
    first: date = date.max
    last: date = date.min
    group: bool = False
    size: int | None = None

    def add(self, sessions: int, paid: int, pro_bono: int) -> None:
        """So much more."""
        self.sessions += sessions
        self.paid += paid
        self.pro_bono += pro_bono

    def span(self, first: date, last: date) -> None:
        """It reaches at least from one day to the other."""
        if first < self.first:
            self.first = first
        if last > self.last:
            self.last = last

    def of_group(self, size: int | None) -> None:
        """A group session counts in it."""
        self.group = True
        self.size = max(self.size or 0, size or 0) or None

    @property
    def amount(self) -> Amount:
        """What it comes to."""
        return Amount(self.sessions, self.paid, self.pro_bono)


@dataclass
class _Tally:
    """Adds up sessions and noted hours; nothing is rounded."""

    rules: Rules
    clients: Mapping[str, Client]
    recent_from: date
    named: dict[str, _Sum] = field(default_factory=dict)
    unnamed: dict[str, _Sum] = field(default_factory=dict)
    months: dict[tuple[int, int], _Sum] = field(default_factory=dict)
    over_months: _Sum = field(default_factory=_Sum)
    large: _Sum = field(default_factory=_Sum)
    across: _Sum = field(default_factory=_Sum)
    recent: int = 0

    def sessions(self, rows: Iterable[Held]) -> None:
        """Sessions that were held; those with one client stand together, as the index has them."""
        for client_id, held in groupby(rows, key=itemgetter(0)):
            client = self.clients[client_id]
            if client.kind != "self":
                self._held_with(client, held)

    def _held_with(self, client: Client, rows: Iterable[Held]) -> None:
        """One loop without calls of ours: it runs for every session there ever was."""
        usual, first_day = self.rules.zone, self.rules.first_day or date.min
        whose = self.named.get(client.id) or _Sum()
        for _client, started, seconds, payment, kind, size, zone in rows:
            there = (zone and zone_named(zone)) or usual
            day = datetime.fromisoformat(started + "+00:00").astimezone(there).date()
            if kind == "self" or day < first_day:
                continue
            paid, pro_bono = (0, seconds) if payment == "pro_bono" else (seconds, 0)
            if kind == "group":
                people = size or client.group_size
                if self._too_large(people):
                    self.large.add(1, paid, pro_bono)
                    continue
                whose.of_group(people)
            month = self.months.get((day.year, day.month)) or self.months.setdefault((day.year, day.month), _Sum())
            for each in (whose, month):
                each.sessions += 1
                each.paid += paid
                each.pro_bono += pro_bono
            if day < whose.first:
                whose.first = day
            if day > whose.last:
                whose.last = day
            if day >= self.recent_from:
                self.recent += seconds
        if whose.sessions:
            self.named[client.id] = whose

    def noted(self, row: HoursNoted) -> None:
        """Hours that were imported, or are left of somebody."""
        figures = (row.sessions, row.paid_seconds, row.pro_bono_seconds)
        first_day = self.rules.first_day
        if first_day is not None and row.from_on < first_day:
            if row.to_on >= first_day:
                self.across.add(*figures)
            return
        if row.client_id is not None and self.clients[row.client_id].kind == "self":
            return
        if row.kind == "group" and self._too_large(row.group_size):
            self.large.add(*figures)
            return
        by, key = (self.unnamed, row.stands_for or row.id) if row.client_id is None else (self.named, row.client_id)
        whose = by.setdefault(key, _Sum())
        if row.kind == "group":
            whose.of_group(row.group_size)
        self._count(whose, (row.from_on, row.to_on), figures)

    def _too_large(self, size: int | None) -> bool:
        return self.rules.group_cap is not None and size is not None and size > self.rules.group_cap

    def _count(self, whose: _Sum, days: tuple[date, date], figures: tuple[int, int, int]) -> None:
        first, last = days
        whose.add(*figures)
        whose.span(first, last)
        month = (first.year, first.month)
        if month == (last.year, last.month):
            (self.months.get(month) or self.months.setdefault(month, _Sum())).add(*figures)
        else:
            self.over_months.add(*figures)
        if first >= self.recent_from:
            self.recent += figures[1] + figures[2]

    def report(self) -> Report:
        """What it all comes to."""
        named = [self._relationship(key, each) for key, each in self.named.items()]
        nameless = [self._relationship(None, self.unnamed[key]) for key in sorted(self.unnamed)]
        return Report(
            relationships=tuple(sorted(named, key=_by_name)),
            nameless=tuple(nameless),
            months={month: self.months[month].amount for month in sorted(self.months)},
            over_months=self.over_months.amount,
            large_groups=self.large.amount,
            across_start=self.across.amount,
            recent_seconds=self.recent,
        )

    def _relationship(self, client_id: str | None, made: _Sum) -> Relationship:
        client = self.clients[client_id] if client_id is not None else None
        return Relationship(
            client_id, client.name if client else "", client.email if client else "",
            client.log_consent_on if client else None, "group" if made.group else "individual", made.size,
            made.first, made.last, made.sessions, made.paid, made.pro_bono,
        )  # fmt: skip


def _by_name(row: Relationship) -> tuple[str, str, str, date, date, int, int]:
    return row.name.casefold(), row.name, row.email, row.first_day, row.last_day, row.paid_seconds, row.pro_bono_seconds


@cache
def zone_named(name: str) -> ZoneInfo | None:
    """The zone of this name; None where this computer does not know it."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None
