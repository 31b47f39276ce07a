"""Everything that is kept about one client, found by walking the tables, so that no later table can be forgotten.

A row belongs to a client when its foreign key says so (it would go with the client), directly or through a row that
does; or when it names such a row without a key (``subject_id``). Reflections name no client.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, or_, select, union_all
from sqlmodel import Session as Db
from sqlmodel import SQLModel

from coachdesk import practice
from coachdesk.practice.canvas import CanvasLine

Row = dict[str, Any]

AT_ONCE = 200
"""Rows that are held in memory at a time."""
FIRST = ("client", "agreement", "session", "commitment", "canvas_line", "tick", "hours_noted", "calendar_rule")
"""The order of what belongs to a client directly; other tables come after these, by name."""
PRIVATE_COLUMNS = {"session": frozenset({"self_check"})}
"""The coach's private lines beside what is about the client."""
_MIXED = ("canvas_line", "draft")
"""Tables of which some rows are private."""
_PRIVATE_SCREENS = ("private", "self_check")
_POINTERS = ("subject_id", "client_id")
"""Columns that name a row without a foreign key."""


@dataclass(frozen=True)
class Owned:
    """A table whose rows belong to a client through ``column``, which names a row of ``owner``."""

    table: Table
    column: str = ""
    owner: str = ""


def tables() -> dict[str, Table]:
    """Every table of the practice by its name; all its modules are imported for that."""
    for module in iter_modules(practice.__path__):
        import_module(f"{practice.__name__}.{module.name}")
    return dict(SQLModel.metadata.tables)


@dataclass(frozen=True)
class ClientRows:
    """The rows of one client, in an order that is always the same: by when they were made, then by id."""

    db: Db
    client_id: str
    with_private: bool = False

    @cached_property
    def owned(self) -> dict[str, Owned]:
        """The tables that can hold something about a client, those nearest to the client first."""
        every = tables()
        found = {"client": Owned(every["client"])}
        while more := [each for name in sorted(every.keys() - found.keys()) if (each := _owned(every[name], found))]:
            found |= {each.table.name: each for each in more}
        return found | {each.table.name: each for name in sorted(every) if (each := _pointing(every[name], found))}

    def top(self) -> list[str]:
        """The tables directly below a client, and the client's own, in the order of reading."""
        direct = [name for name, each in self.owned.items() if name == "client" or each.owner in ("client", "")]
        return sorted(direct, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))

    def below(self, name: str) -> list[str]:
        """The tables whose rows belong to the rows of this one."""
        return [] if name == "client" else sorted(n for n, each in self.owned.items() if each.owner == name)

    def counts(self, *names: str) -> dict[str, int]:
        """How many rows there are of these tables, or of each."""
        return {name: self._count(name) for name in names or self.owned}

    def _count(self, name: str) -> int:
        counting = select(func.count()).select_from(self.owned[name].table).where(self._belongs(name))
        return int(self.db.execute(counting).scalar_one())

    def batches(self, name: str) -> Iterator[list[Row]]:
        """The rows of a table, a few hundred at a time."""
        for part in self.db.execute(self._ordered(name)).partitions(AT_ONCE):
            yield [self._row(name, row._mapping) for row in part]

    def of(self, name: str, owners: Sequence[str]) -> dict[str, list[Row]]:
        """The rows of a table that belong to these rows, by the id of the row they belong to."""
        column = self.owned[name].column
        wanted = self._ordered(name).where(self.owned[name].table.c[column].in_(owners))
        found: dict[str, list[Row]] = {}
        for row in self.db.execute(wanted):
            found.setdefault(row._mapping[column], []).append(self._row(name, row._mapping))
        return found

    def _ordered(self, name: str) -> Select[Any]:
        table = self.owned[name].table
        return select(table).where(self._belongs(name)).order_by(table.c.created_at, table.c.id)

    def _row(self, name: str, values: Any) -> Row:
        left_out = frozenset() if self.with_private else PRIVATE_COLUMNS.get(name, frozenset())
        return {column: value for column, value in values.items() if column not in left_out}

    def _belongs(self, name: str) -> ColumnElement[bool]:
        each = self.owned[name]
        return self._is_theirs(each) if self.with_private else self._is_theirs(each) & self._is_open(each.table)

    def _is_theirs(self, each: Owned) -> ColumnElement[bool]:
        if each.table.name == "client":
            return each.table.c.id == self.client_id
        if each.owner == "client":
            return each.table.c[each.column] == self.client_id
        if each.owner:
            return each.table.c[each.column].in_(self._ids(each.owner))
        theirs = [self._ids(name) for name, other in self.owned.items() if name == "client" or other.owner]
        return each.table.c[each.column].in_(union_all(*theirs))

    def _ids(self, name: str) -> Select[Any]:
        return select(self.owned[name].table.c.id).where(self._is_theirs(self.owned[name]))

    def _is_open(self, table: Table) -> ColumnElement[bool]:
        """Whether a row is none of the coach's private ones."""
        if table.name == "canvas_line":
            return table.c.private.is_(False)
        if table.name == "draft":
            lines = select(CanvasLine.id).where(CanvasLine.private)  # type: ignore[call-overload]
            private = table.c.screen.in_(_PRIVATE_SCREENS) | (table.c.field == "self_check")
            return ~or_(private, table.c.subject_id.in_(lines))
        return table.c.id.is_not(None)


def private_lines(db: Db, client_id: str) -> int:
    """How many private lines of the coach there are in what is kept about a client, those being written included."""
    checks = select(func.count()).select_from(tables()["session"])
    checks = checks.where(tables()["session"].c.client_id == client_id, tables()["session"].c.self_check != "")
    whole, rest = (sum(ClientRows(db, client_id, every).counts(*_MIXED).values()) for every in (True, False))
    return whole - rest + int(db.execute(checks).scalar_one())


def _owned(table: Table, known: dict[str, Owned]) -> Owned | None:
    for key in sorted(table.foreign_keys, key=lambda each: each.parent.name):
        if key.ondelete == "CASCADE" and (owner := key.column.table.name) in known:
            return Owned(table, key.parent.name, owner)
    return None


def _pointing(table: Table, known: dict[str, Owned]) -> Owned | None:
    """A table that names rows without a key, such as drafts; what is owned already is left to its key."""
    column = next((name for name in _POINTERS if name in table.c), None)
    if column is None or table.name in known:
        return None
    return Owned(table, column)
