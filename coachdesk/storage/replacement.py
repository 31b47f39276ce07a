"""Other records in the place of the present ones, which are kept aside: restored, salvaged, or brought in."""

from pathlib import Path

from sqlcipher3 import dbapi2

from coachdesk.storage import cipher, disk, faults, migrate


def unfinished(records: Path) -> Path:
    """Where the other records are made ready, beside the present ones; what a kill left there is removed first."""
    new = records.with_name(f"{records.name}.restoring")
    cipher.discard(new)
    return new


def put(new: Path, records: Path, key: bytes, ending: str) -> Path | None:
    """Put a finished file in the place of the closed records, which stay beside it under this ending.

    Returns where they stay, None if there were none. A kill leaves the present records or the new ones in place; the
    last step is one rename. Raises Refused if the present ones are open elsewhere, the driver's errors, OSError.
    """
    aside = _keep_aside(records, ending)
    try:
        _fold_log(records, key)
    except BaseException:
        cipher.discard(aside)
        raise
    log = aside.with_name(aside.name + "-wal")
    if log.exists() and not log.stat().st_size:  # it was folded through its other name
        log.unlink()
    for name in ("-wal", "-shm", "-journal"):  # a log that stays would be replayed into the other records
        records.with_name(records.name + name).unlink(missing_ok=True)
    disk.put(new, records)
    return aside if aside.exists() else None


def carry(table: str, present: Path, new: Path, key: bytes, versions: tuple[Path, ...] = migrate.SHIPPED) -> None:
    """Take what stands in a table of the present records along into the new ones, beside what stands there already.

    Both files are closed. Present records that cannot be read have nothing. Raises the driver's errors, Refused.
    """
    names, rows = _content(table, present, key)
    if not rows:
        return
    if not _content(table, new, key)[0]:
        migrate.climb(new, key, versions, backups=None)
    listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    connection = cipher.connect(new, key)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f'INSERT OR IGNORE INTO "{table}" ({listed}) VALUES ({marks})', rows)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _content(table: str, path: Path, key: bytes) -> tuple[list[str], list[tuple[object, ...]]]:
    """The columns and rows of a table; none where it is not there or cannot be read."""
    if not path.exists() or not path.stat().st_size or not cipher.readable(path, key):
        return [], []
    connection = cipher.connect(path, key, "ro")
    try:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is None:
            return [], []
        cursor = connection.execute(f'SELECT * FROM "{table}"')
        return [column[0] for column in cursor.description], cursor.fetchall()
    except dbapi2.DatabaseError as error:
        if faults.result_code(error) not in (faults.NOTADB, faults.CORRUPT):
            raise
        return [], []
    finally:
        connection.close()


def _keep_aside(records: Path, ending: str) -> Path:
    """Give the present files second names: the log too, which SQLite removes when it cannot read what it belongs to."""
    aside = disk.free_name(records.with_name(records.name + ending))
    for name in ("", "-wal"):
        present = records.with_name(records.name + name)
        if present.exists():
            disk.twin(present, aside.with_name(aside.name + name))
    return aside


def _fold_log(records: Path, key: bytes) -> None:
    """Have SQLite fold the log into the file; what cannot be read stays as it is. Raises Refused if others use it."""
    if not records.exists() or not records.stat().st_size or not cipher.readable(records, key):
        return
    try:
        connection = cipher.connect(records, key)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()
    except dbapi2.DatabaseError as error:
        if faults.result_code(error) not in (faults.NOTADB, faults.CORRUPT):
            raise
        return
    if records.with_name(records.name + "-wal").exists():  # the last one to close removes it
        raise faults.still_open()
