"""Tables and columns as an open file tells them, and which values a column can hold."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Value = str | int | float | bytes | None

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?")


@dataclass(frozen=True)
class Column:
    """One column."""

    name: str
    declared: str
    """Its type as it stands in the form of the records, such as ``VARCHAR``."""
    needed: bool
    """Whether it must hold something."""
    stands_for_row: bool = False
    """Whether SQLite keeps its value as the row's number alone (``INTEGER PRIMARY KEY``)."""

    def holds(self, value: Value) -> bool:
        """Whether CoachDesk can read this value out of this column again."""
        if value is None:
            return not self.needed or self.stands_for_row
        if self.declared in ("DATE", "DATETIME"):
            return isinstance(value, str) and _is_moment(value, self.declared)
        if self.declared in ("INTEGER", "BOOLEAN"):
            return isinstance(value, int) and (self.declared == "INTEGER" or value in (0, 1))
        if self.declared == "FLOAT":
            return isinstance(value, int | float)
        return isinstance(value, str) if self.declared in ("VARCHAR", "TEXT") else True


def tables(connection: Any) -> list[str]:
    """The tables of records in a file, by name; SQLite's own, Alembic's and search indexes are left out."""
    rows = connection.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    return sorted(name for (name,) in rows if not name.startswith("sqlite_") and name != "alembic_version")


def columns(connection: Any, table: str) -> list[Column]:
    """The columns of a table in their order."""
    rows = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    single = sum(bool(row[5]) for row in rows) == 1
    return [
        Column(name, str(declared).partition("(")[0].upper(), bool(needed),
               bool(key) and single and str(declared).upper() == "INTEGER")
        for _at, name, declared, needed, _default, key in rows
    ]  # fmt: skip


def _is_moment(text: str, declared: str) -> bool:
    try:
        if declared == "DATE":
            return bool(_DAY.fullmatch(text)) and bool(date.fromisoformat(text))
        return bool(_MOMENT.fullmatch(text)) and bool(datetime.fromisoformat(text))
    except ValueError:
        return False
