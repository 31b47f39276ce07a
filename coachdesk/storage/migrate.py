"""Bringing the records to the form this program knows, with an encrypted copy kept first.

A revision is a file ``<number>_<what>.py`` in a versions folder. The number in its name is its Alembic revision, so
that the newest one is known without importing Alembic, which happens only when the file is behind.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from coachdesk.errors import RecordsDamaged, RecordsNewer
from coachdesk.storage import cipher, disk, turns
from coachdesk.words import _

SCRIPTS = Path(__file__).parent / "migrations"
SHIPPED = (SCRIPTS / "versions",)


def revisions(versions: tuple[Path, ...] = SHIPPED) -> tuple[str, ...]:
    """The revisions in these folders, oldest first."""
    files = (path.name for folder in versions for path in folder.glob("[0-9]*_*.py"))
    return tuple(sorted(name.split("_", 1)[0] for name in files))


def stored(connection: Any) -> str | None:
    """The revision of an open file (driver connection); None for a new one. Raises the driver's errors."""
    table = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'")
    if table.fetchone() is None:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def behind(connection: Any, versions: tuple[Path, ...] = SHIPPED) -> bool:
    """Whether an open file is older than this program; raises RecordsNewer for a revision it does not know."""
    revision, known = stored(connection), revisions(versions)
    if revision is None:
        return True
    if revision not in known:
        raise RecordsNewer(
            _(
                "These records were written by a newer CoachDesk (their form is {stored}, this program knows {known}). "
                "Nothing was changed. Install the newer version to open them."
            ).format(stored=revision, known=known[-1])
        )
    return revision != known[-1]


def climb(
    path: Path, key: bytes, versions: tuple[Path, ...] = SHIPPED, *, backups: Path | None, to: str = "head"
) -> None:
    """Bring a closed file to the newest revision, in one transaction: after a failure or a kill it is as before.

    An encrypted copy goes to ``backups`` first; None only for a file that is being created. ``to`` is an older revision
    for a file that is to be filled with what was written in that form. Raises RecordsDamaged
    when rows would be left pointing nowhere, the driver's errors, OSError, and whatever a revision raises.
    """
    if backups is not None:
        _keep_copy(path, key, backups)
    engine = create_engine("sqlite://", module=dbapi2, creator=_opener(path, key), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            _upgrade(connection, versions, to)
            _refuse_orphans(connection)
            connection.commit()
    finally:
        engine.dispose()


def _opener(path: Path, key: bytes) -> Callable[[], Any]:
    # foreign_keys ON would make Alembic's batch mode delete children by cascade when it replaces a table; the switch
    # has no effect inside a transaction, so it is set when connecting.
    return lambda: cipher.connect(path, key, foreign_keys=False)


def _keep_copy(path: Path, key: bytes, backups: Path) -> None:
    """Copy the file, named by its revision and by when it was last written."""
    with turns.copies():
        disk.private_folder(backups)
        written = max(disk.written_at(each) for each in (path, path.with_name(path.name + "-wal")) if each.exists())
        connection = cipher.connect(path, key)
        try:
            name = f"before-migration-{stored(connection) or 'new'}-{disk.stamp(written)}.db"
            cipher.copy(connection, disk.free_name(backups / name), key)
        finally:
            connection.close()


def _upgrade(connection: Connection, versions: tuple[Path, ...], to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()  # without a file, so that no logging is set up; % would be read as interpolation
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(folder).replace("%", "%%") for folder in versions))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _refuse_orphans(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RecordsDamaged(
            _(
                "The records could not be brought to the form of this version: {count} rows in “{table}” "
                "belong to nothing. They are as they were, and a copy is in the backups folder. "
                "Go on with the previous version of CoachDesk."
            ).format(count=len(broken), table=broken[0][0])
        )
