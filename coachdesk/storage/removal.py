"""Takes a row out of an encrypted file with all that belongs to it, so that no byte of it stays in the file."""

import contextlib
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from coachdesk.errors import RecordsDamaged
from coachdesk.storage import cipher, disk, faults, search
from coachdesk.words import _

Gone = Mapping[str, frozenset[str]]
"""By table, the ids of the rows that go."""

ENDING = ".rewriting"
"""Of the copy that takes the place of a file once it is finished."""

_UNFINISHED = re.compile(rf"(?P<finished>.+){re.escape(ENDING)}(\.new)?({'|'.join(cipher.LOGS)})?", re.DOTALL)
"""Such a copy, made under yet another name (``cipher.copy``), with what SQLite puts beside it."""

_CHUNK = 500
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def belonging(connection: Any, table: str, row_id: str, keep: Collection[str] = ()) -> Gone:
    """What goes with a row: rows that belong to it by the file's own foreign keys, and rows that name any of them.

    The file is asked for its tables, so this holds for files of older and newer forms and for tables yet to come. A
    foreign key that the deletion would empty (``SET NULL``) is no belonging. Tables in ``keep`` are left alone. Ids
    are UUIDs, so that one found anywhere means this row; tables that belong to nobody are searched in all texts.
    """
    tables = [name for name in _tables(connection) if name not in keep]
    gone: dict[str, set[str]] = {name: set() for name in tables}
    fresh: dict[str, set[str]] = {table: {row_id}}
    while fresh:
        for name, ids in fresh.items():
            gone[name] |= ids
        found = _children(connection, tables, fresh)
        known = {each for ids in fresh.values() for each in ids}
        for name, ids in _naming(connection, tables, known, table):
            found.setdefault(name, set()).update(ids)
        fresh = {name: new for name, ids in found.items() if (new := ids - gone[name])}
    return {name: frozenset(ids) for name, ids in gone.items() if ids}


def texts(connection: Any, keep: Collection[str] = ()) -> Iterator[tuple[str, str, str]]:
    """Every row that has texts: its table, its id and its texts together; columns that are foreign keys are none."""
    for table in _tables(connection):
        columns = [] if table in keep else _text_columns(connection, table)
        if columns:
            rows = connection.execute(f'SELECT id, {_joined(columns)} FROM "{table}"')
            yield from ((table, row_id, words) for row_id, words in rows)


def take_out(connection: Any, gone: Gone) -> None:
    """Delete these rows; what only points to them is emptied by its foreign key. The caller holds the transaction."""
    for table, ids in gone.items():
        for some in _chunks(ids):
            connection.execute(f'DELETE FROM "{table}" WHERE id IN ({_marks(some)})', some)


@contextlib.contextmanager
def words_left(connection: Any) -> Iterator[None]:
    """Within it, what is deleted leaves its words in the search indexes until ``scrub``, which has to follow.

    Each word of each row would be sought and overwritten in every segment of an index otherwise: half a minute for a
    client of a large practice. The caller holds the transaction.
    """
    indexes = _search_indexes(connection)
    for index in indexes:
        _take_words_out_at_once(connection, index, False)
    yield
    connection.execute("SAVEPOINT words_left")  # the indexes write what they only remember so far, as they are told now
    connection.execute("RELEASE words_left")
    for index in indexes:
        _take_words_out_at_once(connection, index, True)


def scrub(connection: Any) -> None:
    """Write the whole file anew, and empty its log: what was deleted is then in neither. Raises the driver's errors.

    ``secure_delete`` overwrites what is deleted, but not the gaps that stay when a page is rearranged; search indexes
    keep deleted words in older segments until they are merged. Raises Refused while another program reads the file.
    """
    for index in _search_indexes(connection):
        connection.execute(f'INSERT INTO "{index}"("{index}") VALUES (\'optimize\')')
    numbers = _row_numbers(connection)
    connection.execute("VACUUM")
    if _row_numbers(connection) != numbers:  # it may (sqlite.org/lang_vacuum.html), and the indexes go by them
        search.rebuild(connection)
    busy, _log, _done = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise faults.still_open()


def rewrite(path: Path, key: bytes, change: Callable[[Any], object]) -> None:
    """Put a changed, scrubbed and checked copy in the place of a closed file, in one rename; its date stays.

    Raises RecordsDamaged where the file or the copy is not whole, the driver's errors, OSError; the file is then as it
    was. A kill leaves the file or the copy in its place, and perhaps an unfinished copy beside it (``clear_away``).
    """
    beside = path.with_name(path.name + ENDING)
    cipher.discard(beside)
    written = path.stat()
    try:
        fold_log(path, key)
        _copy(path, beside, key)
        _change(beside, key, change)
        os.utime(beside, ns=(written.st_atime_ns, written.st_mtime_ns))
        disk.put(beside, path)
    except BaseException:
        cipher.discard(beside)
        raise


