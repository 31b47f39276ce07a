"""Random practices for tests of the hours: made by the verbs a coach uses, and added up anew from the raw rows."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session as Db

from coachdesk.clock import Still
from coachdesk.practice import clients, corrections, sessions
from coachdesk.practice.hours import HoursNoted, Rules
from coachdesk.practice.record import made, put
from coachdesk.practice.sessions import Pause

HERE = ZoneInfo("Europe/Berlin")
FIRST = datetime(2023, 10, 1, tzinfo=UTC)
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ZONES = ("", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata", "Nowhere/Land")

names = st.one_of(
    st.sampled_from([
        "Ana", "=1+1", "+49", "-", "@home", "'=x", "''+y", 'say "so"', "a, b; c", "line\nbreak", "tab\tstop", "ليلى",
        "נועה", "李小龍", "🌿🕊️", "_x0041_", "Ω\u200f", "#N/A", "Total", "1.5", "2024-03-01", "TRUE", "\ufeffmark",
    ]),
    st.text(min_size=1, max_size=12).filter(lambda name: bool(name.replace("\x00", "").strip())),
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """A client to be added."""

    name: str
    kind: str
    group_size: int | None
    consents: bool
    has_email: bool


@dataclass(frozen=True)
class Sitting:
    """A session to be held: with whom, how many minutes after ``FIRST``, how long, with what."""

    whom: int
    after: int
    minutes: int
    paid: str
    zone: str
    pauses: tuple[tuple[int, int], ...] = ()
    """Each as seconds after the one before, and how many it lasted; no two at once."""
    moved: int = 0
    """Minutes by which its start is corrected afterwards."""
    taken_back: bool = False
    fate: str = "held"


@dataclass(frozen=True)
class Noted:
    """Hours without sessions; of a client, or of the stranger of this number."""

    whom: int
    stranger: bool
    kind: str
    group_size: int | None
    after: int
    days: int
    paid: int
    pro_bono: int


@dataclass(frozen=True)
class Practice:
    """Everything to be made."""

    people: tuple[Person, ...]
    sittings: tuple[Sitting, ...]
    noted: tuple[Noted, ...]
    first_day: date | None = None
    cap: int = 15
    ids: list[str] = field(default_factory=list, compare=False)

    @property
    def rules(self) -> Rules:
        """What counts in it."""
        return Rules(HERE, self.first_day, self.cap)

    def make(self, db: Db) -> None:
        """Make it, by the verbs that a coach uses."""
        clock = Still.at(NOW)
        for at, each in enumerate(self.people):
            client = clients.add(
                db, each.name, now=clock.now(), kind=each.kind, group_size=each.group_size,
                email=f"{at}@example.org" if each.has_email else "",
                log_consent_on=date(2024, 1, 1) if each.consents else None,
            )  # fmt: skip
            self.ids.append(client.id)
        for sitting in self.sittings:
            self._hold(db, sitting, clock)
        for noted in self.noted:
            self._note(db, noted, clock)
        db.flush()

    def _hold(self, db: Db, one: Sitting, clock: Still) -> None:
        if not self.people:
            return
        client_id, start = self.ids[one.whom % len(self.ids)], FIRST + timedelta(minutes=one.after)
        if one.fate != "held":
            row = sessions.plan(db, client_id, start, now=clock.now(), time_zone=one.zone)
            {"planned": lambda: None, "cancelled": lambda: sessions.cancel(db, row.id, now=clock.now()),
             "missed": lambda: sessions.missed(db, row.id, now=clock.now())}[one.fate]()  # fmt: skip
            return
        now = clock.now()
        row = sessions.log(db, client_id, start, one.minutes, now=now, paid=one.paid, time_zone=one.zone)
        at = start
        for gap, lasts in one.pauses:
            at += timedelta(seconds=gap)
            put(db, Pause(session_id=row.id, from_at=at, to_at=at + timedelta(seconds=lasts), **made(now)))
            at += timedelta(seconds=lasts)
        if one.pauses or one.moved:
            corrections.times(db, row.id, now=now, started_at=start - timedelta(minutes=one.moved, seconds=1))
        if (one.pauses or one.moved) and one.taken_back:
            corrections.back_to_measured(db, row.id, now=now)
            for pause in db.exec(sessions.select(Pause).where(Pause.session_id == row.id)):
                db.delete(pause)

    def _note(self, db: Db, one: Noted, clock: Still) -> None:
        if not one.stranger and not self.people:
            return
        day = (FIRST + timedelta(minutes=one.after)).date()
        client_id = None if one.stranger else self.ids[one.whom % len(self.ids)]
        put(db, HoursNoted(
            client_id=client_id, stands_for=f"stranger {one.whom}" if one.stranger else "",
            source="forgotten" if one.stranger else "imported", kind=one.kind, group_size=one.group_size, from_on=day,
            to_on=day + timedelta(days=one.days), paid_seconds=one.paid, pro_bono_seconds=one.pro_bono,
            **made(clock.now()),
        ))  # fmt: skip


minutes_after = st.integers(0, 60 * 24 * 870)
sizes = st.one_of(st.none(), st.integers(1, 30))
people = st.builds(
    Person, names, st.sampled_from(["individual", "individual", "group", "self"]), sizes, st.booleans(), st.booleans()
)
pauses = st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 900)), max_size=3).map(tuple)
sittings = st.builds(
    Sitting, st.integers(0, 9), minutes_after, st.integers(1, 180), st.sampled_from(["paid", "pro_bono"]),
    st.sampled_from(ZONES), pauses, st.integers(0, 40), st.booleans(),
    st.sampled_from(["held", "held", "held", "held", "planned", "cancelled", "missed"]),
)  # fmt: skip
noted = st.builds(
    Noted, st.integers(0, 9), st.booleans(), st.sampled_from(["individual", "group"]), sizes, minutes_after,
    st.integers(0, 200), st.integers(0, 400_000), st.integers(0, 90_000),
)  # fmt: skip
practices = st.builds(
    Practice,
    st.lists(people, max_size=5).map(tuple),
    st.lists(sittings, max_size=14).map(tuple),
    st.lists(noted, max_size=4).map(tuple),
    st.one_of(st.none(), st.dates(date(2023, 9, 1), date(2026, 3, 1))),
    st.sampled_from([15, 1, 25]),
)


# --- the same figures anew ---------------------------------------------------------------------------------------


def counted(db: Db, practice: Practice) -> list[dict[str, Any]]:
    """Every stretch that counts, from the raw rows: whose, how long, which days, which size of group."""
    whose = {row["id"]: row for row in _rows(db, "client")}
    breaks: dict[str, list[tuple[datetime, datetime]]] = {}
    for row in _rows(db, "pause"):
        breaks.setdefault(row["session_id"], []).append((_at(row["from_at"]), _at(row["to_at"])))
    found = [_of_session(row, whose[row["client_id"]], breaks.get(row["id"], [])) for row in _rows(db, "session")]
    found += [_of_noted(row, whose.get(row["client_id"])) for row in _rows(db, "hours_noted")]
    return [each for each in found if each is not None and _counts(each, practice)]


def _of_session(row: dict[str, Any], client: dict[str, Any], breaks: list[tuple[datetime, datetime]]) -> Any:
    if row["state"] != "finished" or "self" in (row["kind"], client["kind"]):
        return None
    begun, ended = _at(row["started_at"]), _at(row["ended_at"])
    left = set(range(_after(ended, begun)))  # second by second: nothing in common with sums of intervals
    for begins, ends in breaks:
        left.difference_update(range(_after(begins, begun), _after(ends, begun)))
    length = len(left)
    if not length:
        return None
    zone = ZoneInfo(row["time_zone"]) if row["time_zone"] not in ("", "Nowhere/Land") else HERE
    day = begun.astimezone(zone).date()
    free = row["paid"] == "pro_bono"
    return {
        "whose": client["id"], "group": row["kind"] == "group", "size": row["group_size"] or client["group_size"],
        "first": day, "last": day, "paid": 0 if free else length, "pro_bono": length if free else 0, "sessions": 1,
    }  # fmt: skip


def _of_noted(row: dict[str, Any], client: dict[str, Any] | None) -> Any:
    if client is not None and client["kind"] == "self":
        return None
    return {
        "whose": client["id"] if client else row["stands_for"], "group": row["kind"] == "group",
        "size": row["group_size"], "first": date.fromisoformat(row["from_on"]),
        "last": date.fromisoformat(row["to_on"]), "paid": row["paid_seconds"], "pro_bono": row["pro_bono_seconds"],
        "sessions": row["sessions"],
    }  # fmt: skip


def _counts(each: dict[str, Any], practice: Practice) -> bool:
    in_time = practice.first_day is None or each["first"] >= practice.first_day
    return in_time and not (each["group"] and each["size"] is not None and each["size"] > practice.cap)


def _rows(db: Db, table: str) -> list[dict[str, Any]]:
    return [dict(row) for row in db.execute(text(f"SELECT * FROM {table}")).mappings()]


def _after(at: datetime, begun: datetime) -> int:
    return round((at - begun).total_seconds())


def _at(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)
