"""Encrypted copies of the records: taken daily, thinned out by age, verified, restored."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from coachdesk.clock import Now
from coachdesk.errors import RecordsDamaged, RecordsMissing, Refused
from coachdesk.paths import Home
from coachdesk.storage import cipher, disk, erase, faults, keys, migrate, replacement, turns
from coachdesk.storage.store import Store, folder_missing
from coachdesk.words import _

DAYS, WEEKS, MONTHS = 7, 4, 12
"""Of how many days, weeks and months with a backup the last one is kept."""

TOLD = "duty_told"
"""The table of what was told already in a notification."""

_DAILY, _MIGRATION = "records-", "before-migration-"


@dataclass(frozen=True)
class Backup:
    """One encrypted copy of the records."""

    path: Path
    at: datetime
    """When it was taken, aware UTC; of one before a migration, when the records had last been written."""
    size: int
    """Bytes."""
    before_migration: bool = False
    """Taken before the form of the records changed; never thinned out."""


def back_up(store: Store, folder: Path, now: Now, *, progress: cipher.Progress | None = None) -> Path:
    """Take an encrypted, verified copy of the open records into a folder, the key header beside it.

    Raises Refused with nothing half left behind: RecordsReadOnly on a full disk, RecordsDamaged when the copy is not
    whole. Takes a second on a large practice: call it on a worker thread.
    """
    with turns.copies(), faults.explained():
        if not store.path.exists():  # no folder is made where a stick was that is gone: it would look like a first run
            raise folder_missing(store.path.parent)
        disk.private_folder(folder)
        header = Home(store.path.parent).keys
        if header.exists():
            keys.copy_beside(header, folder)
        target = disk.free_name(folder / f"{_DAILY}{disk.stamp(now.at)}.db")
        connection = store.connection()
        try:
            cipher.copy(connection, target, store.key, progress)
        finally:
            connection.close()
    return target


def daily(store: Store, folder: Path, now: Now) -> Path | None:
    """The backup of this local day, then thin out the older ones; None if today has one already. Raises Refused.

    Backups from a day to come stay as they are, and count for nothing.
    """
    with turns.copies():
        return _daily(store, folder, now)


def _daily(store: Store, folder: Path, now: Now) -> Path | None:
    today = now.at.astimezone().date()
    if any(backup.at.astimezone().date() == today for backup in backups(folder) if not backup.before_migration):
        return None
    _clear_broken_off(store.path, folder)
    path = back_up(store, folder, now)
    regular = [backup for backup in counting(folder, now) if not backup.before_migration]
    keep = kept([backup.at.astimezone() for backup in regular])
    for backup in regular:
        if backup.at not in keep and backup.path != path:
            backup.path.unlink()
    return path


def _clear_broken_off(records: Path, folder: Path) -> None:
    """Remove what a kill in the middle of a backup or a restore left: copies that were never finished."""
    unfinished = [path for path in folder.glob("*.db.new") if path.is_file()]
    restoring = records.with_name(f"{records.name}.restoring")
    salvaged = records.with_name(f"{records.name}.salvaged")
    for path in [*unfinished, restoring, restoring.with_name(restoring.name + ".new"), salvaged]:
        cipher.discard(path)


def kept(times: Collection[datetime]) -> frozenset[datetime]:
    """Which of these backups stay: the last one of 7 days, of 4 weeks and of 12 months that have any.

    Days, weeks (Monday to Sunday) and months are those of the datetimes' own time zone.
    """
    return frozenset(
        _last_of(times, DAYS, _day) | _last_of(times, WEEKS, _week) | _last_of(times, MONTHS, _month),
    )


def _last_of(times: Collection[datetime], count: int, period: Callable[[datetime], Hashable]) -> set[datetime]:
    last = {period(at): at for at in sorted(times)}
    return set(sorted(last.values())[-count:])


def _day(at: datetime) -> date:
    return at.date()


def _week(at: datetime) -> tuple[int, int]:
    return at.isocalendar()[:2]


def _month(at: datetime) -> tuple[int, int]:
    return at.year, at.month


def backups(folder: Path) -> list[Backup]:
    """All backups in a folder, newest first, those before migrations included; files of other names are left alone."""
    found = [backup for path in folder.glob("*.db") if (backup := _read_name(path)) is not None]
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def counting(folder: Path, now: Now) -> list[Backup]:
    """All backups in a folder but those from a local day to come, taken while the clock went wrong; newest first."""
    today = now.at.astimezone().date()
    return [backup for backup in backups(folder) if backup.at.astimezone().date() <= today]


def latest(folder: Path, now: Now) -> Backup | None:
    """The newest backup that counts; where none does, the one of the furthest day to come, which is better than none.

    None where there is no backup at all.
    """
    return next(iter(counting(folder, now) or backups(folder)), None)


def _read_name(path: Path) -> Backup | None:
    before_migration = path.name.startswith(_MIGRATION)
    if not before_migration and not path.name.startswith(_DAILY):
        return None
    name = path.stem.removeprefix(_MIGRATION).partition("-")[2] if before_migration else path.stem.removeprefix(_DAILY)
    length = len(disk.stamp(datetime(2000, 1, 1, tzinfo=UTC)))
    try:
        at = datetime.strptime(name[:length], disk.STAMP).replace(tzinfo=UTC)
        return Backup(path, at, path.stat().st_size, before_migration)
    except (ValueError, FileNotFoundError):
        return None


def verify(path: Path, key: bytes, versions: tuple[Path, ...] = migrate.SHIPPED) -> dict[str, int]:
    """Open a backup, check it wholly, and count the rows of every table. Nothing is written.

    Raises RecordsMissing, RecordsDamaged, RecordsNewer, RecordsReadOnly.
    """
    if not path.is_file():
        raise RecordsMissing(_("This backup is not there any more: {path}.").format(path=path))
    with faults.explained():
        try:
            connection = cipher.connect(path, key, "ro")
            try:
                migrate.behind(connection, versions)
                if path.stat().st_size and not cipher.check(connection, quick=False):
                    return cipher.counts(connection)
            finally:
                connection.close()
        except dbapi2.DatabaseError as error:
            if faults.result_code(error) not in (faults.NOTADB, faults.CORRUPT):
                raise
        raise _unusable(path)


def _unusable(path: Path) -> RecordsDamaged:
    return RecordsDamaged(
        _(
            "This backup cannot be used: {path} is damaged or was written with another key. "
            "Nothing was changed. Choose another one."
        ).format(path=path)
    )


def restore(
    home: Home,
    backup_path: Path,
    key: bytes,
    now: Now,
    versions: tuple[Path, ...] = migrate.SHIPPED,
    *,
    progress: cipher.Progress | None = None,
) -> dict[str, int]:
    """Put a backup in the place of the present records, which must be closed; returns its rows per table.

    The present files stay beside it as ``.before-restore-<UTC>``, or as ``.damaged-<UTC>`` if they cannot be read. A
    kill leaves the present records or the backup's in place; the last step is one rename. Where there is no key
    header, or one of another key, the backup's own is put in place first. ``progress`` may raise to stop it, for the
    last time at 1. Raises Refused, with the present records as they were. Whoever was forgotten in the present records
    is forgotten in the backup's too, and what was told in a notification is not told again.
    """
    counted = verify(backup_path, key, versions)
    with turns.copies(), faults.explained():
        disk.private_folder(home.root)
        new = replacement.unfinished(home.records)
        try:
            _copy_closed(backup_path, new, key, progress)
            erase.carry(home.records, new, key, versions)
            replacement.carry(TOLD, home.records, new, key, versions)
            word = "damaged" if _damaged(home, key) else "before-restore"
            if progress is not None:
                progress(1.0)  # the last moment to leave everything as it was
            _bring_header(home, backup_path, key, f".before-restore-{disk.stamp(now.at)}")
            replacement.put(new, home.records, key, f".{word}-{disk.stamp(now.at)}")
        except BaseException:
            cipher.discard(new)
            raise
    return counted


def begin_with(home: Home, backup_path: Path) -> None:
    """Bring a backup with its key header into a home that has neither: unlocking it then leads to restoring it.

    Raises Refused if there are records or keys already, or no key header lies beside the backup.
    """
    with turns.copies(), faults.explained():
        if home.records.exists() or home.keys.exists():
            raise Refused(_("There are records in this folder already: {path}.").format(path=home.root))
        header = backup_path.with_name(home.keys.name)
        if not header.exists():
            raise RecordsMissing(
                _("There is no key file for this backup beside it: {folder}. Nothing was changed.").format(
                    folder=backup_path.parent
                )
            )
        keys.ways(header)
        disk.private_folder(home.root)
        disk.private_folder(home.backups)
        name = backup_path.name if _read_name(backup_path) else f"{_DAILY}{disk.stamp(disk.written_at(backup_path))}.db"
        if backup_path.parent != home.backups:
            disk.twin(backup_path, disk.free_name(home.backups / name))
            keys.copy_beside(header, home.backups)
        disk.write(home.keys, header.read_bytes())


def _damaged(home: Home, key: bytes) -> bool:
    """Whether the present records are of this key and cannot be read."""
    if not home.records.exists() or not home.keys.exists() or not _fits(home.keys, key):
        return False
    return home.records.stat().st_size == 0 or not cipher.readable(home.records, key)


def _copy_closed(source: Path, target: Path, key: bytes, progress: cipher.Progress | None) -> None:
    connection = cipher.connect(source, key, "ro")
    try:
        cipher.copy(connection, target, key, progress and (lambda share: progress(0.9 * share)))  # more is to be done
    finally:
        connection.close()


def _bring_header(home: Home, backup_path: Path, key: bytes, ending: str) -> None:
    """See that the key header in place is one of this key: without it the restored records could not be unlocked."""
    if home.keys.exists() and _fits(home.keys, key):
        return
    for header in sorted(backup_path.parent.glob("keys*.json")):
        if _fits(header, key):
            if home.keys.exists():
                disk.twin(home.keys, disk.free_name(home.keys.with_name(home.keys.name + ending)))
            disk.write(home.keys, header.read_bytes())
            return
    raise RecordsMissing(
        _("There is no key file for this backup beside it: {folder}. Nothing was changed.").format(
            folder=backup_path.parent
        )
    )


def _fits(header: Path, key: bytes) -> bool:
    try:
        return keys.fits(header, key)
    except Refused:
        return False
