"""Finishes forgetting: no byte of what was forgotten in the records' file, its log, nor in any copy kept beside them.

The rows go in one transaction (``practice/forget.py``), which leaves a row in ``erasure``. As long as that says nothing
of being done, this goes on at the next start. Of the practice's tables it knows the three it is about, by their names.
"""

import errno
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from coachdesk.clock import Now
from coachdesk.errors import RecordsDamaged
from coachdesk.paths import Home
from coachdesk.storage import cipher, disk, faults, migrate, removal, turns

CLIENT, ERASURE, HOURS = "client", "erasure", "hours_noted"
"""Whose rows go; where it stands that they went; where hours stay without a name."""

_MOMENT = "%Y-%m-%d %H:%M:%S.%f"
"""How SQLAlchemy writes a moment (UTC) into SQLite."""

_UNFINISHED = (".new", ".restoring")
_STAMPED = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ")
"""A moment in the name of a file, as ``disk.stamp`` writes it."""

_OF_ONE_FILE = {
    faults.PERM, faults.BUSY, faults.LOCKED, faults.READONLY, faults.CORRUPT, faults.CANTOPEN, faults.NOTADB,
}  # fmt: skip
"""What SQLite says of a file that need not stop what is done about the others."""
_OF_NO_FILE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
"""What the system says of a whole disk or of this process."""

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Kept:
    """A file beside the records that may hold a client."""

    path: Path
    holds: bool | None
    """None where nobody can tell, as it cannot be read, or nothing can be written where it lies."""


@dataclass(frozen=True)
class Report:
    """What was done about the copies, and which may still hold the client as they cannot be read or not be replaced."""

    rewritten: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()


def look(home: Home, key: bytes, clients: Collection[str]) -> list[Kept]:
    """Every database beside the records, of whatever name, and whether it holds one of these clients."""
    return [Kept(path, _holds(path, key, clients)) for path in copies(home, key)]


def unfinished(home: Home, key: bytes) -> list[str]:
    """The ids of clients who were forgotten and may still stand in files. Raises Refused."""
    with faults.explained():
        connection = cipher.connect(home.records, key)
        try:
            return _unfinished(connection)
        finally:
            connection.close()


