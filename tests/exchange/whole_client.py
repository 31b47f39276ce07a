"""A client with a row in every table that can hold one, each text field a word of its own; and another beside them."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, insert
from sqlmodel import Session as Db

from coachdesk.exchange.client_rows import ClientRows, tables

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CODES = {
    "client.kind": "group", "session.state": "finished", "session.kind": "group", "session.paid": "pro_bono",
    "pause.reason": "asked", "mark.kind": "insight", "cue_shown.kind": "landing", "cue_shown.answer": "later",
    "commitment.owner": "both", "commitment.state": "kept", "review.state": "kept", "canvas_line.kind": "words",
    "hours_noted.source": "imported", "hours_noted.kind": "group", "calendar_rule.kind": "email",
}  # fmt: skip
"""Columns that take only words of the program's own."""
LENDING = ("checklist", "checklist_item")
"""Tables of nobody's that a client's rows need."""


@dataclass
class Planted:
    """What was put in: a word for each text field, by table and column, and the ids of the rows."""

    words: dict[tuple[str, str], str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)


def plant(db: Db, name: str, *, private: bool = False, at: datetime = AT) -> Planted:
    """Put one row into every table that belongs to a client; ``name`` is within every word."""
    planted, numbers = Planted(), itertools.count(100)
    every, owned = tables(), ClientRows(db, "").owned
    for table in (*(every[lent] for lent in LENDING), *(each.table for each in owned.values())):
        row = dict(_row(table, name, planted, numbers, at))
        if table.name == "canvas_line":
            row["private"] = private
        db.execute(insert(table).values(**row))
        planted.ids[table.name] = row["id"]
    db.commit()
    return planted


def _row(table: Table, name: str, planted: Planted, numbers: Iterator[int], at: datetime) -> Iterator[tuple[str, Any]]:
    keys = {key.parent.name: key.column.table.name for key in table.foreign_keys}
    for column in table.columns:
        where = f"{table.name}.{column.name}"
        if column.name == "id":
            yield "id", f"{name}-{table.name}-id"
        elif column.name in keys:
            yield column.name, planted.ids.get(keys[column.name])  # none yet: it is the first of its kind
        elif column.name == "client_id":
            yield column.name, planted.ids["client"]
        elif column.name == "subject_id":
            yield column.name, planted.ids["session"]
        elif where in CODES:
            yield column.name, CODES[where]
        elif _kind(column) is str:
            word = f"{name}{table.name.replace('_', '')}{column.name.replace('_', '')}"
            planted.words[table.name, column.name] = word
            yield column.name, word
        else:
            yield column.name, _value(_kind(column), column.name, numbers, at)


def _kind(column: Column[Any]) -> type:
    """The type of a column's values in Python; the types of SQLModel and of ours stand for one of SQLAlchemy's."""
    return getattr(column.type, "impl_instance", column.type).python_type


def _value(kind: type, column: str, numbers: Iterator[int], at: datetime) -> Any:
    if kind is bool:
        return False
    if kind is int:
        return 7 if column == "confidence" else next(numbers)
    if kind is float:
        return 1.5
    if kind is date:
        return date(2026, 3, 2)
    return at + timedelta(hours=column in ("ended_at", "to_at"))
