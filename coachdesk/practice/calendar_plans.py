"""From the entries of a calendar to sessions: planned, moved, called off, and nothing done twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlmodel import Session as Db
from sqlmodel import col, or_, select

from coachdesk.clock import Now
from coachdesk.practice import calendar_rules, calendar_taken, private_settings, sessions
from coachdesk.practice.calendar_entries import Entry, Reading
from coachdesk.practice.calendar_rules import Match
from coachdesk.practice.clients import Client
from coachdesk.practice.record import change, get, put
from coachdesk.practice.sessions import USUAL_MINUTES, Session

OURS = "@coachdesk"
"""How the UIDs of what CoachDesk itself exports end; the rest is the id of the record."""
FOLLOWED = "calendar.followed"
"""The confidential setting with the path of the file or folder that is read again and again."""
WAITING = "calendar.waiting"
"""The confidential setting with how many of its entries wait to be looked at."""
SHIFTED = timedelta(days=4)
"""How far an instance may lie from a session to be the same one, after a series was moved as a whole."""
SHORTEST, LONGEST = 5, 480
"""Minutes an appointment must last to be taken as the length of a session."""


@dataclass(frozen=True)
class Step:
    """One thing to do, and to which session: ``plan``, ``move``, ``join``, ``lengthen``, ``cancel`` or ``hand``.

    ``hand`` gives an appointment to this client that another one had by mistake.
    """

    act: str
    client_id: str
    start: datetime
    entry: Entry | None = None
    session_id: str = ""
    from_start: datetime | None = None
    asks: bool = False
    """Whether the coach decided otherwise before; it is done only when asked for."""


@dataclass(frozen=True)
class Unknown:
    """Entries that one answer decides, the soonest first, and who it may be."""

    entries: tuple[Entry, ...]
    suggested: tuple[str, ...] = ()
    """Ids of clients, the likeliest first."""


@dataclass(frozen=True)
class Preview:
    """What taking a reading would do, and what is to be decided first."""

    reading: Reading
    steps: tuple[Step, ...] = ()
    gone: tuple[Step, ...] = ()
    """Sessions planned from this calendar whose entry is not in it any more; called off only when asked for."""
    differing: tuple[Step, ...] = ()
    """What the calendar or a corrected answer says otherwise than the coach has it; done only when asked for."""
    unknown: tuple[Unknown, ...] = ()
    whole_days: int = 0
    """Entries of whole days, which are not taken for sessions."""
    settled: int = 0
    """Entries with a client for which there is nothing to do."""


@dataclass
class _Found:
    """What a preview has found so far."""

    steps: list[Step] = field(default_factory=list)
    differing: list[Step] = field(default_factory=list)
    unknown: dict[tuple[str, str], tuple[list[Entry], tuple[str, ...]]] = field(default_factory=dict)
    whole_days: int = 0
    settled: int = 0

    def first(self, entry: Entry, match: Match, known: "_Known") -> None:
        """An entry that was not taken before."""
        if match.known and match.client_id is None:
            return
        if entry.all_day:
            self.whole_days += 1
        elif match.client_id is None:
            self.unknown.setdefault(_like(entry, match), ([], match.suggested))[0].append(entry)
        elif (match.client_id, entry.uid, entry.instance) in known.taken:
            self.settled += 1  # its session was removed
        else:
            self.step(_first(entry, match.client_id, known))

    def step(self, step: Step | None) -> None:
        """One thing to do, or nothing."""
        if step is None:
            self.settled += 1
        else:
            (self.differing if step.asks else self.steps).append(step)


@dataclass
class _Known:
    """The sessions a reading may touch, found by their entry, or by client and time."""

    by_entry: dict[tuple[str, datetime], list[Session]] = field(default_factory=dict)
    by_uid: dict[str, list[Session]] = field(default_factory=dict)
    by_time: dict[tuple[str, datetime], Session] = field(default_factory=dict)
    held: dict[str, list[Session]] = field(default_factory=dict)
    ours: set[str] = field(default_factory=set)
    taken: set[tuple[str, str, datetime]] = field(default_factory=set)


def preview(db: Db, reading: Reading, *, now: Now) -> Preview:
    """What taking a reading would do; nothing is changed."""
    matcher, known = calendar_rules.matcher(db), _known(db, reading)
    found = _Found()
    entries = {(one.uid, one.instance): one for one in reading.entries if not _is_ours(one, known)}
    left = _left(known, entries)
    for key, entry in entries.items():
        rows = known.by_entry.get(key) or _under_another_time(entry, known, left)
        if rows:
            found.step(_again(entry, rows, matcher.match(entry), now))
        elif not entry.cancelled and entry.end > now.at:
            found.first(entry, matcher.match(entry), known)
    gone = _gone(left, reading, now) if reading.whole else ()
    asked = [Unknown(tuple(entries), suggested) for entries, suggested in found.unknown.values()]
    asked.sort(key=lambda one: (not one.suggested, one.entries[0].start))
    return Preview(
        reading, tuple(found.steps), gone, tuple(found.differing), tuple(asked), found.whole_days, found.settled
    )


def take(
    db: Db, steps: Iterable[Step], *, now: Now, source: str = "", usual_minutes: int = USUAL_MINUTES
) -> Sequence[Session]:
    """Carry out what a preview proposed; what has changed since is left alone. Returns the sessions touched."""
    touched = [_done(db, step, source, usual_minutes, now) for step in steps]
    return [row for row in touched if row is not None]


def take_known(
    db: Db, reading: Reading, *, now: Now, usual_minutes: int = USUAL_MINUTES
) -> tuple[Preview, Sequence[Session]]:
    """Take what the confirmed rules decide by themselves; the answer is what was previewed and which were touched."""
    proposed = preview(db, reading, now=now)
    return proposed, take(db, proposed.steps, now=now, source=reading.source, usual_minutes=usual_minutes)


def answer(db: Db, entries: Iterable[Entry], client_id: str | None, *, now: Now) -> None:
    """Remember whose these entries, and those like them, are; None: none of ours. Removed ones may come again."""
    client = get(db, Client, client_id) if client_id is not None else None
    entries = tuple(entries)
    for uid in {entry.uid for entry in entries}:
        calendar_taken.forget(db, uid)
    for kind, value in dict.fromkeys(calendar_rules.condition(entry, client) for entry in entries):
        calendar_rules.add(db, kind, value, client_id, now=now)


def settle(
    db: Db,
    reading: Reading,
    answers: Iterable[tuple[Sequence[Entry], str | None]],
    *,
    now: Now,
    call_off: bool = False,
    follow_differing: bool = False,
    usual_minutes: int = USUAL_MINUTES,
) -> Sequence[Session]:
    """Remember the answers, then take everything that is known; with ``call_off`` also what is gone from it.

    Of what differs, all is done with ``follow_differing``; else it stays as it is, and is not proposed again.
    """
    differing = preview(db, reading, now=now).differing
    for entries, client_id in answers:
        answer(db, entries, client_id, now=now)
    proposed, touched = take_known(db, reading, now=now, usual_minutes=usual_minutes)
    asked = [*(proposed.gone if call_off else ()), *(differing if follow_differing else ())]
    if not follow_differing:
        _leave(db, differing, now)
    return [*touched, *take(db, asked, now=now, source=reading.source, usual_minutes=usual_minutes)]


def _leave(db: Db, differing: Iterable[Step], now: Now) -> None:
    """What the coach looked at and left as it is: another date is proposed again, nothing else."""
    for step in differing:
        row = db.get(Session, step.session_id)
        if row is not None:
            seen = step.entry.start if step.entry is not None and step.act == "move" else None
            put(db, change(row, now, calendar_start=seen))


def follow(db: Db, path: str, *, now: Now) -> None:
    """Read this file or folder again and again; an empty path: none."""
    private_settings.keep(db, FOLLOWED, path, now=now)
    if not path:
        private_settings.keep(db, WAITING, "", now=now)


def followed(db: Db) -> str:
    """The path that is read again and again; empty where there is none."""
    return private_settings.value(db, FOLLOWED)


def note_waiting(db: Db, count: int, *, now: Now) -> None:
    """Note how many entries of the followed calendar wait to be looked at."""
    private_settings.keep(db, WAITING, str(count) if count else "", now=now)


def waiting(db: Db) -> int:
    """How many entries of the followed calendar wait to be looked at."""
    text = private_settings.value(db, WAITING)
    return int(text) if text.isdigit() else 0


def _known(db: Db, reading: Reading) -> _Known:
    known = _Known()
    since, until = reading.since - timedelta(days=400), reading.until + timedelta(days=400)
    rows = db.exec(
        select(Session).where(
            or_(
                col(Session.calendar_at).between(since, until),
                col(Session.planned_start).between(since, until),
                col(Session.started_at).between(since, until),
            )
        )
    ).all()
    known.taken = calendar_taken.between(db, since, until)
    for row in rows:
        known.ours.add(row.id)
        if row.calendar_uid and row.calendar_at is not None:
            known.by_entry.setdefault((row.calendar_uid, row.calendar_at), []).append(row)
            known.by_uid.setdefault(row.calendar_uid, []).append(row)
        elif row.planned_start is not None and row.state in ("planned", "cancelled", "missed"):
            known.by_time[row.client_id, row.planned_start] = row
        if row.started_at is not None and not row.calendar_uid:
            known.held.setdefault(row.client_id, []).append(row)
    return known


def _is_ours(entry: Entry, known: _Known) -> bool:
    """Whether it is a session of ours that was exported, and now comes back."""
    return entry.uid.endswith(OURS) and entry.uid.removesuffix(OURS) in known.ours


def _again(entry: Entry, rows: Sequence[Session], match: Match, now: Now) -> Step | None:
    """An entry that was taken before: it may have been moved or called off since; what the coach changed stays.

    Where both changed it, or it turns out to be another client's, the coach is asked.
    """
    row = _present(rows)
    if row is None or row.planned_start is None or row.calendar_start is None or entry.end <= now.at:
        return None
    planned = row.state == "planned"
    if planned and match.known and match.client_id != row.client_id and not entry.cancelled:
        return _of_another(entry, row, row.planned_start, match.client_id)
    differs = not planned or row.planned_start != row.calendar_start
    if entry.cancelled:
        return Step("cancel", row.client_id, row.planned_start, entry, row.id, asks=differs) if planned else None
    if entry.all_day:
        return None
    if entry.start not in (row.calendar_start, row.planned_start if planned else None):
        return Step("move", row.client_id, entry.start, entry, row.id, row.planned_start, asks=differs)
    if differs:
        return None
    untouched = row.updated_at == row.created_at
    if untouched and _minutes(entry) not in (None, row.planned_minutes):
        return Step("lengthen", row.client_id, entry.start, entry, row.id)
    return None


def _present(rows: Sequence[Session]) -> Session | None:
    """Of the sessions of an entry the one that counts: planned, or else called off; none once it was held."""
    if any(one.started_at is not None for one in rows):
        return None
    for state in ("planned", "cancelled"):
        if found := [one for one in rows if one.state == state]:
            return found[-1]
    return None


def _of_another(entry: Entry, row: Session, planned: datetime, client_id: str | None) -> Step:
    """The answer was corrected since: it is another client's, or none of ours."""
    if client_id is None:
        return Step("cancel", row.client_id, planned, entry, row.id, asks=True)
    return Step("hand", client_id, entry.start, entry, row.id, asks=True)


