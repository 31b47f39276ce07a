"""The whole folder of the records moved elsewhere: copied, proved by opening, and only then switched.

What is left in the old folder is a short note of where the records are now (``moved.txt``, see ``paths.home``). So the
program finds them whether the folder was the usual one, or given by ``--home`` or ``COACHDESK_HOME``; a folder that is
carried about as a whole has no such note and needs none. On one disk the note is the way from the old folder to the
new one, so that it holds on a stick that has another letter next time.
"""

import contextlib
import os
from pathlib import Path

from coachdesk.errors import RecordsDamaged, RecordsMissing, Refused
from coachdesk.paths import MOVED, Home, way_between
from coachdesk.storage import cipher, disk, erase, faults, keys, store, turns
from coachdesk.words import _

PARTS = ("*keys*.json*", "settings.toml*", "checks.json", "backups")
"""What lies beside the database and goes with it, put aside or not, as do all other databases beside it; logs stay."""


def move(home: Home, folder: Path, key: bytes, *, progress: cipher.Progress) -> Home:
    """Copy the closed records with what belongs to them into an empty folder, and leave a note of it in the old one.

    The old files stay until ``clear_old``. A kill leaves the old folder as the one that is used, or the whole new one;
    the last step is writing the note. Raises Refused with everything as it was.
    """
    new = Home(Path(folder.absolute()))
    _refuse_unfit(home, new)
    with turns.copies(), faults.explained():
        made = not new.root.exists()
        disk.private_folder(new.root)
        try:
            _copy(home, new, key, progress)
            if not keys.fits(new.keys, key) or not cipher.readable(new.records, key):
                raise faults.damaged()
            disk.write(home.root / MOVED, way_between(home.root, new.root).encode())
        except BaseException:
            _discard(new, _belongings(new, key))
            if made:
                with contextlib.suppress(OSError):
                    new.root.rmdir()
            raise
    return new


def clear_old(home: Home, new: Home, key: bytes) -> None:
    """Remove the old copy, once the new one was opened again and is whole, and leave what lies in the old place alone.

    What a link in the old folder leads to stays. Raises Refused: with nothing removed where there is something wrong
    with the new copy, else with what could not be removed still there.
    """
    if not (home.root / MOVED).exists() or home.root == new.root:
        raise Refused(_("These records were not moved, so nothing was removed."))
    with turns.copies(), faults.explained():
        connection = cipher.connect(new.records, key, "ro")
        try:
            if cipher.check(connection):
                raise faults.damaged()
        finally:
            connection.close()
        brought = [each for each in _belongings(home, key) if os.path.lexists(new.root / each)]
        for aside in [each for each in erase.beside(home, key) if each.relative_to(home.root) in brought]:
            cipher.discard(aside)  # with the logs of which only some go along
        _discard(home, brought)


def follow(home: Home, folder: Path) -> None:
    """Note that records which were moved lie in another folder now, as on a stick with another letter.

    It holds from the next start on. Raises Refused where no records lie there; the note is then as it was.
    """
    new = Home(Path(folder.absolute()))
    with faults.explained():
        if home.moved_from is None or store.found(new.records, new.keys) != "ready":
            raise RecordsMissing(_("There are no records in this folder: {folder}.").format(folder=new.root))
        disk.write(home.moved_from / MOVED, way_between(home.moved_from, new.root).encode())


def _refuse_unfit(home: Home, new: Home) -> None:
    place = Path(os.path.realpath(new.root))
    for present in (Path(os.path.realpath(each)) for each in (home.root, home.backups)):
        if place.is_relative_to(present) or present.is_relative_to(place):
            raise Refused(_("Choose a folder that neither lies in the present one nor holds it."))
    if new.root.exists() and (not new.root.is_dir() or any(new.root.iterdir())):
        raise Refused(_("Choose an empty folder: there is something in {folder} already.").format(folder=new.root))
    if not home.records.exists():
        raise RecordsDamaged(_("There are no records in this folder: {folder}.").format(folder=home.root))


def _copy(home: Home, new: Home, key: bytes, progress: cipher.Progress) -> None:
    connection = cipher.connect(home.records, key)
    try:
        cipher.copy(connection, new.records, key, progress)
    finally:
        connection.close()
    for each in _belongings(home, key):
        _bring(home, home.root / each, new.root / each)


def _belongings(home: Home, key: bytes) -> list[Path]:
    """What goes with the database, by its way from the folder: folders before what lies in them, links as they are."""
    found = {path for path in home.root.iterdir() if any(path.match(pattern) for pattern in PARTS)}
    for aside in erase.beside(home, key):
        found |= {path for log in ("", "-wal", "-journal") if (path := aside.with_name(aside.name + log)).exists()}
    for top in [each for each in found if each.is_dir() and not disk.leads_elsewhere(each)]:
        found |= {path for folder in disk.folders(top) for path in folder.iterdir()}
    return sorted(path.relative_to(home.root) for path in found)


def _bring(home: Home, source: Path, target: Path) -> None:
    """Copy a file, or make a folder; to a folder elsewhere, connected or not, the same link leads from the new place.

    Where the disk knows no links it stays where it is, and so do what is neither a file nor a folder, and what cannot
    be read in a folder that a person made inside the backups and is not called like a copy of ours.
    """
    try:
        content = source.read_bytes() if source.is_file() else None
    except OSError as error:
        if source.parent in (home.root, home.backups) or erase.has_our_name(home, source):
            raise _unreadable(source) from error
        return
    if content is not None:
        disk.write(target, content)
    elif disk.leads_elsewhere(source):
        with contextlib.suppress(OSError):
            target.symlink_to(os.path.realpath(source))
    elif source.is_dir():
        disk.private_folder(target)


def _unreadable(path: Path) -> Refused:
    return Refused(
        _("{path} cannot be read, so nothing was moved. Allow reading it or take it away, then try again.").format(
            path=path
        )
    )


def _discard(home: Home, belongings: list[Path]) -> None:
    """Remove the database and these; a folder only once it is empty, and of a link the link alone."""
    for path in (home.root / each for each in reversed(belongings)):
        if disk.leads_elsewhere(path) or not path.is_dir():
            path.unlink(missing_ok=True)
        else:
            with contextlib.suppress(OSError):
                path.rmdir()
    cipher.discard(home.records)
    cipher.discard(home.records.with_name(home.records.name + ".new"))
