"""What can be read of damaged records, brought into a new encrypted file; the damaged file is only ever read.

Every page that proves itself is read, also one whose way from the table's first page is broken. What such a page
belongs to is told by the tree it hangs in, else by the index of the table, else by what its columns can hold.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from coachdesk.clock import Now
from coachdesk.errors import RecordsDamaged, RecordsNewer
from coachdesk.paths import Home
from coachdesk.storage import cipher, disk, faults, migrate, replacement, turns
from coachdesk.storage.columns import Column, Value, columns, tables
from coachdesk.storage.pages import INDEX_INTERIOR, INDEX_LEAF, INTERIOR, KINDS, LEAF, Cell, Pages
from coachdesk.words import _

Row = Mapping[str, Value]
StandIn = Callable[[str, str, Row], Row | None]
"""For (table, id, a row that needs it): what to put in place of a row that could not be read, or None for nothing.

Columns that must hold something and are not told are left empty; moments are those of the row that needs it.
"""
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Salvaged:
    """What was read, and what was not."""

    path: Path
    """The new file, closed."""
    counts: Mapping[str, int]
    """Rows by table."""
    lost: Mapping[str, int]
    """Rows by table of which it is known that they were there; stand-ins are among them."""
    pieces: int
    """Pages of 4,096 bytes that could not be read; some hold no rows."""


@dataclass
class _Tree:
    """What is known of where everything stands before a row is read."""

    leaves: list[int] = field(default_factory=list)
    above: dict[int, int] = field(default_factory=dict)
    indexes: list[int] = field(default_factory=list)
    unreadable: set[int] = field(default_factory=set)
    names: dict[int, str] = field(default_factory=dict)
    """First page → table."""
    indexed: dict[int, str] = field(default_factory=dict)
    """First page of the index of the ids → table."""
    usual: dict[int, str] = field(default_factory=dict)
    """First page → table in new records, which is the same in most old ones: a page is never moved."""

    @property
    def firsts(self) -> dict[str, int]:
        """Table → first page."""
        return {name: first for first, name in self.names.items()}

    def top(self, number: int) -> int:
        """The highest page known above one."""
        seen = {number}
        while (higher := self.above.get(number)) is not None and higher not in seen:
            seen.add(higher)
            number = higher
        return number


def prepared(home: Home) -> Path:
    """Where the salvaged records lie until the coach has chosen."""
    return home.records.with_name(f"{home.records.name}.salvaged")


def prepare(
    home: Home, key: bytes, stand_in: StandIn, versions: tuple[Path, ...] = migrate.SHIPPED, *, progress: Progress
) -> Salvaged:
    """Read what can be read of the closed records into ``prepared(home)``; nothing else is changed.

    ``progress`` may raise to break off. Raises RecordsDamaged if nothing at all can be read, RecordsNewer,
    RecordsReadOnly.
    """
    with turns.copies():
        progress(0.0)  # who waited here may not be wanted any more, and what another one prepared stays
        return read(home.records, key, prepared(home), stand_in, versions, progress=progress)


def put(home: Home, key: bytes, now: Now) -> None:
    """Put the salvaged records in the place of the damaged ones, which stay as ``.damaged-<UTC>``. Raises Refused."""
    with turns.copies(), faults.explained():
        replacement.put(prepared(home), home.records, key, f".damaged-{disk.stamp(now.at)}")


def read(
    path: Path,
    key: bytes,
    target: Path,
    stand_in: StandIn,
    versions: tuple[Path, ...] = migrate.SHIPPED,
    *,
    progress: Progress,
) -> Salvaged:
    """Read what can be read of a file and its log into a new file of the newest form; see ``prepare``."""
    with faults.explained():
        pages = Pages(path, key)
        tree = _survey(pages, progress)
        if not tree.leaves:
            raise RecordsDamaged(_("Nothing in {path} can be read any more. Restore a backup.").format(path=path))
        cipher.discard(target)
        try:
            disk.empty_file(target)
            migrate.climb(target, key, versions, backups=None, to=_revision(pages, tree, versions))
            lost = _fill(target, key, pages, tree, stand_in, progress)
            migrate.climb(target, key, versions, backups=None)
            counts = _proved(target, key)
        except BaseException:
            cipher.discard(target)
            raise
    return Salvaged(target, counts, {name: count for name, count in lost.items() if count}, len(tree.unreadable))


def _survey(pages: Pages, progress: Progress) -> _Tree:
    tree = _Tree()
    for number in range(1, pages.count + 1):
        page = pages.read(number)
        if page is None:
            tree.unreadable.add(number)
        elif pages.kind(number, page) in KINDS:
            _note(pages, tree, number, page)
        if number % 200 == 0:
            progress(0.4 * number / pages.count)
    return tree


def _note(pages: Pages, tree: _Tree, number: int, page: bytes) -> None:
    kind = pages.kind(number, page)
    if kind in (INTERIOR, INDEX_INTERIOR):
        tree.above.update((child, number) for child in pages.children(number, page))
    if kind in (INDEX_LEAF, INDEX_INTERIOR):
        tree.indexes.append(number)
    if kind == LEAF:
        cells = [cell for cell in pages.rows(number, page) if cell is not None]
        if cells and all(_describes(cell) for cell in cells):
            for cell in cells:
                _learn(tree, cell)
        else:
            tree.leaves.append(number)


def _describes(cell: Cell) -> bool:
    """Whether a row is one of SQLite's own: type, name, table, first page, text."""
    return (
        len(cell.fields) in (4, 5)
        and cell.fields[0] in ("table", "index", "trigger", "view")
        and isinstance(cell.fields[3], int)
    )


