"""Forgetting a client: what goes and what stays, and the erasure that follows."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Field, col, select
from sqlmodel import Session as Db

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.practice import sessions
from coachdesk.practice.clients import Client
from coachdesk.practice.hours import HoursNoted, zone_named
from coachdesk.practice.record import Record, get, made, new_id, put
from coachdesk.practice.sessions import Session
from coachdesk.storage import erase, removal
from coachdesk.storage.store import UtcDateTime, driver
from coachdesk.words import _, ngettext

UTC_ZONE = ZoneInfo("UTC")


class Erasure(Record, table=True):
    """A client was forgotten. Until ``done_at`` their words may still lie in the file or in backups."""

    client_id: str
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


@dataclass(frozen=True)
class Preview:
    """What forgetting a client would do, each a line for the coach."""

    client_id: str
    going: tuple[str, ...]
    staying: tuple[str, ...]
    """What stays whatever is chosen."""
    hours: str
    """The hours that stay if the coach wants it; empty where there are none."""


def preview(db: Db, client_id: str, *, zone: ZoneInfo = UTC_ZONE) -> Preview:
    """What would go with a client, and what would stay; raises Refused as ``forget`` does."""
    client = forgettable(db, client_id)
    gone = _gone(db, client_id)
    rows = _hours(db, client, zone)
    return Preview(client_id, _going(gone), _staying(db, client, gone), _hours_words(rows))


def forget(db: Db, client_id: str, *, now: Now, keep_hours: bool = False, zone: ZoneInfo = UTC_ZONE) -> Erasure:
    """Remove a client with everything that belongs to them, and note that their traces are still to be erased.

    With ``keep_hours`` their hours stay as nobody's, a row for each day; sessions that name no zone are taken
    in ``zone``, this computer's, as the log of hours does. ``storage.erase.finish`` has to follow.

    Raises:
        Refused: a session with the client is running.
    """
    client = forgettable(db, client_id)
    kept = _hours(db, client, zone) if keep_hours else []
    gone = _gone(db, client_id)
    with removal.words_left(driver(db)):
        db.delete(client)
        db.flush()
        removal.take_out(driver(db), gone)
    db.expire_all()
    stands_for = new_id()
    for row in kept:
        put(db, HoursNoted(**row, stands_for=stands_for, source="forgotten", **made(now)))
    return put(db, Erasure(client_id=client_id, **made(now)))


def pending(db: Db) -> Sequence[Erasure]:
    """Erasures that are not finished, the oldest first."""
    return db.exec(select(Erasure).where(col(Erasure.done_at).is_(None)).order_by(col(Erasure.created_at))).all()


def forgettable(db: Db, client_id: str) -> Client:
    """The client, if they can be forgotten now; raises Refused as ``forget`` does."""
    client = get(db, Client, client_id)
    running = sessions.running(db)
    if running is not None and running.client_id == client_id:
        raise Refused(_("A session with this client is running; end it first."))
    return client


def _gone(db: Db, client_id: str) -> removal.Gone:
    db.flush()
    return removal.belonging(driver(db), erase.CLIENT, client_id, keep=(erase.ERASURE,))


# --- what goes, in words --------------------------------------------------------------------------------------------


def _words_for(table: str, n: int) -> str:
    """How many rows of a table, in words; tables that are part of another are named with it."""
    said: Mapping[str, Callable[[], str]] = {
        "session": lambda: ngettext("{n} session, planned or held", "{n} sessions, planned or held", n),
        "note": lambda: ngettext("{n} note", "{n} notes", n),
        "mark": lambda: ngettext("{n} moment marked in a session", "{n} moments marked in sessions", n),
        "commitment": lambda: ngettext("{n} promise or next step", "{n} promises and next steps", n),
        "review": lambda: ngettext("{n} look back at a promise", "{n} looks back at promises", n),
        "canvas_line": lambda: ngettext(
            "{n} line of the canvas, your own among them", "{n} lines of the canvas, your own among them", n
        ),
        "agreement": lambda: ngettext("{n} agreement", "{n} agreements", n),
        "tick": lambda: ngettext("{n} tick on a checklist", "{n} ticks on checklists", n),
        "draft": lambda: ngettext("{n} text that was being typed", "{n} texts that were being typed", n),
        "calendar_rule": lambda: ngettext(
            "{n} rule about entries of your calendar", "{n} rules about entries of your calendar", n
        ),
        "hours_noted": lambda: ngettext("{n} entry of an imported log", "{n} entries of an imported log", n),
    }
    return said[table]().format(n=n) if table in said else ""


def _going(gone: removal.Gone) -> tuple[str, ...]:
    counts = Counter({table: len(ids) for table, ids in gone.items() if table != erase.CLIENT})
    lines = [_("the name, and everything noted about the person")]
    order = ("session", "note", "mark", "commitment", "review", "canvas_line", "agreement", "tick", "draft",
             "calendar_rule", "hours_noted")  # fmt: skip
    lines += [_words_for(table, counts.pop(table)) for table in order if counts[table]]
    if rest := counts.total():
        lines.append(
            ngettext(
                "{n} smaller record, such as a pause or a cue", "{n} smaller records, such as pauses and cues", rest
            ).format(n=rest)
        )
    return tuple(lines)


# --- what stays -----------------------------------------------------------------------------------------------------


def _staying(db: Db, client: Client, gone: removal.Gone) -> tuple[str, ...]:
    lines = [_("that somebody was forgotten today, under a random number, so that old backups can be cleared too")]
    if places := _places_named(db, client, gone):
        lines.append(
            ngettext(
                "{n} text about something else in which the name or e-mail address stands: {where}",
                "{n} texts about something else in which the name or e-mail address stands: {where}",
                places.total(),
            ).format(n=places.total(), where=_where(places))
        )
    return tuple(lines)


def _where(places: Mapping[str, int]) -> str:
    """Where these rows stand, each place once with how many: "other clients (3), your calendar (1)"."""
    said = {
        "reflection": _("weekly reflections"),
        "reflection_answer": _("weekly reflections"),
        "setting_private": _("your own details"),
        "prompt": _("your prompts"),
        "checklist": _("your checklists"),
        "checklist_item": _("your checklists"),
        "calendar_rule": _("rules about entries of your calendar"),
        "hours_noted": _("hours of an imported log"),
    }
    counts: Counter[str] = Counter()
    for table, n in places.items():
        counts[said.get(table, _("other clients"))] += n
    return ", ".join(_("{where} ({n})").format(where=where, n=counts[where]) for where in sorted(counts))


def _places_named(db: Db, client: Client, gone: removal.Gone) -> Counter[str]:
    """In how many rows that stay the name or address stands as a whole word, by table; the coach may look at them."""
    known = (client.name, client.short_name, client.email)
    names = "|".join(re.escape(name.strip()) for name in known if name.strip())
    sought = re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)
    found: Counter[str] = Counter()
    for table, row_id, words in removal.texts(driver(db), keep=(erase.ERASURE,)):
        if row_id not in gone.get(table, ()) and sought.search(words):
            found[table] += 1
    return found


# --- hours ----------------------------------------------------------------------------------------------------------


def _hours(db: Db, client: Client, zone: ZoneInfo) -> list[dict[str, Any]]:
    """The hours with a client as rows of nobody's: a day, kind and size of group each; those imported as they are.

    By day, because only so whatever is chosen to count, a first day or the last months, gives the same figures as
    before (see ``hours``). No row tells when in the day somebody met.
    """
    if client.kind == "self":
        return []
    rows: dict[tuple[date, str, int | None], dict[str, Any]] = {}
    held = select(Session).where(
        Session.client_id == client.id, Session.state == "finished", col(Session.elapsed_seconds) > 0
    )
    for session in db.exec(held.where(Session.kind != "self").order_by(col(Session.started_at))):
        day, kind = _day(session, zone), _kind(session.kind)
        size = session.group_size or client.group_size if kind == "group" else None
        row = rows.setdefault(
            (day, kind, size),
            {
                "from_on": day, "to_on": day, "kind": kind, "group_size": size,
                "sessions": 0, "paid_seconds": 0, "pro_bono_seconds": 0,
            },
        )  # fmt: skip
        row["sessions"] += 1
        row["pro_bono_seconds" if session.paid == "pro_bono" else "paid_seconds"] += session.elapsed_seconds or 0
    return [*rows.values(), *_imported(db, client.id)]


def _imported(db: Db, client_id: str) -> list[dict[str, Any]]:
    fields = ("from_on", "to_on", "kind", "group_size", "sessions", "paid_seconds", "pro_bono_seconds")
    noted = db.exec(select(HoursNoted).where(HoursNoted.client_id == client_id).order_by(col(HoursNoted.from_on)))
    return [{name: getattr(row, name) for name in fields} | {"kind": _kind(row.kind)} for row in noted]


def _kind(kind: str) -> str:
    """One of the two kinds of hours; whatever else once came in says something about somebody."""
    return kind if kind in ("individual", "group") else "individual"


def _day(session: Session, zone: ZoneInfo) -> date:
    """The day on which a session was held, by the zone it was held in."""
    there = zone_named(session.time_zone) if session.time_zone else None
    return (session.started_at or session.created_at).astimezone(there or zone).date()


def _hours_words(rows: Sequence[Mapping[str, Any]]) -> str:
    seconds = sum(row["paid_seconds"] + row["pro_bono_seconds"] for row in rows)
    count = sum(row["sessions"] for row in rows)
    if not seconds and not count:
        return ""
    return _("{hours} hours of {sessions}, by day, without a name").format(
        hours=f"{seconds / 3600:.2f}", sessions=ngettext("{n} session", "{n} sessions", count).format(n=count)
    )
