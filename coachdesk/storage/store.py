"""The open records: an engine over one encrypted file, and sessions on it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import DateTime, TypeDecorator
from sqlcipher3 import dbapi2
from sqlmodel import Session
from sqlmodel.main import default_registry

from coachdesk.errors import RecordsDamaged, RecordsMissing, Refused
from coachdesk.storage import cipher, disk, faults, migrate, turns
from coachdesk.storage.faults import explain
from coachdesk.words import N_, _

__all__ = ["Found", "Store", "UtcDateTime", "begin_again", "check", "create", "driver", "explain", "found", "open"]

Found = Literal["nothing", "unfinished", "lost", "keyless", "ready"]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in, UTC on disk, aware UTC out. A naive datetime is a bug and raises ValueError."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """What is stored for a moment."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a datetime without a time zone cannot be stored: {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment that was stored."""
        return None if value is None else value.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Store:
    """The open records. Safe to use from several threads: each session has its own connection."""

    path: Path
    engine: Engine
    key: bytes = field(repr=False)

    def session(self) -> Session:
        """A new session for reading; what it loaded stays readable after the end of the transaction."""
        return Session(self.engine, expire_on_commit=False)

    def writing(self) -> Session:
        """A new session that has its turn to write from its beginning, so that nobody writes after what it read.

        Its first statement waits for others that are writing. Raises the driver's error, or Refused, if they go on.
        """
        return Session(self._writer, expire_on_commit=False)

    @cached_property
    def _writer(self) -> Engine:
        """The same engine, but each transaction begins with its turn to write; made once, because making it is slow."""
        return self.engine.execution_options(writes=True)

    def connection(self) -> Any:
        """A connection of the driver outside the pool, for backups and checks; close it."""
        return _writable(self.path, self.key)

    def close(self) -> None:
        """Close the file; SQLite then folds the write-ahead log into it."""
        self.engine.dispose()
        _forget_statements()


def driver(db: Session) -> Any:
    """The driver's connection under a session, in its transaction; what is written past the session it does not see."""
    return db.connection().connection.driver_connection


def found(path: Path, header: Path) -> Found:
    """What stands in a folder, told from the file names alone.

    ``nothing``: a first run. ``unfinished``: a first run that was broken off after the key header was written; unlock
    with it and go on with ``create``, or ``begin_again``. ``lost``: the database is gone but there are backups or files
    put aside: restore. ``keyless``: the key header is gone: ``keys.repair``. ``ready``: both are there.
    """
    if path.exists():
        return "ready" if header.exists() else "keyless"
    remains = ("backups/*.db", f"{path.name}.before-restore-*", f"{path.name}.damaged-*")
    if any(any(path.parent.glob(pattern)) for pattern in remains):
        return "lost"
    return "unfinished" if header.exists() else "nothing"


def begin_again(path: Path, header: Path) -> None:
    """Put the header of an unfinished first run aside, so that the first run can start from its beginning."""
    if found(path, header) != "unfinished":
        raise Refused(_("The first run is finished here already, so it cannot be begun again."))
    disk.put(header, disk.free_name(header.with_name("unfinished-keys.json")))


def create(path: Path, key: bytes, versions: tuple[Path, ...] = migrate.SHIPPED) -> Store:
    """Make a new encrypted database of the newest form and open it; raises Refused if a file is there.

    It is made under another name and renamed when complete, so that a kill leaves none or a whole one.
    """
    if path.exists():
        raise Refused(_("There are records in this folder already: {path}.").format(path=path))
    beside = path.with_name(path.name + ".new")
    with faults.explained():
        try:
            disk.private_folder(path.parent)
            cipher.discard(beside)
            disk.empty_file(beside)
            migrate.climb(beside, key, versions, backups=None)
            _put_stray_log_aside(path)
            disk.put(beside, path)
        except BaseException:
            cipher.discard(beside)
            raise
    return open(path, key, versions)


def open(path: Path, key: bytes, versions: tuple[Path, ...] = migrate.SHIPPED) -> Store:  # noqa: A001
    """Open existing records and bring them to the newest form, a copy kept first in ``backups`` beside them.

    Raises RecordsMissing, RecordsDamaged, RecordsReadOnly, RecordsNewer or, when another program holds the file,
    Refused, each with its own sentence; nothing on disk is changed then.
    """
    with faults.explained():
        _refuse_missing(path)
        unclean = _ended_uncleanly(path)
        if path.stat().st_size == 0 or not cipher.readable(path, key):  # SQLite takes an empty file for a new database
            raise _unreadable(path, key)
        if unclean:
            _refuse_damage(path, key)
        if _is_behind(path, key, versions):
            migrate.climb(path, key, versions, backups=path.parent / "backups")
    engine = create_engine(  # the connection used last is used next: it knows the pages, and keeps up to 8 MB of them
        "sqlite://", module=dbapi2, creator=_opener(path, key), poolclass=QueuePool, pool_use_lifo=True
    )
    event.listen(engine, "begin", _begin)
    return Store(path, engine, key)


