"""The records of a coach who has worked for twenty years: 300 clients, 20,000 sessions, 100,000 commitments.

    python -m tests.practice_of_20_years HOME [PASSPHRASE]

The same words, numbers and ids every time; only the dates move with the day, so that sessions are planned for today.
"""

import random
import sys
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

from coachdesk.machine.here import here
from coachdesk.paths import Home
from coachdesk.practice.agreements import Agreement
from coachdesk.practice.canvas import CanvasLine
from coachdesk.practice.checklists import ChecklistItem, Tick
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import Commitment, Review
from coachdesk.practice.cues_shown import CueShown
from coachdesk.practice.marks import Mark
from coachdesk.practice.notes import Note
from coachdesk.practice.reflections import Reflection, ReflectionAnswer
from coachdesk.practice.sessions import Pause, Session
from coachdesk.storage import keys, search, store

CLIENTS, SESSIONS, PROMISES = 300, 20_000, 5
WEEKS = 20 * 52
AT_ONCE = 20
"""Clients coached in the same weeks."""
NOTE_WORDS = 120
PASSPHRASE = "a lantern on the stairs"
SPOKEN = """again already asked before between calm carried choice clearer conversation courage decided different door
evening feedback first fear found goal ground habit hears herself himself hope honest idea keeps kept later leads
less letter listens meeting more morning mother moved names need never next notices nothing offer often open
other own pace pause place plan practice promise question quiet reads reason rest room says sees sister sleep
slower small speaks stays step still story strength talk team tells tired together tried trust walk week when
which work worry writes yes"""


@dataclass(frozen=True)
class Row:
    """One row to be written: its table, and the fields that are not the usual ones."""

    table: type[SQLModel]
    fields: dict[str, Any]