def _learn(tree: _Tree, cell: Cell) -> None:
    what, name, table, first = cell.fields[:4]
    if what == "table" and first:
        tree.names[int(first)] = str(name)
    elif what == "index" and name == f"sqlite_autoindex_{table!s}_1":
        tree.indexed[int(first or 0)] = str(table)


def _revision(pages: Pages, tree: _Tree, versions: tuple[Path, ...]) -> str:
    known = migrate.revisions(versions)
    for number in tree.leaves:
        if tree.names.get(tree.top(number)) == "alembic_version":
            for revision in (cell.fields[0] for cell in _cells(pages, number) if cell is not None and cell.fields):
                if not isinstance(revision, str) or revision not in known:
                    raise RecordsNewer(
                        _("These records were written by a newer CoachDesk. Install that version to open them.")
                    )
                return revision
    return known[-1]


def _cells(pages: Pages, number: int) -> Iterator[Cell | None]:
    page = pages.read(number)
    return iter(()) if page is None else pages.rows(number, page)


def _fill(target: Path, key: bytes, pages: Pages, tree: _Tree, stand_in: StandIn, progress: Progress) -> dict[str, int]:
    connection = cipher.connect(target, key, foreign_keys=False)
    try:
        connection.execute("BEGIN IMMEDIATE")
        forms = {name: columns(connection, name) for name in tables(connection)}
        tree.usual = dict(connection.execute("SELECT rootpage, name FROM sqlite_master WHERE type = 'table'"))
        named = _named(pages, tree)
        lost = dict.fromkeys(forms, 0)
        found: dict[str, set[int]] = {name: set() for name in forms}
        for at, number in enumerate(tree.leaves):
            table = _table_of(pages, tree, number, forms, named)
            if table in forms:
                for cell in _cells(pages, number):
                    if cell is not None and _inserted(connection, table, forms[table], cell):
                        found[table].add(cell.rowid)
            if at % 50 == 0:
                progress(0.4 + 0.5 * at / len(tree.leaves))
        stood_in = _mend(connection, forms, stand_in, lost)
        for table, rows in found.items():
            lost[table] += max(len(named.get(table, {}).keys() - rows), stood_in[table])
        connection.execute("COMMIT")
    finally:
        connection.close()
    return lost


def _named(pages: Pages, tree: _Tree) -> dict[str, dict[int, Value]]:
    """Table → number of the row → id, as the indexes have it."""
    found: dict[str, dict[int, Value]] = {}
    for number in tree.indexes:
        table = tree.indexed.get(tree.top(number))
        page = pages.read(number)
        if table is not None and page is not None:
            for entry in pages.entries(number, page):
                if len(entry) == 2 and isinstance(entry[1], int):
                    found.setdefault(table, {})[entry[1]] = entry[0]
    return found


