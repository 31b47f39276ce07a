"""An archive taken into a CoachDesk that is still empty: its records come in the place of the empty ones."""

from pathlib import Path
from typing import Any

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.exchange import archive
from coachdesk.exchange.archive import Manifest, Progress
from coachdesk.paths import Home
from coachdesk.storage import cipher, columns, disk, faults, migrate, replacement, turns
from coachdesk.words import _

FROM_THE_START = frozenset({"checklist", "checklist_item", "draft", "duty_told", "setting_private"})
"""Tables that have rows before the coach has written a word about anybody."""


def take_in(
    home: Home,
    path: Path,
    passphrase: str | None,
    key: bytes,
    now: Now,
    *,
    versions: tuple[Path, ...] = migrate.SHIPPED,
    progress: Progress,
) -> Manifest:
    """Bring an archive into the closed, empty or missing records of a home, under this key; the key header stays.

    The empty records stay beside them as ``.before-import-<UTC>``. A kill leaves the empty ones or the whole archive's.
    Raises Refused in words, with everything as it was.
    """
    refuse_unless_empty(home, key)
    with turns.copies(), faults.explained():
        disk.private_folder(home.root)
        new = replacement.unfinished(home.records)
        try:
            manifest = archive.load(path, passphrase, new, key, versions=versions, progress=progress)
            progress(1.0)  # the last moment to leave everything as it was
            replacement.put(new, home.records, key, f".before-import-{disk.stamp(now.at)}")
        except BaseException:
            cipher.discard(new)
            raise
    return manifest


def refuse_unless_empty(home: Home, key: bytes) -> None:
    """Raise Refused if there is anything in these records that an archive would have to be mixed with."""
    if not home.records.exists():
        return
    with faults.explained():
        connection = cipher.connect(home.records, key)
        try:
            kept = [name for name in columns.tables(connection) if _used(connection, name)]
        finally:
            connection.close()
    if kept:
        raise Refused(
            _(
                "There are records here already, and an archive is taken in only where there are none, so that nothing "
                "is mixed: on a new computer, or before the first client is added. To go back to an earlier state of "
                "these records, restore a backup."
            )
        )


def _used(connection: Any, table: str) -> bool:
    if table in FROM_THE_START:
        return False
    # whoever sits for themselves is a client of their own from the first run on
    own = " WHERE kind <> 'self'" if table == "client" else ""
    found = connection.execute(f'SELECT 1 FROM "{table}"{own} LIMIT 1').fetchone()
    return found is not None