class Practice:
    """Draws the rows in the order in which they may be written."""

    def __init__(self, now: datetime, items: Iterable[str], weekly: Mapping[str, str]) -> None:
        """``items`` are those of the first session by id, ``weekly`` those of the reflection by id with their words."""
        self._now, self._items, self._weekly = now, list(items), weekly
        self._chance = random.Random(20)
        self._talk = self._chance.choices(SPOKEN.split(), k=10_000)
        self._clients = [self._id() for _each in range(CLIENTS)]
        self._held = dict.fromkeys(self._clients, 0)
        monday = now.date() - timedelta(days=now.weekday())
        self._first = monday - timedelta(weeks=WEEKS)

    def rows(self) -> Iterator[Row]:
        """Clients first, then week by week what was said and promised, at last what is planned."""
        for number, client in enumerate(self._clients):
            yield from self._client(number, client)
        for week in range(WEEKS):
            begun, until = week * SESSIONS // WEEKS, (week + 1) * SESSIONS // WEEKS
            for place, client in enumerate(self._coached(week)[: until - begun]):
                yield from self._session(client, self._start(week, place), week)
            yield from self._reflection(week)
        for place, client in enumerate(self._clients[-AT_ONCE:]):
            start = self._now.replace(minute=0) + timedelta(hours=1 + place // 3 * 24 + place % 3 * 2)
            yield self._row(Session, self._now - timedelta(days=7), client_id=client, planned_start=start,
                            planned_minutes=50, time_zone="Europe/Berlin", paid="paid")  # fmt: skip

    def _coached(self, week: int) -> list[str]:
        first = week * (CLIENTS - AT_ONCE) // (WEEKS - 1)
        return self._clients[first : first + AT_ONCE]

    def _start(self, week: int, place: int) -> datetime:
        day = self._first + timedelta(weeks=week, days=place % 5)
        return datetime.combine(day, time(8 + place // 5 * 2), UTC)

    def _client(self, number: int, client: str) -> Iterator[Row]:
        week = max(0, number - AT_ONCE) * (WEEKS - 1) // (CLIENTS - AT_ONCE)
        at = datetime.combine(self._first + timedelta(weeks=week - 1), time(9), UTC)
        old = number < CLIENTS - AT_ONCE
        ended = at + timedelta(weeks=70) if old else None
        yield self._row(
            Client, at, id=client, name=f"{self._words(1).title()} {self._words(1).title()} {number}",
            short_name=f"Client {number}", email=f"client{number}@example.org", call_link="https://example.org/room",
            started_on=at.date(), ended_on=ended and ended.date(), archived_at=ended, needs_pace=self._words(8),
            needs_topics=self._words(8), needs_feedback=self._words(8), planned_sessions=60,
        )  # fmt: skip
        yield self._row(Agreement, at, client_id=client, agreed_on=at.date(), session_minutes=50,
                        confidentiality=self._words(20), rescheduling=self._words(12))  # fmt: skip
        for kind in ("context", "words", "strength", "value", "thread") * 4:
            yield self._row(CanvasLine, at, client_id=client, kind=kind, text=self._words(9),
                            resolved_at=at if kind == "thread" and self._chance.random() < 0.8 else None)  # fmt: skip
        for _each in range(10):
            yield self._row(CanvasLine, at, client_id=client, kind="context", text=self._words(12), private=True)
        for item in self._items:
            yield self._row(Tick, at, item_id=item, client_id=client)

    def _session(self, client: str, start: datetime, week: int) -> Iterator[Row]:
        self._held[client] += 1
        session, end = self._id(), start + timedelta(minutes=50)
        to_close = week == WEEKS - 1 and self._chance.random() < 0.15
        yield self._row(
            Session, start, id=session, client_id=client, planned_start=start, planned_minutes=50, started_at=start,
            agreed_end=end, ended_at=end, elapsed_seconds=3000, time_zone="Europe/Berlin", state="finished",
            closed_at=None if to_close else end, template="open", paid="pro_bono" if self._held[client] % 6 == 0 else
            "paid", intention=self._words(8), focus_line=self._words(10), what_mattered=self._words(18),
            last_seen_at=end, last_seen_awake=1.0, boot_id="an old boot",
        )  # fmt: skip
        yield self._row(Note, end, session_id=session, body=self._words(NOTE_WORDS))
        yield self._row(Mark, start, session_id=session, at_seconds=1200, kind="insight", text=self._words(6))
        yield self._row(CueShown, start, session_id=session, at_seconds=1500, kind="process_check", point="check-50%",
                        prompt_id=f"process_check-{self._held[client] % 10}", answer="asked")  # fmt: skip
        if self._chance.random() < 0.1:
            yield self._row(Pause, start, session_id=session, from_at=start + timedelta(minutes=20),
                            to_at=start + timedelta(minutes=22))  # fmt: skip
        for _each in range(PROMISES):
            yield from self._promise(client, session, end, is_open=week == WEEKS - 1)

    def _reflection(self, week: int) -> Iterator[Row]:
        friday, reflection = self._first + timedelta(weeks=week, days=4), self._id()
        at, (year, number, _day) = datetime.combine(friday, time(16), UTC), friday.isocalendar()
        yield self._row(Reflection, at, id=reflection, week=f"{year}-W{number:02}", text=self._words(40),
                        competencies=f"{week % 8 + 1}")  # fmt: skip
        for item, words in self._weekly.items():
            answer = self._chance.choice(("yes", "partly", "no", "skipped"))
            yield self._row(ReflectionAnswer, at, reflection_id=reflection, item_id=item, asked=words, answer=answer)

    def _promise(self, client: str, session: str, at: datetime, *, is_open: bool) -> Iterator[Row]:
        commitment = self._id()
        owner = self._chance.choices(("client", "coach", "both"), (7, 2, 1))[0]
        state = "open" if is_open else self._chance.choices(("kept", "partly", "released"), (7, 2, 1))[0]
        yield self._row(
            Commitment, at, id=commitment, client_id=client, session_id=session, owner=owner, text=self._words(12),
            due_on=at.date() + timedelta(days=7), cue=self._words(10), state=state,
            confidence=self._chance.randrange(5, 11),
        )  # fmt: skip
        if not is_open:
            yield self._row(Review, at + timedelta(days=7), commitment_id=commitment, state=state, note=self._words(6))

    def _row(self, table: type[SQLModel], at: datetime, **fields: Any) -> Row:
        return Row(table, {"id": self._id(), "created_at": at, "updated_at": at, **fields})

    def _id(self) -> str:
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))

    def _words(self, count: int) -> str:
        at = self._chance.randrange(len(self._talk) - count)
        return " ".join(self._talk[at : at + count])


def fill(records: store.Store, now: datetime) -> None:
    """Write the whole practice into empty records, in one transaction."""
    from coachdesk.clock import Still
    from coachdesk.practice import checklists

    with records.session() as db:
        checklists.ship(db, now=Still.at(now - timedelta(weeks=WEEKS + 1)).now())
        items = [item.id for item in checklists.items(db, checklists.FIRST_SESSION)]
        weekly = {item.id: item.text for item in checklists.items(db, checklists.WEEKLY_CLIENTS)}
        db.commit()
    connection = records.connection()
    try:
        connection.execute("PRAGMA cache_size = -262144")  # ids are random, so every page is written to all the time
        connection.execute("BEGIN")
        with search.made_afterwards(connection):
            _fill(connection, Practice(now, items, weekly))
        connection.execute("COMMIT")
        connection.execute("PRAGMA optimize")
    finally:
        connection.close()


def _fill(connection: Any, practice: Practice) -> None:
    batch: dict[type[SQLModel], list[tuple[Any, ...]]] = {}
    for row in practice.rows():
        batch.setdefault(row.table, []).append(_values(row))
        if len(batch[row.table]) >= 5000:
            _write(connection, row.table, batch.pop(row.table), batch)
    for table in _in_order(batch):
        _insert(connection, table, batch[table])


ORDER: tuple[type[SQLModel], ...] = (
    Client, Agreement, CanvasLine, ChecklistItem, Tick, Session, Note, Mark, CueShown, Pause, Commitment, Review,
    Reflection, ReflectionAnswer,
)  # fmt: skip
"""Each table after those it points to."""


def _write(
    connection: Any,
    table: type[SQLModel],
    rows: list[tuple[Any, ...]],
    waiting: dict[type[SQLModel], list[tuple[Any, ...]]],
) -> None:
    """Write a batch, and before it everything that its rows may point to."""
    for earlier in ORDER[: ORDER.index(table)]:
        _insert(connection, earlier, waiting.pop(earlier, []))
    _insert(connection, table, rows)


def _in_order(batch: dict[type[SQLModel], list[tuple[Any, ...]]]) -> list[type[SQLModel]]:
    return [table for table in ORDER if table in batch]


def _insert(connection: Any, table: type[SQLModel], rows: list[tuple[Any, ...]]) -> None:
    names = list(table.model_fields)
    marks = ", ".join("?" * len(names))
    columns = ", ".join(f'"{name}"' for name in names)
    connection.executemany(f'INSERT INTO "{table.__tablename__}" ({columns}) VALUES ({marks})', rows)


def _values(row: Row) -> tuple[Any, ...]:
    """What is stored for each column; times are UTC here, and are written as SQLAlchemy writes them for SQLite."""
    fields = row.table.model_fields
    return tuple(
        _stored(row.fields[name] if name in row.fields else field.get_default()) for name, field in fields.items()
    )


def _stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else value


def make(home: Home, now: datetime, *, passphrase: str = PASSPHRASE, keychain: keys.Keychain | None = None) -> bytes:
    """Make the records in an empty home; returns their key."""
    home.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    key, _code = keys.create(home.keys, passphrase=passphrase, keychain=keychain)
    records = store.create(home.records, key)
    try:
        fill(records, now)
    finally:
        records.close()
    return key


if __name__ == "__main__":
    make(Home(Path(sys.argv[1]).absolute()), here().now().at, passphrase=(sys.argv[2:] or [PASSPHRASE])[0])
