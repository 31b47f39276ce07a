"""What can be asked about sessions: those planned, the one that runs, those held."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from coachdesk.errors import Refused
from coachdesk.machine.here import zone_name
from coachdesk.practice import clients, marks, notes, sessions
from coachdesk.verbs.values import moment, plain
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.clock import SessionClock
    from coachdesk.desk import Desk

LATEST = timedelta(days=1)
"""So far back a session may still be planned."""
NOTHING = (*sessions.Session.model_fields, "client", "remaining_seconds", "phase")


def plan(desk: "Desk", *, client: str, start: str, minutes: int | None = None) -> dict[str, Any]:
    """Plan a session; without a length it is the agreed or usual one."""
    usual = desk.settings.session.minutes
    whom, at = desk.read(clients.find, client).id, _ahead(desk, start)
    row = desk.do(sessions.plan, whom, at, minutes=minutes, time_zone=zone_name(), usual_minutes=usual)
    return _told(desk, row)


def move(desk: "Desk", *, session: str, start: str, minutes: int | None = None) -> dict[str, Any]:
    """Move a planned session; the answer is the new one."""
    return _told(desk, desk.do(sessions.move, session, _ahead(desk, start), minutes=minutes))


def cancel(desk: "Desk", *, session: str) -> dict[str, Any]:
    """A planned session was called off."""
    return _told(desk, desk.do(sessions.cancel, session))


def missed(desk: "Desk", *, session: str) -> dict[str, Any]:
    """A planned session was missed."""
    return _told(desk, desk.do(sessions.missed, session))


def log(desk: "Desk", *, client: str, start: str, minutes: int, paid: str | None = None) -> dict[str, Any]:
    """Note a past session that was held without CoachDesk."""
    whom = desk.read(clients.find, client).id
    return _told(desk, desk.do(sessions.log, whom, moment(start), minutes, paid=paid, time_zone=zone_name()))


def start(desk: "Desk", *, client: str, minutes: int | None = None) -> dict[str, Any]:
    """Begin a session now. Where no window listens to the desk it is unattended."""
    settings = desk.settings.session
    row = desk.do(
        sessions.start, desk.read(clients.find, client).id, minutes=minutes, time_zone=zone_name(),
        template=settings.template, usual_minutes=settings.minutes, attended=_has_face(desk),
    )  # fmt: skip
    return _told(desk, row)


def status(desk: "Desk") -> dict[str, Any]:
    """The running session with its time; every field is None when none runs.

    An attended session whose window is gone is only looked at: the next window asks the coach about the gap.
    """
    row = desk.read(sessions.running)
    if row is None:
        return dict.fromkeys(NOTHING)
    if _has_face(desk) or not row.attended:
        row = desk.do_quietly(sessions.seen) or row
    return _told(desk, row)


def pause(desk: "Desk") -> dict[str, Any]:
    """Stop counting."""
    return _told(desk, desk.do(sessions.pause))


def resume(desk: "Desk") -> dict[str, Any]:
    """Count again."""
    return _told(desk, desk.do(sessions.resume))


def extend(desk: "Desk", *, minutes: int) -> dict[str, Any]:
    """Agree on a later end."""
    return _told(desk, desk.do(sessions.extend, minutes))


def note(desk: "Desk", *, text: str) -> notes.Note:
    """Note a line in the running session."""
    return desk.do(notes.jot, text)


def mark(desk: "Desk", *, kind: str = "moment") -> marks.Mark:
    """Mark this moment of the running session."""
    return desk.do(marks.mark, kind)


def finish(desk: "Desk", *, what_mattered: str | None = None, focus_line: str | None = None) -> dict[str, Any]:
    """End the running session. Saying what mattered closes it; else it stays among those to close."""
    row = desk.do(_finish, what_mattered=what_mattered, focus_line=focus_line)
    return _told(desk, row)


def listing(desk: "Desk", *, client: str | None = None) -> list[dict[str, Any]]:
    """All sessions, or those with one client, the newest first; a running one with its time so far."""
    if client is None:
        return _all_told(desk, desk.read(sessions.every))
    return _all_told(desk, desk.read(sessions.of_client, desk.read(clients.find, client).id))


def _ahead(desk: "Desk", start: str) -> datetime:
    """The start of what is planned: it may have been missed by hours, but a day past it is to be logged."""
    at = moment(start)
    if at < desk.now().at - LATEST:
        raise Refused(_("This start is more than a day past. Note a session that was held with: coachdesk session log"))
    return at


def _finish(db: Any, *, now: Any, what_mattered: str | None, focus_line: str | None) -> sessions.Session:
    row = sessions.finish(db, now=now, what_mattered=what_mattered, focus_line=focus_line)
    return sessions.close(db, row.id, now=now) if row.what_mattered else row


def _told(desk: "Desk", row: sessions.Session) -> dict[str, Any]:
    return _all_told(desk, [row])[0]


def _all_told(desk: "Desk", rows: Iterable[sessions.Session]) -> list[dict[str, Any]]:
    """The records with the client's name, and for a running one the time so far and the time left."""
    short = desk.settings.privacy.short_names
    names = {client.id: client.shown(short) for client in desk.read(clients.every)}
    return [{**plain(row), "client": names[row.client_id], **_time(desk, row)} for row in rows]


def _time(desk: "Desk", row: sessions.Session) -> dict[str, Any]:
    if row.state not in sessions.LIVE:
        return {"remaining_seconds": None, "phase": None}
    clock: SessionClock = desk.read(sessions.clock_of, row)
    now = desk.now()
    phase = clock.phase(now, next((t.phases for t in desk.settings.templates if t.id == row.template), ()))
    return {
        "elapsed_seconds": round(clock.elapsed(now)),
        "remaining_seconds": round(clock.remaining(now)),
        "phase": _(phase.name) if phase else None,
    }


def _has_face(desk: "Desk") -> bool:
    """Whether a window is there: it listens to what the desk announces, and keeps the session's heartbeat."""
    return bool(desk.listeners)


VERBS = {
    "session.plan": plan,
    "session.move": move,
    "session.cancel": cancel,
    "session.missed": missed,
    "session.log": log,
    "session.start": start,
    "session.status": status,
    "session.pause": pause,
    "session.resume": resume,
    "session.extend": extend,
    "session.note": note,
    "session.mark": mark,
    "session.finish": finish,
    "session.list": listing,
}
