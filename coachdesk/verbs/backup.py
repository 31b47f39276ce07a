"""What can be asked about backups."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachdesk.errors import RecordsMissing, Refused
from coachdesk.practice import sessions
from coachdesk.storage import backup
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk


def take(desk: "Desk") -> backup.Backup:
    """Take a backup now."""
    path = backup.back_up(desk.store, desk.home.backups, desk.now())
    return next(each for each in backup.backups(desk.home.backups) if each.path == path)


def listing(desk: "Desk") -> list[backup.Backup]:
    """All backups, the newest first."""
    return backup.backups(desk.home.backups)


def verify(desk: "Desk", *, path: str | None = None) -> list[dict[str, Any]]:
    """Open a backup, or every one, check it wholly, and count its rows."""
    return verified(desk, path, desk.store.key)


def verified(desk: "Desk", path: str | None, key: bytes) -> list[dict[str, Any]]:
    """The same with a key, for records that do not open; raises Refused at the first that cannot be used."""
    chosen = [Path(path)] if path is not None else [each.path for each in backup.backups(desk.home.backups)]
    if not chosen:
        raise RecordsMissing(_("There is no backup in {folder}.").format(folder=desk.home.backups))
    return [{"path": each, "counts": backup.verify(each, key)} for each in chosen]


def restore(desk: "Desk", *, path: str) -> dict[str, Any]:
    """Put a backup in the place of the records; they are closed meanwhile and opened again."""
    if desk.read(sessions.running) is not None:
        raise Refused(_("A session is running; end it before restoring a backup."))
    key = desk.store.key
    desk.close()
    try:
        return restored(desk, path, key)
    finally:
        desk.open(key)
        desk.announce(_every_table())


def restored(desk: "Desk", path: str, key: bytes) -> dict[str, Any]:
    """The same for closed records, which may be damaged or gone; raises Refused with everything as it was."""
    counts = backup.restore(desk.home, Path(path), key, desk.now())
    return {"path": path, "counts": counts}


def _every_table() -> frozenset[type]:
    from coachdesk.practice.record import Record

    return frozenset(Record.__subclasses__())


VERBS = {"backup.now": take, "backup.list": listing, "backup.verify": verify, "backup.restore": restore}