def clear_away(folder: Path, is_ours: Callable[[Path], bool]) -> None:
    """Remove unfinished copies that a kill left in a folder: files called so, which are ours or were to replace ours.

    Nothing else that is called so is touched. What cannot be removed stays.
    """
    for path in folder.glob(f"*{ENDING}*"):
        called = _UNFINISHED.fullmatch(path.name)
        with contextlib.suppress(OSError):
            if called and path.is_file() and (is_ours(path) or is_ours(path.with_name(called["finished"]))):
                path.unlink()


def fold_log(path: Path, key: bytes) -> None:
    """Have SQLite fold a log beside a closed file into it, and have no log from then on."""
    if not path.with_name(path.name + "-wal").exists():
        return
    connection = cipher.connect(path, key)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()


def _copy(path: Path, beside: Path, key: bytes) -> None:
    connection = cipher.connect(path, key, "ro")
    try:
        cipher.copy(connection, beside, key)
    finally:
        connection.close()


def _change(path: Path, key: bytes, change: Callable[[Any], object]) -> None:
    connection = cipher.connect(path, key)
    try:
        connection.execute("PRAGMA journal_mode = MEMORY")  # the copy is thrown away when this is broken off
        connection.execute("BEGIN IMMEDIATE")
        change(connection)
        connection.execute("COMMIT")
        scrub(connection)
        if cipher.check(connection):
            raise RecordsDamaged(_("{path} is damaged; it was left as it is.").format(path=path))
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()


def _tables(connection: Any) -> list[str]:
    """The tables whose rows have an id; SQLite's own and the inner ones of search indexes are no such tables."""
    rows = connection.execute(
        "SELECT t.name FROM pragma_table_list AS t, pragma_table_info(t.name) AS c"
        " WHERE t.schema = 'main' AND t.type = 'table' AND c.name = 'id' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return sorted(name for (name,) in rows)


def _search_indexes(connection: Any) -> list[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%USING fts5(%'")
    return sorted(name for (name,) in rows)


def _take_words_out_at_once(connection: Any, index: str, at_once: bool) -> None:
    # https://www.sqlite.org/fts5.html#the_secure_delete_configuration_option
    connection.execute(f'INSERT INTO "{index}"("{index}", rank) VALUES (\'secure-delete\', ?)', (int(at_once),))


def _row_numbers(connection: Any) -> list[tuple[int, float]]:
    """What changes if rows are numbered anew: how many there are in each table, and the sum of their numbers."""
    return [
        connection.execute(f'SELECT count(*), total(rowid) FROM "{table}"').fetchone() for table in _tables(connection)
    ]


def _children(connection: Any, tables: Collection[str], parents: Mapping[str, set[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table in tables:
        for column, parent, on_delete in _foreign_keys(connection, table):
            if on_delete not in ("SET NULL", "SET DEFAULT"):
                found.setdefault(table, set()).update(_ids(connection, table, column, parents.get(parent, ())))
    return found


def _foreign_keys(connection: Any, table: str) -> list[tuple[str, str, str]]:
    rows = connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
    return [(row[3], row[2], row[6]) for row in rows]


def _naming(connection: Any, tables: Collection[str], ids: set[str], root: str) -> Iterator[tuple[str, set[str]]]:
    """Rows that name an id without a foreign key: in a column called ``…_id``, or anywhere in a table of nobody's."""
    for table in tables:
        keyed = {column for column, _parent, _on_delete in _foreign_keys(connection, table)}
        columns = _text_columns(connection, table)
        for column in columns:
            if column.endswith("_id"):
                yield table, _ids(connection, table, column, ids)
        if not keyed and table != root:
            yield table, _mentioning(connection, table, columns, ids)


def _text_columns(connection: Any, table: str) -> list[str]:
    keyed = {column for column, _parent, _on_delete in _foreign_keys(connection, table)}
    rows = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    return [row[1] for row in rows if row[1] not in {*keyed, "id"} and row[2].upper().startswith(("VARCHAR", "TEXT"))]


def _joined(columns: Collection[str]) -> str:
    return " || char(10) || ".join(f"coalesce(\"{name}\", '')" for name in columns)


def _mentioning(connection: Any, table: str, columns: list[str], ids: set[str]) -> set[str]:
    if not columns:
        return set()
    rows = connection.execute(f'SELECT id, {_joined(columns)} FROM "{table}"')
    return {row_id for row_id, words in rows if not ids.isdisjoint(_ID.findall(words))}


def _ids(connection: Any, table: str, column: str, values: Collection[str]) -> set[str]:
    found: set[str] = set()
    for some in _chunks(values):
        rows = connection.execute(f'SELECT id FROM "{table}" WHERE "{column}" IN ({_marks(some)})', some)
        found.update(row_id for (row_id,) in rows)
    return found


def _chunks(values: Collection[str]) -> Iterator[list[str]]:
    listed = sorted(values)
    for at in range(0, len(listed), _CHUNK):
        yield listed[at : at + _CHUNK]


def _marks(values: Collection[str]) -> str:
    return ",".join("?" * len(values))
