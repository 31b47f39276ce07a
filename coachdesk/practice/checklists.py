"""Checklists: wording the coach can edit, and what was ticked for a client; the first session's safety list ships."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, func, select

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.paths import resources
from coachdesk.practice import sessions
from coachdesk.practice.clients import Client
from coachdesk.practice.record import Record, change, get, made, needed_text, put
from coachdesk.words import _

FIRST_SESSION = "first_session"


class Checklist(Record, table=True):
    """A list with a key of its own."""

    key: str = Field(unique=True)
    name: str


class ChecklistItem(Record, table=True):
    """One item: its wording, its place, and which evidence the desk can lay beside it."""

    checklist_id: str = Field(foreign_key="checklist.id", ondelete="CASCADE", index=True)
    position: int
    key: str = ""
    text: str
    evidence: str = ""


class Tick(Record, table=True):
    """An item ticked for a client; when, is its ``created_at``."""

    __table_args__ = (UniqueConstraint("item_id", "client_id", name="tick_once"),)

    item_id: str = Field(foreign_key="checklist_item.id", ondelete="CASCADE", index=True)
    client_id: str = Field(foreign_key="client.id", ondelete="CASCADE", index=True)
    session_id: str | None = Field(default=None, foreign_key="session.id", ondelete="SET NULL")


@dataclass(frozen=True)
class Line:
    """An item as shown for a client: its place (1, 2, …), its wording, when it was ticked."""

    item_id: str
    position: int
    text: str
    ticked_at: datetime | None


def ship(db: Session, *, now: Now) -> None:
    """Put the shipped checklists into records that have none yet; the coach's own wording is never touched."""
    if db.exec(select(Checklist)).first() is not None:
        return
    with (resources() / "checklists" / "en.toml").open("rb") as file:
        shipped = tomllib.load(file)
    for key, each in shipped.items():
        row = put(db, Checklist(key=key, name=each["title"], **made(now)))
        for position, item in enumerate(each["item"], start=1):
            put(
                db,
                ChecklistItem(
                    checklist_id=row.id, position=position, key=item["key"], text=item["text"],
                    evidence=item.get("evidence", ""), **made(now),
                ),
            )  # fmt: skip


def items(db: Session, key: str) -> Sequence[ChecklistItem]:
    """The items of a list in their order."""
    return db.exec(
        select(ChecklistItem)
        .join(Checklist, col(Checklist.id) == col(ChecklistItem.checklist_id))
        .where(Checklist.key == key)
        .order_by(col(ChecklistItem.position))
    ).all()


def add_item(db: Session, key: str, words: str, *, now: Now) -> ChecklistItem:
    """Add an item at the end of a list."""
    row = db.exec(select(Checklist).where(Checklist.key == key)).first()
    if row is None:
        raise Refused(_("There is no such checklist."))
    last = db.exec(select(func.max(ChecklistItem.position)).where(ChecklistItem.checklist_id == row.id)).one()
    return put(
        db,
        ChecklistItem(
            checklist_id=row.id, position=(last or 0) + 1, text=needed_text(words, _("The item")), **made(now)
        ),
    )


def edit_item(db: Session, item_id: str, words: str, *, now: Now) -> ChecklistItem:
    """Change the wording of an item; what was ticked stays ticked."""
    return put(db, change(get(db, ChecklistItem, item_id), now, text=needed_text(words, _("The item"))))


def remove_item(db: Session, item_id: str, *, now: Now) -> None:  # noqa: ARG001  # every verb takes now
    """Remove an item with its ticks."""
    db.delete(get(db, ChecklistItem, item_id))
    db.flush()
    db.expire_all()


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
