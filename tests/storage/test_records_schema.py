"""The shipped migrations and today's tables are the same records."""

import importlib
import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from coachdesk import practice
from coachdesk.storage import cipher
from tests.conftest import KEY

TABLES = {
    "client", "agreement", "session", "pause", "mark", "cue_shown", "commitment", "review", "canvas_line", "checklist",
    "checklist_item", "tick", "reflection", "reflection_answer", "note", "draft", "prompt", "setting_private",
    "hours_noted", "calendar_rule", "calendar_taken", "duty_told", "erasure",
}  # fmt: skip
"""Every table the design of the records names, and a few that its rules need."""
SEARCHED = (
    "client", "commitment", "review", "note", "canvas", "session", "mark", "agreement", "reflection", "answer",
    "prompt", "private_canvas", "self_check",
)  # fmt: skip
"""The indexes of words that the tables keep."""
TRIGGERS = {
    "review_after_commitment", "review_only_added",
    *(f"draft_of_{t}" for t in ("agreement", "canvas_line", "client", "commitment", "mark", "note", "session")),
    *(f"search_{index}_{when}" for index in SEARCHED for when in ("put", "take", "turn")),
}  # fmt: skip
"""What only the migrations know: rules of the database itself."""

PRAGMAS = ("table_info", "foreign_key_list", "index_list")


def looked_at(connection: Any) -> dict[str, Any]:
    """All that SQLite tells of each table, and of each index its columns."""
    told: dict[str, Any] = {}
    for table in sorted(name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")):
        if table.startswith(("sqlite_", "alembic_", "search_")):
            continue
        for pragma in PRAGMAS:
            rows = connection.execute(f"PRAGMA {pragma}('{table}')").fetchall()
            told[f"{pragma} of {table}"] = sorted(
                str(row[1:] if pragma != "foreign_key_list" else row[2:]) for row in rows
            )
        (written,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        told[f"checks of {table}"] = checks(written)
    indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL").fetchall()
    return told | {f"index {name}": spaced(written) for name, written in indexes}


def checks(written: str) -> list[str]:
    """The named rules in a table's text, each with its condition."""
    rule = r"CONSTRAINT (\w+) (?:CHECK|UNIQUE)\(.*?\)(?=,(?:CONSTRAINT|FOREIGN|UNIQUE|PRIMARY)|\)$)"
    return sorted(found[0] for found in re.finditer(rule, spaced(written)))


def spaced(written: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\s*([(),])\s*", r"\1", written)).strip()


@pytest.fixture
def migrated(empty_records: Path) -> Any:
    connection = cipher.connect(empty_records, KEY)
    yield connection
    connection.close()


def test_todays_tables_are_what_the_migrations_make(migrated: Any) -> None:
    for module in pkgutil.iter_modules(practice.__path__):
        importlib.import_module(f"{practice.__name__}.{module.name}")
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    today = engine.raw_connection()
    try:
        assert looked_at(today) == looked_at(migrated)
    finally:
        today.close()
        engine.dispose()


def test_every_table_of_the_design_is_there(migrated: Any) -> None:
    told = looked_at(migrated)

    assert TABLES == {key.removeprefix("table_info of ") for key in told if key.startswith("table_info")}
    assert any("review_state" in check for check in told["checks of review"])
    assert 5 == len(told["checks of session"])


def test_the_rules_of_the_database_itself_are_there(migrated: Any) -> None:
    triggers = {name for (name,) in migrated.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}

    assert TRIGGERS == triggers