def _first(entry: Entry, client_id: str, known: _Known) -> Step | None:
    """An entry seen for the first time: a new session, unless it is there already under another hand."""
    row = known.by_time.get((client_id, entry.start))
    if row is None:
        row = next((one for one in known.held.get(client_id, []) if _overlaps(one, entry)), None)
    if row is None:
        return Step("plan", client_id, entry.start, entry)
    return Step("join", client_id, entry.start, entry, row.id)


def _overlaps(row: Session, entry: Entry) -> bool:
    """Whether a session was held, or is, at the time of an entry; one that is over is never an entry still ahead."""
    end = row.ended_at or row.agreed_end
    return row.started_at is not None and end is not None and row.started_at < entry.end and entry.start < end


def _like(entry: Entry, match: Match) -> tuple[str, str]:
    """What entries that are asked about together have in common: a series, else the title."""
    alone = entry.repeats or match.suggested or not entry.title
    return ("series", entry.uid) if alone else ("title", calendar_rules.folded(entry.title))


def _left(known: _Known, entries: Iterable[tuple[str, datetime]]) -> dict[str, list[Session]]:
    """Planned sessions whose entry is not among those read, by UID."""
    there, left = set(entries), dict[str, list[Session]]()
    for key, rows in known.by_entry.items():
        if key not in there:
            left.setdefault(key[0], []).extend(row for row in rows if row.state == "planned")
    return left


