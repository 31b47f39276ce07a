"""Random rows for every table there is: what is true of all of them is shown on these.

A table or a column that comes later is found by asking the records; only columns whose words are checked by the
database need a line here, and without it the rows are refused and the test says so.
"""

import itertools
import random
import uuid
from typing import Any

from sqlcipher3 import dbapi2

from coachdesk.storage.columns import Column, columns, tables

WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("client", "kind"): ("individual", "group", "self"),
    ("session", "state"): ("planned", "moved", "cancelled", "missed", "finished"),
    ("session", "paid"): ("paid", "pro_bono"),
    ("canvas_line", "kind"): ("context", "words", "strength", "value", "thread"),
    ("commitment", "owner"): ("coach", "client", "both"),
    ("commitment", "state"): ("open", "kept", "partly", "carried", "released"),
    ("cue_shown", "kind"): ("process_check", "landing", "end"),
    ("cue_shown", "answer"): ("asked", "later", "not_today", "none"),
    ("mark", "kind"): ("moment", "insight", "strain", "repair", "silence", "thread"),
    ("pause", "reason"): ("asked", "machine_asleep"),
    ("reflection_answer", "answer"): ("yes", "partly", "no", "skipped"),
    ("review", "state"): ("kept", "partly", "carried", "released", "withdrawn"),
    ("hours_noted", "source"): ("imported", "forgotten"),
    ("calendar_rule", "kind"): ("email", "title", "series"),
}
TEXTS = (
    "", "dear coach", "שלום 🌿", "ليلى الحدّاد", "a\nb\r\nc\t\"quoted\", 'too'", "=1+1", "\x01\x1f\u2028",
    "{\"bytes\": \"eA==\"}", "null",
)  # fmt: skip
LONG = ("é" * 3000, "long " * 1500)
"""Texts that run over more than one page of the file."""


def fill(connection: Any, seed: int, least: int = 1, most: int = 3) -> dict[str, int]:
    """Put random rows that fit together into every table; the answer is how many each got."""
    chance = random.Random(seed)
    ids: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    connection.execute("BEGIN")
    for table in _parents_first(connection):
        drawn = [_row(connection, table, ids, chance, at) for at in range(chance.randint(least, most))]
        kept = [row for row in drawn if _put(connection, table, row)]
        ids[table] = [row["id"] for row in kept]
        counts[table] = len(kept)
    connection.execute("COMMIT")
    return counts


def _put(connection: Any, table: str, row: dict[str, Any]) -> bool:
    """Whether there was no such row yet; any other refusal of the database is raised."""
    names, places = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _name in row)
    try:
        connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({places})', list(row.values()))
    except dbapi2.IntegrityError as error:
        if not str(error).startswith("UNIQUE"):
            raise
        return False
    return True


def rows(connection: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, every column, in order."""
    return {
        table: [tuple(row) for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid')]
        for table in tables(connection)
    }


def _parents_first(connection: Any) -> list[str]:
    left = {table: {row[2] for row in _keys(connection, table)} - {table} for table in tables(connection)}
    order: list[str] = []
    while left:
        ready = sorted(table for table, parents in left.items() if not parents & left.keys())
        order += ready
        for table in ready:
            del left[table]
    return order


def _keys(connection: Any, table: str) -> list[Any]:
    return list(connection.execute(f'PRAGMA foreign_key_list("{table}")'))


def _row(connection: Any, table: str, ids: dict[str, list[str]], chance: random.Random, at: int) -> dict[str, Any]:
    parents = {row[3]: row[2] for row in _keys(connection, table)}
    row: dict[str, Any] = {}
    for column in columns(connection, table):
        if column.name in parents:
            known = ids.get(parents[column.name], [])
            row[column.name] = chance.choice(known) if known and (column.needed or chance.random() < 0.7) else None
        else:
            row[column.name] = _value(table, column, chance, at)
    if table == "commitment":
        row["carried_from_id"] = None  # it is unique; a chain is made by the verbs, and shown in their own tests
    for early, late in (("from_on", "to_on"), ("from_at", "to_at"), ("started_at", "ended_at"), ("id", "created_at")):
        if early != "id" and row.get(late) is not None:
            row[early], row[late] = sorted((row[early] or row[late], row[late]))
    return row


def _value(table: str, column: Column, chance: random.Random, at: int) -> Any:
    if column.name == "id":
        return str(uuid.UUID(int=chance.getrandbits(128)))
    if column.name == "created_at":
        return f"20{10 + (table == 'review')}-01-01 00:00:0{at}.000000"
    if not column.needed and chance.random() < 0.4:
        return None
    if (table, column.name) in WORDS:
        return chance.choice(WORDS[table, column.name])
    return _of_kind(column, chance, next(_numbers))


def _of_kind(column: Column, chance: random.Random, number: int) -> Any:
    day = f"20{chance.randint(10, 30)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return {
        "DATE": day,
        "DATETIME": f"{day} {chance.randint(0, 23):02}:59:59.{chance.randint(0, 999_999):06}",
        "INTEGER": chance.randint(1, 10),
        "BOOLEAN": chance.randint(0, 1),
        "FLOAT": chance.choice((0.1, 1e300, 1234567.000001, 3.0)),
    }.get(
        column.declared,
        f"{chance.choice(LONG if chance.random() < 0.03 else TEXTS)} {number}"
        if chance.random() < 0.9 or _unique(column)
        else "",
    )


def _unique(column: Column) -> bool:
    return column.name in ("key", "week", "value", "occasion", "field")


_numbers = itertools.count()