def finish(
    home: Home,
    key: bytes,
    now: Now,
    *,
    remove: Collection[Path] = (),
    leave: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Erase everybody who was forgotten, and note it as done.

    The records may be open. Files that hold somebody are rewritten without them; of those that cannot be read or not
    be replaced the chosen ones are removed where that can be done, and the others are told: unless they are to be left,
    the erasure then stays unfinished. None of them stops what is done about the others, but a full disk does.
    ``progress`` is told how much is done, and may raise to break off: what is done stays done. Takes a second or two
    for each copy of a large practice. Raises Refused.
    """
    tell = progress or _nobody
    with turns.copies(), faults.explained():
        _clear_unfinished(home, key)
        connection = cipher.connect(home.records, key)
        try:
            clients = _unfinished(connection)
            if not clients:
                return Report()
            for folder in _folders(home):
                _clear_away(home, folder, key)
            with turns.long_work():
                removal.scrub(connection)
            report = _finish_copies(home, key, connection, clients, now, set(remove), tell)
            if leave or not report.left:
                _note_done(connection, clients, now)
        finally:
            connection.close()
    return report


def carry(present: Path, target: Path, key: bytes, versions: tuple[Path, ...] = migrate.SHIPPED) -> None:
    """Forget in a closed file that is to take the place of the present records whoever was forgotten in these.

    What is not finished here stays unfinished there. Present records that cannot be read tell of nobody. Raises the
    driver's errors, Refused.
    """
    known = _known(present, key)
    if not known[ERASURE]:
        return
    connection = cipher.connect(target, key, "ro")
    try:
        behind = migrate.behind(connection, versions)
    finally:
        connection.close()
    if behind:
        migrate.climb(target, key, versions, backups=None)
    clients = [row["client_id"] for row in known[ERASURE]]
    removal.rewrite(target, key, lambda connection: _forget(connection, clients, known))


Rows = dict[str, list[dict[str, Any]]]


def _known(path: Path, key: bytes) -> Rows:
    """The erasures, and the hours that stayed of them."""
    none: Rows = {ERASURE: [], HOURS: []}
    if not path.exists() or not path.stat().st_size or not cipher.readable(path, key):
        return none
    connection = cipher.connect(path, key, "ro")
    try:
        return _erased(connection)
    except dbapi2.DatabaseError as error:
        if faults.result_code(error) not in (faults.NOTADB, faults.CORRUPT):
            raise
        return none
    finally:
        connection.close()


def _erased(connection: Any) -> Rows:
    """What every copy is to know of those who were forgotten; a file of an older form knows of nobody."""
    if not _has(connection, ERASURE):
        return {ERASURE: [], HOURS: []}
    return {ERASURE: _rows(connection, ERASURE), HOURS: _rows(connection, HOURS, " WHERE source = 'forgotten'")}


def _rows(connection: Any, table: str, where: str = "") -> list[dict[str, Any]]:
    cursor = connection.execute(f'SELECT * FROM "{table}"{where}')
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _unfinished(connection: Any) -> list[str]:
    if not _has(connection, ERASURE):
        return []
    return [row["client_id"] for row in _rows(connection, ERASURE, " WHERE done_at IS NULL")]


def _has(connection: Any, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return found.fetchone() is not None


def _finish_copies(
    home: Home, key: bytes, live: Any, clients: Sequence[str], now: Now, remove: set[Path], tell: Progress
) -> Report:
    rewritten: list[Path] = []
    removed: list[Path] = []
    left: list[Path] = []
    known = _erased(live)
    copies = [kept for kept in look(home, key, clients) if kept.holds is not False]
    for number, kept in enumerate(copies):
        tell((number + 1) / (len(copies) + 1))
        if kept.holds and _rewritten(kept.path, key, clients, known, now):
            rewritten.append(kept.path)
        elif kept.path in remove and _removed(kept.path):
            removed.append(kept.path)
        elif not _is_gone(kept.path):
            left.append(kept.path)
    for folder in _folders(home):
        disk.settle(folder)
    return Report(tuple(rewritten), tuple(removed), tuple(left))


def _rewritten(path: Path, key: bytes, clients: Sequence[str], known: Rows, now: Now) -> bool:
    """Whether a copy now is without the clients; what is damaged or cannot be replaced stays as it is."""
    try:
        removal.rewrite(path, key, lambda connection: _forget(connection, clients, known, done=now))
    except (OSError, RecordsDamaged, dbapi2.DatabaseError) as error:
        if not _is_of_one_file(error):
            raise
        return False
    return True


def _removed(path: Path) -> bool:
    try:
        cipher.discard(path)
    except OSError:
        return _is_gone(path)
    return True


def _is_gone(path: Path) -> bool:
    """Whether it is known that there is no such file; ``exists`` says so too where only nobody may look."""
    try:
        path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _is_of_one_file(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno not in _OF_NO_FILE
    return isinstance(error, RecordsDamaged) or faults.result_code(error) in _OF_ONE_FILE


def _forget(connection: Any, clients: Sequence[str], known: Rows, done: Now | None = None) -> None:
    """Take the clients out of another file and tell it so, with the hours that stay; older forms cannot be told."""
    for client in clients:
        removal.take_out(connection, removal.belonging(connection, CLIENT, client, keep=(ERASURE,)))
    for table, rows in known.items():
        if _has(connection, table):
            columns = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")').fetchall()}
            for row in rows:
                _insert(connection, table, {name: value for name, value in row.items() if name in columns})
    if done is not None and _has(connection, ERASURE):
        _note_done(connection, clients, done)


def _insert(connection: Any, table: str, row: dict[str, Any]) -> None:
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    connection.execute(f'INSERT OR REPLACE INTO "{table}" ({names}) VALUES ({marks})', list(row.values()))


def _note_done(connection: Any, clients: Sequence[str], now: Now) -> None:
    at = now.at.strftime(_MOMENT)
    for client in clients:
        connection.execute(f"UPDATE {ERASURE} SET done_at = ? WHERE client_id = ? AND done_at IS NULL", (at, client))


def copies(home: Home, key: bytes) -> Iterator[Path]:
    """Every database in the folders of records and backups but the records; told by its beginning or its name.

    In a folder that a person made inside the backups it is told by its beginning alone: there may be other things.
    What cannot be looked into is taken for one where CoachDesk calls its own so: of anything else it cannot be told
    from a person's own things, which are nobody's to remove.
    """
    return _copies_in(home, _folders(home), key)


def beside(home: Home, key: bytes) -> Iterator[Path]:
    """Those of them that lie in the folder of the records itself."""
    return _copies_in(home, [home.root], key)


def has_our_name(home: Home, path: Path) -> bool:
    """Whether CoachDesk calls its databases so: as the records are called, or with the moment of their making."""
    return path.name.startswith(home.records.name) or (".db" in path.name and _STAMPED.search(path.name) is not None)


def _copies_in(home: Home, folders: Iterable[Path], key: bytes) -> Iterator[Path]:
    found = [path for folder in folders for path in folder.glob("*")]
    return (path for path in sorted(found) if _is_copy(home, path, key))


def _is_copy(home: Home, path: Path, key: bytes) -> bool:
    try:
        if not path.is_file() or _is_log(path) or path == home.records:
            return False
        return _is_named_so(home, path) or _is_ours(path, key)
    except OSError as error:
        if not _is_of_one_file(error):
            raise
        return has_our_name(home, path)


def _is_named_so(home: Home, path: Path) -> bool:
    """Whether the name tells a copy of the records, which holds for the two folders that are the program's own."""
    aside = path.parent in (home.root, home.backups) and path.name.startswith(f"{home.records.name}.")
    return aside or (path.parent == home.backups and path.suffix == ".db")


def _folders(home: Home) -> list[Path]:
    """Where copies may lie: links to folders are not followed, but for that of the backups as a whole."""
    return [home.root, *disk.folders(home.backups)]


def _is_log(path: Path) -> bool:
    """Whether it is the log of a database beside it, which goes with that."""
    bases = [path.name.removesuffix(log) for log in cipher.LOGS if path.name.endswith(log)]
    return any(base and path.with_name(base).exists() for base in bases)


def _is_ours(path: Path, key: bytes) -> bool:
    salt = cipher.salt(key)
    with path.open("rb") as file:
        return file.read(len(salt)) == salt


def _holds(path: Path, key: bytes, clients: Collection[str]) -> bool | None:
    """Whether a copy holds one of them, or was taken while their erasure was not done; see ``Kept.holds``."""
    try:
        if not path.stat().st_size:
            return False
        if not cipher.readable(path, key):
            return None
        connection = cipher.connect(path, key, "ro")
        try:
            pending = set(_unfinished(connection))
            holds = any(client in pending or _has_client(connection, client) for client in clients)
        finally:
            connection.close()
    except FileNotFoundError:
        return False
    except (OSError, dbapi2.DatabaseError) as error:
        if not _is_of_one_file(error) and faults.result_code(error) != faults.IOERR:
            raise
        return None
    return holds and (disk.may_write(path.parent) or None)


def _has_client(connection: Any, client: str) -> bool:
    if not _has(connection, CLIENT):
        return False
    return connection.execute(f"SELECT 1 FROM {CLIENT} WHERE id = ?", (client,)).fetchone() is not None


def _clear_unfinished(home: Home, key: bytes) -> None:
    """Remove what a kill broke off: copies not yet renamed, and a second name of the very records from a restore.

    A second name must not be opened: SQLite would keep a second log for one file. In folders that a person made inside
    the backups only an erasure leaves something, and that stays unfinished then.
    """
    for folder in (home.root, home.backups):
        _clear_away(home, folder, key)
    for path in home.root.glob(f"{home.records.name}.*"):
        if path.is_file() and path.samefile(home.records):
            cipher.discard(path)
    for path in [*home.root.glob(f"{home.records.name}*"), *home.backups.glob("*.db*")]:
        name = path.name.removesuffix("-wal").removesuffix("-shm").removesuffix("-journal")
        if name.endswith(_UNFINISHED) and path.is_file():
            path.unlink(missing_ok=True)


def _clear_away(home: Home, folder: Path, key: bytes) -> None:
    removal.clear_away(folder, lambda path: has_our_name(home, path) or _is_copy(home, path, key))


def _nobody(_share: float) -> None:
    """Nobody asked how far it is."""