def _table_of(
    pages: Pages,
    tree: _Tree,
    number: int,
    forms: Mapping[str, list[Column]],
    named: Mapping[str, Mapping[int, Value]],
) -> str | None:
    """The table a leaf belongs to; None for what is no table of the records, or cannot be told."""
    known = tree.names.get(tree.top(number))
    if known is not None:
        return known
    cells = [cell for cell in _cells(pages, number) if cell is not None and not cell.cut]
    fitting = [name for name in forms if cells and all(_fits(forms[name], cell) for cell in cells)]

    def far(name: str) -> tuple[int, bool, bool, int]:
        named_so = sum(named.get(name, {}).get(cell.rowid) == cell.fields[0] for cell in cells)
        reached = tree.firsts.get(name, 0) not in {0, *tree.unreadable}
        return -named_so, tree.usual.get(tree.top(number)) != name, reached, len(forms[name]) - len(cells[0].fields)

    return min(fitting, key=far, default=None)


def _fits(form: list[Column], cell: Cell) -> bool:
    missing = form[len(cell.fields) :]
    return len(cell.fields) <= len(form) and (
        all(column.holds(value) for column, value in zip(form, cell.fields, strict=False))
        and not any(column.stands_for_row for column in missing)
    )


def _inserted(connection: Any, table: str, form: list[Column], cell: Cell) -> bool:
    """Whether a row was taken; columns added after it was written have their usual value."""
    values = list(cell.fields[: len(form)])
    if cell.cut:
        values += ["" if column.declared in ("VARCHAR", "TEXT") else None for column in form[len(values) :]]
    pairs = [(column.name, value) for column, value in zip(form, values, strict=False) if not column.stands_for_row]
    names = ", ".join(["rowid", *(f'"{name}"' for name, _value in pairs)])
    places = ", ".join("?" * (len(pairs) + 1))
    try:
        connection.execute(
            f'INSERT INTO "{table}" ({names}) VALUES ({places})', [cell.rowid, *(value for _name, value in pairs)]
        )
    except dbapi2.IntegrityError:
        return False
    return True


def _mend(connection: Any, forms: Mapping[str, list[Column]], stand_in: StandIn, lost: dict[str, int]) -> Counter[str]:
    """Where a row needs one that could not be read: one that stands for it, else it goes without, or not at all."""
    stood_in: Counter[str] = Counter()
    for again in range(2 * len(forms)):
        keys = {table: connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall() for table in forms}
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if not broken:
            break
        broken.sort(key=lambda one: -len(keys[one[0]]))  # who knows more of the missing one is asked first
        for table, rowid, parent, number in broken:
            column = next(str(key[3]) for key in keys[table] if key[0] == number)
            child = _row(connection, table, rowid, forms[table])
            if child is None or _is_there(connection, parent, child[column]):
                continue
            row = stand_in(parent, str(child[column]), child) if again < len(forms) else None
            if row is not None:
                stood_in[parent] += _put_stand_in(connection, parent, forms[parent], row, child, str(child[column]))
            else:
                lost[table] += _go_without(connection, table, rowid, forms[table], column)
    return stood_in


def _row(connection: Any, table: str, rowid: int, form: list[Column]) -> Row | None:
    found = connection.execute(f'SELECT * FROM "{table}" WHERE rowid = ?', (rowid,)).fetchone()
    return None if found is None else dict(zip((each.name for each in form), found, strict=True))


def _is_there(connection: Any, table: str, row_id: Value) -> bool:
    return row_id is None or connection.execute(f'SELECT 1 FROM "{table}" WHERE id = ?', (row_id,)).fetchone()


def _put_stand_in(connection: Any, table: str, form: list[Column], told: Row, child: Row, row_id: str) -> int:
    at = str(child.get("created_at") or "1970-01-01 00:00:00.000000")
    usual = {"VARCHAR": "", "TEXT": "", "DATETIME": at, "DATE": at[:10], "INTEGER": 0, "BOOLEAN": 0, "FLOAT": 0.0}
    row = {column.name: usual.get(column.declared, "") for column in form if column.needed}
    row |= {**told, "id": row_id}
    names, places = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    before = connection.total_changes
    connection.execute(f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({places})', list(row.values()))
    return int(connection.total_changes > before)


def _go_without(connection: Any, table: str, rowid: int, form: list[Column], column: str) -> int:
    if next(each for each in form if each.name == column).needed:
        connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))
        return 1
    connection.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (rowid,))
    return 0


def _proved(target: Path, key: bytes) -> dict[str, int]:
    connection = cipher.connect(target, key)
    try:
        if cipher.check(connection, quick=False):
            raise faults.damaged()
        return cipher.counts(connection)
    finally:
        connection.close()
