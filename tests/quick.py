"""Records in memory, for tests that need thousands of transactions and no disk.

They have the shipped form, triggers included, but are neither encrypted nor durable: what a killed program finds
again, and what is in the file, other tests say on real ones.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine, event
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from coachdesk.clock import Clock
from coachdesk.desk import Desk
from coachdesk.paths import Home
from coachdesk.storage import store
from coachdesk.storage.store import Store

KEY = bytes(range(32))


@contextmanager
def desk(clock: Clock, home: Home) -> Iterator[Desk]:
    """A desk with such records."""
    opened = Desk(clock, home)
    opened.adopt(records())
    yield opened
    opened.close()


def records() -> Store:
    """Empty records; they are gone when closed."""
    connection = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.executescript(_shipped_form())
    connection.execute("PRAGMA foreign_keys = ON")
    engine = create_engine("sqlite://", module=dbapi2, creator=lambda: connection, poolclass=StaticPool)
    event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN"))
    return Store(Path(":memory:"), engine, KEY)


@cache
def _shipped_form() -> str:
    with tempfile.TemporaryDirectory() as folder:
        made = store.create(Path(folder) / "records.db", KEY)
        connection = made.connection()
        try:
            kinds = dict(connection.execute("SELECT name, type FROM pragma_table_list").fetchall())
            written = connection.execute(
                "SELECT name, type, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY rootpage, rowid"
            ).fetchall()
        finally:
            connection.close()
            made.close()
    parts = [(ORDER.index(kinds.get(name, kind)), text) for name, kind, text in written if _is_ours(name, kinds)]
    secure = [
        f"INSERT INTO {name}({name}, rank) VALUES ('secure-delete', 1)" for name, _kind, text in written
        if "USING fts5(" in text
    ]  # fmt: skip
    return ";\n".join([*(text for _at, text in sorted(parts, key=lambda part: part[0])), *secure]) + ";"


ORDER = ("table", "view", "virtual", "index", "trigger")
"""Each part of the form after those it speaks of; what a search index keeps inside, it makes itself."""


def _is_ours(name: str, kinds: dict[str, str]) -> bool:
    return kinds.get(name) != "shadow" and not name.startswith("sqlite_")