def check(store: Store, *, quick: bool = True) -> list[str]:
    """What is wrong with the open records, empty if nothing; may take a second, so ask on a worker thread.

    Raises Refused where they cannot be reached any more.
    """
    with faults.explained():
        connection = store.connection()
        try:
            return cipher.check(connection, quick=quick)
        finally:
            connection.close()


def _forget_statements() -> None:
    """Let go of the statements that were compiled for records now closed; those still open compile theirs again.

    SQLAlchemy keeps them with the tables' mappers (``orm.persistence``), a hundred for each, and with every one all
    that its engine knew of the driver: 0.2 MB for each time the records were unlocked.
    """
    for mapper in default_registry.mappers:
        mapper.__dict__.pop("_compiled_cache", None)


def _opener(path: Path, key: bytes) -> Callable[[], Any]:
    return lambda: _writable(path, key)


def _writable(path: Path, key: bytes) -> Any:
    connection = cipher.connect(path, key)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    # The driver is in autocommit mode (it would commit before DDL and begin late otherwise), so BEGIN is said here.
    # Who has read and then writes is refused at once if somebody wrote meanwhile (sqlite.org/lang_transaction.html).
    writes = connection.get_execution_options().get("writes", False)
    if writes:
        turns.wait()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _put_stray_log_aside(path: Path) -> None:
    # SQLite would replay the log of a database that is gone into the new one of the same name.
    log = path.with_name(path.name + "-wal")
    if log.exists():
        disk.put(log, disk.free_name(path.with_name(path.name + ".damaged-log")))


def _ended_uncleanly(path: Path) -> bool:
    """Whether there is a log with something in it: the last one to close the records folds it in and removes it."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _refuse_damage(path: Path, key: bytes) -> None:
    connection = cipher.connect(path, key, "ro")  # a writing one would fold the log into the damaged file when closed
    try:
        if cipher.check(connection):
            raise _damaged_in_places(path)
    finally:
        connection.close()


def _is_behind(path: Path, key: bytes, versions: tuple[Path, ...]) -> bool:
    connection = cipher.connect(path, key)
    try:
        is_behind = migrate.behind(connection, versions)
        _prove_writable(connection)
    finally:
        connection.close()
    return is_behind


def _prove_writable(connection: Any) -> None:
    # mode=rw silently falls back to reading where writing is not allowed; better said now than after an hour's session.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE probe (id INTEGER)")  # BEGIN IMMEDIATE alone passes on a read-only file
    connection.execute("ROLLBACK")


def folder_missing(folder: Path) -> RecordsMissing:
    """The refusal where the folder itself is not there."""
    return RecordsMissing(
        _(
            "The folder of the records is not there: {folder}. If it is on another disk, connect it and try again."
        ).format(folder=folder)
    )


def _refuse_missing(path: Path) -> None:
    if not path.parent.is_dir():
        raise folder_missing(path.parent)
    if not path.exists():
        raise RecordsMissing(_("There are no records in this folder: {folder}.").format(folder=path.parent))


_UNREADABLE = {
    "ours": N_(
        "Your key is right, but the records in {path} are damaged and cannot be read. Nothing was changed. "
        "Restore the latest backup; the damaged file is kept aside."
    ),
    "another_key": N_(
        "The file {path} was not written with this key. Nothing was changed. It belongs to another CoachDesk, "
        "or its beginning is damaged; restore the latest backup, the present file is kept aside."
    ),
    "plain_sqlite": N_("The file {path} is not CoachDesk's: it is an unencrypted database. Nothing was changed."),
    "text": N_("The file {path} is not CoachDesk's: it is a text. Nothing was changed."),
    "empty": N_(
        "The records in {path} are empty: the file has no content. Nothing was changed. Restore the latest backup."
    ),
}


def _damaged_in_places(path: Path) -> RecordsDamaged:
    return RecordsDamaged(
        _(
            "CoachDesk did not end as usual last time, and a check found the records in {path} damaged in places. "
            "Nothing was changed. See what can be read of them, or restore the latest backup."
        ).format(path=path)
    )


def _unreadable(path: Path, key: bytes) -> RecordsDamaged:
    return RecordsDamaged(_(_UNREADABLE[cipher.kind(path, key)]).format(path=path))
