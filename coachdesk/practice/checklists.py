"""Checklists: wording the coach can edit, and what was ticked for a client; three lists ship."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, func, select

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.paths import resources
from coachdesk.practice import sessions
from coachdesk.practice.clients import Client
from coachdesk.practice.record import Record, change, get, made, needed_text, put
from coachdesk.storage.store import UtcDateTime
from coachdesk.words import _

FIRST_SESSION = "first_session"
WEEKLY_CLIENTS = "weekly_clients"
WEEKLY_SELF = "weekly_self"
SHIPPED = (FIRST_SESSION, WEEKLY_CLIENTS, WEEKLY_SELF)
"""Keys of the lists that come with CoachDesk."""


class Checklist(Record, table=True):
    """A list with a key of its own."""

    key: str = Field(unique=True)
    name: str


class ChecklistItem(Record, table=True):
    """One item: its wording, its place, and which evidence the desk can lay beside it.

    An item that was taken out of its list, but was ticked or answered before, stays with ``retired_at``.
    """

    checklist_id: str = Field(foreign_key="checklist.id", ondelete="CASCADE", index=True)
    position: int
    key: str = ""
    text: str
    evidence: str = ""
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Tick(Record, table=True):
    """An item ticked for a client; when, is its ``created_at``."""

    __table_args__ = (UniqueConstraint("item_id", "client_id", name="tick_once"),)

    item_id: str = Field(foreign_key="checklist_item.id", ondelete="CASCADE", index=True)
    client_id: str = Field(foreign_key="client.id", ondelete="CASCADE", index=True)
    session_id: str | None = Field(default=None, foreign_key="session.id", ondelete="SET NULL", index=True)


@dataclass(frozen=True)
class Line:
    """An item as shown for a client: its place (1, 2, …), its wording, when it was ticked."""

    item_id: str
    position: int
    text: str
    ticked_at: datetime | None


@dataclass(frozen=True)
class ShippedItem:
    """An item as it comes: its key, its wording, its evidence."""

    key: str
    text: str
    evidence: str


@dataclass(frozen=True)
class ShippedList:
    """A list as it comes: its title, a sentence about it, its items."""

    title: str
    intro: str
    items: tuple[ShippedItem, ...]


@cache
def shipped() -> dict[str, ShippedList]:
    """The lists as they come with CoachDesk, by key."""
    with (resources() / "checklists" / "en.toml").open("rb") as file:
        found = tomllib.load(file)
    return {
        key: ShippedList(
            each["title"],
            each["intro"],
            tuple(ShippedItem(item["key"], item["text"], item.get("evidence", "")) for item in each["item"]),
        )
        for key, each in found.items()
    }


def ship(db: Session, *, now: Now) -> None:
    """Put those shipped lists into the records that are not there yet; lists that are there stay as they are."""
    there = set(db.exec(select(Checklist.key)).all())
    for key in SHIPPED:
        if key not in there:
            came = shipped()[key]
            row = put(db, Checklist(key=key, name=came.title, **made(now)))
            for position, item in enumerate(came.items, start=1):
                _put_item(db, row, item, position, now)


def items(db: Session, key: str) -> Sequence[ChecklistItem]:
    """The items of a list in their order; retired ones are left out."""
    return [item for item in _every_item(db, key) if item.retired_at is None]


def as_it_came(db: Session, key: str) -> bool:
    """Whether a list has exactly the items and words it came with."""
    came = [(item.key, item.text) for item in shipped()[key].items]
    return came == [(item.key, item.text) for item in items(db, key)]


def add_item(db: Session, key: str, words: str, *, now: Now) -> ChecklistItem:
    """Add an item at the end of a list."""
    row = _list(db, key)
    last = db.exec(select(func.max(ChecklistItem.position)).where(ChecklistItem.checklist_id == row.id)).one()
    return put(
        db,
        ChecklistItem(
            checklist_id=row.id, position=(last or 0) + 1, text=needed_text(words, _("The item")), **made(now)
        ),
    )


def edit_item(db: Session, item_id: str, words: str, *, now: Now) -> ChecklistItem:
    """Change the wording of an item; what was ticked stays ticked, earlier answers keep the words they answered."""
    return put(db, change(get(db, ChecklistItem, item_id), now, text=needed_text(words, _("The item"))))


def move_item(db: Session, item_id: str, by: int, *, now: Now) -> None:
    """Move an item so many places down its list, or up for a negative number; at most to its end."""
    item = get(db, ChecklistItem, item_id)
    rows = [row for row in _of_list(db, item.checklist_id) if row.retired_at is None]
    if item in rows:
        at = rows.index(item)
        rows.insert(max(0, min(len(rows) - 1, at + by)), rows.pop(at))
        for position, row in enumerate(rows, start=1):
            put(db, change(row, now, position=position))


def remove_item(db: Session, item_id: str, *, now: Now) -> None:
    """Take an item out of its list. What was ticked or answered before is kept with its words."""
    item = get(db, ChecklistItem, item_id)
    if item.key or _was_used(db, item.id):
        put(db, change(item, now, retired_at=now.at))
        return
    db.delete(item)
    db.flush()
    db.expire_all()


def as_shipped(db: Session, key: str, *, now: Now) -> None:
    """Give a list the words, the items and the order it came with; items of one's own stay, after these.

    Raises:
        Refused: there is no such list, or it does not come with CoachDesk.
    """
    row = _list(db, key)
    if key not in SHIPPED:
        raise Refused(_("There is no such checklist."))
    there = {item.key: item for item in _every_item(db, key) if item.key}
    came = shipped()[key].items
    for position, item in enumerate(came, start=1):
        if item.key in there:
            put(db, change(there[item.key], now, text=item.text, position=position, retired_at=None))
        else:
            _put_item(db, row, item, position, now)
    own = [item for item in items(db, key) if not item.key]
    for position, mine in enumerate(own, start=len(came) + 1):
        put(db, change(mine, now, position=position))


def tick(db: Session, client_id: str, item_id: str, *, now: Now, done: bool = True) -> None:
    """Tick an item for a client, or take the tick away; doing either twice changes nothing."""
    client, item = get(db, Client, client_id), get(db, ChecklistItem, item_id)
    row = db.exec(select(Tick).where(Tick.item_id == item.id, Tick.client_id == client.id)).first()
    if done and row is None:
        live = sessions.running(db)
        during = live.id if live and live.client_id == client.id else None
        put(db, Tick(item_id=item.id, client_id=client.id, session_id=during, **made(now)))
    elif not done and row is not None:
        db.delete(row)


def lines(db: Session, client_id: str, key: str = FIRST_SESSION) -> list[Line]:
    """A list as it stands for a client."""
    ticked = {t.item_id: t.created_at for t in db.exec(select(Tick).where(Tick.client_id == client_id)).all()}
    return [
        Line(item.id, number, item.text, ticked.get(item.id)) for number, item in enumerate(items(db, key), start=1)
    ]


def find_item(db: Session, wanted: str, key: str = FIRST_SESSION) -> ChecklistItem:
    """The item meant by an id or by its number in the list (1, 2, …)."""
    rows = items(db, key)
    for number, item in enumerate(rows, start=1):
        if wanted and wanted in (item.id, str(number), item.key):  # items of one's own have no key
            return item
    raise Refused(_("The list has no item “{item}”; it has {count}.").format(item=wanted, count=len(rows)))


def _list(db: Session, key: str) -> Checklist:
    row = db.exec(select(Checklist).where(Checklist.key == key)).first()
    if row is None:
        raise Refused(_("There is no such checklist."))
    return row


def _every_item(db: Session, key: str) -> Sequence[ChecklistItem]:
    row = db.exec(select(Checklist).where(Checklist.key == key)).first()
    return _of_list(db, row.id) if row else []


def _of_list(db: Session, list_id: str) -> Sequence[ChecklistItem]:
    return db.exec(
        select(ChecklistItem)
        .where(ChecklistItem.checklist_id == list_id)
        .order_by(col(ChecklistItem.position), col(ChecklistItem.created_at))
    ).all()


def _put_item(db: Session, row: Checklist, item: ShippedItem, position: int, now: Now) -> None:
    put(
        db,
        ChecklistItem(
            checklist_id=row.id, position=position, key=item.key, text=item.text, evidence=item.evidence, **made(now)
        ),
    )


def _was_used(db: Session, item_id: str) -> bool:
    from coachdesk.practice.reflections import ReflectionAnswer  # it is built on these lists

    ticked = db.exec(select(Tick.id).where(Tick.item_id == item_id)).first()
    return bool(ticked or db.exec(select(ReflectionAnswer.id).where(ReflectionAnswer.item_id == item_id)).first())
