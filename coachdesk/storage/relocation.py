"""The whole folder of the records moved elsewhere: copied, proved by opening, and only then switched.

What is left in the old folder is a short note of where the records are now (``moved.txt``, see ``paths.home``). So the
program finds them whether the folder was the usual one, or given by ``--home`` or ``COACHDESK_HOME``; a folder that is
carried about as a whole has no such note and needs none. On one disk the note is the way from the old folder to the
new one, so that it holds on a stick that has another letter next time.
"""

import shutil
from pathlib import Path

from coachdesk.errors import RecordsDamaged, RecordsMissing, Refused
from coachdesk.paths import MOVED, Home, way_between
from coachdesk.storage import cipher, disk, erase, faults, keys, store
from coachdesk.words import _

PARTS = ("keys.json", "settings.toml", "checks.json", "backups")
"""What lies beside the database and goes with it, as do all other databases beside it; logs stay."""


def move(home: Home, folder: Path, key: bytes, *, progress: cipher.Progress) -> Home:
    """Copy the closed records with what belongs to them into an empty folder, and leave a note of it in the old one.

    The old files stay until ``clear_old``. A kill leaves the old folder as the one that is used, or the whole new one;
    the last step is writing the note. Raises Refused with everything as it was.
    """
    new = Home(Path(folder.absolute()))
    _refuse_unfit(home, new)
    with faults.explained():
        made = not new.root.exists()
        disk.private_folder(new.root)
        try:
            _copy(home, new, key, progress)
            if not keys.fits(new.keys, key) or not cipher.readable(new.records, key):
                raise faults.damaged()
            disk.write(home.root / MOVED, way_between(home.root, new.root).encode())
        except BaseException:
            _discard(new, key, with_folder=made)
            raise
    return new


def clear_old(home: Home, new: Home, key: bytes) -> None:
    """Remove the old copy, once the new one was opened again and is whole; raises Refused with nothing removed."""
    if not (home.root / MOVED).exists() or home.root == new.root:
        raise Refused(_("These records were not moved, so nothing was removed."))
    with faults.explained():
        connection = cipher.connect(new.records, key, "ro")
        try:
            if cipher.check(connection):
                raise faults.damaged()
        finally:
            connection.close()
        _discard(home, key, with_folder=False)


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
    if new.root.is_relative_to(home.root) or home.root.is_relative_to(new.root):
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
    for aside in list(erase.copies(home, key)):
        for each in (aside, aside.with_name(aside.name + "-wal")):
            if each.exists() and each.parent == home.root:  # else it goes with its folder
                disk.write(new.root / each.name, each.read_bytes())
    for name in PARTS:
        source = home.root / name
        if source.is_dir():
            disk.private_folder(new.root / name)
            for each in sorted(source.iterdir()):
                if each.is_file():
                    disk.write(new.root / name / each.name, each.read_bytes())
        elif source.exists():
            disk.write(new.root / name, source.read_bytes())


def _discard(home: Home, key: bytes, *, with_folder: bool) -> None:
    for aside in list(erase.copies(home, key)):
        cipher.discard(aside)
    cipher.discard(home.records)
    cipher.discard(home.records.with_name(home.records.name + ".new"))
    for name in PARTS:
        place = home.root / name
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
    if with_folder and home.root.exists() and not any(home.root.iterdir()):
        home.root.rmdir()