def _under_another_time(entry: Entry, known: _Known, left: dict[str, list[Session]]) -> list[Session]:
    """The sessions of an entry that was taken when it stood at another time, and has no name but its UID.

    A single appointment that is moved keeps nothing else. A series that is moved as a whole has other instances; each
    takes up the nearest session that is left without one.
    """
    if not entry.repeats:
        left.pop(entry.uid, None)
        return known.by_uid.get(entry.uid, [])
    near = [row for row in left.get(entry.uid, []) if abs(_start(row) - entry.start) < SHIFTED]
    if not near:
        return []
    chosen = min(near, key=lambda row: abs(_start(row) - entry.start))
    left[entry.uid].remove(chosen)
    return [chosen]


def _start(row: Session) -> datetime:
    return row.planned_start or row.created_at


def _gone(left: dict[str, list[Session]], reading: Reading, now: Now) -> tuple[Step, ...]:
    rows = [row for same in left.values() for row in same if row.calendar_source == reading.source]
    return tuple(
        Step("cancel", row.client_id, _start(row), None, row.id)
        for row in sorted(rows, key=lambda one: (_start(one), one.id))
        if now.at < _start(row) < reading.until
    )


def _done(db: Db, step: Step, source: str, usual_minutes: int, now: Now) -> Session | None:
    """Carry one step out, if its session still is as the preview saw it."""
    entry, row = step.entry, db.get(Session, step.session_id) if step.session_id else None
    if step.act == "plan":
        if entry is None or db.get(Client, step.client_id) is None or _is_taken(db, entry):
            return None
        minutes = {"minutes": _minutes(entry), "usual_minutes": usual_minutes}
        new = sessions.plan(db, step.client_id, step.start, now=now, time_zone=_zone(entry), **minutes)  # type: ignore[arg-type]
        return _named(db, new, entry, source, now)
    if row is None:
        return None
    if step.asks and step.act == "move" and row.state == "cancelled":
        sessions.plan_again(db, row.id, now=now)
    if step.act == "join" and entry is not None:
        return None if row.calendar_uid or _is_taken(db, entry) else _named(db, row, entry, source, now)
    if row.state != "planned":
        return None
    if step.act == "hand":
        source = source or row.calendar_source
        sessions.remove(db, row.id, now=now)
        return _done(db, replace(step, act="plan", session_id=""), source, usual_minutes, now)
    if step.act == "cancel":
        return sessions.cancel(db, row.id, now=now)
    if step.act == "move" and entry is not None:
        return _named(
            db, sessions.move(db, row.id, step.start, now=now, minutes=_new_minutes(row, entry)), entry, source, now
        )
    return sessions.move(db, row.id, step.start, now=now, minutes=_minutes(entry) if entry else None)


def _named(db: Db, row: Session, entry: Entry, source: str, now: Now) -> Session:
    """The session with the name of the entry it came from."""
    calendar_taken.note(db, entry, row.client_id, now=now)
    name = {"calendar_uid": entry.uid, "calendar_at": entry.instance, "calendar_start": entry.start}
    return put(db, change(row, now, calendar_source=source or row.calendar_source, **name))


def _is_taken(db: Db, entry: Entry) -> bool:
    named = select(Session.id).where(Session.calendar_uid == entry.uid, Session.calendar_at == entry.instance)
    return db.exec(named).first() is not None


def _new_minutes(row: Session, entry: Entry) -> int | None:
    """The length of a moved session: the entry's, unless the coach has changed something about it."""
    return _minutes(entry) if row.updated_at == row.created_at else None


def _zone(entry: Entry) -> str:
    return "" if entry.time_zone == "UTC" else entry.time_zone


def _minutes(entry: Entry) -> int | None:
    """The length of an appointment where it can be a session's."""
    return entry.minutes if SHORTEST <= entry.minutes <= LONGEST else None
