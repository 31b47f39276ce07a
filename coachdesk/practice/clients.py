"""Clients: a person or a group being coached, or oneself."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import CheckConstraint, func
from sqlmodel import Field, Session, col, select

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.practice.record import Record, change, get, made, needed_text, one_of, put, text, within
from coachdesk.storage.store import UtcDateTime
from coachdesk.words import _

KINDS = ("individual", "group", "self")
_CALLS = {"https", "http", "zoommtg", "msteams", "facetime", "tel"}
_TEXTS = (
    "short_name", "email", "call_link", "time_zone", "phone", "pronouns",
    "needs_pace", "needs_topics", "needs_feedback", "conflict_note",
)  # fmt: skip


class Client(Record, table=True):
    """A person or a group being coached; kind *self* for a solo practitioner."""

    __table_args__ = (CheckConstraint("kind IN ('individual', 'group', 'self')", name="client_kind"),)

    name: str
    short_name: str = ""
    kind: str = "individual"
    email: str = ""
    call_link: str = ""
    time_zone: str = ""
    planned_sessions: int | None = None
    phone: str = ""
    pronouns: str = ""
    group_size: int | None = None
    started_on: date | None = None
    ended_on: date | None = None
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    log_consent_on: date | None = None
    needs_pace: str = ""
    needs_topics: str = ""
    needs_feedback: str = ""
    conflict_note: str = ""

    def shown(self, short: bool = True) -> str:
        """The name to show: the short one where the coach prefers it and gave one."""
        return (short and self.short_name) or self.name


def add(db: Session, name: str, *, now: Now, kind: str = "individual", **fields: Any) -> Client:
    """Add a client.

    Raises:
        Refused: no name, an unknown kind, a call link that is not a web address, dates the wrong way round.
    """
    client = Client(name=needed_text(name, _("The name")), kind=one_of(kind, KINDS, _("The kind")), **made(now))
    _fill(client, now, fields)
    return put(db, client)


def edit(db: Session, client_id: str, *, now: Now, **fields: Any) -> Client:
    """Change fields of a client; raises as ``add`` does."""
    client = get(db, Client, client_id)
    if "name" in fields:
        fields["name"] = needed_text(fields["name"], _("The name"))
    if "kind" in fields:
        one_of(fields["kind"], KINDS, _("The kind"))
    _fill(client, now, fields)
    return put(db, client)


def _fill(client: Client, now: Now, fields: dict[str, Any]) -> None:
    cleaned: dict[str, Any] = {name: text(value) if name in _TEXTS else value for name, value in fields.items()}
    if "call_link" in cleaned:
        cleaned["call_link"] = _call_link(cleaned["call_link"])
    within(cleaned.get("planned_sessions"), 1, 1000, _("The number of sessions"))
    within(cleaned.get("group_size"), 1, 1000, _("The size of the group"))
    started = cleaned.get("started_on", client.started_on)
    ended = cleaned.get("ended_on", client.ended_on)
    if started and ended and ended < started:
        raise Refused(_("The coaching cannot end before it started."))
    change(client, now, **cleaned)


def _call_link(link: str) -> str:
    """A link that opens a call: http(s) or a call program's own scheme; nothing that runs a file."""
    if not link:
        return ""
    if "://" not in link and not link.startswith("tel:") and "." in link.split("/")[0]:
        link = f"https://{link}"
    try:
        parts = urlsplit(link)
    except ValueError:  # "https://[room"
        parts = urlsplit("")
    if parts.scheme not in _CALLS or not (parts.netloc or parts.path):
        raise Refused(_("The call link should be a web address, such as https://example.org/room."))
    return link


def archive(db: Session, client_id: str, *, now: Now) -> Client:
    """Put a client out of the way; nothing is lost, and they can come back."""
    return put(db, change(get(db, Client, client_id), now, archived_at=now.at))


def bring_back(db: Session, client_id: str, *, now: Now) -> Client:
    """Take a client out of the archive."""
    return put(db, change(get(db, Client, client_id), now, archived_at=None))


def present(db: Session) -> Sequence[Client]:
    """Clients who are not archived, by name."""
    return db.exec(select(Client).where(col(Client.archived_at).is_(None)).order_by(func.lower(Client.name))).all()


def every(db: Session) -> Sequence[Client]:
    """All clients, archived ones last, by name."""
    return db.exec(select(Client).order_by(col(Client.archived_at).is_not(None), func.lower(Client.name))).all()


def one(db: Session, client_id: str) -> Client:
    """The client with this id."""
    return get(db, Client, client_id)


def myself(db: Session) -> Client | None:
    """The coach's own record, for sessions and promises without a client."""
    return db.exec(select(Client).where(Client.kind == "self").order_by(col(Client.created_at))).first()


def find(db: Session, wanted: str) -> Client:
    """The client meant by an id, or by a name or short name that only one has.

    Raises:
        Refused: nobody, or more than one.
    """
    wanted = text(wanted)
    by_id = db.get(Client, wanted)
    if by_id is not None:
        return by_id
    needle = wanted.casefold()
    found = [c for c in every(db) if needle and needle in _names(c)]
    if not found:
        raise Refused(_("No client is called “{name}”.").format(name=wanted))
    if len(found) > 1:
        raise Refused(_("{count} clients are called “{name}”; use the id.").format(count=len(found), name=wanted))
    return found[0]


def holding(db: Session, words: str) -> Sequence[Client]:
    """Clients whose name or short name holds these words, for a list that narrows as one types."""
    needle = words.strip().casefold()
    return [c for c in every(db) if any(needle in name for name in _names(c))]


def _names(client: Client) -> set[str]:
    """Both names for comparing; folded in Python because SQLite's lower() and LIKE know ASCII only."""
    return {client.name.casefold(), client.short_name.casefold()}
