"""Records in memory, for tests that need thousands of transactions and no disk.

They have the shipped form, triggers included, but are neither encrypted nor durable: what a killed program finds
again, and what is in the file, other tests say on real ones.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine, event
from sqlalchemy.pool import StaticPool

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
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.executescript(_shipped_form())
    connection.execute("PRAGMA foreign_keys = ON")
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN"))
    return Store(Path(":memory:"), engine, KEY)


@cache
def _shipped_form() -> str:
    with tempfile.TemporaryDirectory() as folder:
        made = store.create(Path(folder) / "records.db", KEY)
        connection = made.connection()
        try:
            written = connection.execute(
                "SELECT sql FROM sqlite_master WHERE sql NOT NULL ORDER BY rootpage"
            ).fetchall()
        finally:
            connection.close()
            made.close()
    tables = [text for (text,) in written if text.startswith("CREATE TABLE") and "sqlite_" not in text]
    others = [text for (text,) in written if not text.startswith("CREATE TABLE")]
    return ";\n".join([*tables, *others]) + ";"
