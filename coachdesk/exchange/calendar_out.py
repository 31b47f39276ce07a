"""Writes planned sessions and the coach's own promises as a calendar (RFC 5545), without names unless asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session as Db
from sqlmodel import col, select

from coachdesk import NAME, __version__
from coachdesk.clock import Now
from coachdesk.practice import clients, commitments, sessions
from coachdesk.practice.calendar_plans import OURS
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import Commitment
from coachdesk.practice.record import Record
from coachdesk.practice.sessions import Session
from coachdesk.words import _

if TYPE_CHECKING:
    from icalendar import Calendar, Component

C = TypeVar("C", bound="Component")
CALLED_OFF = ("moved", "cancelled")
LARGEST = 2**31 - 1
"""What a SEQUENCE may be at most."""


def export(db: Db, *, now: Now, zone: ZoneInfo, names: bool = False, short: bool = True) -> bytes:
    """The coming sessions and the coach's own dated promises as a calendar file, in UTF-8.

    Without ``names`` a session is only a *Coaching session* and a promise only *A promise of mine*, because calendars
    travel to phones and colleagues. Sessions that came from a calendar are left out: there they stand already. What was
    moved or called off is in it as cancelled, so that a calendar that has it takes it away.
    """
    people = {one.id: one for one in clients.every(db)}
    made = _calendar()
    for session in _sessions(db, now):
        title = _session_title(people[session.client_id], names=names, short=short)
        made.add_component(_event(session, title, zone, now))
    for promise in _promises(db):
        made.add_component(_todo(promise, _plain(promise.text) if names else _("A promise of mine"), now))
    if made.subcomponents:
        made.add_missing_timezones()
    return bytes(made.to_ical())


def _sessions(db: Db, now: Now) -> Sequence[Session]:
    """The coming ones, and what would have come but was moved or called off."""
    called_off = select(Session).where(col(Session.state).in_(CALLED_OFF), col(Session.planned_start) >= now.at)
    found = [*sessions.coming(db, now=now), *db.exec(called_off).all()]
    return sorted(
        (row for row in found if row.planned_start is not None and not _stands_there(row)),
        key=lambda row: (row.planned_start or now.at, row.id),
    )


def _stands_there(row: Session) -> bool:
    """Whether the calendar it came from has it already, at this time."""
    return bool(row.calendar_uid) and row.planned_start == row.calendar_start


def _promises(db: Db) -> Sequence[Commitment]:
    return [row for row in commitments.open_ones(db, owners=("coach", "both")) if row.due_on is not None]


def _session_title(client: Client, *, names: bool, short: bool) -> str:
    if client.kind == "self":
        return _("Time for myself")
    return _("Session with {name}").format(name=_plain(client.shown(short))) if names else _("Coaching session")


def _calendar() -> "Calendar":
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", f"-//{NAME}//{__version__}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    return made


def _event(row: Session, title: str, zone: ZoneInfo, now: Now) -> "Component":
    from icalendar import Event

    start = (row.planned_start or now.at).astimezone(zone)
    event = _begun(Event(), row, title, now)
    event.add("dtstart", start)
    event.add("dtend", _after(start, row.planned_minutes or sessions.USUAL_MINUTES))
    event.add("status", "CANCELLED" if row.state in CALLED_OFF else "CONFIRMED")
    return event


def _todo(row: Commitment, title: str, now: Now) -> "Component":
    from icalendar import Todo

    todo = _begun(Todo(), row, title, now)
    todo.add("due", row.due_on)
    todo.add("status", "NEEDS-ACTION")
    return todo


def _begun(component: C, row: Record, title: str, now: Now) -> C:
    """What both have in common. The sequence rises with each change: seconds from the making to the last of them."""
    component.add("uid", row.id + OURS)
    component.add("dtstamp", now.at)
    component.add("last-modified", row.updated_at)
    component.add("sequence", min(LARGEST, int((row.updated_at - row.created_at).total_seconds())))
    component.add("summary", title)
    component.add("class", "PRIVATE")
    return component


def _after(start: datetime, minutes: int) -> datetime:
    """So many minutes later, also where the clocks change in between."""
    return (start.astimezone(ZoneInfo("UTC")) + timedelta(minutes=minutes)).astimezone(start.tzinfo)


def _plain(text: str) -> str:
    """A text on one line without what steers a screen."""
    return " ".join("".join(letter for letter in text if letter.isprintable() or letter.isspace()).split())
