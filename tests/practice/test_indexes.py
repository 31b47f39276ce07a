"""What is asked all the time is found through an index, however long a practice grows."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, event
from sqlmodel import Session

from coachdesk.practice import hours, sessions

UTC = ZoneInfo("UTC")


def plan_of(db: Session, query: Callable[[Session], Any]) -> str:
    """How SQLite carries out the only statement of a query (EXPLAIN QUERY PLAN)."""
    said: list[tuple[str, Any]] = []

    def listen(_connection: Connection, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        said.append((statement, parameters))

    engine = db.get_bind()
    event.listen(engine, "before_cursor_execute", listen)
    query(db)
    event.remove(engine, "before_cursor_execute", listen)
    statement, parameters = next(each for each in said if " session" in each[0] and each[0].startswith("SELECT"))
    rows = db.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    return "; ".join(row[-1] for row in rows)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (sessions.running, "one_running_session"),
        (sessions.to_close, "session_to_close"),
        (lambda db: sessions.held(db, "a client"), "session_at_a_glance"),
        (lambda db: hours.report(db, hours.Rules(UTC)), "session_at_a_glance"),
    ],
)
def test_sessions_are_found_without_reading_all_of_them(
    db: Session, query: Callable[[Session], Any], index: str
) -> None:
    assert f"INDEX {index}" in plan_of(db, query)
