"""Sessions: planned, held and looked back on; the verbs of the running one keep its time exactly.

A running session's time lives on its own timeline (see ``coachdesk.clock``). Every verb of the running session
notes when it was last seen, so that after a crash nothing but the gap itself is uncertain.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql
from sqlmodel import Field, col, select
from sqlmodel import Session as Db

from coachdesk.clock import Now, SessionClock, Span, counted
from coachdesk.errors import Refused
from coachdesk.practice import agreements
from coachdesk.practice.clients import Client
from coachdesk.practice.record import Record, change, get, made, near, one_of, put, text, within
from coachdesk.storage.store import UtcDateTime
from coachdesk.words import _, ngettext

STATES = ("planned", "moved", "cancelled", "missed", "running", "paused", "finished")
LIVE = ("running", "paused")
_IS_LIVE = sql("session.state IN ('running','paused')")
"""In the very words of ``one_running_session``: only so SQLite uses that index, and does not read every session."""
PAID = ("paid", "pro_bono")
REASONS = ("asked", "machine_asleep")
PLAN_TAKEN_WITHIN = timedelta(hours=2)
"""A session begun this near to a planned one of the same client is that one."""
EARLY = timedelta(minutes=10)
"""A session begun earlier than its plan by more than this ends earlier too."""
USUAL_MINUTES = 50
"""The length of a session where neither agreement nor settings say another."""
LONGEST = 1440
"""Minutes from begin to end of a session that is noted or corrected by hand; more is a mistyped date."""
TAKE_BACK_WITHIN = 60.0
"""Seconds in which *end* can be taken back."""
_TEXTS = ("intention", "focus_line", "what_mattered", "self_check")
_STAYS = ("intention", "template", "paid", "calendar_uid", "calendar_at", "calendar_source", "calendar_start")
"""What a session keeps when it is moved."""
_AT_A_GLANCE = (
    "client_id", "state", "started_at", "planned_start", "elapsed_seconds", "paid", "kind", "group_size", "time_zone",
)  # fmt: skip
"""All that lists and the log of hours read of a session, so that the index alone answers them."""


class Session(Record, table=True):
    """One sitting with a client: planned and actual times, what it was about.

    ``measured_…`` keep the times of the clock once they were corrected. ``calendar_…`` name the calendar entry a plan
    came from: its UID, which of a series (the start it would have by the series' rule), the file or folder, and when it
    began there as last looked at; without that moment the session does not follow its entry any more.
    ``fell_away_at``: when it was noted as cancelled or missed.
    """

    __table_args__ = (
        CheckConstraint(
            "state IN ('planned','moved','cancelled','missed','running','paused','finished')", name="session_state"
        ),
        CheckConstraint("paid IS NULL OR paid IN ('paid','pro_bono')", name="session_paid"),
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="session_order"),
        CheckConstraint("elapsed_seconds IS NULL OR elapsed_seconds >= 0", name="session_elapsed"),
        CheckConstraint(
            "state NOT IN ('running','paused') OR (started_at IS NOT NULL AND agreed_end IS NOT NULL"
            " AND last_seen_at IS NOT NULL AND last_seen_awake IS NOT NULL)",
            name="session_live",
        ),
        Index("one_running_session", sql("(1)"), unique=True, sqlite_where=sql("state IN ('running','paused')")),
        Index("session_at_a_glance", *_AT_A_GLANCE),
        Index("session_to_close", "closed_at", "state", "started_at"),
    )

    client_id: str = Field(foreign_key="client.id", ondelete="CASCADE", index=True)
    planned_start: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    planned_minutes: int | None = None
    agreed_end: datetime | None = Field(default=None, sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    elapsed_seconds: int | None = None
    time_zone: str = ""
    state: str = "planned"
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    template: str = ""
    kind: str = "individual"
    group_size: int | None = None
    paid: str | None = None
    intention: str = ""
    focus_line: str = ""
    what_mattered: str = ""
    self_check: str = ""
    focus_used: bool = False
    last_seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_seen_awake: float | None = None
    boot_id: str = ""
    attended: bool = True
    measured_start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    measured_end: datetime | None = Field(default=None, sa_type=UtcDateTime)
    measured_seconds: int | None = None
    calendar_uid: str = Field(default="", index=True, sa_column_kwargs={"server_default": sql("''")})
    calendar_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    calendar_source: str = Field(default="", sa_column_kwargs={"server_default": sql("''")})
    fell_away_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    calendar_start: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Pause(Record, table=True):
    """A stretch of a session that does not count; open while ``to_at`` is empty."""

    __table_args__ = (
        CheckConstraint("reason IN ('asked','machine_asleep')", name="pause_reason"),
        CheckConstraint("to_at IS NULL OR to_at >= from_at", name="pause_order"),
    )

    session_id: str = Field(foreign_key="session.id", ondelete="CASCADE", index=True)
    from_at: datetime = Field(sa_type=UtcDateTime)
    to_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = "asked"


# --- planning ---------------------------------------------------------------------------------------------------


def plan(
    db: Db,
    client_id: str,
    start: datetime,
    *,
    now: Now,
    minutes: int | None = None,
    time_zone: str = "",
    usual_minutes: int = USUAL_MINUTES,
) -> Session:
    """Plan a session; where no length is given it is the agreement's, else the usual one.

    Raises:
        Refused: a length outside 5 to 480 minutes, a start in a year that nobody can have meant.
    """
    client = get(db, Client, client_id)
    near(start, _("The start"))
    within(minutes, 5, 480, _("The length in minutes"))
    return put(
        db,
        Session(
            client_id=client.id, planned_start=start,
            planned_minutes=minutes or agreed_minutes(db, client_id, usual_minutes), time_zone=time_zone,
            kind=client.kind, group_size=client.group_size, paid=_usual_paid(db, client), **made(now),
        ),
    )  # fmt: skip


def move(db: Db, session_id: str, start: datetime, *, now: Now, minutes: int | None = None) -> Session:
    """Move a planned session: the old time stays in the history as *moved*; returns the new one.

    With the same time only the length changes, and nothing has moved.
    """
    old = _planned(db, session_id)
    if start == old.planned_start:
        within(minutes, 5, 480, _("The length in minutes"))
        return put(db, change(old, now, planned_minutes=minutes or old.planned_minutes))
    put(db, change(old, now, state="moved"))
    new = plan(db, old.client_id, start, now=now, minutes=minutes or old.planned_minutes, time_zone=old.time_zone)
    stays = {name: getattr(old, name) for name in _STAYS}
    return put(db, change(new, now, **stays))


def cancel(db: Db, session_id: str, *, now: Now) -> Session:
    """Note that a planned session was called off."""
    return put(db, change(_planned(db, session_id), now, state="cancelled", fell_away_at=now.at))


def missed(db: Db, session_id: str, *, now: Now) -> Session:
    """Note that a planned session was missed."""
    return put(db, change(_planned(db, session_id), now, state="missed", fell_away_at=now.at))


def plan_again(db: Db, session_id: str, *, now: Now) -> Session:
    """Take back *cancelled* or *missed*."""
    row = get(db, Session, session_id)
    if row.state not in ("cancelled", "missed"):
        raise Refused(_("Only a cancelled or missed session can be planned again."))
    return put(db, change(row, now, state="planned", fell_away_at=None))


def log(
    db: Db, client_id: str, start: datetime, minutes: int, *, now: Now, paid: str | None = None, time_zone: str = ""
) -> Session:
    """Note a past session that was held without CoachDesk."""
    client = get(db, Client, client_id)
    within(minutes, 1, LONGEST, _("The length in minutes"))
    near(start, _("The start"))
    if start + timedelta(minutes=minutes) > now.at:
        raise Refused(_("A session can be logged once it is over; plan it instead."))
    return put(
        db,
        Session(
            client_id=client.id, started_at=start, ended_at=start + timedelta(minutes=minutes), planned_minutes=minutes,
            elapsed_seconds=minutes * 60, state="finished", closed_at=now.at, kind=client.kind, time_zone=time_zone,
            group_size=client.group_size, paid=_paid(paid) if paid else _usual_paid(db, client), **made(now),
        ),
    )  # fmt: skip


def edit(db: Db, session_id: str, *, now: Now, **fields: Any) -> Session:
    """Change what is written about a session; its times are corrected by ``corrections.times``.

    Raises:
        Refused: an unknown word for ``paid``.
    """
    row = get(db, Session, session_id)
    fields = {name: text(value) if name in _TEXTS else value for name, value in fields.items()}
    if fields.get("paid"):
        _paid(fields["paid"])
    within(fields.get("planned_minutes"), 1, LONGEST, _("The length in minutes"))
    return put(db, change(row, now, **fields))


def remove(db: Db, session_id: str, *, now: Now) -> None:  # noqa: ARG001  # every verb takes now
    """Remove a session with its marks, notes and cues; promises made in it stay with the client."""
    row = get(db, Session, session_id)
    if row.state in LIVE:
        raise Refused(_("This session is running; end it first."))
    db.delete(row)
    db.flush()
    db.expire_all()


# --- the running session ----------------------------------------------------------------------------------------


def start(
    db: Db,
    client_id: str,
    *,
    now: Now,
    minutes: int | None = None,
    session_id: str | None = None,
    time_zone: str = "",
    template: str = "",
    intention: str = "",
    attended: bool = True,
    usual_minutes: int = USUAL_MINUTES,
) -> Session:
    """Begin a session now, taking up the planned one if there is one near.

    The agreed end of a planned session stays when it is begun late, unless less than five minutes would be left, and
    when it is begun a little early.

    Raises:
        Refused: a session is running already; the planned one is over or another client's; a length outside 5 to 480
            minutes.
    """
    if running(db) is not None:
        raise Refused(_("A session is running; end it before beginning another."))
    within(minutes, 5, 480, _("The length in minutes"))
    row = _planned(db, session_id) if session_id else _planned_near(db, client_id, now)
    if row is not None and row.client_id != client_id:
        raise Refused(_("This session is planned with another client."))
    if row is None:
        row = plan(db, client_id, now.at, now=now, minutes=minutes, time_zone=time_zone, usual_minutes=usual_minutes)
        change(row, now, planned_start=None)
    length = timedelta(minutes=minutes or row.planned_minutes or usual_minutes)
    change(
        row, now, state="running", started_at=now.at, ended_at=None, elapsed_seconds=None,
        agreed_end=_first_end(row.planned_start, now.at, length), planned_minutes=round(length.total_seconds() / 60),
        time_zone=time_zone or row.time_zone, template=template or row.template, attended=attended,
        intention=text(intention) or row.intention,
        last_seen_at=now.at, last_seen_awake=now.awake, boot_id=now.boot,
    )  # fmt: skip
    return put(db, row)


def pause(db: Db, *, now: Now) -> Session:
    """Stop counting. Pausing a paused session changes nothing."""
    row = _seen(db, now)
    if row.state == "running":
        put(db, Pause(session_id=row.id, from_at=cast("datetime", row.last_seen_at), **made(now)))
        change(row, now, state="paused")
    return put(db, row)


def resume(db: Db, *, now: Now) -> Session:
    """Count again. Resuming a running session changes nothing."""
    row = _seen(db, now)
    if row.state == "paused":
        _end_pause(db, row, now)
        change(row, now, state="running")
    return put(db, row)


def extend(db: Db, minutes: int, *, now: Now) -> Session:
    """Agree on a later end: so many minutes from the agreed end, or from now if that has passed."""
    within(minutes, 1, 240, _("The minutes to add"))
    row = _seen(db, now)
    base = max(cast("datetime", row.agreed_end), cast("datetime", row.last_seen_at))
    return put(db, change(row, now, agreed_end=base + timedelta(minutes=minutes)))


def full_length(db: Db, *, now: Now) -> Session:
    """After a late start: agree on the full planned length from the actual start. What was added to it stays."""
    row = _seen(db, now)
    full = cast("datetime", row.started_at) + _length(row)
    return put(db, change(row, now, agreed_end=max(full, cast("datetime", row.agreed_end))))


def began_ago(db: Db, minutes: int, *, now: Now) -> Session:
    """Correct the start: the session began so many minutes ago. Marks and cues keep their moments.

    An agreed end that came from this start moves with it; one that was planned stays. Pauses before the new start
    take nothing away.

    Raises:
        Refused: another session had not ended by then.
    """
    from coachdesk.practice.corrections import shift_moments

    within(minutes, 0, 720, _("The minutes"))
    row = _seen(db, now)
    seen, old = cast("datetime", row.last_seen_at), cast("datetime", row.started_at)
    new = seen - timedelta(minutes=minutes)
    _refuse_before_another_end(db, new, old, seen)
    shift_moments(db, row.id, (old - new).total_seconds(), now)
    added = cast("datetime", row.agreed_end) - _first_end(row.planned_start, old, _length(row))
    end = _first_end(row.planned_start, new, _length(row)) + added
    return put(db, change(row, now, started_at=new, agreed_end=end))


def leave_out(db: Db, start: datetime, end: datetime, *, now: Now) -> Session:
    """Do not count a stretch in which the computer slept; both moments on the session's timeline.

    What of it lies in a pause, or outside the session, is not left out a second time.
    """
    row = _seen(db, now)
    start, end = max(start, cast("datetime", row.started_at)), min(end, cast("datetime", row.last_seen_at))
    for begins, stops in [*((p.from_at, p.to_at or end) for p in _pauses(db, row.id)), (end, end)]:
        if start < min(begins, end):
            slept = Pause(
                session_id=row.id, from_at=start, to_at=min(begins, end), reason="machine_asleep", **made(now)
            )
            put(db, slept)
        start = max(start, stops)
    return put(db, row)


def seen(db: Db, *, now: Now) -> Session | None:
    """The heartbeat: note that the running session is alive; None when no session runs."""
    row = running(db)
    return put(db, _saw(row, now)) if row is not None else None


def attend(db: Db, *, now: Now) -> Session:
    """A window takes over a session that was begun without one, or that was interrupted."""
    return put(db, change(_seen(db, now), now, attended=True))


def finish(
    db: Db,
    *,
    now: Now,
    ended_at: datetime | None = None,
    what_mattered: str | None = None,
    focus_line: str | None = None,
) -> Session:
    """End the running session, now or at an earlier moment of its timeline; closing it comes afterwards.

    Raises:
        Refused: no session runs; the given end lies before the start or in the future.
    """
    row = _seen(db, now)
    clock = clock_of(db, row)
    end = ended_at or clock.timeline(now)
    if not clock.started_at <= end <= clock.timeline(now):
        raise Refused(_("The end must lie between the start of the session and now."))
    if row.state == "paused":
        _end_pause(db, row, now)
    for late in _pauses(db, row.id):
        if late.from_at > end:
            db.delete(late)
        elif late.to_at is not None and late.to_at > end:
            put(db, change(late, now, to_at=end))
    db.flush()
    seconds = round(counted(clock.started_at, end, spans(db, row.id)))
    written = {"what_mattered": what_mattered, "focus_line": focus_line}
    change(row, now, **{name: text(value) for name, value in written.items() if value is not None})
    return put(db, change(row, now, state="finished", ended_at=end, elapsed_seconds=seconds))


def take_back(db: Db, session_id: str, *, now: Now) -> Session:
    """Take *end* back within a minute: the session runs on, or stays paused, as if it had not been ended.

    Raises:
        Refused: more than a minute has passed, it is closed, or another session has begun.
    """
    row = get(db, Session, session_id)
    if row.state != "finished" or row.ended_at is None or row.last_seen_at is None or row.last_seen_awake is None:
        raise Refused(_("This session was not just ended."))
    if row.closed_at is not None:
        raise Refused(_("This session is closed; it stays ended."))
    if (clock_of(db, row).timeline(now) - row.last_seen_at).total_seconds() > TAKE_BACK_WITHIN:
        raise Refused(_("More than a minute has passed; the session stays ended."))
    if running(db) is not None:
        raise Refused(_("Another session has begun."))
    cut = [p for p in _pauses(db, row.id) if p.reason == "asked" and p.to_at == row.ended_at]
    for pause_at_the_end in cut:
        put(db, change(pause_at_the_end, now, to_at=None))
    change(row, now, state="paused" if cut else "running", ended_at=None, elapsed_seconds=None)
    return put(db, _saw(row, now))


def close(db: Db, session_id: str, *, now: Now, **fields: Any) -> Session:
    """Closing is done: what mattered is written, promises are stored. It can be edited later all the same."""
    row = edit(db, session_id, now=now, **fields)
    if row.state != "finished":
        raise Refused(_("End the session before closing it."))
    return put(db, change(row, now, closed_at=now.at))


# --- looking ----------------------------------------------------------------------------------------------------


def running(db: Db) -> Session | None:
    """The session that runs or is paused; there is one at most."""
    return db.exec(select(Session).where(_IS_LIVE)).first()


def one(db: Db, session_id: str) -> Session:
    """The session with this id."""
    return get(db, Session, session_id)


def clock_of(db: Db, row: Session) -> SessionClock:
    """The clock of a session that has begun."""
    return _clock(row, spans(db, row.id))


def to_close(db: Db) -> Sequence[Session]:
    """Sessions that are over and still to be closed, the oldest first."""
    return db.exec(
        select(Session)
        .where(Session.state == "finished", col(Session.closed_at).is_(None))
        .order_by(col(Session.started_at))
    ).all()


def waits(db: Db, session_id: str) -> bool:
    """Whether a session is over and still to be closed; one that was removed is not."""
    row = db.get(Session, session_id)
    return row is not None and row.state == "finished" and row.closed_at is None


def coming(db: Db, *, now: Now, until: datetime | None = None, client_id: str | None = None) -> Sequence[Session]:
    """Planned sessions from two hours ago on, the soonest first."""
    found = select(Session).where(Session.state == "planned", col(Session.planned_start) >= now.at - PLAN_TAKEN_WITHIN)
    if until is not None:
        found = found.where(col(Session.planned_start) < until)
    if client_id is not None:
        found = found.where(Session.client_id == client_id)
    return db.exec(found.order_by(col(Session.planned_start))).all()


def of_client(db: Db, client_id: str) -> Sequence[Session]:
    """All sessions with a client, the newest first."""
    when = col(Session.started_at)
    return db.exec(
        select(Session)
        .where(Session.client_id == client_id)
        .order_by((when.is_(None)).desc(), when.desc(), col(Session.planned_start).desc())
    ).all()


def every(db: Db) -> Sequence[Session]:
    """All sessions, the newest first."""
    return db.exec(select(Session).order_by(col(Session.started_at).desc(), col(Session.planned_start).desc())).all()


def held(db: Db, client_id: str) -> Sequence[Session]:
    """Finished sessions with a client, the newest first."""
    return db.exec(
        select(Session)
        .where(Session.client_id == client_id, Session.state == "finished")
        .order_by(col(Session.started_at).desc())
    ).all()


def planned_length(row: Session) -> float:
    """Seconds a begun session was to last at first, before it was extended or given its full length."""
    if row.started_at is None:
        return 60.0 * (row.planned_minutes or 0)
    return (_first_end(row.planned_start, row.started_at, _length(row)) - row.started_at).total_seconds()


def agreed_minutes(db: Db, client_id: str, usual: int = USUAL_MINUTES) -> int:
    """The agreed length of a session with a client; the usual one where nothing is agreed."""
    agreement = agreements.present(db, client_id)
    return (agreement and agreement.session_minutes) or usual


# --- inner ------------------------------------------------------------------------------------------------------


def _first_end(planned_start: datetime | None, started_at: datetime, length: timedelta) -> datetime:
    """The end of a planned session stays, unless less than five minutes would be left or it began well before."""
    planned_end = (planned_start or started_at) + length
    stays = started_at + timedelta(minutes=5) <= planned_end <= started_at + length + EARLY
    return planned_end if stays else started_at + length


def _length(row: Session) -> timedelta:
    return timedelta(minutes=row.planned_minutes or 0)


def _refuse_before_another_end(db: Db, start: datetime, old_start: datetime, here: datetime) -> None:
    ends = select(Session.ended_at).where(
        Session.state == "finished", col(Session.ended_at) > start, col(Session.ended_at) <= old_start
    )
    latest = db.exec(ends.order_by(col(Session.ended_at).desc())).first()
    if latest is not None:
        ago = int((here - latest).total_seconds() // 60)
        sentence = ngettext(
            "Another session ended {n} minute ago; this one began after it.",
            "Another session ended {n} minutes ago; this one began after it.",
            ago,
        )
        raise Refused(sentence.format(n=ago))


def _planned(db: Db, session_id: str) -> Session:
    row = get(db, Session, session_id)
    if row.state != "planned":
        raise Refused(_("This session is not planned any more; it is {state}.").format(state=row.state))
    return row


def _planned_near(db: Db, client_id: str, now: Now) -> Session | None:
    soon = coming(db, now=now, until=now.at + PLAN_TAKEN_WITHIN, client_id=client_id)
    return min(soon, key=lambda s: abs(cast("datetime", s.planned_start) - now.at), default=None)


def _seen(db: Db, now: Now) -> Session:
    """The running session, noted as seen now."""
    row = running(db)
    if row is None:
        raise Refused(_("No session is running."))
    return _saw(row, now)


def _saw(row: Session, now: Now) -> Session:
    """A begun session, noted as seen now."""
    clock = _clock(row).seen(now)
    return change(row, now, last_seen_at=clock.seen_at, last_seen_awake=clock.seen_awake, boot_id=clock.boot)


def _clock(row: Session, spans: tuple[Span, ...] = ()) -> SessionClock:
    if row.started_at is None or row.agreed_end is None or row.last_seen_at is None or row.last_seen_awake is None:
        raise Refused(_("This session has not begun."))
    return SessionClock(row.started_at, row.agreed_end, row.last_seen_at, row.last_seen_awake, row.boot_id, spans)


def _end_pause(db: Db, row: Session, now: Now) -> None:
    for open_one in [p for p in _pauses(db, row.id) if p.to_at is None]:
        put(db, change(open_one, now, to_at=max(open_one.from_at, cast("datetime", row.last_seen_at))))


def _pauses(db: Db, session_id: str) -> Sequence[Pause]:
    return db.exec(select(Pause).where(Pause.session_id == session_id).order_by(col(Pause.from_at))).all()


def spans(db: Db, session_id: str) -> tuple[Span, ...]:
    """The stretches of a session that do not count."""
    return tuple(Span(p.from_at, p.to_at) for p in _pauses(db, session_id))


def _usual_paid(db: Db, client: Client) -> str | None:
    if client.kind == "self":
        return None
    last = db.exec(
        select(Session)
        .where(Session.client_id == client.id, col(Session.paid).is_not(None))
        .order_by(col(Session.created_at).desc())
    ).first()
    return last.paid if last else "paid"


def _paid(value: str) -> str:
    return one_of(value, PAID, _("Payment"))
