"""One encrypted SQLite file: connecting to it, telling whether it is ours, copying it, checking it."""

import hashlib
import hmac
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from sqlcipher3 import dbapi2

from coachdesk.storage import disk, faults

BUSY_SECONDS = 2.0
"""How long to wait for another program that is writing, before saying so."""

AT_ONCE = 500
"""Pages copied between two looks at whether it is still wanted."""

Progress = Callable[[float], None]
"""Told the share that is done, 0 to 1."""
Mode = Literal["rw", "ro"]
Kind = Literal["ours", "another_key", "plain_sqlite", "text", "empty"]

LOGS = ("-wal", "-shm", "-journal")
"""What SQLite puts beside a file, by the endings of its name."""
_PLAIN = b"SQLite format 3\0"
_SALT = 16


def salt(key: bytes) -> bytes:
    """The first 16 bytes of every file written with this key.

    SQLCipher begins a file with a random salt; ours is derived from the key instead, so that a look at a file which
    cannot be read tells damage (the salt is ours) from a file of another key. With a raw key the salt hides
    nothing: pages have random initialisation vectors of their own.
    """
    return hmac.digest(key, b"coachdesk database salt", hashlib.sha256)[:_SALT]


def connect(path: Path, key: bytes, mode: Mode = "rw", *, foreign_keys: bool = True) -> Any:
    """A connection of our driver to an existing file; transactions begin only where BEGIN is said.

    Raises the driver's own errors; ``faults.explain`` has the sentences. A wrong key shows at the first read.
    """
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_SECONDS,
    )
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt(key).hex()}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        connection.close()
        raise
    return connection


def kind(path: Path, key: bytes) -> Kind:
    """What a file looks like from its first bytes, without changing or unlocking it."""
    with path.open("rb") as file:
        start = file.read(4096)
    if not start:
        return "empty"
    if start[:_SALT] == salt(key):
        return "ours"
    if start[:_SALT] == _PLAIN:
        return "plain_sqlite"
    return "text" if _is_text(start) else "another_key"


def _is_text(start: bytes) -> bool:
    try:
        words = start.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(start) - 4:  # not a letter cut in two by the end of what was read
            return False
        words = start[: error.start].decode("utf-8-sig")
    return all(letter.isprintable() or letter in "\r\n\t\f" for letter in words)


def readable(path: Path, key: bytes) -> bool:
    """Whether the file opens with the key. Raises the driver's other errors.

    It is asked through a reading connection: when a writing one is closed on a file it could not read, SQLite removes
    the write-ahead log beside it, which may be the better half of what is left.
    """
    try:
        connection = connect(path, key, "ro")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            connection.close()
    except dbapi2.DatabaseError as error:
        if faults.result_code(error) not in (faults.NOTADB, faults.CORRUPT):
            raise
        return False
    return True


def copy(connection: Any, target: Path, key: bytes, progress: Progress | None = None) -> None:
    """A consistent encrypted copy of a live database as one closed file; nothing is left when it fails.

    Copied under another name beside the target, checked, then renamed. ``progress`` may raise to stop it.
    Raises RecordsDamaged, the driver's errors, OSError.
    """
    beside = target.with_name(target.name + ".new")
    discard(beside)
    try:
        disk.empty_file(beside)
        copied = connect(beside, key)
        try:
            if progress is None:
                connection.backup(copied)
            else:
                connection.backup(copied, pages=AT_ONCE, progress=_telling(progress))
            copied.execute("PRAGMA journal_mode = DELETE")  # else reading it needs a writable folder
            wrong = check(copied, quick=True)
        finally:
            copied.close()
        if wrong:
            raise faults.damaged()
        disk.put(beside, target)
    except BaseException:
        discard(beside)
        raise


def _telling(progress: Progress) -> Callable[[int, int, int], None]:
    return lambda _status, left, total: progress(1 - left / max(1, total))


def discard(path: Path) -> None:
    """Remove an unfinished database file with what SQLite may have put beside it."""
    for ending in ("", *LOGS):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def check(connection: Any, *, quick: bool = True) -> list[str]:
    """What SQLite finds wrong with a file, empty if nothing; the full check also proves every page's signature."""
    pragmas = ["quick_check"] if quick else ["cipher_integrity_check", "integrity_check"]
    found: list[str] = []
    try:
        for pragma in pragmas:
            found += [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}") if row[0] != "ok"]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    except dbapi2.DatabaseError as error:
        return [*found, str(error)]
    return found + [f"{table} row {row}: no such {parent}" for table, row, parent, _number in broken]


def counts(connection: Any) -> dict[str, int]:
    """Rows in every table, by name; SQLite's own and the search indexes are left out."""
    rows = connection.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    names = sorted(name for (name,) in rows if not name.startswith("sqlite_"))
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def versions() -> tuple[str, str]:
    """The versions of SQLCipher and of the SQLite inside it."""
    connection = dbapi2.connect(":memory:")
    try:
        return str(connection.execute("PRAGMA cipher_version").fetchone()[0]), str(dbapi2.sqlite_version)
    finally:
        connection.close()
